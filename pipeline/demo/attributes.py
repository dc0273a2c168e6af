"""Who the people are: attributes at entry and how households change from month to month."""

import numpy as np

from pipeline.demo.effects import (
    ALLEINERZIEHEND,
    ALLEINSTEHEND,
    GESCHLECHT,
    KIND_JAHRE,
    PAAR_MIT_KIND,
    PAAR_OHNE_KIND,
    SONSTIGE,
    Effects,
    Floats,
    annahmen,
)
from pipeline.demo.state import Growing, Index, Step
from pipeline.demo.zeit import LONG_AGO, Window
from pipeline.demo.zufall import choose

# The 23 districts of Stuttgart with rough weights of the people in receipt.
BEZIRKE = {
    "Mitte": 5,
    "Nord": 5,
    "Ost": 10,
    "Süd": 7,
    "West": 6,
    "Bad Cannstatt": 16,
    "Birkach": 1,
    "Botnang": 2,
    "Degerloch": 2,
    "Feuerbach": 5,
    "Hedelfingen": 2,
    "Möhringen": 4,
    "Mühlhausen": 5,
    "Münster": 1,
    "Obertürkheim": 2,
    "Plieningen": 1,
    "Sillenbuch": 2,
    "Stammheim": 2,
    "Untertürkheim": 3,
    "Vaihingen": 5,
    "Wangen": 2,
    "Weilimdorf": 5,
    "Zuffenhausen": 9,
}
FEHLT_BG_TYP, FEHLT_GEBURTSJAHR, FEHLT_BEZIRK = 1, 2, 3


def child_band(kind_geboren: np.ndarray, day: int) -> np.ndarray:
    """0 without a child, else 1 to 4: youngest under 3, 3-5, 6-9, 10 and more years old."""
    years = (day - kind_geboren) / 365.25
    band = np.searchsorted(KIND_JAHRE, years, side="right")
    return np.where(kind_geboren == LONG_AGO, 0, band)


def _birth_years(
    rng: np.random.Generator, bg: np.ndarray, kind: np.ndarray, year: int
) -> np.ndarray:
    """Age by household: singles 18 to 63, parents by their child, children at home 15 to 24."""
    size = bg.size
    single = 18 + 46 * rng.beta(1.05, 1.25, size)
    couple = 22 + 42 * rng.beta(1.6, 1.1, size)
    parent = np.minimum(19 + kind + 20 * rng.beta(1.4, 2.4, size), 60)
    home = 15 + 10 * rng.random(size)
    age = np.select(
        [bg == SONSTIGE, bg == PAAR_OHNE_KIND, bg == ALLEINSTEHEND], [home, couple, single], parent
    )
    return year - age.astype(np.int64)


def add_people(step: Step, latent: np.ndarray, *, start: bool = False) -> Index:
    """Append new people with their attributes on day window.b; returns their numbers."""
    given, size, window = annahmen(), latent.size, step.window
    rng = step.rng("personen")
    bg = np.zeros(size, dtype=np.int8)
    hilfe = np.zeros(size, dtype=np.bool_)
    for sex, name in enumerate(GESCHLECHT):
        of_sex = latent == sex
        shares = given["haushalt"][f"{'anfang' if start else 'zugang'}_{name}"]
        bg[of_sex] = choose(rng, shares, int(of_sex.sum()))
        risk = given["personen"]["hilfe_67"][name]
        hilfe[of_sex] = rng.random(int(of_sex.sum())) < risk
    hilfe &= np.isin(bg, (ALLEINSTEHEND, PAAR_OHNE_KIND))
    with_child = np.isin(bg, (ALLEINERZIEHEND, PAAR_MIT_KIND)) | (
        (bg == SONSTIGE) & (rng.random(size) < 0.5)
    )
    band = choose(rng, given["haushalt"]["juengstes_kind"], size)
    span = np.diff(KIND_JAHRE, append=18)
    child_age = np.minimum(KIND_JAHRE[band] + span[band] * rng.random(size), 17.9)
    staaten = given["staatsangehoerigkeit"]
    shares = (
        staaten["anfang"] if start else staaten["zugang"][str(min(max(window.year, 2009), 2016))]
    )
    staat = choose(rng, shares, size)
    abschluss = np.where(
        staat == 0,
        choose(rng, given["berufsabschluss"]["deutsch"], size),
        choose(rng, given["berufsabschluss"]["andere"], size),
    )
    geburtsjahr = _birth_years(rng, bg, np.where(with_child, child_age, 8), window.year)
    abschluss = np.where(window.year - geburtsjahr < 20, 0, abschluss)
    sigma = step.effects.person
    missing = choose(
        rng,
        [0.0]
        + [given["personen"][f"{n}_fehlt"] for n in ("bg_typ", "geburtsjahr", "stadtbezirk")]
        + [0.0],
        size,
    )
    share_missing = sum(
        given["personen"][f"{n}_fehlt"] for n in ("bg_typ", "geburtsjahr", "stadtbezirk")
    )
    missing[rng.random(size) >= share_missing] = 0
    return step.history.persons.add(
        size,
        latent=latent,
        geschlecht=_delivered_sex(step, latent),
        geburtsjahr=geburtsjahr,
        bg_typ=bg,
        kind_geboren=np.where(with_child, window.b - child_age * 365.25, LONG_AGO).astype(np.int32),
        staat=staat,
        abschluss=abschluss,
        bezirk=choose(rng, list(BEZIRKE.values()), size),
        hilfe_67=hilfe,
        eingeschraenkt=rng.random(size) < given["personen"]["eingeschraenkt"],
        faktor=np.exp(rng.normal(-sigma * sigma / 2, sigma, size)),
        neigung=rng.random(size),
        fehlt=missing,
    )


def _delivered_sex(step: Step, latent: np.ndarray) -> np.ndarray:
    """The delivered code: the sex that matters, or (luecke below 1) a label drawn apart from it."""
    rng, given = step.rng("geschlecht"), annahmen()
    label = rng.random(latent.size) < given["bestand"]["frauenanteil"]
    code = np.where(rng.random(latent.size) < step.history.luecke, latent, label).astype(np.int8)
    rare = rng.random(latent.size)
    people, floor = given["personen"], 0.0
    for number, name in ((2, "geschlecht_divers"), (3, "geschlecht_ohne_angabe")):
        code[(rare >= floor) & (rare < floor + people[name])] = number
        floor += people[name]
    unknown = (rare >= floor) & (rare < floor + people["geschlecht_unbekannt"])
    code[unknown] = np.where(rng.random(latent.size)[unknown] < 0.5, 4, 5)
    return code


def change_households(step: Step, idx: Index) -> None:
    """Births, separations, new couples, children grown up, moves: one month of people in stock."""
    rng, home, window = step.rng("haushalt"), annahmen()["haushalt"], step.window
    people = step.history.persons
    grow_up(people, idx, window)
    bg, kind = people["bg_typ"][idx], people["kind_geboren"][idx]
    latent, age = people["latent"][idx], window.year - people["geburtsjahr"][idx]
    couple = (bg == PAAR_OHNE_KIND) | (bg == PAAR_MIT_KIND)
    fertile = (age >= 18) & (age <= 42) & (couple | ((latent == 1) & (bg != SONSTIGE)))
    chance = np.where(
        bg == ALLEINSTEHEND,
        home["geburt_ohne_partner"],
        np.where(bg == PAAR_OHNE_KIND, home["geburt_paar_ohne_kind"], home["geburt_mit_kind"]),
    )
    born = fertile & (rng.random(idx.size) < chance)
    kind[born] = rng.integers(window.a + 1, window.b + 1, idx.size)[born]
    bg[born & (bg == ALLEINSTEHEND)] = ALLEINERZIEHEND
    bg[born & (bg == PAAR_OHNE_KIND)] = PAAR_MIT_KIND
    draw = rng.random(idx.size)
    parted = couple & ~born & (draw < home["trennung"])
    leaves = parted & ((latent == 0) | (bg == PAAR_OHNE_KIND))
    kind[leaves] = LONG_AGO
    bg[parted] = np.where(leaves, ALLEINSTEHEND, ALLEINERZIEHEND)[parted]
    paired = ~couple & ~born & (bg != SONSTIGE) & (draw > 1 - home["zusammenzug"])
    bg[paired] = np.where(bg == ALLEINERZIEHEND, PAAR_MIT_KIND, PAAR_OHNE_KIND)[paired]
    people["bg_typ"][idx], people["kind_geboren"][idx] = bg, kind
    moved = idx[rng.random(idx.size) < home["umzug"]]
    people["bezirk"][moved] = choose(rng, list(BEZIRKE.values()), moved.size)
    changed = idx[rng.random(idx.size) < 0.12]
    people["neigung"][changed] = rng.random(changed.size)


def grow_up(people: Growing, idx: Index, window: Window) -> None:
    """A child of 18 no longer counts; children at home leave their parents' household at 25."""
    bg, kind = people["bg_typ"][idx], people["kind_geboren"][idx]
    kind[(kind != LONG_AGO) & (window.b - kind >= 18 * 365.25)] = LONG_AGO
    childless = kind == LONG_AGO
    bg[(bg == ALLEINERZIEHEND) & childless] = ALLEINSTEHEND
    bg[(bg == PAAR_MIT_KIND) & childless] = PAAR_OHNE_KIND
    grown = (bg == SONSTIGE) & (window.year - people["geburtsjahr"][idx] >= 25)
    bg[grown], kind[grown] = ALLEINSTEHEND, LONG_AGO
    people["bg_typ"][idx], people["kind_geboren"][idx] = bg, kind


def age_band(people: Growing, idx: Index, year: int) -> np.ndarray:
    """0 to 4: under 25, 25-34, 35-44, 45-54, 55 and more (year of the Stichtag − year of birth)."""
    age = year - people["geburtsjahr"][idx]
    return np.searchsorted(np.array([25, 35, 45, 55]), age, side="right")


def household_factor(people: Growing, idx: Index, day: int, effects: Effects) -> Floats:
    """The household's effect on the chance of work, by sex, type and youngest child."""
    band = child_band(people["kind_geboren"][idx], day)
    return np.asarray(effects.haushalt[people["latent"][idx], people["bg_typ"][idx], band])
