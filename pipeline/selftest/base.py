"""Clean synthetic deliveries: one full, then two months, as a Jobcenter would send them."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from pipeline.demo import demo_history
from pipeline.demo.monthly import Delivery, full, month_ends, monthly, put
from pipeline.selftest.files import TABLES, load, restate

FIRST = date(2012, 4, 1)
MONTHS = 30
STOCK = 640
NAMES = ("a", "b", "c")


def clean(raw: Path, seed: int, stock: int = STOCK) -> None:
    """Write the deliveries a, b and c into the folder `raw`; the seed changes every row.

    a: full, without the two newest months; b, c: what each of these brings. Rows and hashes are
    stated in the notes.
    """
    for name, delivery in zip(NAMES, _cut(seed, stock), strict=True):
        put(Delivery(name, delivery.art, delivery.datenstand, delivery.tables), raw)
        for table in TABLES:
            # The same way of writing as after a fault: only the fault differs.
            load(raw, name, table).write()
        restate(raw, name)


def _cut(seed: int, stock: int) -> Iterator[Delivery]:
    history = demo_history(bestand=stock, seed=seed, von=FIRST, monate=MONTHS)
    days = month_ends(history, len(NAMES))
    yield full(history, days[0])
    for before, day in pairwise(days):
        yield monthly(history, before, day)
