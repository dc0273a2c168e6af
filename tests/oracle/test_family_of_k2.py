"""K2E1, K2E2, K2E4 and K3E1: the same person-months, other events or fewer rows.

January 2023 to January 2024 are thirteen Stichtage, so January 2024 is the one month with figures.
"""

from datetime import date
from pathlib import Path

import pytest

from tests.oracle.drawing import in_stock, write_delivery
from tests.oracle.quotas import Counts, Figure, Key
from tests.oracle.result import Expected, compute

MONTH = "2024-01"
JOBS = "beschaeftigung_id | person_id | beginn | ende | art | arbeitgeber_id | erfasst_am\n"


def run(raw: Path, stock: str, jobs: str, datenstand: str = "2024-04-15") -> Expected:
    write_delivery(raw / "l", datenstand, bestand=stock, beschaeftigungen=JOBS + jobs)
    return compute(raw)


def total(result: Expected, kennzahl: str, sex: str = "insgesamt") -> Figure | None:
    key = Key(kennzahl, MONTH, "insgesamt", "insgesamt", "", sex)
    return result.mart_quote.get(key)


def year_of(*persons: str) -> str:
    lines = (in_stock(person, "2023-01", "2024-01", "w") for person in persons)
    return "person_id | stichtag | geschlecht\n" + "".join(lines)


@pytest.mark.parametrize(
    ("kennzahl", "art"), [("K2E1", "geringfuegig"), ("K2E2", "oeffentlich_gefoerdert")]
)
def test_entries_count_once_a_month_in_time_and_also_when_the_job_goes_on(
    tmp_path: Path, kennzahl: str, art: str
) -> None:
    result = run(
        tmp_path,
        year_of("A", "B"),
        f"1 | A | 2023-03-01 | 2023-04-30 | {art} | x | \n"
        f"2 | A | 2023-03-10 |            | {art} | y | \n"  # the second one of March
        f"3 | A | 2023-05-01 |            | {art} | x | \n"  # goes on at the same employer
        f"4 | B | 2023-06-01 |            | {art} | z | 2023-09-15\n"  # on the last day of waiting
        f"5 | B | 2023-07-01 |            | {art} | z | 2023-10-16\n"  # one day after it
        "6 | B | 2023-09-01 |            | sv | z | ",
    )
    assert total(result, kennzahl, "w") == Figure(3, 24, 2.0, 150.0)
    assert total(result, "K2", "w") == Figure(1, 24, 2.0, 50.0)


def test_an_entrant_is_found_in_the_month_of_entry_too(tmp_path: Path) -> None:
    stock = year_of("A") + in_stock("B", "2023-03", "2023-12", "m")
    result = run(tmp_path, stock, "1 | B | 2023-03-01 | | geringfuegig | | ")
    assert total(result, "K2E1", "m") == Figure(1, 10, 10 / 12, 120.0)


def test_neither_moves_nor_continuations_are_asked_about(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        year_of("A"),
        "1 | A | 2022-01-01 | | sv | x | \n2 | A | 2023-03-01 | | oeffentlich_gefoerdert | x | ",
    )
    assert total(result, "K2E2") == Figure(1, 12, 1.0, 100.0)


def test_lone_parents_and_long_term_recipients_are_those_of_the_stichtag(tmp_path: Path) -> None:
    stock = (
        "person_id | stichtag | geschlecht | bg_typ | lzb\n"
        + in_stock("A", "2023-01", "2023-03", "w", "alleinerziehend", "nein")
        + in_stock("A", "2023-04", "2023-12", "w", "alleinstehend", "ja")
        + in_stock("B", "2023-01", "2024-01", "m", "alleinerziehend", "")
    )
    jobs = (
        "1 | A | 2023-04-15 | | sv | x | \n"  # booked to April, in stock in March
        "2 | A | 2023-04-16 | | sv | y | \n"  # booked to May, in stock in April
        "3 | B | 2023-05-01 | | ausbildung | z | "
    )
    result = run(tmp_path, stock, jobs)
    assert total(result, "K2E4") == Figure(2, 15, 1.25, 160.0)
    assert total(result, "K2E4", "w") == Figure(1, 3, 0.25, 400.0)
    assert total(result, "K3E1") == Figure(1, 9, 0.75, 1200 / 9)
    assert total(result, "K3E1", "m") == Figure(0, 0, 0.0, None)


def test_a_part_of_the_stock_nobody_delivers_has_no_rows(tmp_path: Path) -> None:
    kennzahlen = {key.kennzahl for key in run(tmp_path, year_of("A"), "").mart_quote}
    assert kennzahlen == {"K2", "P1", "K2_JFW", "K2E1", "K2E2"}


@pytest.mark.parametrize(("datenstand", "published"), [("2024-04-14", 0), ("2024-04-15", 1)])
def test_the_family_is_published_with_k2(tmp_path: Path, datenstand: str, published: int) -> None:
    result = run(tmp_path, year_of("A"), "", datenstand)
    assert result.merged.datenstand == date.fromisoformat(datenstand)
    assert len({key.berichtsmonat for key in result.mart_quote}) == published


def test_the_counts_for_publication_run_over_persons(tmp_path: Path) -> None:
    stock = year_of("A") + in_stock("B", "2023-01", "2023-02", "d")
    jobs = (
        "1 | A | 2023-03-01 | | geringfuegig | | \n"
        "2 | A | 2023-05-01 | | geringfuegig | | \n"
        "3 | B | 2023-02-15 | | geringfuegig | | "
    )
    result = run(tmp_path, stock, jobs)
    whole = result.mart_veroeffentlichung[
        Key("K2E1", MONTH, "insgesamt", "insgesamt", "", "insgesamt")
    ]
    # A: z = 2, b = 12; B: z = 1, b = 2.
    assert whole == Counts(3, 14, 14 / 12, 3600 / 14, 2, 2, 5, 26, 148)
