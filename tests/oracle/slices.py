"""The breakdowns of each Kennzahl, with the categories that have a row even with nobody in it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tests.oracle.catalogue import (
    CATEGORIES,
    CROSSES,
    LENGTH_CLASSES,
    NEEDS,
    UNKNOWN,
)
from tests.oracle.merging import Merged

ALL = "insgesamt"


class Slice(NamedTuple):
    """A breakdown, or a cross of two. `public` is false for what only the internal mart has."""

    id: str
    parts: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    public: bool = True

    def values(self, features: Mapping[str, str]) -> tuple[str, str]:
        """auspraegung_1 and auspraegung_2 of something with these features."""
        return features[self.parts[0]], features[self.parts[1]] if len(self.parts) == 2 else ""

    def listed(self) -> tuple[Sequence[str], Sequence[str]]:
        """The values of auspraegung_1 and of auspraegung_2, all pairs of which have a row."""
        return self.categories[0], self.categories[1] if len(self.categories) == 2 else ("",)


TOTAL = Slice(ALL, (ALL,), ((ALL,),))


def stock_slices(merged: Merged) -> list[Slice]:
    """The breakdowns and crosses of K2 whose columns somebody delivers."""
    districts = {
        row["stadtbezirk"] or UNKNOWN for rows in merged.stock.values() for row in rows.values()
    }
    categories = {**CATEGORIES, "stadtbezirk": sorted(districts)}
    present = [name for name, need in NEEDS.items() if need is None or need in merged.columns]
    return [_single(name, categories[name]) for name in present] + [
        _cross(_single(first, categories[first]), _single(second, categories[second]))
        for first, second in CROSSES
        if first in present and second in present
    ]


def access_slices() -> list[Slice]:
    """The breakdowns of participations: nobody who is in a measure is in none."""
    return [
        TOTAL,
        *(
            _single(name, [category for category in CATEGORIES[name] if category != "keine"])
            for name in ("massnahme", "instrument")
        ),
    ]


def exit_slices(merged: Merged) -> list[Slice]:
    """The breakdowns of exits; single measures and providers only as far as delivered."""
    total, group, instrument = access_slices()
    length = _single("massnahmedauer", [label for _, label in LENGTH_CLASSES])
    slices = [total, group, instrument, length, _cross(instrument, length)]
    for name in ("massnahme_id", "traeger_id"):
        if ("teilnahmen", name) in merged.columns:
            found = {
                row[name] or UNKNOWN for rows in merged.participations.values() for row in rows
            }
            slices.append(_single(name, sorted(found))._replace(public=False))
    return slices


def _single(name: str, categories: Iterable[str]) -> Slice:
    return Slice(name, (name,), (tuple(categories),))


def _cross(first: Slice, second: Slice) -> Slice:
    return Slice(
        f"{first.id}_x_{second.id}",
        first.parts + second.parts,
        first.categories + second.categories,
    )
