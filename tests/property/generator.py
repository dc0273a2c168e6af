"""Seed → a folder of deliveries and the `as_of` day of the run."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tests.property.deliveries import split_world, whole_world
from tests.property.dialects import write_deliveries
from tests.property.world import make_world

# Every third seed delivers spells instead of a stock, in some or all of its deliveries.
EVERY_SPELL_SEED = 3


@dataclass(frozen=True)
class Case:
    """One generated case; the same seed gives the same files."""

    seed: int
    raw: Path
    as_of: date | None


def make_whole_case(
    seed: int, raw: Path, with_spells: bool = False, without: tuple[str, str] | None = None
) -> Case:
    """One full delivery without mistakes; `without` is a (table, column) it does not carry."""
    rng = random.Random(seed)
    delivery = whole_world(make_world(rng, with_spells))
    if without is not None:
        table, column = without
        delivery.columns[table].remove(column)
    write_deliveries(random.Random(seed), [delivery], raw)
    return Case(seed, raw, None)


def make_case(seed: int, raw: Path) -> Case:
    """Write the deliveries of a seed below `raw`."""
    rng = random.Random(seed)
    with_spells = seed % EVERY_SPELL_SEED == EVERY_SPELL_SEED - 1
    deliveries = split_world(rng, make_world(rng, with_spells))
    write_deliveries(rng, deliveries, raw)
    as_of = None
    if rng.random() < 0.2:
        as_of = rng.choice(deliveries).datenstand + timedelta(days=rng.choice([0, 0, 1]))
        as_of = max(as_of, deliveries[0].datenstand)
    return Case(seed, raw, as_of)
