"""Spells of bezug → one row per person and Stichtag, inside one delivery."""

import calendar
from collections.abc import Hashable, Iterable
from datetime import date

from tests.oracle.calendar_days import month_of
from tests.oracle.checking import Row, canonical_text
from tests.oracle.reading import RawDelivery
from tests.oracle.rules import Rules


def reference_days(raw: RawDelivery, datenstand: date, rules: Rules) -> list[date]:
    """The Stichtage of a delivery with bezug, from zeitraum_von to the datenstand."""
    start = raw.declared["zeitraum_von"]
    if raw.stichtage is not None:
        days = raw.stichtage
    else:
        days = [
            _mid_month(date(month // 12, month % 12 + 1, 1), rules)
            for month in range(month_of(start), month_of(datenstand) + 1)
        ]
    return sorted(day for day in days if start <= day <= datenstand)


def _mid_month(first: date, rules: Rules) -> date:
    """The Stichtag nobody delivered, by the rule valid on the first of its month."""
    last = calendar.monthrange(first.year, first.month)[1]
    return first.replace(day=min(rules.at("stichtag_tag", first), last))


def spells_to_months(spells: Iterable[Row], days: list[date]) -> dict[Hashable, Row]:
    """(person, month) → row. Of overlapping spells the one that began last supplies the values.

    Of those that began on one day it is the one that ends last, an open one before all others.
    """
    ordered = sorted(
        spells,
        key=lambda row: (
            row["von"],
            (row["bis"] is None, row["bis"] or date.max),
            canonical_text("bezug", row),
        ),
    )
    rows: dict[Hashable, Row] = {}
    for spell in ordered:
        for day in days:
            if spell["von"] <= day and (spell["bis"] is None or day <= spell["bis"]):
                rows[spell["person_id"], month_of(day)] = Row(
                    spell.line, {**spell.values, "stichtag": day}
                )
    return rows
