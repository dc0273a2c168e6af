"""Receipt of benefits: the initial stock, leaving, coming back, the log of spells."""

import numpy as np

from pipeline.demo.effects import DAUER_TAGE, annahmen
from pipeline.demo.state import Growing, History, Index, Step
from pipeline.demo.zeit import NEVER, SGB_II, Window, month_end
from pipeline.demo.zufall import choose, stream

MAX_GAP = 31


def duration_band(seit: np.ndarray, day: int) -> np.ndarray:
    """0 to 6: the bands of bezugsdauer, by days (the chances need no calendar months)."""
    return np.searchsorted(DAUER_TAGE, day - seit, side="right")


def start_receipt(history: History, idx: Index, window: Window) -> None:
    """Give the initial stock its durations, and some of the newer ones an earlier spell."""
    people, given = history.persons, annahmen()["bezug"]
    rng = stream(history.seed, "anfang")
    band = choose(rng, given["anfang"], idx.size)
    edges = np.concatenate(([0], DAUER_TAGE, [window.b - SGB_II]))
    length = edges[band] + (edges[band + 1] - edges[band]) * rng.random(idx.size)
    seit = np.where(band == 6, SGB_II, np.maximum(window.b - length, SGB_II)).astype(np.int32)
    of_age = (people["geburtsjahr"][idx].astype(np.int64) + 15 - 1970) * 365.25
    young = seit < of_age
    seit[young] = np.minimum(of_age + 365 * rng.random(idx.size), window.b)[young]
    people["im_bezug"][idx] = True
    people["bezug_seit"][idx] = people["spell_von"][idx] = seit
    before = idx[(seit > SGB_II + 400) & (rng.random(idx.size) < given["vorbezug"])]
    last = people["bezug_seit"][before] - 32 - rng.integers(0, 170, before.size)
    first = np.maximum(last - rng.integers(150, 900, before.size), SGB_II)
    history.spells.add(before.size, person=before, von=first, bis=last)


def draw_exits(step: Step, idx: Index) -> None:
    """Exits for reasons other than work within [a, b-1], mostly at the end of a month."""
    people, window = step.history.persons, step.window
    chances = np.array(annahmen()["bezug"]["abgang"])
    rng = step.rng("abgang")
    chance = chances[duration_band(people["bezug_seit"][idx], window.a)]
    woman = people["latent"][idx] == 1
    chance = chance * np.where(woman, annahmen()["bezug"]["abgang_frauen"], 1.0)
    # Pension age: most leave at 65, all at 66.
    age = window.year - people["geburtsjahr"][idx]
    chance = np.select([age >= 66, age == 65], [1.0, 0.25], chance)
    leaving = idx[(rng.random(idx.size) < chance) & (people["abgang_am"][idx] == NEVER)]
    day = rng.integers(window.a, window.b, leaving.size)
    day[rng.random(leaving.size) < 0.6] = window.turn - 1
    people["abgang_am"][leaving] = day


def leave(step: Step) -> Index:
    """Close the spells that end before day b; returns who left and plans who comes back when."""
    people, given, window = step.history.persons, annahmen()["bezug"], step.window
    idx = np.flatnonzero(people["im_bezug"] & (people["abgang_am"] < window.b))
    rng = step.rng("rueckkehr")
    day = people["abgang_am"][idx]
    step.history.spells.add(idx.size, person=idx, von=people["spell_von"][idx], bis=day)
    people["im_bezug"][idx] = False
    people["verlassen"][idx] = day
    people["abgang_am"][idx] = NEVER
    employed = people["arbeit_bis"][idx] >= day
    back = rng.random(idx.size) < np.where(
        employed, given["rueckkehr_nach_arbeit"], given["rueckkehr_sonst"]
    )
    short = rng.random(idx.size) < given["kurze_luecke"]
    gap = np.where(short, rng.integers(8, 32, idx.size), rng.integers(32, 420, idx.size))
    after = np.where(employed, people["arbeit_bis"][idx], day)
    wait = np.where(employed, rng.integers(1, 75, idx.size), gap)
    planned = np.minimum(after.astype(np.int64) + wait, NEVER)
    old = window.year - people["geburtsjahr"][idx] >= 64
    people["rueckkehr_am"][idx] = np.where(back & ~old, planned, NEVER)
    return idx


def new_entry_days(step: Step, size: int) -> np.ndarray:
    """Entries in (a, b]; an application counts from the first of its month, hence the heap."""
    rng, window = step.rng("zugang"), step.window
    day = rng.integers(window.a + 1, window.b + 1, size)
    day[rng.random(size) < 0.6] = window.turn
    return day


def come_back(step: Step) -> Index:
    """Re-entries due in the window. A gap of at most 31 days keeps the begin of receipt."""
    people, window = step.history.persons, step.window
    due = ~people["im_bezug"] & (people["rueckkehr_am"] <= window.b)
    idx = np.flatnonzero(due & (window.year - people["geburtsjahr"] < 66))
    rng = step.rng("wiederzugang")
    day = np.maximum(people["rueckkehr_am"][idx], window.a + 1)
    shift = (rng.random(idx.size) < 0.5) & (day > window.turn)
    shift &= window.turn > people["verlassen"][idx] + MAX_GAP
    day[shift] = window.turn
    enter(people, idx, day)
    return idx


def enter(people: Growing, idx: Index, day: np.ndarray) -> None:
    """Begin receipt on the given days."""
    gap = day - people["verlassen"][idx] - 1
    people["bezug_seit"][idx] = np.where(gap <= MAX_GAP, people["bezug_seit"][idx], day)
    people["im_bezug"][idx] = True
    people["spell_von"][idx] = day
    people["rueckkehr_am"][idx] = NEVER


def close_open_spells(history: History) -> None:
    """Log the spells still running at the end, open."""
    people = history.persons
    idx = np.flatnonzero(people["im_bezug"])
    history.spells.add(idx.size, person=idx, von=people["spell_von"][idx])


def leave_after_work(people: Growing, idx: Index, beginn: np.ndarray, window: Window) -> None:
    """Receipt ends with the month in which the job begins, not before the Stichtag for entrants."""
    end = month_end(beginn)
    entered_now = people["spell_von"][idx] > window.a
    people["abgang_am"][idx] = np.where(entered_now, np.maximum(end, window.b), end)


class ReceiptDays:
    """Days in receipt of a person up to a day, from the finished log of spells."""

    def __init__(self, spells: Growing) -> None:
        order = np.lexsort((spells["von"], spells["person"]))
        self._person = spells["person"][order].astype(np.int64)
        self._von = spells["von"][order].astype(np.int64)
        self._bis = spells["bis"][order].astype(np.int64)
        length = self._bis - self._von + 1
        self._before = np.cumsum(length) - length
        self._key = self._person * NEVER + self._von
        first = np.searchsorted(self._person, np.arange(self._person.max() + 2))
        self._start = np.append(self._before, 0)[np.minimum(first, length.size)]

    def until(self, person: np.ndarray, day: np.ndarray) -> np.ndarray:
        """Number of days in receipt up to and including `day`."""
        at = np.searchsorted(self._key, person.astype(np.int64) * NEVER + day, side="right") - 1
        found = (at >= 0) & (self._person[at] == person)
        reached = np.minimum(day, self._bis[at]) - self._von[at] + 1
        return np.where(found, self._before[at] + reached - self._start[person], 0)


def long_term(days: ReceiptDays, person: np.ndarray, stichtag: np.ndarray) -> np.ndarray:
    """Langzeitleistungsbezug: at least 638 of the 730 days up to and including the Stichtag."""
    within = days.until(person, stichtag) - days.until(person, stichtag - 730)
    return np.asarray(within >= 638)
