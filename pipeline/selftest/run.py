"""The campaign of faults: how many of each class were caught, and where."""

import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.selftest.base import clean
from pipeline.selftest.catalogue import FAULTS
from pipeline.selftest.fault import REFUSED, Fault, Place
from pipeline.selftest.judge import Said, judge


@dataclass(frozen=True)
class Outcome:
    """One fault injected. gefangen: something spoke, or for a harmless one nothing changed.

    erwartet: what should have spoken did. verortet: a damaged place was named; None where the fault
    is none of single rows.
    """

    fault: Fault
    seed: int
    gefangen: bool
    erwartet: bool
    verortet: bool | None
    gesagt: tuple[str, ...]


def campaign(
    seeds: Iterable[int],
    faults: Iterable[Fault] = FAULTS,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Inject every fault once per seed into clean deliveries made from the seed."""
    outcomes = []
    chosen = tuple(faults)
    with tempfile.TemporaryDirectory(prefix="selbsttest-") as name:
        for seed in seeds:
            for outcome in _of_one_seed(Path(name) / str(seed), seed, chosen):
                tell(outcome)
                outcomes.append(outcome)
    return outcomes


def _of_one_seed(place: Path, seed: int, faults: tuple[Fault, ...]) -> Iterator[Outcome]:
    raw = place / "sauber"
    clean(raw, seed)
    before = _judged(raw, place / "arbeit")
    for fault in faults:
        damaged = place / "schaden"
        shutil.copytree(raw, damaged)
        places = fault.inject(damaged, random.Random(f"{fault.id}-{seed}"))
        after = _judged(damaged, place / "arbeit")
        shutil.rmtree(damaged)
        yield outcome(fault, seed, places, before, after)
    shutil.rmtree(place)


def _judged(raw: Path, work: Path) -> Said:
    work.mkdir()
    said = judge(raw, work)
    shutil.rmtree(work)
    return said


def outcome(
    fault: Fault, seed: int, places: tuple[Place, ...], before: Said, after: Said
) -> Outcome:
    """What became of a fault, from what was said before it and after it."""
    spoke = spoken(before, after)
    if fault.harmlos:
        kept = not after.refused and after.figures == before.figures
        return Outcome(fault, seed, kept, kept, None, tuple(spoke))
    named = [name for name in fault.erwartet if name in spoke]
    located = None
    if fault.zeilenweise:
        spots = {
            spot
            for name in named
            for spot in after.spots.get(name, Counter()) - before.spots.get(name, Counter())
        }
        located = any(
            place.datei == file and place.zeile == line and place.spalte in (None, column)
            for place in places
            for file, line, column in spots
        )
    return Outcome(fault, seed, bool(spoke), bool(named), located, tuple(spoke))


def spoken(before: Said, after: Said) -> list[str]:
    """The rules that find more than before; REFUSED for a refusal."""
    if after.refused:
        return [REFUSED]
    return sorted(after.findings - before.findings)
