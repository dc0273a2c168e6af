"""Blocks for breakdowns: a dumbbell, small panels for a cross, or a table alone."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.breakdowns import Breakdown, breakdowns
from pipeline.report import blocks
from pipeline.report.blocks import Block, Numbering, Table
from pipeline.report.cells import Cell, cells, comparison, dumbbell
from pipeline.report.drawing import Drawing, full_width, panel
from pipeline.report.kennzahlen import family, kennzahl
from pipeline.report.pub import Pub
from pipeline.report.sentences import Voice, group_alt, group_headline, group_reading

PATH = Path(__file__).parent / "figures.toml"
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


def chosen(pub: Pub, part: dict[str, Any], month: str) -> tuple[Breakdown, ...]:
    """The breakdowns of a section that have rows; an empty list names those placed nowhere else."""
    present = {b.id: b for b in pub.present(part["kennzahl"], month)}
    others = [p for p in layout()["abschnitt"] if p.get("kennzahl") == part["kennzahl"]]
    placed = {s for p in others for s in p["schnitte"]}
    ids = part["schnitte"] or [b for b in present if b not in placed]
    return tuple(present[i] for i in ids if i in present)


def block(
    pub: Pub, voice: Voice, numbering: Numbering, code: str, breakdown: Breakdown, month: str
) -> Block:
    """The block of one breakdown of the Kennzahl `code`."""
    t, lang = voice.t, voice.n.lang
    title, shape, name = breakdown.titel(lang), form(breakdown), block_id(code, breakdown)
    found = cells(pub, code, breakdown, month, lang)
    seen = comparison(found)
    drawings: tuple[Drawing, ...] = ()
    reading: list[str] = []
    if shape == "tabelle":
        headline = t("gruppe.kopf_tabelle", titel=title)
    elif shape == "felder":
        headline = group_headline(voice, title, seen, "felder_kopf")
        drawings, about_panels = _panels(voice, code, breakdown, found)
        reading = [" ".join(_reading(voice, code, found)), " ".join(about_panels)]
    else:
        headline = group_headline(voice, title, seen)
        chart = dumbbell(voice, code, name, found, group_alt(voice, title, seen))
        drawings = (full_width(chart),)
        reading = [" ".join(_reading(voice, code, found))]
    if any(f.quote is not None and f.quote > 100 for c in found for f in (c.pair.w, c.pair.m)):
        reading.append(t("gruppe.lesen_ueber_100"))
    kind = "block.abbildung" if drawings else "block.tabelle_nur"
    config = layout()
    return Block(
        id=name,
        number=numbering.next(voice, kind),
        headline=headline,
        subtitle=t(f"gliederung.{family(code)}.untertitel", **_about(voice, code, month)),
        reading=tuple(paragraph for paragraph in reading if paragraph),
        table=_table(voice, code, breakdown, found, month),
        kennzahl=code,
        schnitt=breakdown.id,
        schnitt_title=title,
        formula=t.lines(f"gliederung.{family(code)}.formel"),
        not_said=t(f"nicht_gesagt.{config['nicht_gesagt'].get(breakdown.id, 'gruppen')}"),
        drawings=drawings,
        hints=tuple(t(f"hinweis.{key}") for key in config["hinweise"].get(breakdown.id, [])),
        guide=numbering.guide(voice) if drawings else "",
    )


def block_id(code: str, breakdown: Breakdown) -> str:
    """The id of a block: the breakdown alone for K2."""
    return breakdown.id if code == "K2" else f"{code.lower()}-{breakdown.id}"


def _about(voice: Voice, code: str, month: str) -> dict[str, str]:
    """What texts on a Kennzahl name: the month and how long after an exit is looked at."""
    return {"monat": voice.n.month(month), "monate": kennzahl(code).extra["monate"]}


def _reading(voice: Voice, code: str, found: tuple[Cell, ...]) -> list[str]:
    left_out = voice.t(f"gliederung.{family(code)}.ausgelassen")
    return [*group_reading(voice, comparison(found)), left_out]


def _panels(
    voice: Voice, code: str, breakdown: Breakdown, found: tuple[Cell, ...]
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
        alt = group_alt(voice, title, comparison(rows))
        name = f"{block_id(code, breakdown)}-{rows[0].codes[0]}"
        drawings.append(panel(title, dumbbell(voice, code, name, rows, alt, top)))
    reading = [voice.t("gruppe.felder_lesen")] if drawings else []
    somebody = [rows for rows in too_few if not all(c.nobody for c in rows)]
    if somebody:
        names = ", ".join(rows[0].labels[0] for rows in somebody)
        reading.append(voice.t("gruppe.felder_zu_wenig", gruppen=names))
    return tuple(drawings), reading


def _table(
    voice: Voice, code: str, breakdown: Breakdown, found: tuple[Cell, ...], month: str
) -> Table:
    title = breakdown.titel(voice.n.lang)
    width = len(breakdown.merkmale)
    legend = voice.t(f"gliederung.{family(code)}.legende", **_about(voice, code, month))
    if width > 1:
        # A cross has many cells nobody is in; they stand in the downloads.
        found = tuple(c for c in found if not c.nobody)
        legend = f"{legend} {voice.t('spalte.ohne_leere')}"
    heads = (title,) if width == 1 else _axis_titles(voice, breakdown)
    about = _about(voice, code, month)
    return Table(
        id=f"tabelle-{block_id(code, breakdown)}",
        caption=voice.t(f"gliederung.{family(code)}.tabelle", titel=title, **about),
        head=blocks.quota_head(voice, code, heads),
        rows=tuple(blocks.quota_row(voice, code, c.labels, c.pair) for c in found),
        row_heads=width,
        legend=legend,
    )


def _axis_titles(voice: Voice, breakdown: Breakdown) -> tuple[str, ...]:
    """The titles of the two single breakdowns a cross is made of."""
    singles = {b.merkmale[0]: b.titel(voice.n.lang) for b in breakdowns() if len(b.merkmale) == 1}
    return tuple(singles.get(merkmal, merkmal) for merkmal in breakdown.merkmale)
