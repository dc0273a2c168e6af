"""Days as integers, the rule of the Stichtage, and the windows between them.

A day is the number of days since 1970-01-01 (int). A window is (a, b]: after one Stichtag, up to
the next.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int32]
NEVER = 10**6
LONG_AGO = -(10**6)
EPOCH = date(1970, 1, 1)
SGB_II = (date(2005, 1, 1) - EPOCH).days


def day_number(day: date) -> int:
    return (day - EPOCH).days


def month_start(year: int, month: int, shift: int = 0) -> date:
    """First day of the month `shift` months after the given one."""
    index = year * 12 + month - 1 + shift
    return date(index // 12, index % 12 + 1, 1)


def stichtag(first: date) -> date:
    """The 15th, or the last weekday before it when the 15th falls on a weekend."""
    day = first.replace(day=15)
    return day - timedelta(days=max(0, day.weekday() - 4))


@dataclass(frozen=True)
class Window:
    """The days (a, b] between two Stichtage; `turn` is the first day of the calendar month of b."""

    a: int
    b: int
    turn: int
    year: int
    month: int

    @property
    def month_before(self) -> int:
        return 12 if self.month == 1 else self.month - 1

    @property
    def days(self) -> int:
        return self.b - self.a

    def season_parts(self, season: NDArray[np.float64]) -> tuple[float, float]:
        """Season-weighted days before and from the turn of the month."""
        before = (self.turn - 1 - self.a) * float(season[self.month_before - 1])
        after = (self.b - self.turn + 1) * float(season[self.month - 1])
        return before, after


def windows(von: date, monate: int, burn_in: int) -> list[Window]:
    """Windows ending at each Stichtag from `burn_in` months before `von` to one after the last."""
    found = []
    for shift in range(-burn_in, monate + 1):
        first = month_start(von.year, von.month, shift)
        before = month_start(von.year, von.month, shift - 1)
        found.append(
            Window(
                day_number(stichtag(before)),
                day_number(stichtag(first)),
                day_number(first),
                first.year,
                first.month,
            )
        )
    return found


def draw_days(
    rng: np.random.Generator,
    size: int,
    window: Window,
    season: NDArray[np.float64],
    on_first: float,
) -> Days:
    """Starting days in (a, b]: seasonal, often on the first of the month, seldom on a weekend."""
    before, after = window.season_parts(season)
    late = rng.random(size) < after / (before + after)
    early_day = rng.integers(window.a + 1, window.turn, size)
    late_day = rng.integers(window.turn, window.b + 1, size)
    late_day[rng.random(size) < on_first] = window.turn
    day = np.where(late, late_day, early_day)
    weekday = (day + 3) % 7
    moved = day + np.where(weekday >= 5, 7 - weekday, 0)
    keep = (day == window.turn) | (moved > window.b)
    return np.where(keep, day, moved).astype(np.int32)


def month_end(day: Days) -> Days:
    """The last day of each day's calendar month."""
    month = day.astype("datetime64[D]").astype("datetime64[M]") + 1
    return (month.astype("datetime64[D]").astype(np.int64) - 1).astype(np.int32)


def to_year(day: Days | int) -> NDArray[np.int64]:
    return np.asarray(day).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
