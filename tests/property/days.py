"""Random days, drawn close to the edges of the rules."""

import random
from datetime import date, timedelta

from tests.oracle.calendar_days import add_months, month_of
from tests.oracle.exits import last_day_of

END_OF_TIME = date(9999, 12, 31)
ONE_DAY = timedelta(days=1)
DURATION_EDGES = (3, 6, 12, 24, 36, 48)
# Months after the last Stichtag or its month, at which some figure becomes publishable.
WAITS = (0, 1, 3, 3, 4, 6, 9, 12, 18)


def draw_stichtage(rng: random.Random, fixed: bool) -> list[date]:
    """14 to 34 months; sometimes one of them is missing. `fixed` puts more of them on the 15th."""
    first = 12 * rng.randrange(2017, 2024) + rng.randrange(12)
    mode = rng.choice(["fixed", "mid", "end", "any"])
    if fixed and rng.random() < 0.5:
        mode = "fixed"
    shortest, longest = rng.choice([(14, 20), (24, 30), (24, 34)])
    days = []
    for month in range(first, first + rng.randrange(shortest, longest + 1)):
        last = last_day_of(month)
        number = {
            "fixed": 15,
            "mid": rng.randrange(10, 21),
            "end": last.day,
            "any": rng.choice([1, 14, last.day - 1, last.day, rng.randrange(1, last.day + 1)]),
        }[mode]
        days.append(last.replace(day=number))
    if rng.random() < 0.2:
        del days[rng.choice([1, 2, 3, len(days) - 2, rng.randrange(1, len(days) - 1)])]
    return days


def draw_datenstand(rng: random.Random, last: date, on_stichtag: float) -> date:
    """The newest known day: on or beside the end of some waiting, else up to two months later.

    on_stichtag: the chance that it is the last Stichtag itself.
    """
    if rng.random() < on_stichtag:
        return last
    if rng.random() < 0.25:
        return last + timedelta(days=rng.randrange(60))
    waited = add_months(last, rng.choice(WAITS))
    if rng.random() < 0.4:  # EQ is published by whole calendar months
        waited = last_day_of(month_of(waited))
    return max(last, waited - rng.choice([0, 0, 1]) * ONE_DAY)


def beside(rng: random.Random, day: date) -> date:
    """The day, the one before or the one after."""
    return day + rng.choice([-1, 0, 0, 1]) * ONE_DAY


def draw_day(rng: random.Random, stichtage: list[date]) -> date:
    """Half of the days lie on or beside a Stichtag, some at the end of a month, others anywhere."""
    stichtag = rng.choice(stichtage)
    if rng.random() < 0.5:
        return stichtag + timedelta(days=rng.choice([-1, 0, 0, 1, 1]))
    if rng.random() < 0.3:
        return beside(rng, last_day_of(month_of(stichtag)))
    return stichtag + timedelta(days=rng.randrange(-31, 31))


def draw_since(rng: random.Random, day: date) -> date | None:
    """The begin of a receipt that runs on this day, often on the edge of a class."""
    if rng.random() < 0.1:
        return None
    if rng.random() < 0.4:
        return day - timedelta(days=rng.randrange(-2, 2000))
    edge = add_months(day, -rng.choice(DURATION_EDGES))
    return edge + timedelta(days=rng.choice([-1, 0, 1]))
