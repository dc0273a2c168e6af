"""Blocks → the rows of the marts."""

from collections.abc import Iterable, Iterator

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


def quote_rows(blocks: Iterable[Block]) -> dict[Key, Figure]:
    """mart_quote: every slice, five delivered sexes and all together."""
    rows: dict[Key, Figure] = {}
    for block in blocks:
        nobody = block.finish(Cell())
        for key, cell in _cells(block, block.slices, (*SEXES, ALL), delivered_sex):
            rows[key] = nobody if cell is None else block.finish(cell)
    return rows


def publication_rows(blocks: Iterable[Block], rules: Rules) -> dict[Key, Counts]:
    """mart_veroeffentlichung: totals of every month, the rest in the months of the calendar."""
    rows: dict[Key, Counts] = {}
    for block in blocks:
        in_detail = calendar_number(block.month) in rules.at("detailmonate", block.day)
        slices = [cut for cut in block.slices if cut.id == ALL or (in_detail and cut.public)]
        for key, found in _cells(block, slices, ("w", "m", ALL), published_sex):
            cell = found or Cell()
            sums = cell.products() if block.has_sums else (None, None, None)
            rows[key] = Counts(*block.finish(cell), *cell.persons, *sums)
    return rows


def _cells(
    block: Block, slices: Iterable[Slice], sexes: Iterable[str], sex_of: SexOf
) -> Iterator[tuple[Key, Cell | None]]:
    """Every cell that has a row; None where nobody is in it."""
    counted = block.collect(slices, sex_of)
    month = month_label(block.month)
    for cut in slices:
        for first, second in cut.cells():
            for sex in sexes:
                key = Key(block.kennzahl, month, cut.id, first, second, sex)
                yield key, counted.get((cut.id, first, second, sex))
