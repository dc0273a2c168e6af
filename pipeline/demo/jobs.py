"""Jobs: length, hours, employer and support of a take-up, and what follows from it."""

import numpy as np

from pipeline.demo.effects import annahmen
from pipeline.demo.measures import accompany_jobs, end_by_work
from pipeline.demo.receipt import leave_after_work
from pipeline.demo.state import History, Index, Step
from pipeline.demo.zeit import NEVER, Window
from pipeline.demo.zufall import choose

ART = ("sv", "ausbildung", "selbstaendig", "geringfuegig", "oeffentlich_gefoerdert")
SV, AUSBILDUNG, SELBSTAENDIG, GERINGFUEGIG, OEFFENTLICH = range(5)
FOERDERUNG = ("keine", "egz", "esg", "les", "evl16e", "agh16d", "taam16i", "fav16e_alt", "sonstige")
EMPLOYERS = 90_000
KEINE, EGZ, ESG, LES = 0, 1, 2, 3


def start_jobs(step: Step, rng: np.random.Generator, idx: Index, beginn: np.ndarray) -> None:
    """Jobs and self-employment with length, hours, employer, support, and what follows."""
    history, window = step.history, step.window
    people, given, jobs = history.persons, annahmen()["arbeit"], history.jobs
    woman = people["latent"][idx] == 1
    own = rng.random(idx.size) < np.where(
        woman, given["selbstaendig"]["w"], given["selbstaendig"]["m"]
    )
    length = choose(rng, given["laenge"], idx.size)
    length[own] = 2
    days = 1 + rng.exponential(np.array(given["tage"])[length]).astype(np.int64)
    fixed = ~own & (rng.random(idx.size) < np.array(given["befristet"])[length])
    # Fixed terms run to whole months or weeks.
    days = np.where(fixed, np.where(days > 60, days // 30 * 30 + 30, days // 7 * 7 + 7), days)
    ende = np.minimum(beginn + days - 1, NEVER)
    support = _support(rng, own, woman, length)
    part = woman & (people["kind_geboren"][idx] > window.a - 10 * 365)
    hours = np.where(
        rng.random(idx.size) < np.where(part, 0.72, np.where(woman, 0.38, 0.22)),
        rng.choice([15.0, 18.0, 20.0, 25.0, 30.0], idx.size),
        rng.choice([35.0, 38.5, 40.0], idx.size),
    )
    hours[own] = np.nan
    _end_running_job(history, idx, beginn)
    end_by_work(history, idx, beginn)
    rows = jobs.add(
        idx.size,
        person=idx,
        beginn=beginn,
        ende=ende,
        art=np.where(own, SELBSTAENDIG, SV),
        foerderung=support,
        arbeitgeber=np.where(own, -1, employers(history, rng, idx.size)),
        stunden=hours,
        befristet_bis=np.where(fixed, ende, NEVER),
    )
    people["arbeit_bis"][idx] = ende
    people["arbeit_zeile"][idx] = rows
    _continue_jobs(history, rng, idx, rows)
    _second_start(history, rng, idx, rows, window)
    _accompany(history, rng, idx, rows)
    chance = np.array(given["bedarfsdeckend"])[people["bg_typ"][idx]]
    chance = chance * np.where(length == 0, 0.8, 1.0) * np.where(hours < 35, 0.7, 1.15)
    leaving = rng.random(idx.size) < chance
    leave_after_work(people, idx[leaving], beginn[leaving], window)


def _support(
    rng: np.random.Generator, own: np.ndarray, woman: np.ndarray, length: np.ndarray
) -> np.ndarray:
    given, draw = annahmen()["arbeit"], rng.random(own.size)
    egz = np.where(woman, given["egz"]["w"], given["egz"]["m"]) * (length > 0) * 1.35
    esg = np.where(woman, given["esg"]["w"], given["esg"]["m"])
    employee = np.where(draw < egz, EGZ, np.where(draw < egz + esg, ESG, KEINE))
    founder = np.where(
        draw < given["esg_selbstaendig"],
        ESG,
        np.where(draw < given["esg_selbstaendig"] + given["les_selbstaendig"], LES, KEINE),
    )
    return np.where(own, founder, employee)


def employers(history: History, rng: np.random.Generator, size: int) -> np.ndarray:
    """A few large employers (temporary work, cleaning, logistics) and many small ones."""
    pool = min(max(40, history.bestand // 5), EMPLOYERS)
    return (pool * rng.random(size) ** 2.6).astype(np.int32)


def _end_running_job(history: History, idx: Index, beginn: np.ndarray) -> None:
    """A change of employer: the old job ends the day before the new one."""
    people, jobs = history.persons, history.jobs
    running = people["arbeit_bis"][idx] >= beginn
    rows = people["arbeit_zeile"][idx[running]]
    # A follow-up contract that would have begun later thus ends before it begins: never delivered.
    jobs["ende"][rows] = beginn[running] - 1


def _continue_jobs(history: History, rng: np.random.Generator, idx: Index, rows: Index) -> None:
    """Some fixed terms are followed by a new contract at the same employer the next day."""
    people, jobs = history.persons, history.jobs
    draw = rng.random(idx.size) < annahmen()["arbeit"]["weiterbeschaeftigung"]
    again = draw & (jobs["befristet_bis"][rows] < NEVER)
    who, old = idx[again], rows[again]
    beginn = jobs["ende"][old] + 1
    ende = beginn + 30 * rng.integers(3, 25, who.size) - 1
    new = jobs.add(
        who.size,
        person=who,
        beginn=beginn,
        ende=ende,
        art=SV,
        arbeitgeber=jobs["arbeitgeber"][old],
        stunden=jobs["stunden"][old],
    )
    people["arbeit_bis"][who] = ende
    people["arbeit_zeile"][who] = new


def _second_start(
    history: History, rng: np.random.Generator, idx: Index, rows: Index, window: Window
) -> None:
    """A second start in the same month: the first job ended within days."""
    people, jobs = history.persons, history.jobs
    room = window.b - jobs["beginn"][rows]
    again = (rng.random(idx.size) < annahmen()["arbeit"]["zweiter_start"]) & (room >= 6)
    again &= (jobs["art"][rows] == SV) & (people["arbeit_zeile"][idx] == rows)
    again &= jobs["foerderung"][rows] == KEINE
    who, old = idx[again], rows[again]
    last = jobs["beginn"][old] + rng.integers(1, 4, who.size)
    jobs["ende"][old] = last
    beginn = last + rng.integers(1, 3, who.size)
    ende = beginn + rng.integers(20, 300, who.size)
    new = jobs.add(
        who.size,
        person=who,
        beginn=beginn,
        ende=ende,
        art=SV,
        arbeitgeber=employers(history, rng, who.size),
        stunden=jobs["stunden"][old],
    )
    people["arbeit_bis"][who] = ende
    people["arbeit_zeile"][who] = new


def _accompany(history: History, rng: np.random.Generator, idx: Index, rows: Index) -> None:
    jobs = history.jobs
    for code, name, months, cost in (
        (EGZ, "EGZ", (3, 12), 18.0),
        (ESG, "ESG", (3, 12), 6.0),
        (LES, "LES", (1, 3), 30.0),
    ):
        part = jobs["foerderung"][rows] == code
        at = rows[part]
        accompany_jobs(
            history,
            rng,
            idx[part],
            name,
            beginn=jobs["beginn"][at],
            ende=jobs["ende"][at],
            months=months,
            cost_per_day=cost,
        )


def start_after_leaving(step: Step, gone: Index) -> None:
    """Some who left for another reason start work later: recorded, but nobody's Integration."""
    history, given = step.history, annahmen()["arbeit"]
    people, rng = history.persons, step.rng("arbeit-danach")
    left = people["verlassen"][gone].astype(np.int64)
    beginn = left + rng.integers(32, 120, gone.size)
    chosen = rng.random(gone.size) < given["nach_abgang"]
    chosen &= (people["arbeit_bis"][gone] < left) & (people["rueckkehr_am"][gone] == NEVER)
    who, day = gone[chosen], beginn[chosen]
    ende = day + rng.integers(60, 900, who.size)
    people["arbeit_zeile"][who] = history.jobs.add(
        who.size,
        person=who,
        beginn=day,
        ende=ende,
        art=SV,
        arbeitgeber=employers(history, rng, who.size),
        stunden=38.5,
    )
    people["arbeit_bis"][who] = ende
