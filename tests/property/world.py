"""A random small Jobcenter: what really happened, before anybody delivers it.

Days are drawn close to the edges of the rules: on and beside a Stichtag, on and beside the end of
the Wartezeit, the day after a job ended, six months after a measure was left.
"""

import random
from dataclasses import dataclass
from datetime import date

from tests.property.cells import Cells
from tests.property.days import draw_datenstand, draw_since, draw_stichtage
from tests.property.jobs import draw_jobs
from tests.property.measures import draw_measures
from tests.property.persons import change, draw_persons
from tests.property.spells import draw_spells


@dataclass(frozen=True)
class World:
    """Typed rows of the four tables, the Stichtage in order, and the newest known day.

    bestand and bezug are two accounts of the same persons that need not agree: some deliveries
    bring one of them, some the other. Only a world with spells has bezug.
    """

    stichtage: list[date]
    datenstand: date
    bestand: list[Cells]
    bezug: list[Cells]
    beschaeftigungen: list[Cells]
    teilnahmen: list[Cells]


def make_world(rng: random.Random, with_spells: bool = False) -> World:
    """One random Jobcenter."""
    stichtage = draw_stichtage(rng, fixed=with_spells)
    datenstand = draw_datenstand(rng, stichtage[-1], on_stichtag=0.2 if with_spells else 0.0)
    sex_changes = rng.choice([0.0, 0.005, 0.03])
    persons = draw_persons(rng)
    world = World(stichtage, datenstand, [], [], [], [])
    for person in persons:
        world.bestand.extend(_draw_stock(rng, person, stichtage, sex_changes))
        if with_spells:
            world.bezug.extend(draw_spells(rng, person, stichtage, sex_changes))
        measures = draw_measures(rng, person["person_id"], stichtage)
        world.teilnahmen.extend(measures)
        world.beschaeftigungen.extend(draw_jobs(rng, person["person_id"], stichtage, measures))
    _number(rng, "B", "beschaeftigung_id", world.beschaeftigungen)
    _number(rng, "T", "teilnahme_id", world.teilnahmen)
    return world


def _number(rng: random.Random, prefix: str, key: str, rows: list[Cells]) -> None:
    """Ids whose order as text is neither their order as numbers nor that of the rows."""
    pool = [*range(2 * len(rows)), *range(1000, 1000 + len(rows))]
    for number, row in zip(rng.sample(pool, len(rows)), rows, strict=True):
        row[key] = f"{prefix}{number}"


def _draw_stock(
    rng: random.Random, person: Cells, stichtage: list[date], sex_changes: float
) -> list[Cells]:
    """The months in which a person is in stock, with gaps; attributes may change on the way."""
    rows = []
    current = dict(person)
    present = rng.random() < 0.6
    for day in stichtage:
        present = rng.random() < (0.93 if present else 0.15)
        current = change(rng, current, 0.03, sex_changes)
        if present:
            rows.append({**current, "stichtag": day, "leistungsbezug_seit": draw_since(rng, day)})
    return rows
