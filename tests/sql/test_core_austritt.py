"""Exits from measures and how long the measure lasted (docs/methodik/eq.md)."""

import pytest

from tests.sql.running import Spec

CLASSES = (
    "unter_1_monat",
    "1_bis_unter_3_monate",
    "3_bis_unter_6_monate",
    "6_bis_unter_12_monate",
    "12_monate_und_mehr",
)


def exits(*stays: tuple[str, str]) -> str:
    """A drawing of participations by their first and last day."""
    lines = (f"1 | {eintritt} | {austritt}" for eintritt, austritt in stays)
    return "\n".join(["person_nr | eintritt | austritt", *lines])


@pytest.mark.parametrize(
    ("day_before", "day", "day_after", "reached"),
    [
        ("2023-04-13", "2023-04-14", "2023-04-15", 1),
        ("2023-06-13", "2023-06-14", "2023-06-15", 2),
        ("2023-09-13", "2023-09-14", "2023-09-15", 3),
        ("2024-03-13", "2024-03-14", "2024-03-15", 4),
    ],
)
def test_a_class_begins_with_the_last_day_that_makes_its_months_full(
    spec: Spec, day_before: str, day: str, day_after: str, reached: int
) -> None:
    spec.check(
        "core_austritt",
        core_massnahmenteilnahme=exits(
            ("2023-03-15", day_before), ("2023-03-15", day), ("2023-03-15", day_after)
        ),
        expected=f"""
            austritt     | massnahmedauer
            {day_before} | {CLASSES[reached - 1]}
            {day}        | {CLASSES[reached]}
            {day_after}  | {CLASSES[reached]}
        """,
    )


@pytest.mark.parametrize(
    ("eintritt", "austritt", "massnahmedauer"),
    [
        pytest.param("2023-01-31", "2023-02-26", "unter_1_monat", id="31 Jan to 26 Feb"),
        pytest.param("2023-01-31", "2023-02-27", "1_bis_unter_3_monate", id="31 Jan to 27 Feb"),
        pytest.param("2024-01-31", "2024-02-27", "unter_1_monat", id="leap year: to 27 Feb"),
        pytest.param("2024-01-31", "2024-02-28", "1_bis_unter_3_monate", id="leap year: to 28 Feb"),
        pytest.param("2024-02-01", "2024-02-28", "unter_1_monat", id="not all of February"),
        pytest.param("2024-02-01", "2024-02-29", "1_bis_unter_3_monate", id="all of February"),
        pytest.param("2024-08-31", "2025-02-26", "3_bis_unter_6_monate", id="31 Aug to 26 Feb"),
        pytest.param("2024-08-31", "2025-02-27", "6_bis_unter_12_monate", id="31 Aug to 27 Feb"),
        pytest.param("2024-02-29", "2025-02-26", "6_bis_unter_12_monate", id="leap day to 26 Feb"),
        pytest.param("2024-02-29", "2025-02-27", "12_monate_und_mehr", id="leap day to 27 Feb"),
        pytest.param("2024-02-15", "2024-02-15", "unter_1_monat", id="a single day"),
        pytest.param("2000-01-01", "2024-02-15", "12_monate_und_mehr", id="many years"),
    ],
)
def test_months_are_reached_on_the_last_day_of_a_shorter_month(
    spec: Spec, eintritt: str, austritt: str, massnahmedauer: str
) -> None:
    spec.check(
        "core_austritt",
        core_massnahmenteilnahme=exits((eintritt, austritt)),
        expected=f"austritt | massnahmedauer\n{austritt} | {massnahmedauer}",
    )


@pytest.mark.parametrize("austritt", ["2024-02-14", "2023-02-15", "2020-01-01"])
def test_an_exit_before_the_entry_lasted_under_a_month(spec: Spec, austritt: str) -> None:
    spec.check(
        "core_austritt",
        core_massnahmenteilnahme=exits(("2024-02-15", austritt)),
        expected=f"austritt | massnahmedauer\n{austritt} | unter_1_monat",
    )


def test_who_is_still_in_the_measure_has_no_exit(spec: Spec) -> None:
    spec.check(
        "core_austritt",
        core_massnahmenteilnahme=exits(("2024-02-15", ""), ("2024-02-16", "2024-02-29")),
        expected="austritt\n2024-02-29",
    )


def test_an_exit_belongs_to_the_calendar_month_of_its_day(spec: Spec) -> None:
    spec.check(
        "core_austritt",
        core_massnahmenteilnahme=exits(
            ("2023-01-01", "2023-12-31"), ("2023-01-01", "2024-01-01"), ("2023-01-01", "2024-01-31")
        ),
        expected="""
            austritt   | monat_nr
            2023-12-31 | 24287
            2024-01-01 | 24288
            2024-01-31 | 24288
        """,
    )


def test_every_participation_is_an_exit_of_its_own_with_its_attributes(spec: Spec) -> None:
    spec.check(
        "core_austritt",
        core_massnahmenteilnahme="""
            teilnahme_id | eintritt   | austritt   | geschlecht | instrument | traeger_id
            a            | 2024-01-01 | 2024-01-31 | w          | FBW        | Nord
            b            | 2024-01-01 | 2024-01-31 | m          | MAT        | Ost
        """,
        expected="""
            teilnahme_id | geschlecht | instrument | traeger_id
            a            | w          | FBW        | Nord
            b            | m          | MAT        | Ost
        """,
    )


def test_the_rule_on_training_is_the_one_valid_on_the_day_of_the_exit(spec: Spec) -> None:
    spec.check(
        "core_austritt",
        parameter="""
            name                 | gilt_ab    | gilt_bis   | zahl
            eq_zaehlt_ausbildung | 1900-01-01 | 2024-02-15 | 1
            eq_zaehlt_ausbildung | 2024-02-15 |            | 0
        """,
        core_massnahmenteilnahme=exits(
            ("2024-01-01", "2024-02-14"), ("2024-01-01", "2024-02-15"), ("2024-01-01", "2024-02-16")
        ),
        expected="""
            austritt   | ausbildung_zaehlt
            2024-02-14 | true
            2024-02-15 | false
            2024-02-16 | false
        """,
    )


def test_an_exit_counts_from_the_first_day_for_which_there_is_a_rule(spec: Spec) -> None:
    spec.check(
        "core_austritt",
        parameter="""
            name                 | gilt_ab    | gilt_bis | zahl
            eq_zaehlt_ausbildung | 2024-02-15 |          | 1
        """,
        core_massnahmenteilnahme=exits(
            ("2024-01-01", "2024-02-14"), ("2024-01-01", "2024-02-15"), ("2024-01-01", "2024-02-16")
        ),
        expected="austritt\n2024-02-15\n2024-02-16",
    )
