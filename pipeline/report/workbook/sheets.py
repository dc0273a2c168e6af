"""Which sheets there are, and the rows of each: one row per month, Kennzahl and category."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.breakdowns import Breakdown, breakdowns
from pipeline.registries import Code, code_list
from pipeline.report.pub import SEXES, TOTAL, Figure, Pair, Pub, category_order
from pipeline.report.sentences import Voice

LONGEST_NAME = 31  # Excel's limit


Limits = tuple[float | None, float | None]
NEITHER: Limits = (None, None)
MISSING = Figure("fehlt")


@dataclass(frozen=True)
class Line:
    """The figures of one cell in one month.

    codes: one per attribute of the breakdown. limits: the 95 % interval of each sex.
    """

    kennzahl: Code
    month: str
    codes: tuple[str, ...]
    pair: Pair
    limits: tuple[Limits, ...]


@dataclass(frozen=True)
class Sheet:
    """A breakdown (or the totals) of one family of Kennzahlen; newest month first.

    several: the family has more than one Kennzahl, so that a column names it. has_limits: whether
    any interval is published.
    """

    name: str
    breakdown: Breakdown
    kennzahlen: tuple[Code, ...]
    lines: tuple[Line, ...]
    titel: str
    several: bool
    has_limits: bool


def sheets(pub: Pub, voice: Voice) -> tuple[Sheet, ...]:
    """All sheets that have rows: by family in the order of the registry, its totals first."""
    lines = _lines(pub)
    found: list[Sheet] = []
    families = Counter(code.extra["familie"] for code in code_list("kennzahl").codes)
    for family in families:
        for breakdown in breakdowns():
            if rows := lines.get((family, breakdown.id)):
                taken = {sheet.name.casefold() for sheet in found}
                name = sheet_name(f"{family} {breakdown.id}", taken)
                kennzahlen = in_order(r.kennzahl for r in rows)
                found.append(
                    Sheet(
                        name=name,
                        breakdown=breakdown,
                        kennzahlen=kennzahlen,
                        lines=_arranged(rows, breakdown),
                        titel=_titel(family, kennzahlen[0], breakdown, voice),
                        several=families[family] > 1,
                        has_limits=any(limits != NEITHER for r in rows for limits in r.limits),
                    )
                )
    return tuple(found)


def in_order(kennzahlen: Iterable[Code]) -> tuple[Code, ...]:
    """Each Kennzahl once, in the order of the registry."""
    found = {code.code: code for code in kennzahlen}
    return tuple(sorted(found.values(), key=lambda code: code.rank))


def sheet_name(wanted: str, taken: set[str]) -> str:
    """`wanted`, cut to what Excel takes; numbered when the name (in small letters) is taken."""
    name, number = wanted[:LONGEST_NAME], 1
    while name.casefold() in taken:
        number += 1
        name = f"{wanted[: LONGEST_NAME - len(str(number)) - 1]} {number}"
    return name


def _lines(pub: Pub) -> dict[tuple[str, str], list[Line]]:
    """All lines by family and breakdown, without those that nobody belongs to."""
    cells: dict[tuple[str, ...], dict[str, Figure]] = defaultdict(dict)
    limits: dict[tuple[str, ...], Limits] = {}
    for row, (key, figure) in zip(pub.rows, pub.figures.items(), strict=True):
        cells[key[:-1]][key[-1]] = figure
        if row["untergrenze"] is not None or row["obergrenze"] is not None:
            limits[key] = (row["untergrenze"], row["obergrenze"])
    known = {code.code: code for code in code_list("kennzahl").codes}
    widths = {breakdown.id: len(breakdown.codes) for breakdown in breakdowns()}
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for key, by_sex in cells.items():
        kennzahl, month, schnitt, *codes = key
        pair = Pair(*(by_sex.get(sex, MISSING) for sex in SEXES))
        if pair.empty and schnitt != TOTAL:
            continue
        found[known[kennzahl].extra["familie"], schnitt].append(
            Line(
                kennzahl=known[kennzahl],
                month=month,
                codes=tuple(codes[: widths[schnitt]]),
                pair=pair,
                limits=tuple(limits.get((*key, sex), NEITHER) for sex in SEXES),
            )
        )
    return found


def _arranged(lines: list[Line], breakdown: Breakdown) -> tuple[Line, ...]:
    """Newest month first, then by Kennzahl, then the categories in the order of the page."""
    places = {codes: category_order(breakdown, codes) for codes in {x.codes for x in lines}}
    found = sorted(lines, key=lambda line: (line.kennzahl.rank, places[line.codes]))
    return tuple(sorted(found, key=lambda line: line.month, reverse=True))


def _titel(family: str, kennzahl: Code, breakdown: Breakdown, voice: Voice) -> str:
    """What a sheet shows, in the words of the family or of its one Kennzahl."""
    key = f"mappe.familie.{family}"
    what = voice.t(key) if key in voice.t.entries else kennzahl.label(voice.n.lang)
    if breakdown.id == TOTAL:
        return what
    return voice.t("mappe.blatt_titel", kennzahl=what, gliederung=breakdown.titel(voice.n.lang))
