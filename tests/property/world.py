"""A random small Jobcenter: what really happened, before anybody delivers it.

Days are drawn close to the edges of the rules: on and beside a Stichtag, on and beside the end of
the Wartezeit, the day after a job ended, six months after a measure was left.
"""

import calendar
import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.oracle.calendar_days import add_months
from tests.oracle.catalogue import GROUP_OF, TABLES

Cells = dict[str, Any]
END_OF_TIME = date(9999, 12, 31)
DURATION_EDGES = (3, 6, 12, 24, 36, 48)
DISTRICTS = (
    "Mitte",
    "Süd",
    "Bad Cannstatt",
    "Mühlhausen",
    "Weilimdorf; Nord",
    'Der "Rain"',
    "Ost,1",
)


@dataclass(frozen=True)
class World:
    """Typed rows of the three tables, the Stichtage in order, and the newest known day."""

    stichtage: list[date]
    datenstand: date
    bestand: list[Cells]
    beschaeftigungen: list[Cells]
    teilnahmen: list[Cells]


def make_world(rng: random.Random) -> World:
    """One random Jobcenter."""
    stichtage = _draw_stichtage(rng)
    last = stichtage[-1]
    datenstand = rng.choice(
        [
            last,
            last + timedelta(days=rng.randrange(1, 60)),
            add_months(last, 3),
            add_months(last, 3) - timedelta(days=1),
            add_months(last, 4),
        ]
    )
    persons = _draw_persons(rng)
    stock: list[Cells] = []
    for person in persons:
        stock += _draw_stock(rng, person, stichtage)
    jobs: list[Cells] = []
    measures: list[Cells] = []
    for person in persons:
        jobs += _draw_jobs(rng, person["person_id"], stichtage)
        measures += _draw_measures(rng, person["person_id"], stichtage)
    for prefix, key, rows in (("B", "beschaeftigung_id", jobs), ("T", "teilnahme_id", measures)):
        for number, row in zip(rng.sample(range(3 * len(rows)), len(rows)), rows, strict=True):
            row[key] = f"{prefix}{number}"
    return World(stichtage, datenstand, stock, jobs, measures)


def _draw_stichtage(rng: random.Random) -> list[date]:
    """16 to 30 months; sometimes one of them is missing."""
    first = 12 * rng.randrange(2017, 2024) + rng.randrange(12)
    mode = rng.choice(["fixed", "mid", "end", "any"])
    days = []
    for month in range(first, first + rng.choice([rng.randrange(16, 31), rng.randrange(24, 31)])):
        year, number = month // 12, month % 12 + 1
        last_day = calendar.monthrange(year, number)[1]
        day = {
            "fixed": 15,
            "mid": rng.randrange(10, 21),
            "end": last_day,
            "any": rng.choice([1, 14, last_day - 1, last_day, rng.randrange(1, last_day + 1)]),
        }[mode]
        days.append(date(year, number, day))
    if rng.random() < 0.2:
        del days[rng.choice([1, 2, 3, len(days) - 2, rng.randrange(1, len(days) - 1)])]
    return days


def _draw_persons(rng: random.Random) -> list[Cells]:
    style = rng.choice(["P{:03d}", "p-{}", "Ä{}", "hex", "mixed"])
    persons = []
    for number in range(rng.randrange(20, 61)):
        name = style.format(number)
        if style == "hex":
            name = f"{rng.getrandbits(64):016x}"
        elif style == "mixed":  # ids that only differ in case or in leading zeros
            name = ("{}", "0{}", "a{}", "A{}")[number % 4].format(number // 4)
        sex = rng.choices(["w", "m", "d", "o", "u", None], [8, 8, 2, 1, 1, 1])[0]
        persons.append({"person_id": name, "geschlecht": sex, **_draw_attributes(rng)})
    return persons


def _draw_attributes(rng: random.Random) -> Cells:
    """The attributes of a person that stay until something changes."""
    cells: Cells = {
        "geburtsjahr": rng.choice([None, rng.randrange(1955, 2008)]),
        "juengstes_kind_alter": rng.choice([None, None, 0, 2, 3, rng.randrange(18)]),
        "lzb": rng.choice([None, True, False]),
        "hilfe_67": rng.choice([None, True, False, False]),
        "stadtbezirk": rng.choice([None, *DISTRICTS]),
    }
    for column in TABLES["bestand"]:
        if column.kind == "code" and column.name != "geschlecht":
            cells[column.name] = rng.choice([None, *sorted(column.codes)])
    return cells


def _draw_stock(rng: random.Random, person: Cells, stichtage: list[date]) -> list[Cells]:
    """The months in which a person is in stock, with gaps; attributes may change on the way."""
    rows = []
    current = dict(person)
    present = rng.random() < 0.6
    for day in stichtage:
        present = rng.random() < (0.93 if present else 0.15)
        if rng.random() < 0.03:
            current |= _draw_attributes(rng)
        if rng.random() < 0.005:
            current["geschlecht"] = rng.choice("wmdou")
        if present:
            rows.append({**current, "stichtag": day, "leistungsbezug_seit": _draw_since(rng, day)})
    return rows


def _draw_since(rng: random.Random, day: date) -> date | None:
    if rng.random() < 0.1:
        return None
    if rng.random() < 0.4:
        return day - timedelta(days=rng.randrange(-2, 2000))
    edge = add_months(day, -rng.choice(DURATION_EDGES))
    return edge + timedelta(days=rng.choice([-1, 0, 1]))


def draw_day(rng: random.Random, stichtage: list[date]) -> date:
    """Half of the days lie on or beside a Stichtag, the others anywhere around one."""
    stichtag = rng.choice(stichtage)
    if rng.random() < 0.5:
        return stichtag + timedelta(days=rng.choice([-1, 0, 0, 1, 1]))
    return stichtag + timedelta(days=rng.randrange(-31, 31))


def _draw_recorded(rng: random.Random, beginn: date, stichtage: list[date]) -> date | None:
    if rng.random() < 0.4:
        return None
    following = [day for day in stichtage if day >= beginn][:2]
    if not following or rng.random() < 0.3:
        return beginn + timedelta(days=rng.randrange(-5, 150))
    waited = add_months(rng.choice(following), 3)
    return waited + timedelta(days=rng.choice([-1, 0, 1, 1, 30]))


def _draw_job(rng: random.Random, person_id: str, beginn: date, stichtage: list[date]) -> Cells:
    art = rng.choices(
        ["sv", "ausbildung", "selbstaendig", "geringfuegig", "oeffentlich_gefoerdert"],
        [10, 2, 2, 3, 2],
    )[0]
    return {
        "person_id": person_id,
        "beginn": beginn,
        "ende": rng.choice(
            [None, None, END_OF_TIME, *(beginn + timedelta(days=n) for n in (0, 1, 30, 200, 600))]
        ),
        "art": art,
        "foerderung": rng.choice([None, "keine", "egz", "esg", "les", "evl16e", "sonstige"]),
        "arbeitgeber_id": rng.choice([None, "a", "a", "A", "b", "ß"]),
        "wochenstunden": rng.choice([None, 20, 38.5, 19.25]),
        "erfasst_am": _draw_recorded(rng, beginn, stichtage),
    }


def _draw_jobs(rng: random.Random, person_id: str, stichtage: list[date]) -> list[Cells]:
    """Take-ups of one person; many are followed by another one at the same employer."""
    jobs: list[Cells] = []
    for _ in range(rng.choice([0, 1, 1, 2, 3])):
        job = _draw_job(rng, person_id, draw_day(rng, stichtage), stichtage)
        jobs.append(job)
        while rng.random() < 0.4:
            end = job["ende"]
            if end is None or end == END_OF_TIME:
                end = job["beginn"] + timedelta(days=rng.randrange(10, 90))
            beginn = rng.choice([end + timedelta(days=more) for more in (-5, 0, 1, 1, 2, 2)])
            beginn = job["beginn"] if rng.random() < 0.1 else beginn
            following = _draw_job(rng, person_id, beginn, stichtage)
            if rng.random() < 0.8:
                following["arbeitgeber_id"] = job["arbeitgeber_id"]
            jobs.append(following)
            job = following
    return jobs


def _draw_measure(rng: random.Random, person_id: str, stichtage: list[date]) -> Cells:
    eintritt = draw_day(rng, stichtage)
    stichtag = rng.choice([day for day in stichtage if day >= eintritt] or stichtage)
    edge = rng.choice([stichtag, add_months(stichtag, -6), add_months(stichtag, 1)])
    austritt = rng.choice([None, None, None, END_OF_TIME])
    if rng.random() < 0.75:
        austritt = edge + timedelta(days=rng.choice([-1, 0, 1]))
    if austritt is not None and austritt < eintritt:
        eintritt = austritt - timedelta(days=rng.randrange(90))
    return {
        "person_id": person_id,
        "instrument": rng.choice([*sorted(GROUP_OF), "VB", "MAT", "FBW"]),
        "massnahme_id": rng.choice([None, "m1", "m2"]),
        "traeger_id": rng.choice([None, "t1"]),
        "eintritt": eintritt,
        "austritt_geplant": rng.choice([None, eintritt + timedelta(days=90)]),
        "austritt": austritt,
        "austrittsgrund": rng.choice([None, "regulaer", "abbruch"]),
        "kosten_eur": rng.choice([None, 1200, 99.5]),
        "erfasst_am": rng.choice([None, eintritt]),
    }


def _draw_measures(rng: random.Random, person_id: str, stichtage: list[date]) -> list[Cells]:
    """Participations of one person; some share a day of leaving, or both days, with another."""
    measures: list[Cells] = []
    for _ in range(rng.choice([0, 0, 1, 2, 3])):
        measure = _draw_measure(rng, person_id, stichtage)
        measures.append(measure)
        if rng.random() < 0.25:
            twin = {**measure, "instrument": rng.choice(sorted(GROUP_OF))}
            if rng.random() < 0.5:
                twin["eintritt"] -= timedelta(days=1)
            measures.append(twin)
    return measures
