"""EQ: employment some months after a measure was left."""

import calendar
from collections.abc import Iterator
from datetime import date

from tests.oracle.blocks import Block
from tests.oracle.calendar_days import add_months, month_of
from tests.oracle.employment import employed_on
from tests.oracle.merging import Merged
from tests.oracle.participations import Participation, lasting_participations, length_class
from tests.oracle.quotas import WINDOW, Unit, collect_units, finish_share
from tests.oracle.rules import Rules
from tests.oracle.slices import exit_slices

MONTHS_AFTER = (1, 3, 6, 9, 12, 18)


def last_day_of(month: int) -> date:
    """The last calendar day of a month."""
    year, number = month // 12, month % 12 + 1
    return date(year, number, calendar.monthrange(year, number)[1])


def exit_months(merged: Merged, months_after: int) -> list[int]:
    """Calendar months, with a Stichtag or not, whose twelve months are known far enough."""
    if merged.datenstand_teilnahmen is None or not merged.stichtage:
        return []
    found = []
    month = min(merged.stichtage) + WINDOW - 1
    while add_months(last_day_of(month), months_after) <= merged.datenstand_teilnahmen:
        found.append(month)
        month += 1
    return found


def works_after(one: Participation, left: date, months: int, merged: Merged, rules: Rules) -> bool:
    """In insured employment, or in training if the rule counts it, so many months after leaving."""
    arts = {"sv", "ausbildung"} if rules.at("eq_zaehlt_ausbildung", left) else {"sv"}
    return employed_on(merged, one.person_id, add_months(left, months), arts)


def exit_blocks(merged: Merged, rules: Rules) -> Iterator[Block]:
    """EQ_1 … EQ_18 of every month that is known."""
    slices = exit_slices(merged)
    participations = lasting_participations(merged)
    for months_after in MONTHS_AFTER:
        months = exit_months(merged, months_after)
        exits: dict[int, list[Unit]] = {}
        for one in participations:
            left = one.austritt
            if left is None or not months or month_of(left) > months[-1]:
                continue
            features = {**one.features, "massnahmedauer": length_class(one.eintritt, left)}
            success = works_after(one, left, months_after, merged, rules)
            unit = Unit(one.person_id, one.sex, features, success)
            exits.setdefault(month_of(left), []).append(unit)
        for month in months:
            window = [unit for back in range(WINDOW) for unit in exits.get(month - back, ())]
            yield Block(
                f"EQ_{months_after}",
                month,
                last_day_of(month),
                slices,
                collect_units(window),
                finish_share,
            )
