"""A world → one to four deliveries that tell it in pieces, with corrections and with mistakes."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.oracle.catalogue import NOT_WITH_SV, TABLES, Column
from tests.property.world import Cells, World

ART = {"bestand": "stichtag", "beschaeftigungen": "beginn", "teilnahmen": "eintritt"}
BAD_CELLS = {
    "date": (
        "2020-02-30",
        "31.04.2021",
        "gestern",
        "2021/05/01",
        "12.2020",
        "2020-1-5",
        "5.1.2020",
    ),
    "integer": ("zwölf", "1.5.", "19 80", "1980.4", "1e3", "1_980"),
    "decimal": ("viel", "1,2,3", "1e3", "nan", "inf"),
    "boolean": ("vielleicht", "2", "unbekannt"),
    "code": ("???", "X9", "unbekannt", "W", "SV", "fbw"),
}


@dataclass(frozen=True)
class BadCell:
    """A text that is no value of its column, to be written as it stands."""

    text: str


@dataclass
class Delivery:
    """One folder to be written. Rows are typed cells, some replaced by a BadCell."""

    id: str
    art: str
    datenstand: date
    tables: dict[str, list[Cells]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    has_sheet: bool = True


def split_world(rng: random.Random, world: World) -> list[Delivery]:
    """The deliveries in the order of their datenstand."""
    count = rng.choice([1, 1, 2, 3, 4])
    earliest = world.stichtage[len(world.stichtage) // 3]
    span = (world.datenstand - earliest).days
    earlier = [earliest + timedelta(days=rng.randrange(span + 1)) for _ in range(count - 1)]
    days = [*sorted(earlier), world.datenstand]
    if count > 1 and rng.random() < 0.15:
        days[0] = days[1]
    dropped = {
        column.name
        for columns in TABLES.values()
        for column in columns
        if not column.required and rng.random() < 0.08
    }
    deliveries = []
    known = date.min
    for number, day in enumerate(days):
        art = rng.choice(["voll", "voll", "nachlieferung", "korrektur"])
        name = f"{rng.choice('abcz')}{number}"
        delivery = Delivery(name, "voll" if number == 0 and count == 1 else art, day)
        _fill(rng, world, delivery, known)
        _choose_columns(rng, delivery, dropped)
        deliveries.append(delivery)
        known = day
    deliveries = [delivery for delivery in deliveries if delivery.tables]
    noise = rng.choice([0.0, 0.003, 0.02])
    for delivery in deliveries:
        for table in delivery.tables:
            _add_mistakes(rng, delivery, table, noise)
            rng.shuffle(delivery.tables[table])
    if count == 1 and rng.random() < 0.2:
        deliveries[0].has_sheet = False
    return deliveries


def _fill(rng: random.Random, world: World, delivery: Delivery, known: date) -> None:
    """New rows since the last delivery, and older ones again: most of a range, or a few."""
    visible = [day for day in world.stichtage if day <= delivery.datenstand]
    first = world.stichtage[0] if known == date.min else rng.choice(visible)
    last = delivery.datenstand
    if known > date.min and delivery.art == "voll" and rng.random() < 0.5:
        last = rng.choice([day for day in visible if day >= first])
    for table, day_of in ART.items():
        if delivery.id[1:] != "0" and rng.random() < 0.12:
            continue
        rows = []
        for row in getattr(world, table):
            day = row[day_of]
            if day > delivery.datenstand and rng.random() > 0.01:
                continue
            if table == "bestand" and last < day <= delivery.datenstand:
                continue
            recorded = row.get("erfasst_am")
            if recorded is not None and recorded > delivery.datenstand and rng.random() < 0.9:
                continue
            again = rng.random() < (0.9 if delivery.art == "voll" and day >= first else 0.08)
            if day > known or again:
                rows.append(_retold(rng, table, row) if rng.random() < 0.15 else dict(row))
        delivery.tables[table] = rows if rng.random() > 0.03 or known == date.min else []


def _retold(rng: random.Random, table: str, row: Cells) -> Cells:
    """The same key with one other value."""
    column = rng.choice(TABLES[table])
    changed = dict(row)
    if column.kind == "code":
        changed[column.name] = rng.choice(sorted(column.codes))
    elif column.kind == "boolean":
        changed[column.name] = not row[column.name]
    elif column.name in {"ende", "austritt"}:
        changed[column.name] = row[ART[table]] + timedelta(days=rng.randrange(-40, 100))
    elif column.name in {"beginn", "eintritt"}:
        changed[column.name] = row[column.name] - timedelta(days=rng.choice([1, 20, 60]))
    elif not column.required:
        changed[column.name] = None
    return changed


def _choose_columns(rng: random.Random, delivery: Delivery, dropped: set[str]) -> None:
    for table in delivery.tables:
        names = [
            column.name
            for column in TABLES[table]
            if column.required or (column.name not in dropped and rng.random() > 0.02)
        ]
        rng.shuffle(names)
        delivery.columns[table] = names


def _add_mistakes(rng: random.Random, delivery: Delivery, table: str, share: float) -> None:
    """Copies, rivals of one key, bad and empty cells, the future, contradictions and orphans."""
    rows = delivery.tables[table]
    for row in list(rows):
        if rng.random() < share:
            rows += [dict(row)] * rng.choice([1, 1, 2])
        if rng.random() < share:
            rivals = [_rival(rng, table, row) for _ in range(rng.choice([1, 1, 2]))]
            rows += rivals + [dict(rivals[0])] * rng.choice([0, 0, 1])
    for row in rows:
        if rng.random() < 2 * share:
            column = rng.choice(TABLES[table])
            row[column.name] = _bad_value(rng, column, delivery.datenstand)
    if table != "bestand":
        for row in rng.sample(rows, min(len(rows), round(len(rows) * share))):
            row["person_id"] = rng.choice(["niemand", "P"])
    if table == "beschaeftigungen":
        for row in rows:
            if rng.random() < share:
                row["foerderung"] = rng.choice(sorted(NOT_WITH_SV))


def _rival(rng: random.Random, table: str, row: Cells) -> Cells:
    """The same key on the same Stichtag with other content."""
    while True:
        rival = _retold(rng, table, row)
        if table != "bestand" or rival["stichtag"] == row["stichtag"]:
            return rival


def _bad_value(rng: random.Random, column: Column, datenstand: date) -> object:
    if column.kind == "date" and rng.random() < 0.3:
        return (
            datenstand + timedelta(days=rng.choice([1, 100])) if column.name != "stichtag" else None
        )
    if rng.random() < 0.2 or column.kind == "text":
        return None
    return BadCell(rng.choice(BAD_CELLS[column.kind]))
