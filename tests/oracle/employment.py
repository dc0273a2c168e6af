"""Whether a person works on a day."""

from collections.abc import Collection
from datetime import date

from tests.oracle.merging import Merged


def employed_on(merged: Merged, person_id: str, day: date, arts: Collection[str]) -> bool:
    """A take-up of one of these arts has begun and has not ended; when it was recorded is open."""
    return any(
        row["art"] in arts and row["beginn"] <= day and (row["ende"] is None or row["ende"] >= day)
        for row in merged.take_ups.get(person_id, ())
    )
