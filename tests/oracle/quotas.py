"""Person-months → the rows of the mart, one figure at a time, and the counts for publication."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from tests.oracle.calendar_days import add_months, calendar_number, month_label
from tests.oracle.catalogue import CATEGORIES, CROSSES, NEEDS, SEXES
from tests.oracle.merging import Merged
from tests.oracle.person_months import PersonMonth
from tests.oracle.rules import Rules

WINDOW = 12
ALL = "insgesamt"


class Key(NamedTuple):
    """What one figure is about."""

    kennzahl: str
    berichtsmonat: str
    schnitt: str
    auspraegung_1: str
    auspraegung_2: str
    geschlecht: str


class Figure(NamedTuple):
    """One row of mart_quote: whole numbers as counted, one division for the quote."""

    zaehler: int
    bestand_monate: int | None
    nenner: float
    quote: float | None


class Counts(NamedTuple):
    """One row of mart_veroeffentlichung.

    The sums run over persons: z is a person's Integrationen in the cell, b the person's months. P1
    counts each person once and needs none of them.
    """

    zaehler: int
    bestand_monate: int | None
    nenner: float
    quote: float | None
    personen: int
    personen_zaehler: int
    summe_zz: int | None
    summe_zb: int | None
    summe_bb: int | None


@dataclass
class Cell:
    """What is collected for one slice, category and sex."""

    zaehler: int = 0
    bestand_monate: int = 0
    months: Counter[str] = field(default_factory=Counter)  # by person
    integrations: Counter[str] = field(default_factory=Counter)  # by person

    def add(self, row: PersonMonth) -> None:
        self.bestand_monate += 1
        self.months[row.person_id] += 1
        if row.integrated:
            self.zaehler += 1
            self.integrations[row.person_id] += 1

    def products(self) -> tuple[int, int, int]:
        """The sums of z · z, z · b and b · b over the persons of the cell."""
        pairs = [(self.integrations[person], months) for person, months in self.months.items()]
        return (
            sum(z * z for z, _ in pairs),
            sum(z * b for z, b in pairs),
            sum(b * b for _, b in pairs),
        )


Slice = tuple[str, tuple[str, ...]]
CellKey = tuple[str, str, str, str]  # schnitt, auspraegung_1, auspraegung_2, sex
Finish = Callable[[Cell], Figure]


def publishable_months(merged: Merged, rules: Rules) -> list[int]:
    """Months with thirteen Stichtage behind them and three months of waiting over."""
    wait = "veroeffentlichung_nach_monaten"
    return [
        month
        for month, day in sorted(merged.stichtage.items())
        if all(month - back in merged.stichtage for back in range(WINDOW + 1))
        and add_months(day, rules.at(wait, day)) <= merged.datenstand
    ]


def slices_of(merged: Merged) -> list[Slice]:
    """The breakdowns and crosses whose columns somebody delivers: (id, breakdowns)."""
    present = [name for name, need in NEEDS.items() if need is None or need in merged.columns]
    single: list[Slice] = [(name, (name,)) for name in present]
    crosses: list[Slice] = [
        (f"{first}_x_{second}", (first, second))
        for first, second in CROSSES
        if first in present and second in present
    ]
    return single + crosses


def all_cells(slices: list[Slice], merged: Merged, sexes: Iterable[str]) -> list[CellKey]:
    """Every cell that has a row, also with nobody in it."""
    categories = dict(CATEGORIES)
    categories["stadtbezirk"] = sorted(
        {
            row["stadtbezirk"] or "unbekannt"
            for rows in merged.stock.values()
            for row in rows.values()
        }
    )
    keys: list[CellKey] = []
    for name, parts in slices:
        for first in categories[parts[0]]:
            for second in categories[parts[1]] if len(parts) == 2 else [""]:
                keys.extend((name, first, second, sex) for sex in sexes)
    return keys


def published_sex(person_id: str, sex: str) -> str:
    """d, o and u are assigned by the first byte of SHA-256: even → w, odd → m."""
    if sex in {"w", "m"}:
        return sex
    return "w" if hashlib.sha256(person_id.encode("utf-8")).digest()[0] % 2 == 0 else "m"


def collect(
    rows: list[PersonMonth], slices: list[Slice], sex_of: Callable[[PersonMonth], str]
) -> dict[CellKey, Cell]:
    """One pass over the person-months of a window."""
    cells: dict[CellKey, Cell] = defaultdict(Cell)
    for row in rows:
        for name, parts in slices:
            values = [row.features[part] for part in parts]
            for sex in (sex_of(row), ALL):
                cells[name, values[0], values[1] if len(values) == 2 else "", sex].add(row)
    return cells


def finish_k2(cell: Cell) -> Figure:
    """1200 · zaehler / bestand_monate."""
    stock = cell.bestand_monate
    quote = 1200 * cell.zaehler / stock if stock else None
    return Figure(cell.zaehler, stock, stock / WINDOW, quote)


def finish_year_to_date(months: int) -> Finish:
    """100 · months · zaehler / bestand_monate, not annualised."""

    def finish(cell: Cell) -> Figure:
        stock = cell.bestand_monate
        quote = 100 * months * cell.zaehler / stock if stock else None
        return Figure(cell.zaehler, stock, stock / months, quote)

    return finish


def finish_persons(cell: Cell) -> Figure:
    """100 · persons with an Integration / persons in stock."""
    persons, integrated = len(cell.months), len(cell.integrations)
    quote = 100 * integrated / persons if persons else None
    return Figure(integrated, None, float(persons), quote)


def at_latest_stock_day(rows: list[PersonMonth]) -> list[PersonMonth]:
    """Give every row of a person the sex and features of the person's latest row."""
    latest: dict[str, PersonMonth] = {}
    for row in rows:
        if row.person_id not in latest or latest[row.person_id].month < row.month:
            latest[row.person_id] = row
    return [
        PersonMonth(
            row.person_id,
            row.month,
            latest[row.person_id].sex,
            latest[row.person_id].features,
            row.starts,
        )
        for row in rows
    ]


def mart_rows(
    rows: list[PersonMonth], merged: Merged, rules: Rules
) -> tuple[dict[Key, Figure], dict[Key, Counts]]:
    """mart_quote and the counts of mart_veroeffentlichung for every publishable month."""
    by_month: dict[int, list[PersonMonth]] = defaultdict(list)
    for row in rows:
        by_month[row.month].append(row)
    slices = slices_of(merged)
    total: list[Slice] = [(ALL, (ALL,))]
    quotes: dict[Key, Figure] = {}
    published: dict[Key, Counts] = {}
    for month in publishable_months(merged, rules):
        window = [row for back in range(WINDOW) for row in by_month[month - back]]
        so_far = calendar_number(month)
        this_year = [row for back in range(so_far) for row in by_month[month - back]]
        day: date = merged.stichtage[month]
        detail = slices if so_far in rules.at("detailmonate", day) else total
        for kennzahl, input_rows, cuts, public_cuts, finish in (
            ("K2", window, slices, detail, finish_k2),
            ("P1", at_latest_stock_day(window), total, total, finish_persons),
            ("K2_JFW", this_year, total, total, finish_year_to_date(so_far)),
        ):
            name = month_label(month)
            cells = collect(input_rows, cuts, lambda row: row.sex)
            for key in all_cells(cuts, merged, (*SEXES, ALL)):
                quotes[Key(kennzahl, name, *key)] = finish(cells.get(key, Cell()))
            cells = collect(
                input_rows, public_cuts, lambda row: published_sex(row.person_id, row.sex)
            )
            for key in all_cells(public_cuts, merged, ("w", "m", ALL)):
                cell = cells.get(key, Cell())
                persons = len(cell.months), len(cell.integrations)
                sums = (None, None, None) if kennzahl == "P1" else cell.products()
                published[Key(kennzahl, name, *key)] = Counts(*finish(cell), *persons, *sums)
    return quotes, published
