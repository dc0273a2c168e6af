"""The measure of a person at a Stichtag (docs/methodik/gliederungen.md)."""

import pytest

from tests.sql.running import Spec

AT_STICHTAG = (
    "massnahme_am_stichtag",
    """
    select core_massnahme.*, core_stichtag.monat
    from core_massnahme
    inner join core_stichtag
        on
            core_stichtag.monat >= core_massnahme.von
            and core_stichtag.monat < core_massnahme.abgeloest_ab
            and core_stichtag.massnahme_ende_ab <= core_massnahme.ende
    """,
)


def test_a_measure_runs_from_its_first_day_to_its_last(spec: Spec) -> None:
    spec.check(
        "core_massnahme",
        AT_STICHTAG,
        stichtage="2024-01-15",
        parameter="name | zahl\nmassnahme_nachlauf_monate | 0",
        core_teilnahme="""
            person_nr | eintritt   | austritt
            1         | 2024-01-14 | 2024-01-16
            2         | 2024-01-15 | 2024-01-15
            3         | 2024-01-16 | 2024-01-17
            4         | 2024-01-13 | 2024-01-14
            5         | 2024-01-01 |
        """,
        expected="""
            person_nr | monat
            1         | 2024-01-01
            2         | 2024-01-01
            5         | 2024-01-01
        """,
    )


@pytest.mark.parametrize(
    ("stichtag", "austritt", "assigned"),
    [
        ("2024-07-15", "2024-01-14", False),
        ("2024-07-15", "2024-01-15", True),
        ("2024-07-15", "2024-01-16", True),
        ("2024-02-29", "2023-08-28", False),
        ("2024-02-29", "2023-08-29", True),
        ("2024-02-29", "2023-08-31", True),
        ("2023-02-28", "2022-08-27", False),
        ("2023-02-28", "2022-08-28", True),
        ("2023-02-28", "2022-08-31", True),
        ("2024-08-31", "2024-02-28", False),
        ("2024-08-31", "2024-02-29", False),
        ("2024-08-31", "2024-03-01", True),
    ],
)
def test_a_measure_is_remembered_for_six_calendar_months_after_its_last_day(
    spec: Spec, stichtag: str, austritt: str, assigned: bool
) -> None:
    spec.check(
        "core_massnahme",
        AT_STICHTAG,
        stichtage=stichtag,
        core_teilnahme=f"person_nr | eintritt | austritt\n1 | 2020-01-01 | {austritt}",
        expected="person_nr\n1" if assigned else "person_nr",
    )


def test_the_running_measure_comes_first_however_late_another_one_ended(spec: Spec) -> None:
    spec.check(
        "core_massnahme",
        AT_STICHTAG,
        stichtage="2024-01-15",
        core_teilnahme="""
            person_nr | instrument | eintritt   | austritt
            1         | MAT        | 2024-01-02 | 2024-01-14
            1         | FBW        | 2023-01-01 | 2024-01-15
            2         | MAT        | 2024-01-02 | 2024-01-14
            2         | FBW        | 2023-01-01 |
        """,
        expected="""
            person_nr | instrument | gruppe
            1         | FBW        | weiterbildung
            2         | FBW        | weiterbildung
        """,
    )


def test_of_two_measures_the_later_austritt_then_eintritt_then_id_decides(spec: Spec) -> None:
    spec.check(
        "core_massnahme",
        AT_STICHTAG,
        stichtage="2024-01-15",
        core_teilnahme="""
            person_nr | teilnahme_id | eintritt   | austritt
            1         | a            | 2023-10-01 | 2024-03-01
            1         | b            | 2023-11-01 | 2024-02-28
            2         | b            | 2023-10-01 | 2024-03-01
            2         | a            | 2023-10-02 | 2024-03-01
            3         | a            | 2023-10-01 | 2024-03-01
            3         | b            | 2023-10-01 | 2024-03-01
            4         | a            | 2023-10-01 |
            4         | b            | 2023-11-01 | 2030-01-01
            5         | 10           | 2023-10-01 | 2023-12-01
            5         | 9            | 2023-10-01 | 2023-12-01
            6         | a            | 2023-10-01 | 2023-12-02
            6         | b            | 2023-11-01 | 2023-12-01
        """,
        expected="""
            person_nr | teilnahme_id
            1         | a
            2         | a
            3         | b
            4         | a
            5         | 9
            6         | a
        """,
    )


def test_one_off_benefits_do_not_count_and_hide_no_other_measure(spec: Spec) -> None:
    spec.check(
        "core_massnahme",
        AT_STICHTAG,
        stichtage="2024-01-15",
        core_teilnahme="""
            person_nr | instrument | eintritt   | austritt
            1         | VB         | 2024-01-15 | 2024-01-15
            2         | VB         | 2024-01-15 | 2024-01-15
            2         | MAT        | 2023-10-01 | 2023-12-31
        """,
        expected="""
            person_nr | instrument | gruppe
            2         | MAT        | aktivierung
        """,
    )


def test_each_stichtag_is_judged_by_itself(spec: Spec) -> None:
    spec.check(
        "core_massnahme",
        AT_STICHTAG,
        stichtage="2024-01-15 2024-02-15 2024-09-15",
        core_teilnahme="""
            person_nr | instrument | eintritt   | austritt
            2         | MAT        | 2024-01-01 | 2024-01-31
            1         | FBW        | 2024-02-15 | 2024-03-14
            1         | AGH        | 2024-01-15 | 2024-01-16
        """,
        ordered=True,
        expected="""
            person_nr | monat      | instrument | gruppe
            1         | 2024-01-01 | AGH        | beschaeftigung_schaffend
            2         | 2024-01-01 | MAT        | aktivierung
            1         | 2024-02-01 | FBW        | weiterbildung
            2         | 2024-02-01 | MAT        | aktivierung
        """,
    )


def test_a_change_of_the_rule_holds_from_the_berichtsmonat_that_follows_the_stichtag(
    spec: Spec,
) -> None:
    spec.check(
        "core_massnahme",
        AT_STICHTAG,
        stichtage="2024-01-15 2024-02-15 2024-03-15 2024-05-15",
        parameter="""
            name                      | gilt_ab    | gilt_bis   | zahl
            massnahme_nachlauf_monate | 2005-01-01 | 2024-03-15 | 6
            massnahme_nachlauf_monate | 2024-03-15 | 2024-05-15 | 0
            massnahme_nachlauf_monate | 2024-05-15 |            | 5
        """,
        core_teilnahme="""
            person_nr | eintritt   | austritt
            1         | 2023-12-01 | 2024-01-14
            2         | 2023-12-01 | 2024-02-15
        """,
        expected="""
            person_nr | monat
            1         | 2024-01-01
            1         | 2024-05-01
            2         | 2024-01-01
            2         | 2024-02-01
            2         | 2024-05-01
        """,
    )
