"""Take-ups of work: the monthly chance, the kind of job, what it does to receipt and measure."""

import numpy as np

from pipeline.demo.attributes import age_band, child_band, household_factor
from pipeline.demo.effects import Effects, Floats, annahmen
from pipeline.demo.measures import accompany_jobs, end_by_work, measure_factor
from pipeline.demo.receipt import duration_band, leave_after_work
from pipeline.demo.state import History, Index
from pipeline.demo.zeit import NEVER, Window, draw_days
from pipeline.demo.zufall import choose, draw_events, stream

ART = ("sv", "ausbildung", "selbstaendig", "geringfuegig", "oeffentlich_gefoerdert")
SV, AUSBILDUNG, SELBSTAENDIG, GERINGFUEGIG, OEFFENTLICH = range(5)
FOERDERUNG = ("keine", "egz", "esg", "les", "evl16e", "agh16d", "taam16i", "fav16e_alt", "sonstige")
KEINE, EGZ, ESG, LES = 0, 1, 2, 3


def chances(history: History, idx: Index, window: Window, effects: Effects) -> Floats:
    """The chance of a countable take-up in the window, person by person: the product of all effects."""
    people = history.persons
    before, after = window.season_parts(effects.saison)
    employed = people["arbeit_bis"][idx] >= window.a
    ended = ~employed & (people["arbeit_bis"][idx] + 183 >= window.a)
    return np.asarray(
        effects.basis
        * (before + after)
        / window.days
        * effects.year(window.year)
        * household_factor(people, idx, window.a, effects)
        * effects.alter[age_band(people, idx, window.year)]
        * effects.abschluss[people["abschluss"][idx]]
        * effects.staat[people["staat"][idx]]
        * effects.dauer[duration_band(people["bezug_seit"][idx], window.a)]
        * measure_factor(history, idx, window.a, effects)
        * np.where(employed, effects.arbeit_laufend, np.where(ended, effects.arbeit_beendet, 1.0))
        * np.where(people["hilfe_67"][idx], effects.hilfe_67, 1.0)
        * np.where(people["eingeschraenkt"][idx], effects.eingeschraenkt, 1.0)
        * people["faktor"][idx]
    )


def take_up_work(
    history: History, idx: Index, window: Window, month: int, effects: Effects
) -> None:
    """Countable take-ups of the people in stock at a who do not leave for another reason."""
    people = history.persons
    rng = stream(history.seed, "arbeit", month)
    may = people["abgang_am"][idx] >= window.b
    may &= people["massnahme_ab"][idx] <= window.a
    chance = np.where(may, chances(history, idx, window, effects), 0.0)
    starts = idx[draw_events(rng, chance, people["latent"][idx])]
    beginn = draw_days(rng, starts.size, window, effects.saison, 0.45)
    _start_jobs(history, rng, starts, beginn, window)
    _start_training(history, idx[may], window, month)
    _start_minijobs(history, idx[may], window, month, effects)


def start_work_in_entry_month(
    history: History, idx: Index, window: Window, month: int, effects: Effects
) -> None:
    """Take-ups of people who entered in the window, between their entry and its end."""
    people = history.persons
    rng = stream(history.seed, "arbeit-zugang", month)
    entry = people["spell_von"][idx].astype(np.int64)
    share = (window.b - entry) / window.days
    chance = chances(history, idx, window, effects) * share * effects.zugangsmonat
    hit = draw_events(rng, chance, people["latent"][idx])
    starts = idx[hit]
    beginn = entry[hit] + 1 + (rng.random(starts.size) * (window.b - entry[hit])).astype(np.int64)
    _start_jobs(history, rng, starts, beginn, window)


def _start_jobs(
    history: History, rng: np.random.Generator, idx: Index, beginn: np.ndarray, window: Window
) -> None:
    """Jobs and self-employment with length, hours, employer, support, and what follows from them."""
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
        arbeitgeber=np.where(own, -1, _employers(history, rng, idx.size)),
        stunden=hours,
        befristet=fixed,
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


def _employers(history: History, rng: np.random.Generator, size: int) -> np.ndarray:
    """A few large employers (temporary work, cleaning, logistics) and many small ones."""
    pool = max(40, history.bestand // 5)
    return (pool * rng.random(size) ** 2.6).astype(np.int32)


def _end_running_job(history: History, idx: Index, beginn: np.ndarray) -> None:
    """A change of employer: the old job ends the day before the new one."""
    people, jobs = history.persons, history.jobs
    running = people["arbeit_bis"][idx] >= beginn
    rows = people["arbeit_zeile"][idx[running]]
    # A follow-up contract that would have begun later thus ends before it begins: never delivered.
    jobs["ende"][rows] = beginn[running] - 1
    jobs["befristet"][rows] = False


def _continue_jobs(history: History, rng: np.random.Generator, idx: Index, rows: Index) -> None:
    """Some fixed terms are followed by a new contract at the same employer the next day."""
    people, jobs = history.persons, history.jobs
    draw = rng.random(idx.size) < annahmen()["arbeit"]["weiterbeschaeftigung"]
    again = draw & jobs["befristet"][rows] & (jobs["ende"][rows] < NEVER - 5000)
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
    jobs["ende"][old], jobs["befristet"][old] = last, False
    beginn = last + rng.integers(1, 3, who.size)
    ende = beginn + rng.integers(20, 300, who.size)
    new = jobs.add(
        who.size,
        person=who,
        beginn=beginn,
        ende=ende,
        art=SV,
        arbeitgeber=_employers(history, rng, who.size),
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
            history, rng, idx[part], name, jobs["beginn"][at], jobs["ende"][at], months, cost
        )


def _start_training(history: History, idx: Index, window: Window, month: int) -> None:
    """Fully qualifying training for the young without a qualification, on 1 August or 1 September."""
    if window.month not in (8, 9):
        return
    people = history.persons
    rng = stream(history.seed, "ausbildung", month)
    age = window.year - people["geburtsjahr"][idx]
    kind = child_band(people["kind_geboren"][idx], window.a)
    own_child = (people["bg_typ"][idx] != 4) & (kind > 0)
    fit = (people["abschluss"][idx] != 1) & (people["arbeit_bis"][idx] < window.turn)
    fit &= (age < 30) & ~own_child & (people["massnahme_bis"][idx] < window.turn)
    # Expected starts per young person and year, most of them in September.
    rate = annahmen()["arbeit"]["ausbildung_juengere"] * (4.0 if window.month == 9 else 1.6)
    chance = np.where(fit, np.where(age < 25, rate, rate / 3), 0.0)
    who = idx[draw_events(rng, chance, people["latent"][idx])]
    length = rng.choice([730, 1095, 1278], who.size, p=[0.2, 0.65, 0.15])
    early = rng.random(who.size) < 0.25
    length = np.where(early, (length * rng.random(who.size)).astype(np.int64) + 20, length)
    rows = history.jobs.add(
        who.size,
        person=who,
        beginn=window.turn,
        ende=window.turn + length - 1,
        art=AUSBILDUNG,
        arbeitgeber=_employers(history, rng, who.size),
        stunden=40.0,
    )
    people["arbeit_bis"][who] = window.turn + length - 1
    people["arbeit_zeile"][who] = rows
    leaving = who[rng.random(who.size) < 0.6]
    leave_after_work(people, leaving, np.full(leaving.size, window.turn, np.int32), window)


def _start_minijobs(
    history: History, idx: Index, window: Window, month: int, effects: Effects
) -> None:
    """Marginal jobs beside receipt."""
    people, given = history.persons, annahmen()["arbeit"]
    rng = stream(history.seed, "minijob", month)
    woman = people["latent"][idx] == 1
    baby = child_band(people["kind_geboren"][idx], window.a) == 1
    chance = given["minijob"] * np.where(woman, given["minijob_frauen"], 1.0)
    chance = chance * np.where(woman & baby, given["minijob_kind_unter_3"], 1.0)
    chance = chance * effects.alter[age_band(people, idx, window.year)]
    free = (people["minijob_bis"][idx] < window.a) & (people["arbeit_bis"][idx] < window.a)
    who = idx[draw_events(rng, np.where(free, chance, 0.0), people["latent"][idx])]
    beginn = draw_days(rng, who.size, window, effects.saison, 0.45)
    ende = beginn + 14 + rng.exponential(290, who.size).astype(np.int64)
    history.jobs.add(
        who.size,
        person=who,
        beginn=beginn,
        ende=ende,
        art=GERINGFUEGIG,
        arbeitgeber=_employers(history, rng, who.size),
        stunden=np.round(rng.uniform(4, 12, who.size)),
    )
    people["minijob_bis"][who] = ende
