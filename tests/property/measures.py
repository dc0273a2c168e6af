"""Random participations, left where a window, a class or the after-run changes."""

import random
from datetime import date, timedelta

from tests.oracle.calendar_days import add_months, month_of
from tests.oracle.catalogue import GROUP_OF
from tests.oracle.exits import last_day_of
from tests.property.cells import Cells
from tests.property.days import END_OF_TIME, ONE_DAY, draw_day

LENGTH_EDGES = (1, 3, 6, 12)


def draw_measures(rng: random.Random, person_id: str, stichtage: list[date]) -> list[Cells]:
    """Participations of one person; some share a day of leaving, or both days, with another."""
    measures: list[Cells] = []
    for _ in range(rng.choice([0, 0, 1, 2, 3])):
        measure = _draw_measure(rng, person_id, stichtage)
        measures.append(measure)
        if rng.random() < 0.25:
            twin = {**measure, "instrument": rng.choice(sorted(GROUP_OF))}
            if rng.random() < 0.5:
                twin["eintritt"] -= timedelta(days=rng.choice([1, 40]))
            measures.append(twin)
    return measures


def _draw_measure(rng: random.Random, person_id: str, stichtage: list[date]) -> Cells:
    eintritt = draw_day(rng, stichtage)
    austritt = _draw_leaving(rng, eintritt, stichtage)
    if austritt is not None and austritt < END_OF_TIME and rng.random() < 0.3:
        edge = add_months(austritt + ONE_DAY, -rng.choice(LENGTH_EDGES))
        eintritt = edge + timedelta(days=rng.choice([-1, 0, 1]))
    elif austritt is not None and austritt < eintritt and rng.random() < 0.95:
        eintritt = austritt - timedelta(days=rng.randrange(90))
    return {
        "person_id": person_id,
        "instrument": rng.choice([*sorted(GROUP_OF), "VB", "MAT", "FBW"]),
        "massnahme_id": rng.choice([None, "m1", "m2", "M1", f"m{rng.randrange(3, 30)}"]),
        "traeger_id": rng.choice([None, "t1", "t2"]),
        "eintritt": eintritt,
        "austritt_geplant": rng.choice([None, eintritt + timedelta(days=90)]),
        "austritt": austritt,
        "austrittsgrund": rng.choice([None, "regulaer", "abbruch"]),
        "kosten_eur": rng.choice([None, 1200, 99.5]),
        "erfasst_am": rng.choice([None, eintritt]),
    }


def _draw_leaving(rng: random.Random, eintritt: date, stichtage: list[date]) -> date | None:
    """Often beside a Stichtag, six months before or one after it, or at the end of a month."""
    if rng.random() < 0.25:
        return rng.choice([None, None, None, END_OF_TIME])
    stichtag = rng.choice([day for day in stichtage if day >= eintritt] or stichtage)
    edges = [stichtag, add_months(stichtag, -6), add_months(stichtag, 1)]
    edges.append(last_day_of(month_of(stichtag) - 1))
    return rng.choice(edges) + timedelta(days=rng.choice([-1, 0, 1]))
