"""Random spells of receipt: they touch the Stichtage, overlap and stay open."""

import random
from datetime import date, timedelta

from tests.property.cells import Cells
from tests.property.days import END_OF_TIME, draw_since
from tests.property.persons import change

REACHES = (0, 1, 3, 8, 20)


def draw_spells(
    rng: random.Random, person: Cells, stichtage: list[date], sex_changes: float
) -> list[Cells]:
    """The spells of one person, each with attributes of its own where something changed."""
    spells: list[Cells] = []
    current = dict(person)
    for _ in range(rng.choice([0, 1, 1, 2, 2, 3])):
        current = change(rng, current, 0.4, 4 * sex_changes)
        spells.append(_draw_spell(rng, current, stichtage))
        if rng.random() < 0.3:
            spells.append(_draw_rival(rng, spells[-1], stichtage))
    return spells


def _draw_spell(rng: random.Random, attributes: Cells, stichtage: list[date]) -> Cells:
    first = rng.randrange(len(stichtage)) if rng.random() < 0.5 else rng.randrange(3)
    last = min(first + rng.choice(REACHES), len(stichtage) - 1)
    return {
        **attributes,
        "von": stichtage[first] + timedelta(days=rng.choice([-10, -1, 0, 0, 1])),
        "bis": _draw_end(rng, stichtage[last]),
        "leistungsbezug_seit": draw_since(rng, rng.choice(stichtage)),
    }


def _draw_end(rng: random.Random, stichtag: date) -> date | None:
    if rng.random() < 0.25:
        return rng.choice([None, None, END_OF_TIME])
    return stichtag + timedelta(days=rng.choice([-1, 0, 0, 1, 10]))


def _draw_rival(rng: random.Random, spell: Cells, stichtage: list[date]) -> Cells:
    """A spell that overlaps with another attribute: from the same day or a day beside it."""
    rival = change(rng, spell, 1.0, 0.1)
    rival["von"] += timedelta(days=rng.choice([-1, 0, 0, 0, 1]))
    if rng.random() < 0.5:
        later = [day for day in stichtage if day >= rival["von"]] or stichtage
        rival["bis"] = _draw_end(rng, rng.choice(later))
    return rival
