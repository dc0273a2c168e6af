"""Named random streams and the draw of events.

Every draw comes from a stream named by seed, purpose and month, so that the history up to a month
depends neither on how many months follow nor on what another part of the generator draws.
"""

import zlib

import numpy as np
from numpy.typing import NDArray


def stream(seed: int, name: str, month: int = 0) -> np.random.Generator:
    """The generator of one purpose and month (months before the first Stichtag are negative)."""
    entropy = [seed, zlib.crc32(name.encode()), month + 1200]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))


def random_order(rng: np.random.Generator, stratum: NDArray[np.int8]) -> NDArray[np.int64]:
    """A random order within strata, the strata one after the other."""
    return np.lexsort((rng.random(stratum.size), stratum))


def draw_events(
    rng: np.random.Generator, chance: NDArray[np.float64], order: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Who has the event: each person with exactly their own chance, spread evenly along `order`.

    Systematic sampling: the number of events of a stratum lies within one of the sum of its
    chances, so that the calibration holds for every seed and not only on average.
    """
    ladder = np.floor(np.cumsum(np.minimum(chance[order], 0.95)) + rng.random())
    hit = np.empty(chance.size, dtype=np.bool_)
    hit[order] = np.diff(ladder, prepend=0.0) > 0
    return hit


def choose(
    rng: np.random.Generator, shares: NDArray[np.float64] | list[float], size: int
) -> NDArray[np.int8]:
    """Category numbers drawn with the given shares (they need not sum to one)."""
    edges = np.cumsum(shares)
    drawn = np.searchsorted(edges, rng.random(size) * edges[-1], side="right")
    return np.asarray(drawn, dtype=np.int8)
