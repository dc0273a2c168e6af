"""What became of an Integration: out of stock after three months (docs/methodik/m1.md)."""

import pytest

from tests.sql.running import Spec, persons

STICHTAGE = "2024-01-15 2024-02-15 2024-03-15 2024-04-15 2024-05-15"
STEPS = ("core_start", "core_personenmonat", "core_integration")
TAKE_UP = "person_nr | beginn\n1 | 2024-02-01"


@pytest.mark.parametrize(
    ("in_stock", "left"),
    [
        pytest.param([], "1", id="out of stock from the Berichtsmonat on"),
        pytest.param(["2024-02-15", "2024-03-15", "2024-04-15"], "1", id="out in the third month"),
        pytest.param(["2024-05-15"], "0", id="back in the third month"),
        pytest.param(["2024-02-15", "2024-03-15", "2024-04-15", "2024-05-15"], "0", id="never out"),
    ],
)
def test_who_is_not_in_stock_three_months_after_the_berichtsmonat_has_left(
    spec: Spec, in_stock: list[str], left: str
) -> None:
    days = "\n".join(f"1 | {day}" for day in in_stock)
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        core_person=persons(1, 2),
        core_bestand=f"person_nr | stichtag\n1 | 2024-01-15\n2 | 2024-05-15\n{days}",
        core_beschaeftigung=TAKE_UP,
        expected=f"berichtsmonat | bestand_verlassen\n2024-02 | {left}",
    )


@pytest.mark.parametrize(
    ("stichtage", "left"),
    [
        pytest.param("2024-01-15 2024-02-15 2024-03-15 2024-04-15", "", id="not yet"),
        pytest.param("2024-01-15 2024-02-15 2024-03-15 2024-04-15 2024-06-15", "", id="a gap"),
        pytest.param("2024-01-15 2024-02-15 2024-05-15", "1", id="a gap before it"),
    ],
)
def test_without_the_stichtag_three_months_later_nothing_is_known(
    spec: Spec, stichtage: str, left: str
) -> None:
    spec.check(
        *STEPS,
        stichtage=stichtage,
        core_person=persons(1),
        core_bestand="person_nr | stichtag\n1 | 2024-01-15",
        core_beschaeftigung=TAKE_UP,
        expected=f"berichtsmonat | bestand_verlassen\n2024-02 | {left}",
    )


@pytest.mark.parametrize("art", ["sv", "ausbildung", "selbstaendig"])
def test_every_integration_enters_whatever_its_kind_of_work(spec: Spec, art: str) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        core_person=persons(1),
        core_bestand="person_nr | stichtag\n1 | 2024-01-15",
        core_beschaeftigung=f"person_nr | beginn | art\n1 | 2024-02-01 | {art}",
        expected="berichtsmonat | bestand_verlassen\n2024-02 | 1",
    )


def test_each_integration_of_a_person_looks_at_its_own_month(spec: Spec) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE + " 2024-06-15",
        core_person=persons(1),
        core_bestand="""
            person_nr | stichtag
            1         | 2024-01-15
            1         | 2024-02-15
            1         | 2024-05-15
        """,
        core_beschaeftigung="person_nr | beginn\n1 | 2024-02-01\n1 | 2024-03-01",
        expected="""
            berichtsmonat | bestand_verlassen
            2024-02       | 0
            2024-03       | 1
        """,
    )


def test_an_entrant_is_looked_for_three_months_after_the_month_in_which_he_is_booked(
    spec: Spec,
) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE + " 2024-06-15",
        core_person=persons(1),
        core_bestand="person_nr | stichtag\n1 | 2024-02-15\n1 | 2024-05-15",
        core_beschaeftigung=TAKE_UP,
        expected="berichtsmonat | bestand_verlassen\n2024-03 | 1",
    )
