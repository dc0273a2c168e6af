"""Who is employed some months after leaving a measure (docs/methodik/eq.md)."""

import pytest

from tests.sql.running import Spec

EQ_6 = "select * from core_austritt_beschaeftigt where kennzahl = 'EQ_6'"
LEFT = "teilnahme_id | person_nr | austritt\na | 1 | 2024-01-10"
EMPLOYED, NOT_EMPLOYED = "teilnahme_id\na", "teilnahme_id"


@pytest.mark.parametrize(
    ("beginn", "ende", "employed"),
    [
        pytest.param("2024-07-09", "", True, id="begun the day before"),
        pytest.param("2024-07-10", "", True, id="begins on the day"),
        pytest.param("2024-07-11", "", False, id="begins the day after"),
        pytest.param("2024-03-01", "2024-07-09", False, id="ended the day before"),
        pytest.param("2024-03-01", "2024-07-10", True, id="ends on the day"),
        pytest.param("2024-03-01", "2024-07-11", True, id="ends the day after"),
        pytest.param("2024-07-10", "2024-07-10", True, id="that day only"),
        pytest.param("2010-01-01", "", True, id="long before the measure"),
    ],
)
def test_who_has_insured_work_on_the_day_six_months_after_the_exit_is_employed(
    spec: Spec, beginn: str, ende: str, employed: bool
) -> None:
    spec.check(
        "core_austritt_beschaeftigt",
        ("eq_6", EQ_6),
        core_austritt=LEFT,
        core_beschaeftigung=f"person_nr | beginn | ende\n1 | {beginn} | {ende}",
        expected=EMPLOYED if employed else NOT_EMPLOYED,
    )


@pytest.mark.parametrize(
    ("austritt", "kennzahl", "day_before", "day"),
    [
        pytest.param("2024-08-31", "EQ_6", "2025-02-27", "2025-02-28", id="31 Aug + 6"),
        pytest.param("2023-08-31", "EQ_6", "2024-02-28", "2024-02-29", id="31 Aug + 6, leap year"),
        pytest.param("2024-01-31", "EQ_1", "2024-02-28", "2024-02-29", id="31 Jan + 1"),
        pytest.param("2024-02-29", "EQ_12", "2025-02-27", "2025-02-28", id="leap day + 12"),
        pytest.param("2024-02-29", "EQ_1", "2024-03-28", "2024-03-29", id="leap day + 1"),
        pytest.param("2024-08-31", "EQ_18", "2026-02-27", "2026-02-28", id="31 Aug + 18"),
        pytest.param("2024-11-30", "EQ_3", "2025-02-27", "2025-02-28", id="30 Nov + 3"),
        pytest.param("2024-05-31", "EQ_9", "2025-02-27", "2025-02-28", id="31 May + 9"),
    ],
)
def test_the_day_is_clipped_to_the_last_of_a_shorter_month(
    spec: Spec, austritt: str, kennzahl: str, day_before: str, day: str
) -> None:
    rows = f"select * from core_austritt_beschaeftigt where kennzahl = '{kennzahl}'"
    spec.check(
        "core_austritt_beschaeftigt",
        ("of_kennzahl", rows),
        core_austritt=f"""
            teilnahme_id | person_nr | austritt
            a            | 1         | {austritt}
            b            | 2         | {austritt}
        """,
        core_beschaeftigung=f"""
            person_nr | beginn     | ende
            1         | 2024-01-01 | {day_before}
            2         | 2024-01-01 | {day}
        """,
        expected="teilnahme_id\nb",
    )


def test_each_of_the_six_intervals_has_a_day_of_its_own(spec: Spec) -> None:
    spec.check(
        "core_austritt_beschaeftigt",
        core_austritt=LEFT,
        core_beschaeftigung="""
            person_nr | beginn     | ende
            1         | 2024-02-10 | 2024-04-10
            1         | 2024-11-01 | 2025-01-09
            1         | 2025-07-10 |
        """,
        expected="""
            kennzahl | teilnahme_id
            EQ_1     | a
            EQ_18    | a
            EQ_3     | a
        """,
    )


@pytest.mark.parametrize(
    ("art", "ausbildung_zaehlt", "employed"),
    [
        ("sv", "true", True),
        ("sv", "false", True),
        ("ausbildung", "true", True),
        ("ausbildung", "false", False),
        ("selbstaendig", "true", False),
        ("geringfuegig", "true", False),
        ("oeffentlich_gefoerdert", "true", False),
    ],
)
def test_insured_work_counts_training_by_its_rule_and_nothing_else(
    spec: Spec, art: str, ausbildung_zaehlt: str, employed: bool
) -> None:
    spec.check(
        "core_austritt_beschaeftigt",
        ("eq_6", EQ_6),
        core_austritt=f"""
            teilnahme_id | person_nr | austritt   | ausbildung_zaehlt
            a            | 1         | 2024-01-10 | {ausbildung_zaehlt}
        """,
        core_beschaeftigung=f"person_nr | beginn | art\n1 | 2024-07-01 | {art}",
        expected=EMPLOYED if employed else NOT_EMPLOYED,
    )


def test_when_the_work_was_recorded_does_not_matter(spec: Spec) -> None:
    spec.check(
        "core_austritt_beschaeftigt",
        ("eq_6", EQ_6),
        core_austritt=LEFT,
        core_beschaeftigung="person_nr | beginn | erfasst_am\n1 | 2024-07-01 | 2029-01-01",
        expected=EMPLOYED,
    )


def test_several_jobs_on_the_day_are_one_success_and_those_of_others_none(spec: Spec) -> None:
    spec.check(
        "core_austritt_beschaeftigt",
        ("eq_6", EQ_6),
        core_austritt="""
            teilnahme_id | person_nr | austritt
            a            | 1         | 2024-01-10
            b            | 1         | 2024-01-10
            c            | 2         | 2024-01-10
        """,
        core_beschaeftigung="""
            person_nr | beginn     | art
            1         | 2024-07-01 | sv
            1         | 2024-07-02 | sv
            1         | 2024-07-03 | ausbildung
        """,
        expected="teilnahme_id\na\nb",
    )
