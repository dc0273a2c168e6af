"""Participations in measures: who enters which instrument, how long they stay, why they leave."""

from collections.abc import Iterator

import numpy as np

from pipeline.demo.attributes import age_band, child_band
from pipeline.demo.effects import MASSNAHMEN, NUMMER, Effects, Floats, annahmen
from pipeline.demo.receipt import duration_band
from pipeline.demo.state import History, Index, Step
from pipeline.demo.zeit import Window, draw_days, month_start
from pipeline.demo.zufall import choose, draw_events

GRUND = ("", "regulaer", "arbeitsaufnahme", "abbruch", "krankheit", "sonstige")
REGULAER, ARBEITSAUFNAHME, ABBRUCH, KRANKHEIT, SONSTIGER_GRUND = 1, 2, 3, 4, 5
OFFERED = tuple(name for name in MASSNAHMEN if name not in ("EGZ", "ESG", "LES"))
HARD_TO_PLACE = ("AGH", "FAV", "REHA", "P16A")
AFTER_DAYS = 183
AGH_ART, AGH_FOERDERUNG, FAV_FOERDERUNG = 4, 5, 7


def _valid(name: str, window: Window) -> bool:
    """Whether the law already knew the instrument in the window's month."""
    start = str(annahmen()["instrument"][name].get("ab", "1900-01"))
    return month_start(window.year, window.month).isoformat()[:7] >= start


def _profile(history: History, idx: Index, window: Window) -> Iterator[tuple[str, Floats]]:
    """Per instrument each person's relative weight; with a small child it is low."""
    people = history.persons
    alter = age_band(people, idx, window.year)
    abschluss = people["abschluss"][idx]
    dauer = duration_band(people["bezug_seit"][idx], window.a)
    kind = child_band(people["kind_geboren"][idx], window.a)
    woman = people["latent"][idx] == 1
    free = np.where(woman & (kind == 1), 0.12, np.where(woman & (kind == 2), 0.7, 1.0))
    free = free * np.where(people["eingeschraenkt"][idx], 0.4, 1.0)
    young = np.array([1.0, 0.10, 0.01, 0.0, 0.0])[alter]
    untrained = np.array([1.0, 0.15, 0.05, 0.8])[abschluss]
    middle = np.array([0.7, 1.3, 1.3, 0.9, 0.4])[alter]
    older = np.array([0.5, 0.9, 1.1, 1.2, 1.0])[alter]
    near = np.array([1.5, 1.4, 1.2, 1.0, 0.8, 0.7, 0.5])[dauer]
    far = np.array([0.1, 0.2, 0.4, 0.8, 1.1, 1.3, 1.5])[dauer]
    weights = {
        "MAT": free * near * np.array([1.3, 1.1, 1.0, 0.9, 0.6])[alter],
        "MAG": free * near * middle,
        "MABE": free * near,
        "AVGS_MPAV": free * near * middle,
        "PB": np.where(people["eingeschraenkt"][idx], 1.0, 0.05) * near,
        "BAE": young * untrained * free,
        "ASA": young * untrained * free,
        "EQ": young * untrained * free * near,
        "FBW": free * middle * np.array([0.8, 1.2, 0.9, 0.8])[abschluss],
        "AGH": free * far * older,
        "FAV": free * far * older,
        "FF": free * far,
        "REHA": np.where(people["eingeschraenkt"][idx], 1.0, 0.04) * older,
        "P16A": far * (1 + 3.0 * people["hilfe_67"][idx] + 0.8 * (kind > 0)),
        "VB": free * near * middle,
    }
    # Caseworkers rather send those whom they expect to find work.
    promising = people["faktor"][idx]
    for name, weight in weights.items():
        if _valid(name, window):
            yield name, weight if name in HARD_TO_PLACE else weight * promising


def _scaled(weight: Floats, woman: np.ndarray, name: str) -> Floats:
    """Chances whose sums are the assumed entries of women and of men."""
    given = annahmen()["instrument"][name]
    total = given["eintritte"] / 1000 * weight.size
    for sex, share in ((True, given["frauen"]), (False, 1 - given["frauen"])):
        part = woman == sex
        mass = float(weight[part].sum())
        weight[part] *= total * share / mass if mass > 0 else 0.0
    return weight


def enter_measures(step: Step, idx: Index, order: Index) -> None:
    """New participations in the window; at most one with a duration per person at a time."""
    history, window = step.history, step.window
    people, rng = history.persons, step.rng("massnahmen")
    woman = people["latent"][idx] == 1
    busy = (people["massnahme_bis"][idx] >= window.a) | (people["arbeit_bis"][idx] >= window.a)
    busy |= (people["abgang_am"][idx] < window.b + 20) | (people["spell_von"][idx] > window.a)
    taken = busy.copy()
    for name, weight in _profile(history, idx, window):
        blocked = busy if name != "VB" else people["abgang_am"][idx] < window.b
        chance = _scaled(np.where(blocked, 0.0, weight), woman, name)
        hit = draw_events(rng, chance, order)
        if name != "VB":
            hit &= ~taken
            taken |= hit
        chosen = idx[hit]
        day = draw_days(rng, chosen.size, window, np.ones(12), 0.25)
        if name == "VB":
            grund = np.full(chosen.size, REGULAER)
            _log(history, rng, chosen, name, day=day, geplant=day, austritt=day, grund=grund)
        else:
            _start(history, rng, chosen, name, day)


def _start(
    history: History, rng: np.random.Generator, idx: Index, name: str, day: np.ndarray
) -> None:
    """Begin a participation with a planned length and, for some, an early end."""
    given, people = annahmen()["instrument"][name], history.persons
    shortest, mean, longest = given["tage"]
    length = shortest + rng.exponential(max(mean - shortest, 1) * 1.15, idx.size)
    steps = np.where(length > 60, 30, 7)
    length = np.clip(np.round(length / steps) * steps, shortest, longest).astype(np.int64)
    geplant = day + length - 1
    early = annahmen()["austritt"]
    grund = REGULAER + choose(
        rng,
        [1 - sum(early.values()), 0.0, early["abbruch"], early["krankheit"], early["sonstige"]],
        idx.size,
    )
    austritt = np.where(
        grund == REGULAER, geplant, day + (length * (0.08 + 0.8 * rng.random(idx.size))).astype(int)
    )
    rows = _log(history, rng, idx, name, day=day, geplant=geplant, austritt=austritt, grund=grund)
    people["massnahme"][idx] = NUMMER[name]
    people["massnahme_ab"][idx] = day
    people["massnahme_bis"][idx] = austritt
    people["massnahme_zeile"][idx] = rows
    people["agh_zeile"][idx] = -1
    if name in ("AGH", "FAV"):
        people["agh_zeile"][idx] = history.jobs.add(
            idx.size,
            person=idx,
            beginn=day,
            ende=austritt,
            art=AGH_ART,
            foerderung=AGH_FOERDERUNG if name == "AGH" else FAV_FOERDERUNG,
            arbeitgeber=100_000 + rng.integers(0, 24, idx.size),
            stunden=np.where(name == "AGH", rng.choice([15.0, 20.0, 30.0], idx.size), 30.0),
        )


def _log(
    history: History,
    rng: np.random.Generator,
    idx: Index,
    name: str,
    *,
    day: np.ndarray,
    geplant: np.ndarray,
    austritt: np.ndarray,
    grund: np.ndarray,
) -> Index:
    """One participation row each, with a single measure of the year and a cost."""
    given = annahmen()["instrument"][name]
    offers = given["angebote"]
    year = day.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    if offers:
        # Few large measures and many small ones.
        number = np.minimum((offers * rng.random(idx.size) ** 1.6).astype(np.int64), offers - 1)
        angebot = (NUMMER[name] * 10_000 + year) * 100 + number
    else:
        angebot = np.full(idx.size, -1)
    share = np.clip((geplant - day + 1) / max(given["tage"][1], 1), 0.1, 4.0)
    kosten = np.round(given["kosten"] * share * rng.lognormal(-0.03, 0.25, idx.size), 2)
    return history.participations.add(
        idx.size,
        person=idx,
        instrument=NUMMER[name],
        angebot=angebot,
        eintritt=day,
        geplant=geplant,
        austritt=austritt,
        grund=grund,
        kosten=kosten,
    )


def accompany_jobs(
    history: History,
    rng: np.random.Generator,
    idx: Index,
    name: str,
    *,
    beginn: np.ndarray,
    ende: np.ndarray,
    months: tuple[int, int],
    cost_per_day: float,
) -> None:
    """EGZ, ESG or LES: start with a supported job and end with it at the latest."""
    geplant = beginn + 30 * rng.integers(months[0], months[1] + 1, idx.size) - 1
    austritt = np.minimum(geplant, ende)
    grund = np.where(ende < geplant, ABBRUCH, REGULAER)
    people = history.persons
    rows = history.participations.add(
        idx.size,
        person=idx,
        instrument=NUMMER[name],
        eintritt=beginn,
        geplant=geplant,
        austritt=austritt,
        grund=grund,
        kosten=np.round((geplant - beginn + 1) * cost_per_day * rng.lognormal(0, 0.2, idx.size), 2),
    )
    people["massnahme"][idx] = NUMMER[name]
    people["massnahme_ab"][idx] = beginn
    people["massnahme_bis"][idx] = austritt
    people["massnahme_zeile"][idx] = rows
    people["agh_zeile"][idx] = -1


def end_by_work(history: History, idx: Index, beginn: np.ndarray) -> None:
    """A participation still running when a job starts ends the day before, and so does its AGH."""
    people, rows = history.persons, history.participations
    running = (people["massnahme_bis"][idx] >= beginn) & (people["massnahme_ab"][idx] < beginn)
    who, last = idx[running], beginn[running] - 1
    line = people["massnahme_zeile"][who]
    rows["austritt"][line] = last
    rows["grund"][line] = ARBEITSAUFNAHME
    people["massnahme_bis"][who] = last
    agh = people["agh_zeile"][who]
    history.jobs["ende"][agh[agh >= 0]] = last[agh >= 0]


def end_by_exit(history: History, idx: Index) -> None:
    """Most who leave receipt leave their measure too."""
    people, rows = history.persons, history.participations
    last = people["verlassen"][idx]
    running = (people["massnahme_bis"][idx] > last) & (people["massnahme_ab"][idx] < last)
    running &= people["arbeit_bis"][idx] < last
    who, day = idx[running], last[running]
    line = people["massnahme_zeile"][who]
    rows["austritt"][line] = day
    rows["grund"][line] = SONSTIGER_GRUND
    people["massnahme_bis"][who] = day
    agh = people["agh_zeile"][who]
    history.jobs["ende"][agh[agh >= 0]] = day[agh >= 0]


def measure_factor(history: History, idx: Index, day: int, effects: Effects) -> Floats:
    """The effect of a running measure, else of one left within the last 183 days, else 1."""
    people = history.persons
    number, bis = people["massnahme"][idx], people["massnahme_bis"][idx]
    running = (number >= 0) & (bis >= day)
    after = (number >= 0) & ~running & (bis + AFTER_DAYS >= day)
    return np.where(running, effects.waehrend[number], np.where(after, effects.danach[number], 1.0))
