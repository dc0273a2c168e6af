"""Blocks → the rows of the marts."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import product
from typing import TypeVar

from tests.oracle.blocks import Block
from tests.oracle.calendar_days import calendar_number, month_label
from tests.oracle.catalogue import SEXES
from tests.oracle.quotas import (
    Cell,
    Counts,
    Figure,
    Key,
    SexOf,
    delivered_sex,
    published_sex,
)
from tests.oracle.rules import Rules
from tests.oracle.slices import ALL, Slice

T = TypeVar("T")


def quote_rows(blocks: Iterable[Block]) -> dict[Key, Figure]:
    """mart_quote: every slice, five delivered sexes and all together."""
    rows: dict[Key, Figure] = {}
    for block in blocks:
        rows |= _rows(block, block.slices, (*SEXES, ALL), delivered_sex, block.finish)
    return rows


def publication_rows(blocks: Iterable[Block], rules: Rules) -> dict[Key, Counts]:
    """mart_veroeffentlichung: totals of every month, the rest in the months of the calendar."""
    rows: dict[Key, Counts] = {}
    for block in blocks:
        in_detail = calendar_number(block.month) in rules.at("detailmonate", block.day)
        slices = [cut for cut in block.slices if cut.id == ALL or (in_detail and cut.public)]
        rows |= _rows(block, slices, ("w", "m", ALL), published_sex, partial(_counts, block))
    return rows


def _counts(block: Block, cell: Cell) -> Counts:
    sums = cell.products() if block.has_sums else (None, None, None)
    return Counts(*block.finish(cell), *cell.persons, *sums)


def _rows(
    block: Block,
    slices: Sequence[Slice],
    sexes: Sequence[str],
    sex_of: SexOf,
    value: Callable[[Cell], T],
) -> dict[Key, T]:
    """Every cell that has a row, also with nobody in it."""
    month = month_label(block.month)
    rows: dict[Key, T] = {}
    for cut in slices:
        first, second = cut.listed()
        keys = product([block.kennzahl], [month], [cut.id], first, second, sexes)
        rows |= dict.fromkeys(map(Key._make, keys), value(Cell()))
    for parts, cell in block.collect(slices, sex_of).items():
        key = Key(block.kennzahl, month, *parts)
        if key in rows:
            rows[key] = value(cell)
    return rows
