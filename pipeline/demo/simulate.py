"""The month loop: from one Stichtag to the next everybody at once, no loop over people."""

from datetime import date

import numpy as np

from pipeline.demo.attributes import add_people, change_households, child_band, grow_up
from pipeline.demo.effects import ALLEINERZIEHEND, NUMMER, SONSTIGE, annahmen, effects
from pipeline.demo.jobs import start_after_leaving
from pipeline.demo.measures import end_by_exit, enter_measures
from pipeline.demo.receipt import (
    close_open_spells,
    come_back,
    draw_exits,
    enter,
    leave,
    new_entry_days,
    start_receipt,
)
from pipeline.demo.state import History, Index, Snapshot, Step, empty_history
from pipeline.demo.takeups import start_work_in_entry_month, take_up_work
from pipeline.demo.zeit import Window, windows
from pipeline.demo.zufall import random_order

BURN_IN = 24
STATUS = ("arbeitslos", "arbeitsuchend", "massnahme", "erwerbstaetig", "nicht_verfuegbar")
ARBEITSLOS, ARBEITSUCHEND, IN_MASSNAHME, ERWERBSTAETIG, NICHT_VERFUEGBAR = range(5)
NO_STATUS = tuple(NUMMER[name] for name in ("EGZ", "ESG", "LES", "AVGS_MPAV", "P16A"))


def simulate(
    *,
    bestand: int = 30000,
    seed: int = 1,
    von: date = date(2011, 4, 1),
    monate: int = 60,
    luecke: float = 1.0,
) -> History:
    """The whole history: 24 months of run-up, `monate` Stichtage from `von`, and one month after.

    bestand: wanted mean stock. luecke: 1 = the sexes differ as documented, 0 = the delivered sex
    is a mere label, independent of everything; in between each person keeps their sex with that
    chance.
    """
    history = empty_history(seed, bestand, luecke)
    span = windows(von, monate, BURN_IN)
    start = span[0]
    women, men = _wanted(bestand, start)
    latent = np.repeat(np.array([1, 0], dtype=np.int8), [women, men])
    idx = add_people(Step(history, start, -BURN_IN, effects()), latent, start=True)
    start_receipt(history, idx, start)
    for month, window in enumerate(span[1:], start=1 - BURN_IN):
        _advance(Step(history, window, month, effects()))
        if month >= 0:
            history.snapshots.append(_snapshot(history, window))
    close_open_spells(history)
    return history


def _wanted(bestand: int, window: Window) -> tuple[int, int]:
    """The number of women and men wanted in stock at the end of the window."""
    given = annahmen()["bestand"]
    years = np.array([int(year) for year in given["verlauf"]], dtype=float)
    levels = np.array(list(given["verlauf"].values()))
    usual = np.interp(2011.25 + (np.arange(60) + 0.5) / 12, years, levels).mean()
    level = np.interp(window.year + (window.month - 0.5) / 12, years, levels) / usual
    women = round(bestand * level * given["frauenanteil"])
    return women, round(bestand * level) - women


def _advance(step: Step) -> None:
    """One window (a, b]: exits, measures, take-ups, leaving, entries, take-ups of entrants."""
    history, people = step.history, step.history.persons
    stock = np.flatnonzero(people["im_bezug"])
    draw_exits(step, stock)
    order = random_order(step.rng("reihenfolge"), people["latent"][stock])
    enter_measures(step, stock, order)
    take_up_work(step, stock, order)
    gone = leave(step)
    end_by_exit(history, gone)
    start_after_leaving(step, gone)
    change_households(step, np.flatnonzero(people["im_bezug"]))
    returned = come_back(step)
    grow_up(people, returned, step.window)
    inside = people["im_bezug"]
    missing = [
        max(0, wanted - int(np.count_nonzero(inside & (people["latent"] == sex))))
        for sex, wanted in zip((1, 0), _wanted(history.bestand, step.window), strict=True)
    ]
    latent = np.repeat(np.array([1, 0], dtype=np.int8), missing)
    new = add_people(step, latent)
    enter(people, new, new_entry_days(step, new.size))
    start_work_in_entry_month(step, np.concatenate((returned, new)))


def _snapshot(history: History, window: Window) -> Snapshot:
    people = history.persons
    idx = np.flatnonzero(people["im_bezug"])
    return Snapshot(
        window,
        idx,
        people["bg_typ"][idx],
        people["kind_geboren"][idx],
        people["bezirk"][idx],
        people["bezug_seit"][idx],
        _status(history, idx, window),
    )


def _status(history: History, idx: Index, window: Window) -> np.ndarray:
    """Status at the Stichtag: measure, work, not available (§ 10 SGB II), else seeking."""
    people, day = history.persons, window.b
    age = window.year - people["geburtsjahr"][idx]
    draw = people["neigung"][idx]
    number = people["massnahme"][idx]
    measure = (people["massnahme_ab"][idx] <= day) & (people["massnahme_bis"][idx] >= day)
    measure &= (number >= 0) & ~np.isin(number, NO_STATUS)
    work = (people["arbeit_bis"][idx] >= day) | ((people["minijob_bis"][idx] >= day) & (draw < 0.5))
    parent = (people["latent"][idx] == 1) | (people["bg_typ"][idx] == ALLEINERZIEHEND)
    parent &= people["bg_typ"][idx] != SONSTIGE
    band = child_band(people["kind_geboren"][idx], day)
    absent = parent & (draw < np.array([0.0, 0.92, 0.35, 0.15, 0.10])[band])
    absent |= people["eingeschraenkt"][idx] & (draw < 0.55)
    absent |= (age < 18) | ((age < 21) & (draw < 0.4)) | ((age >= 62) & (draw < 0.5))
    return np.select(
        [measure, work, absent, draw % 0.2 < 0.16],
        [IN_MASSNAHME, ERWERBSTAETIG, NICHT_VERFUEGBAR, ARBEITSLOS],
        ARBEITSUCHEND,
    ).astype(np.int8)
