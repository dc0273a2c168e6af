"""Who a participant is, and how long a participation lasted."""

from datetime import date
from pathlib import Path

import pytest

from tests.oracle.drawing import in_stock, write_delivery
from tests.oracle.participations import lasting_participations, length_class
from tests.oracle.result import compute


@pytest.mark.parametrize(
    ("eintritt", "sex"),
    [
        pytest.param("2022-12-01", "m", id="before the first Stichtag"),
        pytest.param("2023-03-14", "m", id="the day before the change"),
        pytest.param("2023-03-15", "w", id="on the Stichtag of the change"),
        pytest.param("2023-08-01", "w", id="later, out of stock"),
    ],
)
def test_the_sex_is_that_of_the_last_stichtag_before_the_entry(
    tmp_path: Path, eintritt: str, sex: str
) -> None:
    stock = (
        in_stock("X", "2023-01", "2023-01", "o")
        + in_stock("A", "2023-02", "2023-02", "m")
        + in_stock("A", "2023-03", "2023-05", "w")
    )
    write_delivery(
        tmp_path / "l",
        "2024-06-30",
        bestand="person_id | stichtag | geschlecht\n" + stock,
        beschaeftigungen="beschaeftigung_id | person_id | beginn | art",
        teilnahmen="teilnahme_id | person_id | instrument | eintritt | austritt\n"
        f"1 | A | FBW | {eintritt} | 2023-08-31",
    )
    (one,) = lasting_participations(compute(tmp_path).merged)
    assert one.sex == sex


@pytest.mark.parametrize(
    ("eintritt", "austritt", "expected"),
    [
        ("2023-03-01", "2023-03-30", "unter_1_monat"),
        ("2023-03-01", "2023-03-31", "1_bis_unter_3_monate"),
        ("2023-01-31", "2023-02-26", "unter_1_monat"),
        ("2023-01-31", "2023-02-27", "1_bis_unter_3_monate"),  # the day after is 28 February
        ("2023-03-01", "2023-05-30", "1_bis_unter_3_monate"),
        ("2023-03-01", "2023-05-31", "3_bis_unter_6_monate"),
        ("2023-03-01", "2023-08-30", "3_bis_unter_6_monate"),
        ("2023-03-01", "2023-08-31", "6_bis_unter_12_monate"),
        ("2023-03-01", "2024-02-28", "6_bis_unter_12_monate"),
        ("2023-03-01", "2024-02-29", "12_monate_und_mehr"),
        ("2023-03-01", "2023-03-01", "unter_1_monat"),
        ("2023-03-01", "2023-01-01", "unter_1_monat"),  # left before it began
    ],
)
def test_the_length_is_that_of_first_and_last_day_together(
    eintritt: str, austritt: str, expected: str
) -> None:
    found = length_class(date.fromisoformat(eintritt), date.fromisoformat(austritt))
    assert found == expected
