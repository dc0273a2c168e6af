"""K2 and its family: person-months of a window, and what counts as an event in each."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from tests.oracle.blocks import Block
from tests.oracle.calendar_days import add_months, calendar_number
from tests.oracle.merging import Merged
from tests.oracle.person_months import PersonMonth, timely_starts
from tests.oracle.quotas import (
    WINDOW,
    Unit,
    collect_units,
    finish_annual,
    finish_persons,
    finish_year_to_date,
)
from tests.oracle.rules import Rules
from tests.oracle.slices import TOTAL, stock_slices

ByMonth = dict[int, list[Unit]]


def publishable_months(merged: Merged, rules: Rules) -> list[int]:
    """Months with thirteen Stichtage behind them and three months of waiting over."""
    wait = "veroeffentlichung_nach_monaten"
    return [
        month
        for month, day in sorted(merged.stichtage.items())
        if all(month - back in merged.stichtage for back in range(WINDOW + 1))
        and add_months(day, rules.at(wait, day)) <= merged.datenstand
    ]


def units_by_month(
    rows: list[PersonMonth],
    success: Callable[[PersonMonth], bool],
    enters: Callable[[PersonMonth], bool] = lambda _: True,
) -> ByMonth:
    """Berichtsmonat → the units of the person-months that enter."""
    by_month: ByMonth = defaultdict(list)
    for row in rows:
        if enters(row):
            unit = Unit(row.person_id, row.sex, row.features, success(row))
            by_month[row.month].append(unit)
    return by_month


def window_of(units: ByMonth, month: int, months: int = WINDOW) -> list[Unit]:
    """The units of this month and those before it, the newest month first."""
    return list(chain.from_iterable(units[month - back] for back in range(months)))


def at_latest_stock_day(window: list[Unit]) -> list[Unit]:
    """Give every unit of a person the sex and features of the person's latest one."""
    latest: dict[str, Unit] = {}
    for unit in window:
        latest.setdefault(unit.person_id, unit)
    return [replace(latest[unit.person_id], success=unit.success) for unit in window]


def integration_blocks(rows: list[PersonMonth], merged: Merged, rules: Rules) -> Iterator[Block]:
    """K2, P1, K2_JFW, K2E1, K2E2, K2E4 and K3E1 of every publishable month."""

    def entered(art: str) -> Callable[[PersonMonth], bool]:
        return lambda row: bool(timely_starts(merged, rules, row.person_id, row.month, {art}))

    def integrated(row: PersonMonth) -> bool:
        return row.integrated

    def having(column: str, value: str) -> Callable[[PersonMonth], bool]:
        return lambda row: row.features[column] == value

    k2 = units_by_month(rows, integrated)
    totals = {
        "K2E1": units_by_month(rows, entered("geringfuegig")),
        "K2E2": units_by_month(rows, entered("oeffentlich_gefoerdert")),
    }
    for kennzahl, column, value in (
        ("K2E4", "bg_typ", "alleinerziehend"),
        ("K3E1", "lzb", "ja"),
    ):
        if ("bestand", column) in merged.columns:
            totals[kennzahl] = units_by_month(rows, integrated, having(column, value))
    slices = stock_slices(merged)
    for month in publishable_months(merged, rules):
        day = merged.stichtage[month]
        window = window_of(k2, month)
        yield Block("K2", month, day, slices, collect_units(window), finish_annual)
        persons = collect_units(at_latest_stock_day(window))
        yield Block("P1", month, day, [TOTAL], persons, finish_persons, has_sums=False)
        so_far = calendar_number(month)
        this_year = collect_units(window_of(k2, month, so_far))
        yield Block("K2_JFW", month, day, [TOTAL], this_year, finish_year_to_date(so_far))
        for kennzahl, units in totals.items():
            counted = collect_units(window_of(units, month))
            yield Block(kennzahl, month, day, [TOTAL], counted, finish_annual)
