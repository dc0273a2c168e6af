"""The blocks of the section on access and outcome: by group of measures and by instrument."""

from pipeline.breakdowns import Breakdown, breakdowns_of
from pipeline.report.access import (
    ACCESS,
    OUTCOME,
    STOCK,
    UNEMPLOYED,
    Facts,
    Line,
    access_reading,
    facts,
    headline,
    lines,
    months_words,
    outcome_reading,
)
from pipeline.report.blocks import Block, Numbering, Row, Table
from pipeline.report.cells import comparison, dumbbell
from pipeline.report.chart import Chart, Point, Reference, Words
from pipeline.report.drawing import Drawing, panel
from pipeline.report.groups import layout
from pipeline.report.kennzahlen import unit
from pipeline.report.minimum import given, minimum
from pipeline.report.pub import Pub
from pipeline.report.sentences import Voice, group_alt


def access(pub: Pub, voice: Voice, numbering: Numbering) -> tuple[Block, ...]:
    """The blocks of the section; none without a month with groups."""
    about = facts(pub, voice)
    if about is None:
        return ()
    by_id = {b.id: b for b in breakdowns_of(ACCESS)}
    groups, instruments = (by_id[name] for name in layout()["zugang"])
    missing = ("mindest_fehlt",) if about.unemployed and not given(pub) else ()
    return (
        _by_group(voice, numbering, about, groups, lines(pub, voice, about, groups), missing),
        _by_instrument(voice, numbering, about, instruments, lines(pub, voice, about, instruments)),
        *minimum(pub, voice, numbering, about.month),
    )


def _by_group(
    voice: Voice,
    numbering: Numbering,
    about: Facts,
    breakdown: Breakdown,
    rows: tuple[Line, ...],
    more_hints: tuple[str, ...],
) -> Block:
    """Two charts of the same rows side by side, and the table of both."""
    t = voice.t
    access_title, outcome_title = t("zugang.feld_zugang"), t("zugang.feld_ergebnis")
    seen = comparison(line.cell for line in rows)
    cells = [line.cell for line in rows]
    alt = group_alt(voice, outcome_title, seen)
    outcome = dumbbell(voice, OUTCOME, "zugang-ergebnis", cells, alt)
    references = _references(voice, about)
    none = t("status.entfaellt")
    table_rows = [_row(voice, about, line) for line in (about.total, *rows)]
    columns = len(table_rows[0].cells)
    table_rows += [
        Row(
            (t(f"zugang.zeile_{r.key}"), voice.n.rate(r.value), *(none for _ in range(columns - 2)))
        )
        for r in references
    ]
    return _block(
        voice,
        about,
        breakdown,
        name="zugang",
        number=numbering.next(voice, "block.abbildung"),
        headline=headline(voice, about),
        reading=(
            " ".join(access_reading(voice, about, rows)),
            " ".join(outcome_reading(voice, rows)),
        ),
        table=_table(voice, about, (breakdown.titel(voice.n.lang),), "zugang", table_rows),
        drawings=(
            panel(access_title, _shares(voice, about, rows, references)),
            panel(outcome_title, outcome),
        ),
        more_hints=more_hints,
    )


def _by_instrument(
    voice: Voice, numbering: Numbering, about: Facts, breakdown: Breakdown, rows: tuple[Line, ...]
) -> Block:
    """A table of the instruments under the titles of their groups."""
    lang = voice.n.lang
    coarser = next(b for b in breakdowns_of(ACCESS) if b.id == breakdown.oberbegriff)
    places = {c.code: i for i, c in enumerate(coarser.codes[0])}
    group_of = {c.code: c.extra.get("gruppe", "") for c in breakdown.codes[0]}

    def place(line: Line) -> int:
        return places.get(group_of.get(line.cell.codes[0], ""), len(places))

    titles = [*(c.label(lang) for c in coarser.codes[0]), voice.t("stand.unbekannt")]
    table_rows = []
    for line in sorted(rows, key=place):
        row = _row(voice, about, line)
        table_rows.append(Row((titles[place(line)], *row.cells), row.note))
    heads = (coarser.titel(lang), breakdown.titel(lang))
    return _block(
        voice,
        about,
        breakdown,
        name="zugang-instrument",
        number=numbering.next(voice, "block.tabelle_nur"),
        headline=voice.t("zugang.kopf_instrumente"),
        reading=(),
        table=_table(voice, about, heads, "zugang-instrument", table_rows),
    )


def _block(
    voice: Voice,
    about: Facts,
    breakdown: Breakdown,
    *,
    name: str,
    number: str,
    headline: str,
    reading: tuple[str, ...],
    table: Table,
    drawings: tuple[Drawing, ...] = (),
    more_hints: tuple[str, ...] = (),
) -> Block:
    t = voice.t
    hints = (*layout()["hinweise"][name], *more_hints)
    return Block(
        id=name,
        number=number,
        headline=headline,
        subtitle=t("zugang.untertitel", **months_words(voice, about)),
        reading=tuple(paragraph for paragraph in reading if paragraph),
        table=table,
        kennzahl=", ".join((ACCESS, OUTCOME, STOCK, UNEMPLOYED)),
        schnitt=breakdown.id,
        schnitt_title=breakdown.titel(voice.n.lang),
        formula=t.lines("zugang.formel"),
        not_said=t("nicht_gesagt.zugang"),
        drawings=drawings,
        hints=tuple(t(f"hinweis.{key}") for key in hints),
    )


def _references(voice: Voice, about: Facts) -> tuple[Reference, ...]:
    """The shares of women to compare with, as far as they are published."""
    given = (("bestand", about.stock), ("arbeitslose", about.unemployed))
    return tuple(
        Reference(key, share, voice.t(f"zugang.marke_{key}")) for key, share in given if share
    )


def _shares(
    voice: Voice, about: Facts, rows: tuple[Line, ...], references: tuple[Reference, ...]
) -> Chart:
    """One mark per group: women's share of the participants, beside the lines to compare with."""
    points = []
    for line in rows:
        words = "" if line.share is not None else voice.cell(line.access.w)
        points.append(Point(line.label, line.share, None, None, words))
    distances = [d for line in rows if (d := about.distance(line)) is not None]
    key = "zugang.alt" if distances else "zugang.alt_ohne"
    counts = {"k": str(sum(d < 0 for d in distances)), "n": str(len(distances))}
    return Chart(
        id="bild-zugang",
        kind="hantel",
        lang=voice.n.lang,
        alt=voice.t(key, **counts),
        words=Words(voice.t("wort.frauen"), "", unit(voice, ACCESS), ""),
        points=tuple(points),
        references=references,
    )


def _row(voice: Voice, about: Facts, line: Line) -> Row:
    none = voice.t("status.entfaellt")
    pair, distance = line.cell.pair, about.distance(line)
    cells = (
        line.label,
        voice.cell(line.access.w),
        none if distance is None else voice.n.difference(distance),
        *(voice.cell(f) for f in (pair.w, pair.m)),
        none if pair.gap is None else voice.n.rate(pair.gap),
        *(voice.base(f, average=False) for f in (pair.w, pair.m)),
    )
    few = [
        voice.t(f"zugang.wo_{key}")
        for key, figure in (("anteil", line.access.w), ("frauen", pair.w), ("maenner", pair.m))
        if figure.status == "unsicher"
    ]
    return Row(cells, voice.t("status.hinweis_eine", wer=", ".join(few)) if few else "")


def _table(voice: Voice, about: Facts, heads: tuple[str, ...], name: str, rows: list[Row]) -> Table:
    months = months_words(voice, about)
    return Table(
        id=f"tabelle-{name}",
        caption=voice.t("zugang.tabelle", titel=heads[-1], **months),
        head=(*heads, *voice.t.lines("zugang.spalten")),
        rows=tuple(rows),
        row_heads=len(heads),
        legend=voice.t("zugang.legende", **months),
    )
