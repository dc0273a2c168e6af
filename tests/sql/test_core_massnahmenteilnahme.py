"""Participations with a duration, and the sex of the participant (docs/methodik/eq.md)."""

import pytest

from tests.sql.running import Spec, persons


@pytest.mark.parametrize(
    ("eintritt", "geschlecht"),
    [
        pytest.param("2024-01-14", "w", id="before the first Stichtag: the first one after it"),
        pytest.param("2024-01-15", "w", id="on the first Stichtag"),
        pytest.param("2024-02-14", "w", id="the day before the second"),
        pytest.param("2024-02-15", "m", id="on the second"),
        pytest.param("2024-02-16", "m", id="the day after the second"),
        pytest.param("2024-12-31", "d", id="long after the last"),
    ],
)
def test_the_sex_is_that_of_the_last_stichtag_on_or_before_the_entry_else_of_the_first_after(
    spec: Spec, eintritt: str, geschlecht: str
) -> None:
    spec.check(
        "core_massnahmenteilnahme",
        core_person=persons(1),
        core_bestand="""
            person_nr | stichtag   | geschlecht
            1         | 2024-03-15 | d
            1         | 2024-01-15 | w
            1         | 2024-02-15 | m
            2         | 2023-01-15 | u
        """,
        core_teilnahme=f"person_nr | eintritt\n1 | {eintritt}",
        expected=f"eintritt | geschlecht\n{eintritt} | {geschlecht}",
    )


def test_d_o_and_u_are_published_as_assigned_and_w_and_m_as_delivered(spec: Spec) -> None:
    spec.check(
        "core_massnahmenteilnahme",
        core_person="""
            person_nr | geschlecht_zugeordnet
            1         | m
            2         | w
            3         | w
            4         | m
            5         | w
        """,
        core_bestand="""
            person_nr | stichtag   | geschlecht
            1         | 2024-01-15 | w
            2         | 2024-01-15 | m
            3         | 2024-01-15 | d
            4         | 2024-01-15 | o
            5         | 2024-01-15 | u
        """,
        core_teilnahme="""
            person_nr | eintritt
            1         | 2024-02-01
            2         | 2024-02-01
            3         | 2024-02-01
            4         | 2024-02-01
            5         | 2024-02-01
        """,
        expected="""
            person_nr | geschlecht | geschlecht_veroeffentlicht
            1         | w          | w
            2         | m          | m
            3         | d          | w
            4         | o          | m
            5         | u          | w
        """,
    )


def test_each_participation_of_a_person_has_a_sex_of_its_own(spec: Spec) -> None:
    spec.check(
        "core_massnahmenteilnahme",
        core_person="person_nr | geschlecht_zugeordnet\n1 | m",
        core_bestand="""
            person_nr | stichtag   | geschlecht
            1         | 2024-01-15 | w
            1         | 2024-02-15 | d
        """,
        core_teilnahme="""
            teilnahme_id | person_nr | eintritt
            a            | 1         | 2024-02-01
            b            | 1         | 2024-03-01
        """,
        expected="""
            teilnahme_id | geschlecht | geschlecht_veroeffentlicht
            a            | w          | w
            b            | d          | m
        """,
    )


def test_one_off_benefits_have_no_duration_and_are_left_out(spec: Spec) -> None:
    spec.check(
        "core_massnahmenteilnahme",
        core_person=persons(1),
        core_bestand="person_nr | stichtag\n1 | 2024-01-15",
        core_teilnahme="""
            person_nr | eintritt   | instrument
            1         | 2024-02-01 | VB
            1         | 2024-02-02 | FBW
            1         | 2024-02-03 | P16A
        """,
        expected="""
            eintritt   | instrument | massnahme
            2024-02-02 | FBW        | weiterbildung
            2024-02-03 | P16A       | kommunal
        """,
    )


def test_a_measure_or_provider_that_is_not_delivered_is_unknown(spec: Spec) -> None:
    spec.check(
        "core_massnahmenteilnahme",
        core_person=persons(1),
        core_bestand="person_nr | stichtag\n1 | 2024-01-15",
        core_teilnahme="""
            teilnahme_id | person_nr | eintritt   | massnahme_id | traeger_id
            a            | 1         | 2024-02-01 | K7           | Nord
            b            | 1         | 2024-02-01 |              | Nord
            c            | 1         | 2024-02-01 | K7           |
        """,
        expected="""
            teilnahme_id | massnahme_id | traeger_id
            a            | K7           | Nord
            b            | unbekannt    | Nord
            c            | K7           | unbekannt
        """,
    )


def test_running_and_ended_participations_both_have_a_row(spec: Spec) -> None:
    spec.check(
        "core_massnahmenteilnahme",
        core_person=persons(1, 2),
        core_bestand="person_nr | stichtag\n1 | 2024-01-15\n2 | 2024-01-15",
        core_teilnahme="""
            teilnahme_id | person_nr | eintritt   | austritt
            c            | 2         | 2024-01-01 |
            b            | 1         | 2024-02-01 | 2024-02-29
            a            | 1         | 2024-02-01 | 2024-01-31
        """,
        ordered=True,
        expected="""
            teilnahme_id | eintritt   | austritt
            a            | 2024-02-01 | 2024-01-31
            b            | 2024-02-01 | 2024-02-29
            c            | 2024-01-01 |
        """,
    )


def test_who_is_no_person_of_the_merged_stock_has_no_participations(spec: Spec) -> None:
    spec.check(
        "core_massnahmenteilnahme",
        core_person=persons(1),
        core_bestand="person_nr | stichtag\n1 | 2024-01-15\n2 | 2024-01-15",
        core_teilnahme="person_nr | eintritt\n1 | 2024-01-15\n2 | 2024-01-15",
        expected="person_nr\n1",
    )
