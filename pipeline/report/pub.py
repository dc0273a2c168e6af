"""The published figures as the report reads them: pub_quote and pub_angaben.

The report knows no other input, so it cannot show an unsuppressed figure.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.breakdowns import Breakdown, breakdowns_of
from pipeline.errors import DisclosureError, UsageError
from pipeline.registries import Code
from pipeline.report.numbers import tenth

TEXT_COLUMNS = (
    "kennzahl",
    "berichtsmonat",
    "schnitt",
    "auspraegung_1",
    "auspraegung_2",
)
KEY = (*TEXT_COLUMNS, "geschlecht")
FIGURES = ("zaehler", "bestand_monate", "nenner", "quote")
COLUMNS = (*KEY, *FIGURES, "status", "untergrenze", "obergrenze")
SEXES = ("w", "m", "insgesamt")
PUBLISHED = ("ok", "unsicher")
TOTAL = "insgesamt"


@dataclass(frozen=True)
class Figure:
    """One published figure. quote in the unit of its Kennzahl, one decimal.

    status: ok, unsicher, gesperrt, keine_faelle, or `fehlt` when the table has no such row.
    """

    status: str
    zaehler: int | None = None
    nenner: Decimal | None = None
    quote: Decimal | None = None

    @property
    def shown(self) -> bool:
        return self.status in PUBLISHED and self.quote is not None


@dataclass(frozen=True)
class Pair:
    """The figures of women, men and all for one cell of one month."""

    w: Figure
    m: Figure
    insgesamt: Figure

    @property
    def comparable(self) -> bool:
        """Both quotas are published."""
        return self.w.shown and self.m.shown

    @property
    def firm(self) -> bool:
        """Both quotas are published and rest on enough cases."""
        return self.comparable and self.w.status == self.m.status == "ok"

    @property
    def empty(self) -> bool:
        """Nobody of either sex was in stock."""
        return self.w.status in ("keine_faelle", "fehlt") and self.m.status in (
            "keine_faelle",
            "fehlt",
        )

    @property
    def gap(self) -> Decimal | None:
        """Men minus women in percentage points, from the published (rounded) quotas."""
        if self.w.quote is None or self.m.quote is None:
            return None
        return self.m.quote - self.w.quote

    @property
    def ratio(self) -> Decimal | None:
        """Integrations of women per 10 of men, for equally many of both; None when men have 0."""
        if self.w.quote is None or not self.m.quote:
            return None
        return tenth(10 * self.w.quote / self.m.quote)


@dataclass(frozen=True)
class Pub:
    """All published rows, sorted by their key, with the facts of the run."""

    rows: tuple[dict[str, Any], ...]
    figures: dict[tuple[str, ...], Figure]
    angaben: dict[str, str]

    def pair(self, kennzahl: str, month: str, schnitt: str = TOTAL, *codes: str) -> Pair:
        """The pair of a cell; `codes` are its categories, none for the total."""
        first, second = (*(codes or (TOTAL,)), "", "")[:2]
        found = [
            self.figures.get((kennzahl, month, schnitt, first, second, sex), Figure("fehlt"))
            for sex in SEXES
        ]
        return Pair(*found)

    def months(self, kennzahl: str) -> tuple[str, ...]:
        """The months with a total of this Kennzahl, oldest first."""
        return tuple(sorted(month for month, cut in self._of(kennzahl) if cut == TOTAL))

    def detail_months(self, kennzahl: str) -> tuple[str, ...]:
        """The months with breakdowns of this Kennzahl, oldest first."""
        return tuple(sorted({month for month, cut in self._of(kennzahl) if cut != TOTAL}))

    def values(
        self, kennzahl: str, breakdown: Breakdown, month: str
    ) -> tuple[tuple[str, ...], ...]:
        """The categories of a breakdown present in a month: code lists by rank, others A to Z."""
        width = len(breakdown.merkmale)
        found = {codes[:width] for codes in self._of(kennzahl).get((month, breakdown.id), ())}
        return tuple(sorted(found, key=lambda value: category_order(breakdown, value)))

    def present(self, kennzahl: str, month: str) -> tuple[Breakdown, ...]:
        """The breakdowns (without the total) that have rows in a month, in registry order."""
        cells = self._of(kennzahl)
        return tuple(b for b in breakdowns_of(kennzahl) if b.id != TOTAL and (month, b.id) in cells)

    def _of(self, kennzahl: str) -> dict[tuple[str, str], set[tuple[str, str]]]:
        return self._cells.get(kennzahl, {})

    @cached_property
    def _cells(self) -> dict[str, dict[tuple[str, str], set[tuple[str, str]]]]:
        """The pairs of codes by Kennzahl, then by month and breakdown."""
        found: dict[str, dict[tuple[str, str], set[tuple[str, str]]]] = {}
        for kennzahl, month, schnitt, first, second, _ in self.figures:
            cells = found.setdefault(kennzahl, {})
            cells.setdefault((month, schnitt), set()).add((first, second))
        return found


def category_order(
    breakdown: Breakdown, codes: tuple[str, ...]
) -> list[tuple[int, tuple[str, str]]]:
    """Sort key of a category: code lists by rank, other values A to Z, `unbekannt` last."""
    return [
        (_rank(listed, code), german_order(code))
        for listed, code in zip(breakdown.codes, codes, strict=True)
    ]


def _rank(listed: tuple[Code, ...], code: str) -> int:
    known = {c.code: i for i, c in enumerate(listed)}
    return known.get(code, len(known) + (code == "unbekannt"))


def german_order(text: str) -> tuple[str, str]:
    """Sort key after DIN 5007: umlauts as their base letter, case ignored."""
    plain = text.casefold().translate(str.maketrans("äöü", "aou")).replace("ß", "ss")
    return (plain, text)


def read(pub_quote: Path, pub_angaben: Path) -> Pub:
    """Read the two published tables. Unknown columns are ignored, missing ones are an error."""
    table = pq.read_table(pub_quote)
    missing = [c for c in COLUMNS if c not in table.column_names]
    if missing:
        raise UsageError(f"pub_quote: die Spalten {', '.join(missing)} fehlen.")
    rows = sorted(
        table.select(list(COLUMNS)).to_pylist(),
        key=lambda row: [row[c] or "" for c in KEY],
    )
    _refuse_leaks(rows)
    figures = {tuple(row[c] or "" for c in KEY): _figure(row) for row in rows}
    facts = pq.read_table(pub_angaben).to_pylist()
    angaben = {fact["schluessel"]: fact["wert"] or "" for fact in facts}
    return Pub(tuple(rows), figures, angaben)


def _refuse_leaks(rows: list[dict[str, Any]]) -> None:
    """A suppressed row must carry no figure at all: no page is built from a table that leaks."""
    figures = (*FIGURES, "untergrenze", "obergrenze")
    leaks = sum(
        row["status"] == "gesperrt" and any(row[c] is not None for c in figures) for row in rows
    )
    if leaks:
        raise DisclosureError(
            f"pub_quote: {leaks} geheim gehaltene Zeilen enthalten Zahlen. Der Bericht wird nicht "
            "erzeugt; die Geheimhaltung ist zu prüfen."
        )


def _figure(row: dict[str, Any]) -> Figure:
    if row["status"] == "gesperrt":
        return Figure("gesperrt")
    return Figure(
        status=row["status"],
        zaehler=None if row["zaehler"] is None else int(row["zaehler"]),
        nenner=None if row["nenner"] is None else Decimal(str(row["nenner"])),
        quote=None if row["quote"] is None else tenth(row["quote"]),
    )
