"""Which participations are a row of core_massnahme, and from when to when it can be the measure."""

from tests.sql.running import Spec


def test_a_measure_counts_from_the_first_stichtag_it_reaches(spec: Spec) -> None:
    spec.check(
        "core_massnahme",
        stichtage="2024-01-15 2024-02-15",
        core_teilnahme="""
            person_nr | eintritt   | austritt
            1         | 2024-01-15 | 2024-03-31
            2         | 2024-01-16 | 2024-03-31
            3         | 2024-02-15 |
        """,
        expected="""
            person_nr | von        | abgeloest_ab | ende
            1         | 2024-01-01 | 9999-12-31   | 2024-03-31
            2         | 2024-02-01 | 9999-12-31   | 2024-03-31
            3         | 2024-02-01 | 9999-12-31   | 9999-12-31
        """,
    )


def test_who_enters_after_the_last_stichtag_has_no_measure_yet(spec: Spec) -> None:
    spec.check(
        "core_massnahme",
        stichtage="2024-01-15",
        core_teilnahme="""
            person_nr | eintritt   | austritt
            1         | 2024-01-15 |
            2         | 2024-01-16 |
        """,
        expected="person_nr\n1",
    )


def test_a_measure_that_another_replaces_at_its_first_stichtag_is_never_the_one(
    spec: Spec,
) -> None:
    spec.check(
        "core_massnahme",
        stichtage="2024-01-15 2024-02-15 2024-03-15",
        core_teilnahme="""
            person_nr | teilnahme_id | eintritt   | austritt
            1         | a            | 2024-01-10 | 2024-04-30
            1         | b            | 2024-02-10 | 2024-05-31
            2         | a            | 2024-02-01 | 2024-04-30
            2         | b            | 2024-02-10 | 2024-05-31
            3         | a            | 2024-03-01 | 2024-04-30
            3         | b            | 2024-02-10 | 2024-05-31
        """,
        expected="""
            person_nr | teilnahme_id | von        | abgeloest_ab
            1         | a            | 2024-01-01 | 2024-02-01
            1         | b            | 2024-02-01 | 9999-12-31
            2         | b            | 2024-02-01 | 9999-12-31
            3         | b            | 2024-02-01 | 9999-12-31
        """,
    )
