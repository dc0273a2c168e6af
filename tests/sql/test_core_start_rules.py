"""Continuation and change of employer, and the switches of the rules (docs/methodik/k2.md)."""

import pytest

from tests.sql.running import Spec

STICHTAGE = "2024-01-15 2024-02-15 2024-03-15 2024-04-15"

IN_STOCK_THROUGHOUT = """
    person_nr | stichtag
    1         | 2024-01-15
    1         | 2024-02-15
    1         | 2024-03-15
"""

# The person has a job before the first Stichtag; on 1 March another one begins.
AFTER_A_JOB = """
    beschaeftigung_id | person_nr | beginn     | ende   | art   | arbeitgeber_id
    earlier           | 1         | {earlier}  | {ende} | {art} | {first}
    later             | 1         | 2024-03-01 |        | sv    | {second}
"""


@pytest.mark.parametrize(
    ("ende", "first", "second", "booked"),
    [
        pytest.param("2024-02-28", "X", "X", True, id="ended two days before"),
        pytest.param("2024-02-29", "X", "X", False, id="ended the day before"),
        pytest.param("2024-03-01", "X", "X", False, id="ended the same day"),
        pytest.param("2024-12-31", "X", "X", False, id="ends later"),
        pytest.param("", "X", "X", False, id="still open"),
        pytest.param("2024-02-29", "X", "Y", True, id="another employer"),
        pytest.param("2024-02-29", "", "", True, id="both employers unknown"),
        pytest.param("2024-02-29", "X", "", True, id="the later employer unknown"),
        pytest.param("2024-02-29", "", "X", True, id="the earlier employer unknown"),
    ],
)
def test_a_new_contract_that_goes_on_at_the_same_employer_does_not_count(
    spec: Spec, ende: str, first: str, second: str, booked: bool
) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        core_beschaeftigung=AFTER_A_JOB.format(
            earlier="2024-01-01", ende=ende, art="sv", first=first, second=second
        ),
        expected="beschaeftigung_id\nlater" if booked else "beschaeftigung_id",
    )


@pytest.mark.parametrize(
    ("art", "booked"),
    [
        ("sv", False),
        ("ausbildung", False),
        ("selbstaendig", False),
        ("geringfuegig", True),
        ("oeffentlich_gefoerdert", True),
    ],
)
def test_only_countable_work_has_a_continuation(spec: Spec, art: str, booked: bool) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        core_beschaeftigung=AFTER_A_JOB.format(
            earlier="2024-01-01", ende="2024-02-29", art=art, first="X", second="X"
        ),
        expected="beschaeftigung_id\nlater" if booked else "beschaeftigung_id",
    )


def test_of_two_starts_on_one_day_neither_continues_the_other(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        core_beschaeftigung="""
            beschaeftigung_id | person_nr | beginn     | arbeitgeber_id
            a                 | 1         | 2024-03-01 | X
            b                 | 1         | 2024-03-01 | X
            c                 | 1         | 2024-03-02 | X
        """,
        expected="beschaeftigung_id\na\nb",
    )


def test_the_job_of_another_person_at_the_employer_is_no_continuation(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        core_beschaeftigung="""
            beschaeftigung_id | person_nr | beginn     | arbeitgeber_id
            a                 | 2         | 2024-01-01 | X
            b                 | 1         | 2024-03-01 | X
        """,
        expected="beschaeftigung_id\nb",
    )


def test_a_predecessor_that_was_recorded_too_late_still_makes_a_continuation(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        core_beschaeftigung="""
            beschaeftigung_id | person_nr | beginn     | ende       | arbeitgeber_id | erfasst_am
            a                 | 1         | 2024-02-20 | 2024-02-29 | X              | 2025-01-01
            b                 | 1         | 2024-03-01 |            | X              |
        """,
        expected="beschaeftigung_id",
    )


def test_several_predecessors_do_not_multiply_a_start(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        parameter="""
            name                        | gilt_ab    | zahl
            weiterbeschaeftigung_zaehlt | 2005-01-01 | 1
        """,
        core_beschaeftigung="""
            beschaeftigung_id | person_nr | beginn     | arbeitgeber_id
            a                 | 1         | 2024-01-01 | X
            b                 | 1         | 2024-01-02 | X
            c                 | 1         | 2024-03-01 | X
        """,
        expected="beschaeftigung_id\nc",
    )


def test_the_rule_on_continuations_changes_with_the_stichtag_that_ends_the_month(
    spec: Spec,
) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        parameter="""
            name                        | gilt_ab    | gilt_bis   | zahl
            weiterbeschaeftigung_zaehlt | 2005-01-01 | 2024-03-15 | 0
            weiterbeschaeftigung_zaehlt | 2024-03-15 |            | 1
        """,
        core_beschaeftigung="""
            beschaeftigung_id | person_nr | beginn     | ende       | arbeitgeber_id
            before            | 1         | 2024-01-01 | 2024-02-14 | X
            old_rule          | 1         | 2024-02-15 | 2024-02-15 | X
            new_rule          | 1         | 2024-02-16 |            | X
        """,
        expected="""
            beschaeftigung_id | monat
            new_rule          | 2024-02-01
        """,
    )


def test_a_change_of_employer_counts_until_the_rule_says_otherwise(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        parameter="""
            name                      | gilt_ab    | gilt_bis   | zahl
            arbeitgeberwechsel_zaehlt | 2005-01-01 | 2024-03-15 | 1
            arbeitgeberwechsel_zaehlt | 2024-03-15 |            | 0
        """,
        core_beschaeftigung="""
            beschaeftigung_id | person_nr | beginn     | arbeitgeber_id
            before            | 1         | 2024-01-01 | X
            old_rule          | 1         | 2024-02-15 | Y
            new_rule          | 1         | 2024-02-16 | Z
        """,
        expected="""
            beschaeftigung_id | monat
            old_rule          | 2024-01-01
        """,
    )


@pytest.mark.parametrize(
    ("earlier", "ende", "art", "booked"),
    [
        pytest.param("2024-01-01", "2024-02-28", "sv", True, id="ended two days before"),
        pytest.param("2024-01-01", "2024-02-29", "sv", False, id="ended the day before"),
        pytest.param("2024-01-01", "2024-03-01", "sv", False, id="ended the same day"),
        pytest.param("2024-01-01", "", "ausbildung", False, id="still open"),
        pytest.param("2024-01-01", "", "geringfuegig", True, id="not countable"),
        pytest.param("2024-01-01", "", "oeffentlich_gefoerdert", True, id="publicly funded"),
    ],
)
def test_where_a_change_does_not_count_a_job_on_the_day_before_rules_a_start_out(
    spec: Spec, earlier: str, ende: str, art: str, booked: bool
) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        parameter="name | gilt_ab | zahl\narbeitgeberwechsel_zaehlt | 2005-01-01 | 0",
        core_beschaeftigung=AFTER_A_JOB.format(
            earlier=earlier, ende=ende, art=art, first="", second=""
        ),
        expected="beschaeftigung_id\nlater" if booked else "beschaeftigung_id",
    )


def test_where_a_change_does_not_count_two_first_jobs_on_one_day_both_stay(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        parameter="name | gilt_ab | zahl\narbeitgeberwechsel_zaehlt | 2005-01-01 | 0",
        core_beschaeftigung="""
            beschaeftigung_id | person_nr | beginn
            a                 | 1         | 2024-03-01
            b                 | 1         | 2024-03-01
            c                 | 2         | 2024-01-01
        """,
        expected="beschaeftigung_id\na\nb",
    )


def test_the_second_window_of_entrants_opens_and_closes_with_its_rule(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand="""
            person_nr | stichtag
            1         | 2024-02-15
            2         | 2024-03-15
        """,
        parameter="""
            name           | gilt_ab    | gilt_bis   | zahl
            zugangsfenster | 2005-01-01 | 2024-03-16 | 1
            zugangsfenster | 2024-03-16 |            | 0
        """,
        core_beschaeftigung="""
            person_nr | beginn
            1         | 2024-02-10
            2         | 2024-03-10
            2         | 2024-03-20
        """,
        expected="""
            person_nr | beginn     | monat
            1         | 2024-02-10 | 2024-02-01
            2         | 2024-03-20 | 2024-03-01
        """,
    )
