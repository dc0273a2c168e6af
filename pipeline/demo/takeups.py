"""Take-ups of work: who starts in which month, with which chance."""

import numpy as np
from numpy.typing import NDArray

from pipeline.demo.attributes import age_band, child_band, household_factor
from pipeline.demo.effects import SONSTIGE, STAAT, Floats, annahmen
from pipeline.demo.jobs import AUSBILDUNG, GERINGFUEGIG, employers, start_jobs
from pipeline.demo.measures import measure_factor
from pipeline.demo.receipt import duration_band, leave_after_work
from pipeline.demo.state import Index, Step
from pipeline.demo.zeit import LONG_AGO, draw_days
from pipeline.demo.zufall import draw_events, random_order

ASYLHERKUNFT = STAAT.index("asylherkunft")
Mask = NDArray[np.bool_]


def chances(step: Step, idx: Index) -> Floats:
    """Each person's chance of a countable take-up in the window: the product of all effects."""
    history, window, effects = step.history, step.window, step.effects
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
        * _origin_factor(step, idx)
        * people["faktor"][idx]
    )


def _origin_factor(step: Step, idx: Index) -> Floats:
    """What people from the asylum countries meet beyond that: the first year, and mothers."""
    people, window, effects = step.history.persons, step.window, step.effects
    origin = people["staat"][idx] == ASYLHERKUNFT
    new = people["bezug_seit"][idx] + 365 > window.a
    own_child = (people["kind_geboren"][idx] != LONG_AGO) & (people["bg_typ"][idx] != SONSTIGE)
    mother = own_child & (people["latent"][idx] == 1)
    return np.where(origin & new, effects.asyl_erstes_jahr, 1.0) * np.where(
        origin & mother, effects.asyl_mutter, 1.0
    )


def take_up_work(step: Step, idx: Index, order: Index) -> None:
    """Countable take-ups of the people in stock at a who do not leave for another reason."""
    people, window, rng = step.history.persons, step.window, step.rng("arbeit")
    may = people["abgang_am"][idx] >= window.b
    may &= people["massnahme_ab"][idx] <= window.a
    chance = np.where(may, chances(step, idx), 0.0)
    starts = idx[draw_events(rng, chance, order)]
    beginn = draw_days(rng, starts.size, window, step.effects.saison, 0.45)
    start_jobs(step, rng, starts, beginn)
    _start_training(step, idx, may, order)
    _start_minijobs(step, idx, may, order)


def start_work_in_entry_month(step: Step, idx: Index) -> None:
    """Take-ups of people who entered in the window, between their entry and its end."""
    people, window, rng = step.history.persons, step.window, step.rng("arbeit-zugang")
    entry = people["spell_von"][idx].astype(np.int64)
    share = (window.b - entry) / window.days
    chance = chances(step, idx) * share * step.effects.zugangsmonat
    hit = draw_events(rng, chance, random_order(rng, people["latent"][idx]))
    starts = idx[hit]
    beginn = entry[hit] + 1 + (rng.random(starts.size) * (window.b - entry[hit])).astype(np.int64)
    start_jobs(step, rng, starts, beginn)


def _start_training(step: Step, idx: Index, may: Mask, order: Index) -> None:
    """Fully qualifying training for the young without one, on 1 August or 1 September."""
    history, window = step.history, step.window
    if window.month not in (8, 9):
        return
    people = history.persons
    rng = step.rng("ausbildung")
    age = window.year - people["geburtsjahr"][idx]
    kind = child_band(people["kind_geboren"][idx], window.a)
    own_child = (people["bg_typ"][idx] != SONSTIGE) & (kind > 0)
    fit = (people["abschluss"][idx] != 1) & (people["arbeit_bis"][idx] < window.turn)
    fit &= may & (age < 30) & ~own_child & (people["massnahme_bis"][idx] < window.turn)
    # Expected starts per young person and year, most of them in September.
    rate = annahmen()["arbeit"]["ausbildung_juengere"] * (4.0 if window.month == 9 else 1.6)
    chance = np.where(fit, np.where(age < 25, rate, rate / 3), 0.0)
    who = idx[draw_events(rng, chance, order)]
    length = rng.choice([730, 1095, 1278], who.size, p=[0.2, 0.65, 0.15])
    early = rng.random(who.size) < 0.25
    length = np.where(early, (length * rng.random(who.size)).astype(np.int64) + 20, length)
    rows = history.jobs.add(
        who.size,
        person=who,
        beginn=window.turn,
        ende=window.turn + length - 1,
        art=AUSBILDUNG,
        arbeitgeber=employers(history, rng, who.size),
        stunden=40.0,
    )
    people["arbeit_bis"][who] = window.turn + length - 1
    people["arbeit_zeile"][who] = rows
    leaving = who[rng.random(who.size) < 0.6]
    leave_after_work(people, leaving, np.full(leaving.size, window.turn, np.int32), window)


def _start_minijobs(step: Step, idx: Index, may: Mask, order: Index) -> None:
    """Marginal jobs beside receipt."""
    history, window, effects = step.history, step.window, step.effects
    people, given = history.persons, annahmen()["arbeit"]
    rng = step.rng("minijob")
    woman = people["latent"][idx] == 1
    baby = child_band(people["kind_geboren"][idx], window.a) == 1
    chance = given["minijob"] * np.where(woman, given["minijob_frauen"], 1.0)
    chance = chance * np.where(woman & baby, given["minijob_kind_unter_3"], 1.0)
    chance = chance * effects.alter[age_band(people, idx, window.year)]
    free = may & (people["minijob_bis"][idx] < window.a) & (people["arbeit_bis"][idx] < window.a)
    who = idx[draw_events(rng, np.where(free, chance, 0.0), order)]
    beginn = draw_days(rng, who.size, window, effects.saison, 0.45)
    ende = beginn + 14 + rng.exponential(290, who.size).astype(np.int64)
    history.jobs.add(
        who.size,
        person=who,
        beginn=beginn,
        ende=ende,
        art=GERINGFUEGIG,
        arbeitgeber=employers(history, rng, who.size),
        stunden=np.round(rng.uniform(4, 12, who.size)),
    )
    people["minijob_bis"][who] = ende
