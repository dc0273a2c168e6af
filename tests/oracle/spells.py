"""Spells of bezug → one row per person and Stichtag, inside one delivery."""

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
            date(month // 12, month % 12 + 1, rules.at("stichtag_tag", start))
            for month in range(month_of(start), month_of(datenstand) + 1)
        ]
    return sorted(day for day in days if start <= day <= datenstand)


def spells_to_months(spells: Iterable[Row], days: list[date]) -> dict[Hashable, Row]:
    """(person, month) → row; of overlapping spells the one that began last supplies the values."""
    ordered = sorted(
        spells,
        key=lambda row: (row["von"], row["bis"] or date.max, canonical_text("bezug", row)),
    )
    rows: dict[Hashable, Row] = {}
    for spell in ordered:
        for day in days:
            if spell["von"] <= day and (spell["bis"] is None or day <= spell["bis"]):
                rows[spell["person_id"], month_of(day)] = Row(
                    spell.line, {**spell.values, "stichtag": day}
                )
    return rows
