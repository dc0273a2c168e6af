"""K2E3 and M1: what became of the Integrationen of a window."""

from collections.abc import Iterator

from tests.oracle.blocks import Block
from tests.oracle.calendar_days import add_months
from tests.oracle.checking import Row
from tests.oracle.employment import employed_on
from tests.oracle.integrations import publishable_months, units_by_month, window_of
from tests.oracle.merging import Merged
from tests.oracle.person_months import PersonMonth
from tests.oracle.quotas import collect_units, finish_share
from tests.oracle.rules import Rules
from tests.oracle.slices import TOTAL

MONTHS_EMPLOYED = 6
# K2E3 waits for the Wartezeit and the six months, M1 for the Wartezeit and three more Stichtage.
K2E3_AFTER = 9
M1_AFTER = 6
MONTHS_LATER = 3


def deciding_start(row: PersonMonth) -> Row:
    """The earliest start that counts; on one day the bytewise smaller id."""
    return min(
        row.starts, key=lambda start: (start["beginn"], start["beschaeftigung_id"].encode("utf-8"))
    )


def enters_k2e3(row: PersonMonth) -> bool:
    """Integrated, and by insured employment."""
    return row.integrated and deciding_start(row)["art"] == "sv"


def stays_employed(row: PersonMonth, merged: Merged) -> bool:
    """In sv employment one, two … six months after the deciding start."""
    beginn = deciding_start(row)["beginn"]
    return all(
        employed_on(merged, row.person_id, add_months(beginn, months), {"sv"})
        for months in range(1, MONTHS_EMPLOYED + 1)
    )


def left_the_stock(row: PersonMonth, merged: Merged) -> bool:
    """Not in stock three months after the Berichtsmonat."""
    return row.month + MONTHS_LATER not in merged.stock[row.person_id]


def quality_blocks(rows: list[PersonMonth], merged: Merged, rules: Rules) -> Iterator[Block]:
    """K2E3 and M1 of every month that has a K2 and lies far enough back."""
    k2e3 = units_by_month(rows, lambda row: stays_employed(row, merged), enters_k2e3)
    m1 = units_by_month(rows, lambda row: left_the_stock(row, merged), lambda row: row.integrated)
    for month in publishable_months(merged, rules):
        day = merged.stichtage[month]
        if add_months(day, K2E3_AFTER) <= merged.datenstand:
            units = collect_units(window_of(k2e3, month))
            yield Block("K2E3", month, day, [TOTAL], units, finish_share)
        followed = all(month + n in merged.stichtage for n in range(1, MONTHS_LATER + 1))
        if followed and add_months(day, M1_AFTER) <= merged.datenstand:
            units = collect_units(window_of(m1, month))
            yield Block("M1", month, day, [TOTAL], units, finish_share)
