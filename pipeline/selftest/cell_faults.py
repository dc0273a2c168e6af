"""Faults of single cells: what is typed or converted wrongly at the source."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from pipeline.selftest.fault import Inject, Place
from pipeline.selftest.files import NOTE, any_of, load, restate

Cells = dict[str, str]
Change = Callable[[Cells, random.Random], str]
IMPOSSIBLE_DAYS = ("2013-02-29", "2014-04-31", "31.04.2014", "2014-13-01", "15/09/2014", "gestern")


def cell(
    table: str, column: str, change: Change, fits: Callable[[Cells], bool] = lambda cells: True
) -> Inject:
    """A fault that gives one cell of the newest delivery another content."""

    def inject(raw: Path, draw: random.Random) -> tuple[Place, ...]:
        file = load(raw, "c", table)
        row = any_of(draw, file.where(lambda cells: bool(cells[column]) and fits(cells)))
        cells = dict(zip(file.header, file.rows[row], strict=True))
        file.set(row, column, change(cells, draw))
        file.write()
        restate(raw, "c")
        return (Place(f"c/{table}.csv", row + 2, column),)

    return inject


def one_of(*contents: str) -> Change:
    """Any of these contents."""
    return lambda cells, draw: draw.choice(contents)


def between(low: int, high: int) -> Change:
    """A whole number from low to high."""
    return lambda cells, draw: str(draw.randint(low, high))


def times(column: str, factor: int) -> Change:
    """The number that stands there, multiplied."""
    return lambda cells, draw: f"{float(cells[column]) * factor:.2f}"


def after(column: str, low: int, high: int) -> Change:
    """So many days after another cell of the row."""
    return lambda cells, draw: _later(cells[column], draw.randint(low, high))


def without_leading_zeros(cells: Cells, draw: random.Random) -> str:
    """A spreadsheet took an identifier for a number."""
    text = cells["person_id"]
    return text[0] + text[1:].lstrip("0")


def scientific(cells: Cells, draw: random.Random) -> str:
    """A spreadsheet wrote a long identifier as a number."""
    return f"{draw.randint(1, 9)},{draw.randint(10, 99)}E+{draw.randint(10, 15)}"


def age(low: int, high: int) -> Change:
    """A year of birth that makes a person that old."""
    return lambda cells, draw: str(int(cells["stichtag"][:4]) - draw.randint(low, high))


def beginn_after_datenstand(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A take-up that lies in the future."""
    note = (raw / "c" / NOTE).read_text("utf-8")
    day = date.fromisoformat(note.partition("datenstand = ")[2][:10])
    later = str(day + timedelta(days=draw.randint(1, 400)))
    return cell("beschaeftigungen", "beginn", one_of(later))(raw, draw)


def _later(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=days))
