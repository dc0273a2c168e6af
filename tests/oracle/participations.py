"""Participations in measures that have a duration, and who the participant is."""

from dataclasses import dataclass
from datetime import date, timedelta

from tests.oracle.calendar_days import months_reached
from tests.oracle.catalogue import GROUP_OF, LENGTH_CLASSES, ONE_OFF, UNKNOWN
from tests.oracle.checking import Row
from tests.oracle.merging import Merged
from tests.oracle.slices import ALL


@dataclass(frozen=True)
class Participation:
    """One participation that is not one-off. `austritt` is None while it runs."""

    person_id: str
    sex: str
    features: dict[str, str]
    eintritt: date
    austritt: date | None

    def runs_on(self, day: date) -> bool:
        return self.eintritt <= day and (self.austritt is None or self.austritt >= day)


def lasting_participations(merged: Merged) -> list[Participation]:
    """All participations of the run in instruments that are not one-off."""
    return [
        Participation(
            person_id,
            participant(merged, person_id, row["eintritt"])["geschlecht"],
            _features(row),
            row["eintritt"],
            row["austritt"],
        )
        for person_id, rows in merged.participations.items()
        for row in rows
        if row["instrument"] not in ONE_OFF
    ]


def participant(merged: Merged, person_id: str, eintritt: date) -> Row:
    """The person's last row in stock on or before the day of entry, else the first one after."""
    rows = sorted(merged.stock[person_id].values(), key=lambda row: row["stichtag"])
    before = [row for row in rows if row["stichtag"] <= eintritt]
    return before[-1] if before else rows[0]


def length_class(eintritt: date, austritt: date) -> str:
    """Months reached between the first day and the day after the last one."""
    reached = months_reached(eintritt, austritt + timedelta(days=1))
    return [label for months, label in LENGTH_CLASSES if months <= max(reached, 0)][-1]


def _features(row: Row) -> dict[str, str]:
    return {
        ALL: ALL,
        "massnahme": GROUP_OF[row["instrument"]],
        "instrument": row["instrument"],
        "massnahme_id": row["massnahme_id"] or UNKNOWN,
        "traeger_id": row["traeger_id"] or UNKNOWN,
    }
