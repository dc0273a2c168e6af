"""Small numbers: no part of 1 or 2 is shown, and none follows from what is shown beside it."""

from collections import defaultdict
from itertools import product
from typing import Any

import pytest

from pipeline.report.small_counts import ENOUGH, PARTS, Shown, balanced, exposed, shown

LARGEST = ENOUGH + 4


@pytest.mark.parametrize(("count", "words"), [(0, 0), (1, "small"), (2, "small"), (3, 3)])
def test_one_and_two_are_not_told_apart(count: int, words: Shown) -> None:
    assert shown(count) == words


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((90, 0, 0), (90, 90, 0, 0)),
        ((90, 3, 4), (97, 90, 3, 4)),
        ((90, 1, 0), (91, "hidden", "small", 0)),
        ((90, 2, 7), (99, "hidden", "small", "hidden")),
        ((90, 1, 1), (92, "hidden", "small", "small")),
        ((2, 90, 0), (92, "small", "hidden", 0)),
        ((7, 2, 0), ("hidden", "hidden", "small", 0)),
        ((8, 2, 0), (10, "hidden", "small", 0)),
        ((1, 0, 0), ("hidden", "small", 0, 0)),
        ((3, 0, 0), (3, 3, 0, 0)),
        ((0, 0, 0), (0, 0, 0, 0)),
    ],
)
def test_beside_a_small_part_the_others_are_hidden(
    parts: tuple[int, int, int], words: tuple[Shown, ...]
) -> None:
    assert balanced(sum(parts), parts) == words


def test_whatever_the_parts_a_small_one_can_be_one_and_two() -> None:
    """All balances up to `LARGEST`: those that look the same differ in every small part."""
    alike: dict[tuple[Shown, ...], list[tuple[int, ...]]] = defaultdict(list)
    for parts in product(range(LARGEST + 1), repeat=3):
        if sum(parts) <= LARGEST:
            alike[balanced(sum(parts), parts)].append(parts)
    for look, balances in alike.items():
        for place, word in enumerate(look[1:]):
            if word == "small":
                assert {balance[place] for balance in balances} == {1, 2}, look


def test_a_broken_balance_keeps_what_was_delivered() -> None:
    assert balanced(100, (90, 3, 4)) == (100, 90, 3, 4)
    assert balanced(2, (0, 0, 0)) == ("small", 0, 0, 0)


def rows(*counts: tuple[str, int, int, int]) -> list[dict[str, Any]]:
    """A row balance: table, then taken, rejected, merged."""
    return [{"tabelle": c[0], **dict(zip(PARTS, c[1:], strict=True))} for c in counts]


@pytest.mark.parametrize(
    ("counts", "sums"),
    [
        ([("a", 90, 0, 3)], set()),
        ([("a", 90, 1, 0)], {90}),
        ([("a", 90, 2, 7)], {90, 7}),
        ([("a", 90, 3, 7)], set()),
        # Rejected in two files: their sum is BEF-21, and each of them would be the rest.
        ([("a", 90, 2, 0), ("a", 80, 3, 0)], {170, 5}),
        ([("a", 90, 1, 0), ("b", 80, 1, 0)], {90, 80, 170, 2}),
        ([("a", 90, 1, 0), ("b", 80, 0, 0)], {90, 170}),
    ],
)
def test_sums_that_would_give_back_a_small_part_are_exposed(
    counts: list[tuple[str, int, int, int]], sums: set[int]
) -> None:
    assert exposed(rows(*counts)) == sums
    assert all(shown(count, exposed(rows(*counts))) == "hidden" for count in sums)
