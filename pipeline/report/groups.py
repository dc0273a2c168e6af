"""Blocks for breakdowns: a dumbbell, small panels for a cross, or a table alone."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.registries import Breakdown, breakdowns
from pipeline.report import blocks
from pipeline.report.blocks import Block, Numbering, Section, Table
from pipeline.report.chart import Chart, Point, Words
from pipeline.report.drawing import Drawing, full_width, panel
from pipeline.report.pub import Pair, Pub
from pipeline.report.sentences import (
    Comparison,
    Voice,
    group_alt,
    group_headline,
    group_reading,
)

PATH = Path(__file__).parent / "figures.toml"
UNKNOWN = "unbekannt"
FIRM_ROWS_FOR_A_PANEL = 2


@cache
def layout() -> dict[str, Any]:
    """figures.toml: which breakdown appears in which section and form."""
    return tomllib.loads(PATH.read_text(encoding="utf-8"))


def form(breakdown: Breakdown) -> str:
    """How a breakdown is shown: hantel, felder or tabelle."""
    chosen = layout()["form"].get(breakdown.id)
    if chosen is not None:
        return str(chosen)
    return "hantel" if len(breakdown.codes) == 1 and breakdown.codes[0] else "tabelle"


@dataclass(frozen=True)
class Cell:
    """One cell of a breakdown: its codes, their labels and the figures."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    pair: Pair

    @property
    def known(self) -> bool:
        """No category of the cell is "unknown"."""
        return UNKNOWN not in self.codes

    @property
    def nobody(self) -> bool:
        """The published table says that nobody at all was in stock."""
        figures = (self.pair.w, self.pair.m, self.pair.insgesamt)
        return all(f.status == "keine_faelle" for f in figures)


def cells(pub: Pub, breakdown: Breakdown, month: str, lang: str) -> tuple[Cell, ...]:
    """All cells of a breakdown in one month, in table order."""
    names = [{c.code: c.label(lang) for c in codes} for codes in breakdown.codes]
    return tuple(
        Cell(
            value,
            tuple(n.get(code, code) for n, code in zip(names, value, strict=True)),
            pub.pair("K2", month, breakdown.id, *value),
        )
        for value in pub.values(breakdown, month)
    )


def sections(pub: Pub, voice: Voice, numbering: Numbering) -> tuple[Section, ...]:
    """The sections of breakdowns for the newest month that has any."""
    month = pub.detail_month()
    if month is None:
        return ()
    present = {b.id: b for b in pub.present(month)}
    placed = {s for part in layout()["abschnitt"] for s in part["schnitte"]}
    found = []
    for part in layout()["abschnitt"]:
        ids = part["schnitte"] or [b for b in present if b not in placed]
        chosen = [present[i] for i in ids if i in present]
        if chosen:
            lead = voice.t(f"abschnitt.{part['id']}_vorspann", monat=voice.n.month(month))
            built = tuple(block(pub, voice, numbering, b, month) for b in chosen)
            found.append(Section(part["id"], voice.t(f"abschnitt.{part['id']}"), lead, built))
    return tuple(found)


def block(pub: Pub, voice: Voice, numbering: Numbering, breakdown: Breakdown, month: str) -> Block:
    """The block of one breakdown."""
    t, lang = voice.t, voice.n.lang
    title, shape = breakdown.titel(lang), form(breakdown)
    found = cells(pub, breakdown, month, lang)
    seen = Comparison(
        tuple(
            (", ".join(c.labels), c.pair.gap)
            for c in found
            if c.known and c.pair.firm and c.pair.gap is not None
        )
    )
    drawings: tuple[Drawing, ...] = ()
    reading: list[str] = []
    if shape == "tabelle":
        headline = t("gruppe.kopf_tabelle", titel=title)
    elif shape == "felder":
        headline = group_headline(voice, title, seen, "felder_kopf")
        drawings, about_panels = _panels(voice, breakdown, found)
        reading = [" ".join(group_reading(voice, seen)), " ".join(about_panels)]
    else:
        headline = group_headline(voice, title, seen)
        drawings = (
            full_width(_dumbbell(voice, breakdown.id, found, group_alt(voice, title, seen))),
        )
        reading = [" ".join(group_reading(voice, seen))]
    if any(f.quote is not None and f.quote > 100 for c in found for f in (c.pair.w, c.pair.m)):
        reading.append(t("gruppe.lesen_ueber_100"))
    kind = "block.abbildung" if drawings else "block.tabelle_nur"
    config = layout()
    return Block(
        id=breakdown.id,
        number=numbering.next(voice, kind),
        headline=headline,
        subtitle=t("gruppe.untertitel", monat=voice.n.month(month)),
        reading=tuple(paragraph for paragraph in reading if paragraph),
        table=_table(voice, breakdown, found, month),
        schnitt=breakdown.id,
        schnitt_title=title,
        formula=t.lines("formel.gruppe"),
        not_said=t(f"nicht_gesagt.{config['nicht_gesagt'].get(breakdown.id, 'gruppen')}"),
        drawings=drawings,
        hints=tuple(t(f"hinweis.{key}") for key in config["hinweise"].get(breakdown.id, [])),
        guide=numbering.guide(voice) if drawings else "",
    )


def words(voice: Voice) -> Words:
    """The words written into charts."""
    return Words(
        voice.t("wort.frauen"),
        voice.t("wort.maenner"),
        voice.t("einheit.quote"),
        voice.t("einheit.abstand"),
    )


def _point(voice: Voice, label: str, pair: Pair) -> Point:
    w = pair.w.quote if pair.w.shown else None
    m = pair.m.quote if pair.m.shown else None
    return Point(label, w, m, pair.gap, blocks.chart_note(voice, pair))


def _dumbbell(
    voice: Voice,
    name: str,
    found: tuple[Cell, ...],
    alt: str,
    top: Decimal | None = None,
) -> Chart:
    points = tuple(_point(voice, c.labels[-1], c.pair) for c in found if not c.pair.empty)
    return Chart(f"bild-{name}", "hantel", voice.n.lang, alt, words(voice), points, top)


def _panels(
    voice: Voice, breakdown: Breakdown, found: tuple[Cell, ...]
) -> tuple[tuple[Drawing, ...], list[str]]:
    """One panel per first category with enough comparable rows, all on one scale."""
    by_first: dict[str, list[Cell]] = {}
    for cell in found:
        by_first.setdefault(cell.codes[0], []).append(cell)
    enough: list[list[Cell]] = []
    too_few: list[list[Cell]] = []
    for rows in by_first.values():
        firm_rows = sum(c.pair.firm for c in rows)
        (enough if firm_rows >= FIRM_ROWS_FOR_A_PANEL else too_few).append(rows)
    shown = [f.quote for rows in enough for c in rows for f in (c.pair.w, c.pair.m) if f.shown]
    top = max((quote for quote in shown if quote is not None), default=None)
    drawings = []
    for rows in enough:
        title = rows[0].labels[0]
        firm = [(c.labels[1], c.pair.gap) for c in rows if c.known and c.pair.firm]
        seen = Comparison(tuple((label, gap) for label, gap in firm if gap is not None))
        name = f"{breakdown.id}-{rows[0].codes[0]}"
        chart = _dumbbell(voice, name, tuple(rows), group_alt(voice, title, seen), top)
        drawings.append(panel(title, chart))
    reading = [voice.t("gruppe.felder_lesen")] if drawings else []
    if too_few:
        names = ", ".join(rows[0].labels[0] for rows in too_few)
        reading.append(voice.t("gruppe.felder_zu_wenig", gruppen=names))
    return tuple(drawings), reading


def _table(voice: Voice, breakdown: Breakdown, found: tuple[Cell, ...], month: str) -> Table:
    title = breakdown.titel(voice.n.lang)
    width = len(breakdown.merkmale)
    legend = voice.t("spalte.legende")
    if width > 1:
        # A cross has many cells nobody is in; they stand in the downloads.
        found = tuple(c for c in found if not c.nobody)
        legend = f"{legend} {voice.t('spalte.ohne_leere')}"
    heads = (title,) if width == 1 else _axis_titles(voice, breakdown)
    return Table(
        id=f"tabelle-{breakdown.id}",
        caption=voice.t("gruppe.tabelle", titel=title, monat=voice.n.month(month)),
        head=blocks.quota_head(voice, heads),
        rows=tuple(blocks.quota_row(voice, c.labels, c.pair) for c in found),
        row_heads=width,
        legend=legend,
    )


def _axis_titles(voice: Voice, breakdown: Breakdown) -> tuple[str, ...]:
    """The titles of the two single breakdowns a cross is made of."""
    singles = {b.merkmale[0]: b.titel(voice.n.lang) for b in breakdowns() if len(b.merkmale) == 1}
    return tuple(singles.get(merkmal, merkmal) for merkmal in breakdown.merkmale)
