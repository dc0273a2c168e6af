"""What the demo assumes: the true effects (wirkungen.toml) and the assumptions (annahmen.toml)."""

import copy
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

HERE = Path(__file__).parent
Floats = NDArray[np.float64]

GESCHLECHT = ("m", "w")
BG_TYP = ("alleinstehend", "alleinerziehend", "paar_ohne_kind", "paar_mit_kind", "sonstige")
ALLEINSTEHEND, ALLEINERZIEHEND, PAAR_OHNE_KIND, PAAR_MIT_KIND, SONSTIGE = range(5)
STAAT = ("deutsch", "eu", "asylherkunft", "ukraine", "sonstige")
ABSCHLUSS = ("ohne", "betrieblich", "akademisch", "unbekannt")
ALTER = ("unter_25", "25_bis_unter_35", "35_bis_unter_45", "45_bis_unter_55", "55_und_mehr")
DAUER = (
    "unter_3_monate",
    "3_bis_unter_6_monate",
    "6_bis_unter_12_monate",
    "1_bis_unter_2_jahre",
    "2_bis_unter_3_jahre",
    "3_bis_unter_4_jahre",
    "4_jahre_und_mehr",
)
DAUER_TAGE = np.array([91, 182, 365, 731, 1096, 1461])
KIND_JAHRE = np.array([0, 3, 6, 10])
# With a duration of their own; the order numbers the instruments in the arrays.
MASSNAHMEN = (
    "MAT",
    "MAG",
    "MABE",
    "AVGS_MPAV",
    "PB",
    "BAE",
    "ASA",
    "EQ",
    "FBW",
    "AGH",
    "FAV",
    "FF",
    "REHA",
    "P16A",
    "EGZ",
    "ESG",
    "LES",
)
INSTRUMENTE = (*MASSNAHMEN, "VB")
NUMMER = {name: number for number, name in enumerate(INSTRUMENTE)}


def _read(name: str) -> dict[str, Any]:
    with (HERE / name).open("rb") as file:
        return tomllib.load(file)


@cache
def _wirkungen() -> dict[str, Any]:
    return _read("wirkungen.toml")


@cache
def annahmen() -> dict[str, Any]:
    """The assumptions about people, receipt, measures and jobs; not to be changed by the caller."""
    return _read("annahmen.toml")


def true_effects() -> dict[str, Any]:
    """The multipliers of the monthly chance of a countable take-up, as in wirkungen.toml (a copy).

    A statistical method run on the demo can be judged against these: each holds given all others.
    """
    return copy.deepcopy(_wirkungen())


@dataclass(frozen=True)
class Effects:
    """The true effects as arrays, indexed by the numbers of the category tuples above.

    haushalt: sex × bg_typ × band of the youngest child (0 none, then under 3, 3-5, 6-9, 10-17).
    waehrend, danach: by instrument number.
    """

    basis: float
    person: float
    haushalt: Floats
    alter: Floats
    abschluss: Floats
    staat: Floats
    dauer: Floats
    saison: Floats
    jahr: dict[int, float]
    waehrend: Floats
    danach: Floats
    arbeit_laufend: float
    arbeit_beendet: float
    hilfe_67: float
    eingeschraenkt: float
    zugangsmonat: float
    asyl_erstes_jahr: float
    asyl_mutter: float

    def year(self, year: int) -> float:
        """The effect of a calendar year; years outside the list take the nearest one."""
        return self.jahr[min(max(year, min(self.jahr)), max(self.jahr))]


@cache
def effects() -> Effects:
    """The true effects in the form the generator computes with."""
    raw = _wirkungen()
    haushalt = np.ones((2, 5, 5))
    for sex, name in enumerate(GESCHLECHT):
        for bg, bg_name in enumerate(BG_TYP):
            value = raw["haushalt"][name][bg_name]
            if isinstance(value, list):
                haushalt[sex, bg, 1:] = value
                haushalt[sex, bg, 0] = value[-1]
            else:
                haushalt[sex, bg, :] = value

    def row(section: dict[str, float], names: tuple[str, ...]) -> Floats:
        return np.array([section[name] for name in names])

    return Effects(
        basis=raw["basis"],
        person=raw["streuung"]["person"],
        haushalt=haushalt,
        alter=row(raw["alter"], ALTER),
        abschluss=row(raw["berufsabschluss"], ABSCHLUSS),
        staat=row(raw["staatsangehoerigkeit"], STAAT),
        dauer=row(raw["bezugsdauer"], DAUER),
        saison=np.array(raw["saison"]["monate"]),
        jahr={int(year): factor for year, factor in raw["jahr"].items()},
        waehrend=row(raw["massnahme"]["waehrend"], MASSNAHMEN),
        danach=row(raw["massnahme"]["danach"], MASSNAHMEN),
        arbeit_laufend=raw["arbeit"]["laufend"],
        arbeit_beendet=raw["arbeit"]["kuerzlich_beendet"],
        hilfe_67=raw["lage"]["hilfe_67"],
        eingeschraenkt=raw["lage"]["eingeschraenkt"],
        zugangsmonat=raw["lage"]["zugangsmonat"],
        asyl_erstes_jahr=raw["lage"]["asylherkunft_erstes_jahr"],
        asyl_mutter=raw["lage"]["asylherkunft_mutter"],
    )
