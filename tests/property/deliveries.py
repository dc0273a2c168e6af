"""A world → one to four deliveries that tell it in pieces, with corrections and with mistakes."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.oracle.catalogue import TABLES
from tests.property.cells import Cells
from tests.property.mistakes import DAY_OF, add_mistakes, retold
from tests.property.world import World

EVENTS = ("beschaeftigungen", "teilnahmen")


@dataclass
class Delivery:
    """One folder to be written. Rows are typed cells, some replaced by a BadCell.

    A delivery of spells has zeitraum_von, and names its Stichtage or leaves them to the rule.
    """

    id: str
    art: str
    datenstand: date
    tables: dict[str, list[Cells]] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    has_sheet: bool = True
    zeitraum_von: date | None = None
    stichtage: list[date] | None = None


def split_world(rng: random.Random, world: World) -> list[Delivery]:
    """The deliveries in the order of their datenstand."""
    days = _draw_days(rng, world)
    dropped = {
        column.name
        for columns in TABLES.values()
        for column in columns
        if not column.required and rng.random() < 0.08
    }
    without_measures = rng.random() < 0.06
    deliveries = []
    known = date.min
    for number, day in enumerate(days):
        art = rng.choice(["voll", "voll", "nachlieferung", "korrektur"])
        name = f"{rng.choice('abcz')}{number}"
        delivery = Delivery(name, "voll" if len(days) == 1 else art, day)
        _fill(rng, world, delivery, known)
        if without_measures:
            delivery.tables.pop("teilnahmen", None)
        _choose_columns(rng, delivery, dropped)
        deliveries.append(delivery)
        known = day
    deliveries = [delivery for delivery in deliveries if delivery.tables]
    noise = rng.choice([0.0, 0.003, 0.02])
    for delivery in deliveries:
        for table, rows in delivery.tables.items():
            add_mistakes(rng, table, rows, delivery.datenstand, noise)
            rng.shuffle(rows)
    if len(days) == 1 and not world.bezug and rng.random() < 0.2:
        deliveries[0].has_sheet = False
    return deliveries


def whole_world(world: World) -> Delivery:
    """Everything in one full delivery without mistakes; spells leave Stichtage to the rule."""
    stock = "bezug" if world.bezug else "bestand"
    known: dict[str, list[Cells]] = {}
    for table in (stock, *EVENTS):
        rows = (dict(row) for row in getattr(world, table))
        known[table] = [row for row in rows if row[DAY_OF[table]] <= world.datenstand]
        for row in known[table]:
            recorded = row.get("erfasst_am")
            if recorded is not None and recorded > world.datenstand:
                row["erfasst_am"] = None
    return Delivery(
        "alles",
        "voll",
        world.datenstand,
        known,
        {table: [column.name for column in TABLES[table]] for table in known},
        zeitraum_von=world.stichtage[0] if world.bezug else None,
    )


def _draw_days(rng: random.Random, world: World) -> list[date]:
    """The datenstand of each delivery; the last one knows everything, two may be of one day."""
    count = rng.choice([1, 2, 3, 4] if world.bezug else [1, 1, 2, 3, 4])
    earliest = world.stichtage[len(world.stichtage) // 3]
    span = (world.datenstand - earliest).days
    earlier = [earliest + timedelta(days=rng.randrange(span + 1)) for _ in range(count - 1)]
    if world.bezug:  # spells are cut off at the datenstand: on or just before a Stichtag
        edges = [day for day in world.stichtage if day > earliest]
        earlier = [
            rng.choice(edges) - timedelta(days=rng.choice([0, 0, 1])) if rng.random() < 0.6 else day
            for day in earlier
        ]
    days = [*sorted(earlier), world.datenstand]
    if count > 1 and rng.random() < 0.15:
        days[0] = days[1]
    return days


def _fill(rng: random.Random, world: World, delivery: Delivery, known: date) -> None:
    """New rows since the last delivery, and older ones again: most of a range, or a few."""
    visible = [day for day in world.stichtage if day <= delivery.datenstand]
    first = world.stichtage[0] if known == date.min else rng.choice(visible)
    last = delivery.datenstand
    if known > date.min and delivery.art == "voll" and rng.random() < 0.5:
        last = rng.choice([day for day in visible if day >= first])
    stock = "bezug" if world.bezug and rng.random() < 0.7 else "bestand"
    for table in (stock, *EVENTS):
        skipped = 0.3 if table == "teilnahmen" else 0.12
        if known > date.min and rng.random() < skipped:
            continue
        if table == "bezug":
            _fill_spells(rng, world, delivery, first, last)
            continue
        rows = []
        for row in getattr(world, table):
            day = row[DAY_OF[table]]
            if day > delivery.datenstand and rng.random() > 0.01:
                continue
            if table == "bestand" and last < day <= delivery.datenstand:
                continue
            recorded = row.get("erfasst_am")
            if recorded is not None and recorded > delivery.datenstand and rng.random() < 0.9:
                continue
            again = rng.random() < (0.9 if delivery.art == "voll" and day >= first else 0.08)
            if day > known or again:
                rows.append(retold(rng, table, row) if rng.random() < 0.15 else dict(row))
        delivery.tables[table] = rows if rng.random() > 0.03 or known == date.min else []


def _fill_spells(
    rng: random.Random, world: World, delivery: Delivery, first: date, last: date
) -> None:
    """The spells that reach into the time of the delivery, and its Stichtage if it names them."""
    since = first + timedelta(days=rng.choice([-20, -1, 0, 0, 0, 1]))
    delivery.zeitraum_von = min(since, delivery.datenstand)
    share = 0.9 if delivery.art == "voll" or first == world.stichtage[0] else 0.3
    # Sometimes nobody is in stock at the first Stichtag, which the delivery still speaks about.
    after = first if first > world.stichtage[0] and rng.random() < 0.7 else date.min
    delivery.tables["bezug"] = [
        retold(rng, "bezug", row) if rng.random() < 0.1 else dict(row)
        for row in world.bezug
        if rng.random() < share
        and row["von"] > after
        and (row["von"] <= delivery.datenstand or rng.random() < 0.01)
        and (row["bis"] is None or row["bis"] >= delivery.zeitraum_von or rng.random() < 0.3)
    ]
    if all(day.day == 15 for day in world.stichtage) and rng.random() < 0.6:
        return
    # Days outside the time of the delivery and repeated ones do no harm.
    listed = [day for day in world.stichtage if day <= last or day > delivery.datenstand]
    delivery.stichtage = [*listed, *rng.choices(listed, k=rng.choice([0, 0, 1]))]
    rng.shuffle(delivery.stichtage)


def _choose_columns(rng: random.Random, delivery: Delivery, dropped: set[str]) -> None:
    for table in delivery.tables:
        names = [
            column.name
            for column in TABLES[table]
            if column.required or (column.name not in dropped and rng.random() > 0.02)
        ]
        rng.shuffle(names)
        delivery.columns[table] = names
