"""Quality beside quantity: what K2 leaves out, whether work lasts and whether receipt ends."""

from dataclasses import dataclass
from itertools import groupby

from pipeline.report import blocks, kennzahlen
from pipeline.report.blocks import Block, Numbering, Row, Table
from pipeline.report.cells import point, words
from pipeline.report.chart import Chart
from pipeline.report.drawing import Drawing, panel
from pipeline.report.groups import layout
from pipeline.report.pub import Pair, Pub
from pipeline.report.sentences import Voice


@dataclass(frozen=True)
class Newest:
    """The figures of one Kennzahl in its newest month."""

    code: str
    month: str
    pair: Pair


def newest(pub: Pub) -> tuple[Newest, ...]:
    """The Kennzahlen of figures.toml that are published, in its order; units lie together."""
    codes: list[str] = layout()["qualitaet"]
    given = [(code, pub.months(code)) for code in codes]
    return tuple(Newest(code, m[-1], pub.pair(code, m[-1])) for code, m in given if m)


def quality(pub: Pub, voice: Voice, numbering: Numbering) -> tuple[Block, ...]:
    """The block of the newest figures and the table of the years; none with K2 alone."""
    found = newest(pub)
    if len(found) < 2:
        return ()
    years = _years(pub, voice, numbering, found)
    return (_block(voice, numbering, found), *years)


def _block(voice: Voice, numbering: Numbering, found: tuple[Newest, ...]) -> Block:
    t = voice.t
    codes = [entry.code for entry in found]
    return Block(
        id="qualitaet",
        number=numbering.next(voice, "block.abbildung"),
        headline=_headline(voice, found),
        subtitle=t("qualitaet.untertitel"),
        reading=tuple(" ".join(part) for part in _reading(voice, found) if part),
        table=_table(voice, found),
        kennzahl=", ".join(codes),
        schnitt="insgesamt",
        schnitt_title=t("wort.insgesamt_gross"),
        formula=tuple(t(f"formel.{code}") for code in codes if code != "K2"),
        not_said=t("nicht_gesagt.qualitaet"),
        drawings=_panels(voice, found),
        hints=_hints(voice, found),
        guide=numbering.guide(voice),
    )


def _headline(voice: Voice, found: tuple[Newest, ...]) -> str:
    """The finding on the end of receipt, else a neutral title."""
    entry = next((e for e in found if e.code == "M1" and e.pair.comparable), None)
    if entry is None:
        return voice.t("qualitaet.kopf_ohne")
    return voice.t("qualitaet.kopf", w=voice.cell(entry.pair.w), m=voice.cell(entry.pair.m))


def _reading(voice: Voice, found: tuple[Newest, ...]) -> list[list[str]]:
    """One sentence per Kennzahl whose quotas are both published, in paragraphs by unit."""
    paragraphs = []
    for _, entries in groupby(found, key=lambda e: _unit(e.code)):
        told = [e for e in entries if e.code != "K2" and e.pair.comparable]
        paragraphs.append(
            [
                voice.t(f"qualitaet.satz.{e.code}", w=voice.cell(e.pair.w), m=voice.cell(e.pair.m))
                for e in told
            ]
        )
    return paragraphs


def _hints(voice: Voice, found: tuple[Newest, ...]) -> tuple[str, ...]:
    codes = {entry.code for entry in found}
    told = [c for c in ("K2E3", "M1", "K2E4") if c in codes]
    hints = [voice.t(f"hinweis.{code}") for code in told]
    if len({entry.month for entry in found}) > 1:
        hints.insert(0, voice.t("hinweis.monate"))
    return tuple(hints)


def _unit(code: str) -> str:
    return kennzahlen.kennzahl(code).extra["einheit"]


def _name(voice: Voice, entry: Newest, usual: str) -> str:
    """The label of a row, with its month where that is not the usual one."""
    name = kennzahlen.name(voice, entry.code)
    if entry.month == usual:
        return name
    return voice.t("qualitaet.zeile_monat", name=name, monat=voice.n.month(entry.month))


def _panels(voice: Voice, found: tuple[Newest, ...]) -> tuple[Drawing, ...]:
    """One small chart per unit, each on its own scale."""
    drawings = []
    usual = found[0].month
    for unit, entries in groupby(found, key=lambda e: _unit(e.code)):
        rows = list(entries)
        title = voice.t(f"qualitaet.feld.{unit}")
        labels = [_name(voice, entry, usual) for entry in rows]
        chart = Chart(
            id=f"bild-qualitaet-{unit}",
            kind="hantel",
            lang=voice.n.lang,
            alt=_alt(voice, title, rows),
            words=words(voice, rows[0].code),
            points=tuple(
                point(voice, label, e.pair) for label, e in zip(labels, rows, strict=True)
            ),
        )
        drawings.append(panel(title, chart))
    return tuple(drawings)


def _alt(voice: Voice, title: str, rows: list[Newest]) -> str:
    """The accessible name of a chart: the range of the gaps that can be computed."""
    gaps = [(e.pair.gap, e.code) for e in rows if e.pair.gap is not None]
    if not gaps:
        return voice.t("qualitaet.alt_keine", titel=title)
    (low, code), (high, _) = min(gaps), max(gaps)
    if len(gaps) == 1:
        name = kennzahlen.name(voice, code)
        return voice.t("qualitaet.alt_eine", titel=title, name=name, min=voice.n.rate(low))
    ends = {"min": voice.n.rate(low), "max": voice.n.rate(high)}
    return voice.t("qualitaet.alt", titel=title, n=str(len(gaps)), **ends)


def _table(voice: Voice, found: tuple[Newest, ...]) -> Table:
    t = voice.t
    rows = []
    for entry in found:
        names = (kennzahlen.name(voice, entry.code), voice.n.month(entry.month))
        unit = t("qualitaet.einheit", code=entry.code, einheit=kennzahlen.unit(voice, entry.code))
        rows.append(blocks.quota_row(voice, entry.code, names, entry.pair, unit))
    return Table(
        id="tabelle-qualitaet",
        caption=t("qualitaet.tabelle"),
        head=(t("csv.kennzahl"), t("csv.berichtsmonat"), *t.lines("qualitaet.spalten")),
        rows=tuple(rows),
        legend=t("qualitaet.legende"),
    )


def _years(
    pub: Pub, voice: Voice, numbering: Numbering, found: tuple[Newest, ...]
) -> tuple[Block, ...]:
    """The same Kennzahlen in the months that also have breakdowns; none without such a month."""
    t = voice.t
    months = pub.detail_months("K2")[::-1]
    rows = [
        _year_row(voice, entry.code, month, pub.pair(entry.code, month))
        for entry in found
        for month in months
        if month in pub.months(entry.code)
    ]
    if not rows:
        return ()
    codes = [entry.code for entry in found]
    block = Block(
        id="qualitaet-jahre",
        number=numbering.next(voice, "block.tabelle_nur"),
        headline=t("qualitaet.jahre_kopf"),
        subtitle=t("qualitaet.jahre_untertitel"),
        reading=(),
        table=Table(
            id="tabelle-qualitaet-jahre",
            caption=t("qualitaet.jahre_tabelle"),
            head=(t("csv.kennzahl"), t("csv.berichtsmonat"), *t.lines("qualitaet.jahre_spalten")),
            rows=tuple(rows),
            row_heads=2,
            legend=t("qualitaet.legende"),
        ),
        kennzahl=", ".join(codes),
        schnitt="insgesamt",
        schnitt_title=t("wort.insgesamt_gross"),
        formula=tuple(t(f"formel.{code}") for code in codes if code != "K2"),
        not_said=t("nicht_gesagt.qualitaet"),
    )
    return (block,)


def _year_row(voice: Voice, code: str, month: str, pair: Pair) -> Row:
    unit = kennzahlen.unit(voice, code)
    title = voice.t("qualitaet.jahre_gruppe", name=kennzahlen.name(voice, code), einheit=unit)
    return Row(blocks.quota_row(voice, code, (title, voice.n.month(month)), pair).cells[:7])
