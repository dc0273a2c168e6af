"""The Stichtage of a delivery with bezug: those of its list, else one a month by rule."""

import calendar
from datetime import date
from typing import cast

import duckdb

from pipeline.errors import DeliveryError
from pipeline.ingest.cells import typed_table
from pipeline.ingest.delivered_files import RawFile
from pipeline.ingest.delivery import Delivery
from pipeline.ingest.naming import place, printable
from pipeline.ingest.note import STICHTAGE, table_contract
from pipeline.ingest.reading.readers import RawTable
from pipeline.registries import parameters

RULE = "stichtag_tag"


def stichtage_in_period(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, datenstand: date, listed: RawTable | None
) -> dict[date, str]:
    """The Stichtage from zeitraum_von to the datenstand in order, each with where it is named.

    listed: the list that came with the delivery. Raises DeliveryError for a day in it that cannot
    be read.
    """
    first = delivery.zeitraum_von
    if first is None:
        raise RuntimeError("bezug without zeitraum_von")
    if listed is not None and delivery.stichtage is not None:
        days = _listed_days(con, delivery.stichtage, listed)
    else:
        days = _days_by_rule(delivery, first, datenstand)
    return {day: days[day] for day in sorted(days) if first <= day <= datenstand}


def _listed_days(
    con: duckdb.DuckDBPyConnection, file: RawFile, listed: RawTable
) -> dict[date, str]:
    read = typed_table(con, table_contract(STICHTAGE), listed)
    rows = list(zip(read["zeile"].to_pylist(), read["stichtag"].to_pylist(), strict=True))
    bad = sorted([line.zeile for line in listed.bad_lines] + [n for n, day in rows if day is None])
    if bad:
        raise DeliveryError(
            [
                f"{place(file.path)}, Zeile {line}: Das ist kein Stichtag. Genau ein Datum je "
                "Zeile liefern, als JJJJ-MM-TT oder TT.MM.JJJJ."
                for line in bad
            ]
        )
    days: dict[date, str] = {}
    for line, day in rows:
        days.setdefault(day, f"{printable(file.name)}, Zeile {line}")
    return days


def _days_by_rule(delivery: Delivery, first: date, last: date) -> dict[date, str]:
    """The day of the rule in every month of the period, in shorter months the last day."""
    name = next(file.name for file in delivery.files if file.tabelle == "bezug")
    days = {}
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        begin = date(month // 12, month % 12 + 1, 1)
        wanted = cast(int, parameters()[RULE].at(begin))
        day = begin.replace(day=min(wanted, calendar.monthrange(begin.year, begin.month)[1]))
        days[day] = f"{printable(name)}, Regel {RULE}"
    return days
