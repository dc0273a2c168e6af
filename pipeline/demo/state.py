"""The growing arrays of the simulation: people, and the logs of spells, jobs and participations."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.demo.effects import Effects
from pipeline.demo.zeit import LONG_AGO, NEVER, Window
from pipeline.demo.zufall import stream

Index = NDArray[np.int64]


class Growing:
    """Columns of equal length that grow by rows and can be changed in place."""

    def __init__(self, columns: dict[str, tuple[str, Any]], capacity: int) -> None:
        """columns: name → (numpy type, value of a new row)."""
        self.n = 0
        self._defaults = {name: default for name, (_, default) in columns.items()}
        self._arrays = {
            name: np.full(capacity, default, dtype=kind)
            for name, (kind, default) in columns.items()
        }

    def __getitem__(self, name: str) -> NDArray[Any]:
        """The rows filled so far of one column (a view: assigning changes the column)."""
        return self._arrays[name][: self.n]

    def names(self) -> tuple[str, ...]:
        return tuple(self._arrays)

    def add(self, size: int, **values: Any) -> Index:
        """Append `size` rows; columns not named take their default. Returns the row numbers."""
        start, self.n = self.n, self.n + size
        for name, array in self._arrays.items():
            if self.n > array.size:
                grown = np.full(2 * self.n, self._defaults[name], dtype=array.dtype)
                grown[: array.size] = array
                self._arrays[name] = grown
        for name, value in values.items():
            self._arrays[name][start : self.n] = value
        return np.arange(start, self.n)


# latent: 0 man, 1 woman, what every chance depends on; geschlecht: what is delivered (index into
# m, w, d, o, u, empty). Days are day numbers, see zeit.py.
PERSONS: dict[str, tuple[str, Any]] = {
    "latent": ("i1", 0),
    "geschlecht": ("i1", 0),
    "geburtsjahr": ("i2", 0),
    "bg_typ": ("i1", 0),
    "kind_geboren": ("i4", LONG_AGO),
    "staat": ("i1", 0),
    "abschluss": ("i1", 0),
    "bezirk": ("i1", 0),
    "hilfe_67": ("?", False),
    "eingeschraenkt": ("?", False),
    "faktor": ("f8", 1.0),
    "neigung": ("f4", 0.0),
    "fehlt": ("i1", 0),
    "im_bezug": ("?", False),
    "bezug_seit": ("i4", LONG_AGO),
    "spell_von": ("i4", LONG_AGO),
    "verlassen": ("i4", LONG_AGO),
    "abgang_am": ("i4", NEVER),
    "rueckkehr_am": ("i4", NEVER),
    "arbeit_bis": ("i4", LONG_AGO),
    "arbeit_zeile": ("i4", -1),
    "minijob_bis": ("i4", LONG_AGO),
    "massnahme": ("i1", -1),
    "massnahme_ab": ("i4", LONG_AGO),
    "massnahme_bis": ("i4", LONG_AGO),
    "massnahme_zeile": ("i4", -1),
    "agh_zeile": ("i4", -1),
}
SPELLS: dict[str, tuple[str, Any]] = {"person": ("i4", 0), "von": ("i4", 0), "bis": ("i4", NEVER)}
JOBS: dict[str, tuple[str, Any]] = {
    "person": ("i4", 0),
    "beginn": ("i4", 0),
    "ende": ("i4", NEVER),
    "art": ("i1", 0),
    "foerderung": ("i1", 0),
    "arbeitgeber": ("i4", -1),
    "stunden": ("f4", np.nan),
    "befristet_bis": ("i4", NEVER),
}
PARTICIPATIONS: dict[str, tuple[str, Any]] = {
    "person": ("i4", 0),
    "instrument": ("i1", 0),
    "angebot": ("i4", -1),
    "eintritt": ("i4", 0),
    "geplant": ("i4", NEVER),
    "austritt": ("i4", NEVER),
    "grund": ("i1", 0),
    "kosten": ("f8", 0.0),
}


@dataclass
class Snapshot:
    """The people in stock at one Stichtag, with the attributes that change over time."""

    window: Window
    person: Index
    bg_typ: NDArray[np.int8]
    kind_geboren: NDArray[np.int32]
    bezirk: NDArray[np.int8]
    bezug_seit: NDArray[np.int32]
    status: NDArray[np.int8]


@dataclass
class History:
    """Everything that ever happens, before any delivery is cut from it."""

    seed: int
    bestand: int
    luecke: float
    persons: Growing
    spells: Growing
    jobs: Growing
    participations: Growing
    snapshots: list[Snapshot] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """One window of the simulation. month: 0 for the first Stichtag, negative in the run-up."""

    history: History
    window: Window
    month: int
    effects: Effects

    def rng(self, purpose: str) -> np.random.Generator:
        """The random stream of one purpose in this month."""
        return stream(self.history.seed, purpose, self.month)


def empty_history(seed: int, bestand: int, luecke: float) -> History:
    return History(
        seed,
        bestand,
        luecke,
        Growing(PERSONS, 3 * bestand + 1000),
        Growing(SPELLS, 5 * bestand + 1000),
        Growing(JOBS, 3 * bestand + 1000),
        Growing(PARTICIPATIONS, 3 * bestand + 1000),
    )
