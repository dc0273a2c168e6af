"""What became of an Integration: employed for six months (docs/methodik/k2e3.md)."""

from typing import Any

import pytest

from tests.sql.running import Spec, persons

STICHTAGE = "2024-01-15 2024-02-15 2024-03-15 2024-04-15 2024-05-15 2024-06-15"
STEPS = ("core_start", "core_personenmonat", "core_integration")

# In stock at the Stichtag before the take-ups, so that they are booked to February.
ONE_PERSON: dict[str, Any] = {
    "core_person": persons(1),
    "core_bestand": "person_nr | stichtag\n1 | 2024-01-15",
}


@pytest.mark.parametrize(
    ("art", "kontinuierlich"), [("sv", "1"), ("ausbildung", ""), ("selbstaendig", "")]
)
def test_an_integration_that_begins_with_another_kind_of_work_does_not_enter(
    spec: Spec, art: str, kontinuierlich: str
) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        **ONE_PERSON,
        core_beschaeftigung=f"person_nr | beginn | art\n1 | 2024-02-01 | {art}",
        expected=f"berichtsmonat | art | kontinuierlich\n2024-02 | {art} | {kontinuierlich}",
    )


@pytest.mark.parametrize("art", ["geringfuegig", "oeffentlich_gefoerdert"])
def test_an_entry_into_other_work_is_no_integration(spec: Spec, art: str) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        **ONE_PERSON,
        core_beschaeftigung=f"person_nr | beginn | art\n1 | 2024-02-01 | {art}",
        expected="berichtsmonat | art",
    )


@pytest.mark.parametrize("month", [f"2024-{number:02d}" for number in range(3, 9)])
@pytest.mark.parametrize(("ende", "kontinuierlich"), [("09", "0"), ("10", "1")])
def test_on_each_of_six_days_a_month_apart_the_person_must_be_employed(
    spec: Spec, month: str, ende: str, kontinuierlich: str
) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        **ONE_PERSON,
        core_beschaeftigung=f"""
            person_nr | beginn     | ende
            1         | 2024-02-10 | {month}-{ende}
            1         | {month}-11 |
        """,
        expected=f"beginn | kontinuierlich\n2024-02-10 | {kontinuierlich}",
    )


@pytest.mark.parametrize(
    ("ende", "kontinuierlich"),
    [
        pytest.param("2024-08-09", "0", id="the day before six months"),
        pytest.param("2024-08-10", "1", id="six months"),
        pytest.param("2024-08-11", "1", id="the day after six months"),
        pytest.param("", "1", id="still open"),
    ],
)
def test_a_job_of_six_months_to_the_day_is_continuous(
    spec: Spec, ende: str, kontinuierlich: str
) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        **ONE_PERSON,
        core_beschaeftigung=f"person_nr | beginn | ende\n1 | 2024-02-10 | {ende}",
        expected=f"beginn | kontinuierlich\n2024-02-10 | {kontinuierlich}",
    )


@pytest.mark.parametrize(
    ("beginn", "ende", "art", "kontinuierlich"),
    [
        pytest.param("2024-05-10", "", "sv", "1", id="from the third day on"),
        pytest.param("2024-05-11", "", "sv", "0", id="a day too late"),
        pytest.param("2024-02-12", "2024-12-31", "sv", "1", id="begun long before"),
        pytest.param("2024-05-10", "2024-08-10", "sv", "1", id="until the last day"),
        pytest.param("2024-05-10", "2024-08-09", "sv", "0", id="not on the last day"),
        pytest.param("2024-05-10", "", "ausbildung", "0", id="training"),
        pytest.param("2024-05-10", "", "selbstaendig", "0", id="self-employment"),
        pytest.param("2024-05-10", "", "geringfuegig", "0", id="marginal"),
        pytest.param("2024-05-10", "", "oeffentlich_gefoerdert", "0", id="publicly funded"),
    ],
)
def test_another_insured_job_may_go_on_where_the_first_has_ended(
    spec: Spec, beginn: str, ende: str, art: str, kontinuierlich: str
) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        **ONE_PERSON,
        core_beschaeftigung=f"""
            person_nr | beginn     | ende       | art
            1         | 2024-02-10 | 2024-05-09 | sv
            1         | {beginn}   | {ende}     | {art}
            2         | 2024-01-01 |            | sv
        """,
        expected=f"beginn | kontinuierlich\n2024-02-10 | {kontinuierlich}",
    )


def test_a_job_may_go_on_that_the_rules_of_k2_do_not_count(spec: Spec) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        **ONE_PERSON,
        core_beschaeftigung="""
            person_nr | beginn     | ende       | arbeitgeber_id | erfasst_am
            1         | 2024-02-10 | 2024-03-09 | X              |
            1         | 2024-03-10 | 2024-05-09 | X              |
            1         | 2024-05-10 |            | X              | 2025-12-31
        """,
        expected="beginn | kontinuierlich\n2024-02-10 | 1",
    )


@pytest.mark.parametrize(
    ("beginn", "ende", "kontinuierlich"),
    [
        pytest.param("2022-08-31", "2023-02-27", "0", id="28 February: the day before"),
        pytest.param("2022-08-31", "2023-02-28", "1", id="28 February"),
        pytest.param("2023-08-31", "2024-02-28", "0", id="29 February: the day before"),
        pytest.param("2023-08-31", "2024-02-29", "1", id="29 February"),
        pytest.param("2023-08-29", "2024-02-29", "1", id="29 August to the leap day"),
        pytest.param("2022-08-29", "2023-02-28", "1", id="29 August, no leap year"),
        pytest.param("2024-02-29", "2024-08-28", "0", id="from the leap day: the day before"),
        pytest.param("2024-02-29", "2024-08-29", "1", id="from the leap day"),
    ],
)
def test_months_end_on_the_last_day_where_the_day_does_not_exist(
    spec: Spec, beginn: str, ende: str, kontinuierlich: str
) -> None:
    spec.check(
        *STEPS,
        stichtage="2022-08-15 2022-09-15 2023-08-15 2023-09-15 2024-02-15 2024-03-15",
        core_person=persons(1),
        core_bestand="""
            person_nr | stichtag
            1         | 2022-08-15
            1         | 2023-08-15
            1         | 2024-02-15
        """,
        core_beschaeftigung=f"person_nr | beginn | ende\n1 | {beginn} | {ende}",
        expected=f"beginn | kontinuierlich\n{beginn} | {kontinuierlich}",
    )


def test_the_earliest_start_of_the_month_decides(spec: Spec) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        core_person=persons(1, 2),
        core_bestand="person_nr | stichtag\n1 | 2024-01-15\n2 | 2024-01-15",
        core_beschaeftigung="""
            person_nr | beginn     | ende       | art
            1         | 2024-02-10 | 2024-08-05 | sv
            1         | 2024-02-02 | 2024-02-02 | sv
            2         | 2024-02-10 |            | sv
            2         | 2024-02-02 | 2024-02-02 | selbstaendig
        """,
        expected="""
            person_nr | beginn     | art          | kontinuierlich
            1         | 2024-02-02 | sv           | 1
            2         | 2024-02-02 | selbstaendig |
        """,
    )


def test_of_starts_on_one_day_the_one_with_the_smaller_id_decides_byte_by_byte(
    spec: Spec,
) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        core_person=persons(1, 2, 3),
        core_bestand="person_nr|stichtag\n1|2024-01-15\n2|2024-01-15\n3|2024-01-15",
        core_beschaeftigung="""
            beschaeftigung_id | person_nr | beginn     | art
            10                | 1         | 2024-02-01 | sv
            9                 | 1         | 2024-02-01 | ausbildung
            a                 | 2         | 2024-02-01 | sv
            Z                 | 2         | 2024-02-01 | ausbildung
            ä                 | 3         | 2024-02-01 | sv
            z                 | 3         | 2024-02-01 | ausbildung
        """,
        expected="""
            person_nr | art        | kontinuierlich
            1         | sv         | 1
            2         | ausbildung |
            3         | ausbildung |
        """,
    )


def test_a_start_that_the_rules_leave_out_decides_nothing(spec: Spec) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        core_person=persons(1, 2),
        core_bestand="person_nr | stichtag\n1 | 2024-01-15\n2 | 2024-01-15",
        core_beschaeftigung="""
            person_nr | beginn     | art          | arbeitgeber_id | erfasst_am
            1         | 2024-01-20 | ausbildung   |                | 2024-12-31
            1         | 2024-02-10 | sv           |                |
            2         | 2024-01-01 | sv           | X              |
            2         | 2024-01-20 | selbstaendig | X              |
            2         | 2024-02-10 | sv           | Y              |
        """,
        expected="""
            person_nr | beginn     | kontinuierlich
            1         | 2024-02-10 | 1
            2         | 2024-02-10 | 1
        """,
    )


def test_the_earliest_start_of_an_entrant_may_lie_in_the_second_window(spec: Spec) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        core_person=persons(1),
        core_bestand="person_nr | stichtag\n1 | 2024-02-15",
        core_beschaeftigung="""
            person_nr | beginn     | ende       | art
            1         | 2024-01-16 | 2024-01-31 | sv
            1         | 2024-02-20 |            | sv
        """,
        expected="""
            berichtsmonat | beginn     | kontinuierlich
            2024-03       | 2024-01-16 | 0
        """,
    )


def test_each_month_with_an_integration_has_a_row_with_the_sex_of_its_stichtag(
    spec: Spec,
) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        core_person="person_nr | geschlecht_zugeordnet\n1 | m",
        core_bestand="""
            person_nr | stichtag   | geschlecht
            1         | 2024-01-15 | w
            1         | 2024-02-15 | d
            1         | 2024-03-15 | m
        """,
        core_beschaeftigung="person_nr | beginn\n1 | 2024-02-01\n1 | 2024-03-01",
        expected="""
            berichtsmonat | monat_nr | geschlecht | geschlecht_veroeffentlicht
            2024-02       | 24289    | w          | w
            2024-03       | 24290    | d          | m
        """,
    )


def test_an_integration_whose_berichtsmonat_has_no_stichtag_does_not_enter(spec: Spec) -> None:
    spec.check(
        "core_integration",
        stichtage="2024-01-15 2024-02-15",
        core_personenmonat="""
            person_nr | stichtag   | berichtsmonat | integriert
            1         | 2024-01-15 | 2024-02       | 1
            1         | 2024-02-15 | 2024-03       | 1
        """,
        core_start="""
            kennzahl | person_nr | monat      | beginn
            K2       | 1         | 2024-01-01 | 2024-01-20
            K2       | 1         | 2024-02-01 | 2024-02-20
        """,
        expected="berichtsmonat | monat_nr\n2024-02 | 24289",
    )
