"""The oracle's own boundaries, so that a mistake in it is not taken for one in the SQL."""

from datetime import date
from pathlib import Path

import pytest

from tests.oracle.calendar_days import add_months, months_reached
from tests.oracle.drawing import write_delivery
from tests.oracle.features import age_class, child_under_3, duration_class
from tests.oracle.quotas import published_sex
from tests.oracle.result import compute
from tests.oracle.rules import DEFAULT_RULES, Rules

HEADER = "beschaeftigung_id | person_id | beginn | ende | art | arbeitgeber_id | erfasst_am\n"


def integrated_months(
    folder: Path, starts: str, stock: str = "15.01 15.02 15.03", rules: Rules = DEFAULT_RULES
) -> list[int]:
    """The Berichtsmonate of 2024 in which A is integrated. B is in stock at every Stichtag."""
    days = ["2024-01-15", "2024-02-15", "2024-03-15", "2024-04-15"]
    kept = {f"2024-{day[3:]}-{day[:2]}" for day in stock.split()}
    rows = [f"A | {day} | w" for day in days if day in kept] + [f"B | {day} | w" for day in days]
    write_delivery(
        folder / "lieferung",
        "2024-12-31",
        bestand="person_id | stichtag | geschlecht\n" + "\n".join(rows),
        beschaeftigungen=HEADER + starts,
    )
    result = compute(folder, rules=rules)
    return [row.month - 12 * 2024 + 1 for row in result.months if row.integrated]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2024-01-15", []),  # on the first Stichtag
        ("2024-01-16", [2]),
        ("2024-02-15", [2]),
        ("2024-02-16", [3]),
        ("2024-04-15", [4]),
        ("2024-04-16", []),  # after the last Stichtag
    ],
)
def test_a_start_belongs_to_the_window_that_ends_at_its_stichtag(
    tmp_path: Path, start: str, expected: list[int]
) -> None:
    assert integrated_months(tmp_path, f"1 | A | {start} | | sv | | ") == expected


@pytest.mark.parametrize(
    ("stock", "start", "expected"),
    [
        ("15.02 15.03", "2024-02-15", [3]),  # entrant: the month of entry is searched
        ("15.02 15.03", "2024-01-16", [3]),
        ("15.02 15.03", "2024-01-15", []),  # before that window
        ("15.01 15.02 15.03", "2024-02-15", [2]),  # not an entrant
        ("15.01", "2024-01-10", []),  # S(m-2) is not in the data
        ("15.01 15.03", "2024-03-01", [4]),  # a return is an entry
    ],
)
def test_an_entrant_has_a_second_window(
    tmp_path: Path, stock: str, start: str, expected: list[int]
) -> None:
    assert integrated_months(tmp_path, f"1 | A | {start} | | sv | | ", stock) == expected


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [("2024-06-14", [3]), ("2024-06-15", [3]), ("2024-06-16", []), ("", [3])],
)
def test_the_wartezeit_ends_three_months_after_the_stichtag(
    tmp_path: Path, recorded: str, expected: list[int]
) -> None:
    assert integrated_months(tmp_path, f"1 | A | 2024-03-01 | | sv | | {recorded}") == expected


@pytest.mark.parametrize(
    ("ende", "employer", "art", "expected"),
    [
        ("2024-02-29", "x", "sv", []),  # the day before
        ("2024-02-28", "x", "sv", [3]),  # a day without work
        ("2024-03-01", "x", "sv", []),  # overlapping
        ("", "x", "ausbildung", []),  # still running
        ("2024-02-29", "y", "sv", [3]),  # another employer
        ("2024-02-29", "", "sv", [3]),  # an employer nobody knows
        ("2024-02-29", "x", "geringfuegig", [3]),  # a Minijob is no predecessor
    ],
)
def test_the_same_job_going_on_is_no_start(
    tmp_path: Path, ende: str, employer: str, art: str, expected: list[int]
) -> None:
    starts = (
        f"1 | A | 2023-06-01 | {ende} | {art} | {employer} | \n2 | A | 2024-03-01 | | sv | x | "
    )
    assert integrated_months(tmp_path, starts) == expected


def test_two_contracts_of_one_day_do_not_precede_each_other(tmp_path: Path) -> None:
    starts = "1 | A | 2024-03-01 | | sv | x | \n2 | A | 2024-03-01 | | sv | x | "
    assert integrated_months(tmp_path, starts) == [3]


def test_the_switches_turn_the_rules_off(tmp_path: Path) -> None:
    moved = "1 | A | 2023-06-01 | 2024-02-29 | sv | y | \n2 | A | 2024-03-01 | | sv | x | "
    stayed = moved.replace("y", "x")
    no_moves = DEFAULT_RULES.with_values(arbeitgeberwechsel_zaehlt=False)
    contracts = DEFAULT_RULES.with_values(weiterbeschaeftigung_zaehlt=True)
    one_window = DEFAULT_RULES.with_values(zugangsfenster=False)
    assert integrated_months(tmp_path / "1", moved, rules=no_moves) == []
    assert integrated_months(tmp_path / "2", stayed, rules=contracts) == [3]
    entry = "1 | A | 2024-02-10 | | sv | | "
    assert integrated_months(tmp_path / "3", entry, "15.02 15.03", one_window) == []


def test_months_are_added_with_clipping_and_reached_accordingly() -> None:
    assert add_months(date(2023, 1, 31), 1) == date(2023, 2, 28)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 11, 30), 3) == date(2025, 2, 28)
    assert months_reached(date(2024, 1, 31), date(2024, 2, 28)) == 0
    assert months_reached(date(2024, 1, 31), date(2024, 2, 29)) == 1


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (date(2024, 3, 16), "unbekannt"),
        (date(2024, 3, 15), "unter_3_monate"),
        (date(2023, 12, 16), "unter_3_monate"),
        (date(2023, 12, 15), "3_bis_unter_6_monate"),
        (date(2020, 3, 16), "3_bis_unter_4_jahre"),
        (date(2020, 3, 15), "4_jahre_und_mehr"),
        (None, "unbekannt"),
    ],
)
def test_the_duration_class_changes_on_the_day_its_months_are_reached(
    since: date | None, expected: str
) -> None:
    assert duration_class(since, date(2024, 3, 15)) == expected


def test_age_and_child_classes() -> None:
    day = date(2024, 3, 15)
    ages = [age_class(2024 - age, day) for age in (24, 25, 54, 55)]
    assert ages == ["unter_25", "25_bis_unter_35", "45_bis_unter_55", "55_und_mehr"]
    assert [child_under_3(age, None) for age in (2, 3, None)] == ["ja", "nein", "unbekannt"]
    assert child_under_3(None, "alleinstehend") == "nein"
    assert child_under_3(None, "paar_mit_kind") == "unbekannt"


def test_the_published_sex_follows_the_first_byte_of_sha_256() -> None:
    assert published_sex("A", "d") == "m"  # the hash begins with hexadecimal 55
    assert published_sex("a", "u") == "w"  # the hash begins with hexadecimal ca
    assert published_sex("A", "w") == "w"
