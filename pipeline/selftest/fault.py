"""What a fault is: how it damages deliveries, where, and which rules should speak."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# What speaks when the whole delivery is refused, or when the run only gives a hint.
REFUSED, HINT = "Ablehnung", "Hinweis"


@dataclass(frozen=True)
class Place:
    """Where a delivery is damaged. datei: "c/bestand.csv". zeile: physical, the header is 1."""

    datei: str
    zeile: int | None = None
    spalte: str | None = None


Inject = Callable[[Path, random.Random], tuple[Place, ...]]


@dataclass(frozen=True)
class Fault:
    """A class of faults.

    ebene: the layer of the rules that should speak, as in wellformed.LAYERS. erwartet: their ids,
    or REFUSED or HINT; one of them is enough. zeilenweise: single rows are damaged, and one of the
    places must be named. harmlos: nothing is lost, so the figures must stay the same.
    """

    id: str
    titel_de: str
    titel_en: str
    ebene: str
    erwartet: tuple[str, ...]
    inject: Inject
    zeilenweise: bool = False
    harmlos: bool = False
