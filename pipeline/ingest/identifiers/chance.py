"""Whether matches of an identifier pattern in a column may be chance.

A column of random pseudonyms holds, now and then, one that looks like a Kundennummer. How often
follows from its other values of the same length: the share of digits, letters and signs at each
place gives the odds that such a value has the shape of the match.
"""

from collections import Counter
from itertools import groupby

import pyarrow as pa
import pyarrow.compute as pc

# Values that are compared: as many give the shares well enough.
SAMPLE = 5000
# Up to this multiple of the expected number, matches are taken for chance.
TOLERATED = 20
CODE = r"^[0-9A-Za-z ./_-]*[0-9][0-9A-Za-z ./_-]*$"

# A value and the place of the match in it.
Match = tuple[str, tuple[int, int]]


def chance_matches(matches: list[Match], values: pa.Array, odds: float) -> set[str]:
    """The values whose match may be chance: of those of one length all or none.

    matches: distinct values of a column that match. values: all its distinct values. odds: share of
    random strings of the shape of a match that match too; 0 for patterns that chance never meets.
    """
    found: set[str] = set()
    if not odds:
        return found
    by_length = sorted(matches, key=lambda match: len(match[0]))
    for length, group in groupby(by_length, key=lambda match: len(match[0])):
        alike = list(group)
        expected = odds * _expected(alike, _others(alike, length, values))
        if len(alike) <= TOLERATED * expected:
            found |= {text for text, _ in alike}
    return found


def _others(matches: list[Match], length: int, values: pa.Array) -> pa.Array:
    """The codes of that length among the values that do not match."""
    alike = values.filter(pc.equal(pc.utf8_length(values), length))
    codes = alike.filter(pc.match_substring_regex(alike, CODE))
    texts = pa.array([text for text, _ in matches], pa.string())
    return codes.filter(pc.invert(pc.is_in(codes, value_set=texts)))


def _expected(matches: list[Match], others: pa.Array) -> float:
    """How many of the other values have the shape of a match at its place, if places are random."""
    sample = others[:SAMPLE].to_pylist()
    places = [Counter(map(_sort, column)) for column in zip(*sample, strict=True)]
    shapes = {(span, "".join(map(_sort, text[slice(*span)]))) for text, span in matches}
    expected = 0.0
    for (start, end), shape in shapes if sample else ():
        share = 1.0
        for place, sort in zip(places[start:end], shape, strict=True):
            share *= place[sort] / len(sample)
        expected += share * len(others)
    return expected


def _sort(c: str) -> str:
    return "9" if c.isdigit() else "A" if c.isalpha() else c
