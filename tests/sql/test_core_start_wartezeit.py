"""Starts that were recorded in time (docs/methodik/k2.md)."""

import pytest

from tests.sql.running import Spec

STICHTAGE = "2024-01-15 2024-02-15 2024-03-15 2024-04-15"

IN_STOCK_THROUGHOUT = """
    person_nr | stichtag
    1         | 2024-01-15
    1         | 2024-02-15
    1         | 2024-03-15
    1         | 2024-04-15
"""


def test_a_start_counts_when_recorded_within_three_months_of_the_stichtag_that_ends_its_month(
    spec: Spec,
) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        core_beschaeftigung="""
            beschaeftigung_id | person_nr | beginn     | erfasst_am
            a                 | 1         | 2024-02-01 | 2024-05-14
            b                 | 1         | 2024-02-01 | 2024-05-15
            c                 | 1         | 2024-02-01 | 2024-05-16
            d                 | 1         | 2024-02-01 |
            e                 | 1         | 2024-02-01 | 2024-01-01
        """,
        expected="beschaeftigung_id\na\nb\nd\ne",
    )


@pytest.mark.parametrize(
    ("stichtage", "last_day", "day_after"),
    [
        ("2022-10-30 2022-11-30 2022-12-30", "2023-02-28", "2023-03-01"),
        ("2023-10-30 2023-11-30 2023-12-30", "2024-02-29", "2024-03-01"),
    ],
)
def test_the_wartezeit_from_30_november_ends_with_february(
    spec: Spec, stichtage: str, last_day: str, day_after: str
) -> None:
    first, second, _ = stichtage.split()
    spec.check(
        "core_start",
        stichtage=stichtage,
        core_bestand=f"person_nr | stichtag\n1 | {first}",
        core_beschaeftigung=f"""
            beschaeftigung_id | person_nr | beginn   | erfasst_am
            a                 | 1         | {second} | {last_day}
            b                 | 1         | {second} | {day_after}
        """,
        expected="beschaeftigung_id\na",
    )


def test_the_wartezeit_of_an_entrant_counts_from_the_month_in_which_the_start_is_booked(
    spec: Spec,
) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand="person_nr | stichtag\n1 | 2024-02-15",
        core_beschaeftigung="""
            beschaeftigung_id | person_nr | beginn     | erfasst_am
            a                 | 1         | 2024-02-01 | 2024-06-15
            b                 | 1         | 2024-02-01 | 2024-06-16
        """,
        expected="beschaeftigung_id\na",
    )


def test_a_change_of_the_wartezeit_holds_from_the_stichtag_that_ends_the_month(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        parameter="""
            name             | gilt_ab    | gilt_bis   | zahl
            wartezeit_monate | 2005-01-01 | 2024-03-15 | 3
            wartezeit_monate | 2024-03-15 |            | 1
        """,
        core_beschaeftigung="""
            beschaeftigung_id | person_nr | beginn     | erfasst_am
            a                 | 1         | 2024-02-15 | 2024-05-15
            b                 | 1         | 2024-02-16 | 2024-04-15
            c                 | 1         | 2024-02-16 | 2024-04-16
        """,
        expected="beschaeftigung_id\na\nb",
    )
