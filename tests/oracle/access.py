"""FQ and the shares beside it: how many of those counted at twelve Stichtage are of one sex."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from tests.oracle.blocks import Block
from tests.oracle.catalogue import SEXES
from tests.oracle.merging import Merged
from tests.oracle.participations import lasting_participations
from tests.oracle.quotas import WINDOW, Cell, CellKey, Collect, SexOf, finish_share
from tests.oracle.slices import ALL, TOTAL, Slice, access_slices


class Present(NamedTuple):
    """Somebody counted at one Stichtag; a person in two measures is there twice."""

    person_id: str
    sex: str
    features: Mapping[str, str]


@dataclass
class ShareCell(Cell):
    """A share of the stock, which tells of persons only how many there were at one Stichtag."""

    at_once: tuple[int, int] = (0, 0)

    def add_day(self, everybody: Iterable[str], counted: Iterable[str]) -> None:
        super().add_day(everybody, counted)
        both = zip(self.at_once, (everybody, counted), strict=True)
        most, most_counted = (max(before, len(set(today))) for before, today in both)
        self.at_once = most, most_counted

    @property
    def persons(self) -> tuple[int, int]:
        return self.at_once


def collect_present(days: list[list[Present]], kind: type[Cell] = Cell) -> Collect:
    """The cells of a share: the base of every row is everybody of the category.

    A person counts once per Stichtag in the base, and once per Stichtag in the events of each sex
    the person is counted with there.
    """

    def collect(slices: Iterable[Slice], sex_of: SexOf) -> Mapping[CellKey, Cell]:
        cells: dict[CellKey, Cell] = defaultdict(kind)
        for present in days:
            for cut in slices:
                persons: dict[tuple[str, str], dict[str, set[str]]] = {}
                for one in present:
                    by_sex = persons.setdefault(cut.values(one.features), defaultdict(set))
                    by_sex[sex_of(one.person_id, one.sex)].add(one.person_id)
                    by_sex[ALL].add(one.person_id)
                for (first, second), by_sex in persons.items():
                    for sex in (*SEXES, ALL):
                        cells[cut.id, first, second, sex].add_day(by_sex[ALL], by_sex[sex])
        return cells

    return collect


def access_months(merged: Merged) -> list[int]:
    """Months with twelve Stichtage behind them up to which participations are known."""
    known = merged.datenstand_teilnahmen
    return [
        month
        for month, day in sorted(merged.stichtage.items())
        if all(month - back in merged.stichtage for back in range(WINDOW))
        and known is not None
        and day <= known
    ]


def access_blocks(merged: Merged) -> Iterator[Block]:
    """FQ: who is in a measure at the Stichtage, in stock or not."""
    participations = lasting_participations(merged)
    at = {
        month: [
            Present(one.person_id, one.sex, one.features)
            for one in participations
            if one.runs_on(day)
        ]
        for month, day in merged.stichtage.items()
    }
    for month in access_months(merged):
        days = [at[month - back] for back in range(WINDOW)]
        day = merged.stichtage[month]
        yield Block("FQ", month, day, access_slices(), collect_present(days), finish_share)


def share_blocks(merged: Merged) -> Iterator[Block]:
    """FA_ELB and FA_ALO: who is in stock, and unemployed in stock, in the months FQ has.

    They say what FQ is held against, and have no interval of their own.
    """
    stock: dict[int, list[Present]] = defaultdict(list)
    unemployed: dict[int, list[Present]] = defaultdict(list)
    for person_id, rows in merged.stock.items():
        for month, row in rows.items():
            one = Present(person_id, row["geschlecht"], {ALL: ALL})
            stock[month].append(one)
            if row["arbeitsmarktstatus"] == "arbeitslos":
                unemployed[month].append(one)
    shares = {"FA_ELB": stock}
    if ("bestand", "arbeitsmarktstatus") in merged.columns:
        shares["FA_ALO"] = unemployed
    for month in access_months(merged):
        day = merged.stichtage[month]
        for kennzahl, at in shares.items():
            days = [at[month - back] for back in range(WINDOW)]
            counted = collect_present(days, ShareCell)
            yield Block(kennzahl, month, day, [TOTAL], counted, finish_share, has_sums=False)
