"""Random take-ups: chains of jobs, and jobs that begin or end where a Kennzahl looks."""

import random
from datetime import date, timedelta

from tests.oracle.calendar_days import add_months
from tests.oracle.exits import MONTHS_AFTER
from tests.property.cells import Cells
from tests.property.days import END_OF_TIME, beside, draw_day

ARTS = ("sv", "ausbildung", "selbstaendig", "geringfuegig", "oeffentlich_gefoerdert")


def draw_jobs(
    rng: random.Random, person_id: str, stichtage: list[date], measures: list[Cells]
) -> list[Cells]:
    """Take-ups of one person, some of them some months after one of the person's measures."""
    jobs: list[Cells] = []
    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        job = _draw_job(rng, person_id, draw_day(rng, stichtage), stichtage)
        jobs.append(job)
        while rng.random() < 0.4:
            following = _draw_job(rng, person_id, _next_begin(rng, job), stichtage)
            if rng.random() < 0.7:
                following["arbeitgeber_id"] = job["arbeitgeber_id"]
            if following["beginn"] == job["beginn"]:
                following["art"] = rng.choice(["sv", "sv", "ausbildung"])
            jobs.append(following)
            job = following
    for measure in measures:
        left = measure["austritt"]
        if left is not None and left < END_OF_TIME and rng.random() < 0.4:
            jobs.append(_job_after(rng, person_id, left, stichtage))
    return jobs


def _draw_job(rng: random.Random, person_id: str, beginn: date, stichtage: list[date]) -> Cells:
    lengths = (timedelta(days=days) for days in (0, 1, 30, 200, 600))
    edges = (add_months(beginn, 6), add_months(beginn, 6) - timedelta(days=1))
    return {
        "person_id": person_id,
        "beginn": beginn,
        "ende": rng.choice(
            [None, None, END_OF_TIME, *(beginn + length for length in lengths), *edges]
        ),
        "art": rng.choices(ARTS, [10, 3, 2, 4, 3])[0],
        "foerderung": rng.choice([None, "keine", "egz", "esg", "les", "evl16e", "sonstige"]),
        "arbeitgeber_id": rng.choice([None, "a", "a", "A", "b", "ß"]),
        "wochenstunden": rng.choice([None, 20, 38.5, 19.25]),
        "erfasst_am": _draw_recorded(rng, beginn, stichtage),
    }


def _next_begin(rng: random.Random, job: Cells) -> date:
    """Beside the end of the last job, some months after its begin, or on the same day."""
    beginn: date = job["beginn"]
    if rng.random() < 0.2:
        return beginn
    if rng.random() < 0.3:
        return add_months(beginn, rng.randrange(1, 7)) + timedelta(days=rng.choice([0, 1]))
    end: date | None = job["ende"]
    if end is None or end == END_OF_TIME:
        end = beginn + timedelta(days=rng.randrange(10, 90))
    return end + timedelta(days=rng.choice([-5, 0, 1, 1, 2, 2]))


def _job_after(rng: random.Random, person_id: str, left: date, stichtage: list[date]) -> Cells:
    """A job that begins or ends on or beside the day an EQ looks at."""
    asked = beside(rng, add_months(left, rng.choice(MONTHS_AFTER)))
    if rng.random() < 0.5:
        return _draw_job(rng, person_id, asked, stichtage)
    beginn = asked - timedelta(days=rng.choice([0, 20, 200, 400]))
    return {**_draw_job(rng, person_id, beginn, stichtage), "ende": asked}


def _draw_recorded(rng: random.Random, beginn: date, stichtage: list[date]) -> date | None:
    if rng.random() < 0.4:
        return None
    following = [day for day in stichtage if day >= beginn][:2]
    if not following or rng.random() < 0.3:
        return beginn + timedelta(days=rng.randrange(-5, 150))
    waited = add_months(rng.choice(following), 3)
    return waited + timedelta(days=rng.choice([-1, 0, 1, 1, 30]))
