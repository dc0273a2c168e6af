"""A reader who wants to know what was suppressed: with definitions of his own, and patience."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

import pandas as pd

Key = TypeVar("Key", bound=Hashable)

SHARES = ("P1", "EQ_6")
COUNTS = ("zaehler", "bestand_monate", "personen", "personen_zaehler")


def is_small(cell: Mapping[Hashable, Any]) -> bool:
    """Whether one or two stand behind a figure, or behind what a share leaves over."""
    counts = [cell[name] for name in COUNTS]
    if cell["kennzahl"] in SHARES:
        counts.append(cell["nenner"] - cell["zaehler"])
    return any(count in (1, 2) for count in counts)


def small_rows(cells: pd.DataFrame) -> list[bool]:
    return [is_small(cell) for cell in cells.to_dict("records")]


def recovered(unknown: set[Key], sums: Sequence[Sequence[Key]]) -> set[Key]:
    """The unknown figures that follow by subtraction, again and again."""
    left, found = set(unknown), set[Key]()
    while True:
        alone = {
            key
            for members in sums
            for key in members
            if key in left and sum(member in left for member in members) == 1
        }
        if not alone:
            return found
        left -= alone
        found |= alone


def small_remainders(
    unknown: set[Key], sums: Sequence[Sequence[Key]], counts: Mapping[Key, Sequence[float]]
) -> list[set[Key]]:
    """Unknown parts of a known whole that together have one or two of anything.

    sums: parts, then the whole. counts: the counts behind each figure.
    """
    found = []
    for *parts, whole in sums:
        hidden = unknown.intersection(parts)
        together = [sum(column) for column in zip(*(counts[key] for key in hidden), strict=True)]
        if whole not in unknown and {1, 2}.intersection(together):
            found.append(hidden)
    return found
