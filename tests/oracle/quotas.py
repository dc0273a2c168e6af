"""What a figure is, and how a cell of the marts is counted.

A quote has a base (its denominator) and events (its numerator). Both are counted by person, so that
the sums over persons that intervals need come from the same place as the quote.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.oracle.slices import ALL, Slice

WINDOW = 12


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
    """One row of mart_veroeffentlichung or mart_anteil.

    The sums run over persons: z is a person's part of the numerator of the cell, b the person's
    part of the denominator. P1, FA_ELB and FA_ALO have none of them, and the persons of those two
    are the most at one Stichtag.
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


@dataclass(frozen=True)
class Unit:
    """One thing a denominator counts: a person-month, an Integration or an exit.

    `sex` is the delivered one, `success` puts the unit into the numerator too.
    """

    person_id: str
    sex: str
    features: Mapping[str, str]
    success: bool


def _count(by_person: dict[str, int], person_id: str) -> None:
    by_person[person_id] = by_person.get(person_id, 0) + 1


@dataclass
class Cell:
    """What is collected for one slice, category and sex: base and events by person."""

    base: dict[str, int] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)

    @property
    def zaehler(self) -> int:
        return sum(self.events.values())

    @property
    def size(self) -> int:
        """How many units the base counts."""
        return sum(self.base.values())

    def add(self, unit: Unit) -> None:
        _count(self.base, unit.person_id)
        if unit.success:
            _count(self.events, unit.person_id)

    def add_day(self, everybody: Iterable[str], counted: Iterable[str]) -> None:
        """The persons of one Stichtag, and those among them that are events."""
        for person in everybody:
            _count(self.base, person)
        for person in counted:
            _count(self.events, person)

    @property
    def persons(self) -> tuple[int, int]:
        """How many persons the base counts, and how many the events."""
        return len(self.base), len(self.events)

    def products(self) -> tuple[int, int, int]:
        """The sums of z · z, z · b and b · b over the persons of the cell."""
        pairs = [(self.events.get(person, 0), base) for person, base in self.base.items()]
        return (
            sum(z * z for z, _ in pairs),
            sum(z * b for z, b in pairs),
            sum(b * b for _, b in pairs),
        )


CellKey = tuple[str, str, str, str]  # schnitt, auspraegung_1, auspraegung_2, sex
SexOf = Callable[[str, str], str]  # person_id, delivered sex → sex of the row
Collect = Callable[[Iterable[Slice], SexOf], Mapping[CellKey, Cell]]
Finish = Callable[[Cell], Figure]


def delivered_sex(_person_id: str, sex: str) -> str:
    """The sex as delivered: w, m, d, o or u."""
    return sex


def published_sex(person_id: str, sex: str) -> str:
    """d, o and u are assigned by the first byte of SHA-256: even → w, odd → m."""
    if sex in {"w", "m"}:
        return sex
    return "w" if hashlib.sha256(person_id.encode("utf-8")).digest()[0] % 2 == 0 else "m"


def collect_units(units: Iterable[Unit]) -> Collect:
    """The cells of a quote whose row of a sex has the units of that sex as its base."""

    def collect(slices: Iterable[Slice], sex_of: SexOf) -> Mapping[CellKey, Cell]:
        cells: dict[CellKey, Cell] = defaultdict(Cell)
        for unit in units:
            for cut in slices:
                first, second = cut.values(unit.features)
                for sex in (sex_of(unit.person_id, unit.sex), ALL):
                    cells[cut.id, first, second, sex].add(unit)
        return cells

    return collect


def finish_annual(cell: Cell) -> Figure:
    """1200 · zaehler / bestand_monate."""
    stock = cell.size
    quote = 1200 * cell.zaehler / stock if stock else None
    return Figure(cell.zaehler, stock, stock / WINDOW, quote)


def finish_year_to_date(months: int) -> Finish:
    """100 · months · zaehler / bestand_monate, not annualised."""

    def finish(cell: Cell) -> Figure:
        stock = cell.size
        quote = 100 * months * cell.zaehler / stock if stock else None
        return Figure(cell.zaehler, stock, stock / months, quote)

    return finish


def finish_persons(cell: Cell) -> Figure:
    """100 · persons with an event / persons of the base."""
    persons, reached = len(cell.base), len(cell.events)
    quote = 100 * reached / persons if persons else None
    return Figure(reached, None, float(persons), quote)


def finish_share(cell: Cell) -> Figure:
    """100 · zaehler / units of the base."""
    zaehler, size = cell.zaehler, cell.size
    return Figure(zaehler, None, float(size), 100 * zaehler / size if size else None)
