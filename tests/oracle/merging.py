"""Several deliveries → one stock, one list of take-ups, one list of participations.

Every delivered row ends in exactly one of three places: taken (it is in the merged tables),
rejected, or merged (it collapsed into an identical row, or a later delivery replaced or removed
it).
"""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.oracle.calendar_days import month_of
from tests.oracle.catalogue import TABLES
from tests.oracle.checking import CheckedTable, Row, check_table, newest_day
from tests.oracle.reading import RawDelivery, read_delivery
from tests.oracle.rules import Rules
from tests.oracle.spells import reference_days, spells_to_months


class RefusedError(Exception):
    """The run must stop with exit code 11."""


@dataclass(frozen=True)
class Delivery:
    """One delivery of the run: its facts and its judged tables."""

    id: str
    art: str
    datenstand: date
    tables: dict[str, CheckedTable]
    raw: RawDelivery


@dataclass(frozen=True)
class Located:
    """An accepted row and the delivery it came with."""

    delivery: str
    row: Row


Store = dict[Hashable, Located]


@dataclass
class Merged:
    """What is known after all deliveries. Months are whole numbers.

    datenstand_teilnahmen is None when no delivery carries participations.
    """

    stock: dict[str, dict[int, Row]] = field(default_factory=dict)
    stichtage: dict[int, date] = field(default_factory=dict)
    take_ups: dict[str, list[Row]] = field(default_factory=dict)
    participations: dict[str, list[Row]] = field(default_factory=dict)
    columns: set[tuple[str, str]] = field(default_factory=set)
    datenstand: date = date.min
    datenstand_teilnahmen: date | None = None
    rejected: set[tuple[str, str, str, int]] = field(default_factory=set)
    balance: dict[tuple[str, str], tuple[int, int, int, int]] = field(default_factory=dict)


def load_deliveries(raw: Path, as_of: date | None) -> list[Delivery]:
    """The deliveries of the run in the order they are merged."""
    loaded = [
        _load(folder)
        for folder in raw.iterdir()
        if folder.is_dir() and any(path.stem in TABLES for path in folder.iterdir())
    ]
    chosen = [one for one in loaded if as_of is None or one.datenstand <= as_of]
    if not all(one.raw.declared.get("synthetisch", False) for one in chosen):
        chosen = [one for one in chosen if not one.raw.declared.get("synthetisch", False)]
    if not chosen:
        raise RefusedError("no delivery left")
    if len({one.raw.declared["traeger"] for one in chosen if "traeger" in one.raw.declared}) > 1:
        raise RefusedError("two traeger")
    return sorted(chosen, key=lambda one: (one.datenstand, one.id.encode("utf-8")))


def _load(folder: Path) -> Delivery:
    raw = read_delivery(folder)
    datenstand = raw.declared.get("datenstand") or newest_day(raw.tables)
    tables = {name: check_table(name, table, datenstand) for name, table in raw.tables.items()}
    if "bestand" in tables and "bezug" in tables:
        raise RefusedError("bestand and bezug in one delivery")
    if "bezug" in tables and "zeitraum_von" not in raw.declared:
        raise RefusedError("bezug without zeitraum_von")
    if raw.declared.get("zeitraum_von", datenstand) > datenstand:
        raise RefusedError("zeitraum_von after the datenstand")
    name = raw.declared.get("lieferung", folder.name)
    return Delivery(name, raw.declared.get("art", "voll"), datenstand, tables, raw)


def merge(deliveries: list[Delivery], rules: Rules) -> Merged:
    """Apply the deliveries one after the other; raises RefusedError."""
    merged = Merged(
        datenstand=_datenstand_of_run(deliveries),
        datenstand_teilnahmen=_datenstand_of_participations(deliveries),
    )
    stock: Store = {}
    jobs: Store = {}
    measures: Store = {}
    all_days: set[date] = set()
    for one in deliveries:
        months, days = _stock_of(one, rules)
        all_days |= days
        if one.art == "voll" and days:
            first, last = month_of(min(days)), month_of(max(days))
            for key in [key for key in stock if first <= key[1] <= last]:  # type: ignore[index]
                del stock[key]
        stock.update(months)
        _add_events(one, "beschaeftigungen", "beginn", jobs, days)
        _add_events(one, "teilnahmen", "eintritt", measures, days)
        for table, checked in one.tables.items():
            merged.columns |= {
                ("bestand" if table == "bezug" else table, column) for column in checked.columns
            }
    if len({month_of(day) for day in all_days}) < len(all_days):
        raise RefusedError("two Stichtage in one month")

    for located in stock.values():
        row = located.row
        month = month_of(row["stichtag"])
        merged.stock.setdefault(row["person_id"], {})[month] = row
        merged.stichtage[month] = row["stichtag"]
    orphans = _reject_orphans(jobs, merged) | _reject_orphans(measures, merged)
    for target, store in ((merged.take_ups, jobs), (merged.participations, measures)):
        for located in store.values():
            target.setdefault(located.row["person_id"], []).append(located.row)
    _balance(
        deliveries,
        {"bestand": stock, "beschaeftigungen": jobs, "teilnahmen": measures},
        orphans,
        merged,
    )
    return merged


def _datenstand_of_run(deliveries: list[Delivery]) -> date:
    newest = []
    for names in ({"bestand", "bezug"}, {"beschaeftigungen"}):
        carrying = [one.datenstand for one in deliveries if names & set(one.tables)]
        if carrying:
            newest.append(max(carrying))
    return min(newest)


def _datenstand_of_participations(deliveries: list[Delivery]) -> date | None:
    """How far EQ and FQ know the data; None when no delivery carries participations."""
    carrying = [one.datenstand for one in deliveries if "teilnahmen" in one.tables]
    return min(max(carrying), _datenstand_of_run(deliveries)) if carrying else None


def _stock_of(one: Delivery, rules: Rules) -> tuple[Store, set[date]]:
    """The person-months of one delivery, and its Stichtage."""
    if "bezug" in one.tables:
        days = reference_days(one.raw, one.datenstand, rules)
        spells = one.tables["bezug"].accepted
        rows = spells_to_months(spells, days)
        return {key: Located(one.id, row) for key, row in rows.items()}, set(days)
    if "bestand" not in one.tables:
        return {}, set()
    checked = one.tables["bestand"]
    store: Store = {
        (row["person_id"], month_of(row["stichtag"])): Located(one.id, row)
        for row in checked.accepted
    }
    return store, checked.stichtage


def _add_events(one: Delivery, table: str, start: str, store: Store, days: set[date]) -> None:
    if table not in one.tables:
        return
    key = "beschaeftigung_id" if table == "beschaeftigungen" else "teilnahme_id"
    new: Store = {row[key]: Located(one.id, row) for row in one.tables[table].accepted}
    if one.art == "voll" and days:
        gone = [
            old
            for old, located in store.items()
            if located.row[start] >= min(days) and old not in new
        ]
        for old in gone:
            del store[old]
    store.update(new)


def _reject_orphans(store: Store, merged: Merged) -> set[tuple[str, int]]:
    """Take the rows of persons who are nowhere in the merged stock out of the store."""
    orphans = {
        key: located
        for key, located in store.items()
        if located.row["person_id"] not in merged.stock
    }
    for key in orphans:
        del store[key]
    return {(located.delivery, id(located.row)) for located in orphans.values()}


def _balance(
    deliveries: list[Delivery],
    stores: dict[str, Store],
    orphans: set[tuple[str, int]],
    merged: Merged,
) -> None:
    """Fill in the rejected rows and delivered = taken + rejected + merged."""
    taken: Counter[tuple[str, str]] = Counter()
    for table, store in stores.items():
        taken.update((located.delivery, table) for located in store.values())
    for one in deliveries:
        for table, checked in one.tables.items():
            lines = set(checked.rejected)
            lines |= {row.line for row in checked.accepted if (one.id, id(row)) in orphans}
            merged.rejected |= {(one.id, table, checked.file, line) for line in lines}
            count = taken[one.id, table] if table != "bezug" else len(checked.accepted)
            merged.balance[one.id, table] = (
                checked.delivered,
                count,
                len(lines),
                checked.delivered - count - len(lines),
            )
