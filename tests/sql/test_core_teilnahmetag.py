"""Who is in a measure at a Stichtag (docs/methodik/fq.md)."""

import pytest

from tests.sql.running import Spec

STICHTAGE = "2024-01-15 2024-02-15 2024-03-15"


@pytest.mark.parametrize(
    ("eintritt", "austritt", "months"),
    [
        pytest.param("2024-02-14", "", [24289, 24290], id="entered the day before"),
        pytest.param("2024-02-15", "", [24289, 24290], id="entered on the day"),
        pytest.param("2024-02-16", "", [24290], id="entered the day after"),
        pytest.param("2023-06-01", "2024-02-14", [24288], id="left the day before"),
        pytest.param("2023-06-01", "2024-02-15", [24288, 24289], id="left on the day"),
        pytest.param("2023-06-01", "2024-02-16", [24288, 24289], id="left the day after"),
        pytest.param("2024-02-15", "2024-02-15", [24289], id="that day only"),
        pytest.param("2024-01-16", "2024-02-14", [], id="between two Stichtage"),
        pytest.param("2024-02-16", "2024-02-14", [], id="left before the entry"),
    ],
)
def test_a_participation_runs_from_its_entry_to_its_last_day_both_included(
    spec: Spec, eintritt: str, austritt: str, months: list[int]
) -> None:
    spec.check(
        "core_teilnahmetag",
        stichtage=STICHTAGE,
        core_massnahmenteilnahme=f"person_nr | eintritt | austritt\n1 | {eintritt} | {austritt}",
        expected="\n".join(["monat_nr", *map(str, months)]),
    )


def test_a_person_need_not_be_in_stock(spec: Spec) -> None:
    spec.check(
        "core_teilnahmetag",
        stichtage="2024-01-15",
        core_bestand="person_nr | stichtag\n2 | 2024-01-15",
        core_massnahmenteilnahme="person_nr | eintritt\n1 | 2024-01-15",
        expected="monat_nr | person_nr\n24288 | 1",
    )


def test_every_participation_has_its_own_row_with_its_sex_and_measure(spec: Spec) -> None:
    spec.check(
        "core_teilnahmetag",
        stichtage="2024-01-15",
        core_massnahmenteilnahme="""
            teilnahme_id | person_nr | eintritt   | geschlecht | instrument | massnahme
            a            | 1         | 2024-01-15 | w          | FBW        | weiterbildung
            b            | 1         | 2024-01-01 | m          | MAT        | aktivierung
        """,
        expected="""
            teilnahme_id | person_nr | geschlecht | instrument | massnahme
            a            | 1         | w          | FBW        | weiterbildung
            b            | 1         | m          | MAT        | aktivierung
        """,
    )
