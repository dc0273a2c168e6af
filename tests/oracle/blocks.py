"""One Kennzahl in one month, before its rows are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tests.oracle.quotas import Collect, Finish
from tests.oracle.slices import Slice


@dataclass(frozen=True)
class Block:
    """How the rows of one Kennzahl and month are counted.

    `day` is the day the calendar of publication is asked on. `has_sums` is false where no interval
    needs sums over persons.
    """

    kennzahl: str
    month: int
    day: date
    slices: Sequence[Slice]
    collect: Collect
    finish: Finish
    has_sums: bool = True
