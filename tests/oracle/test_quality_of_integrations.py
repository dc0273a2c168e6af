"""K2E3 and M1: what became of the Integrationen.

A is in stock from January 2023 to the month a test says, X at every Stichtag of the run, so that
the Stichtage exist. X never works.
"""

from pathlib import Path

import pytest

from tests.oracle.drawing import in_stock, write_delivery
from tests.oracle.quotas import Counts, Figure, Key
from tests.oracle.result import Expected, compute

STOCK = "person_id | stichtag | geschlecht\n"
JOBS = "beschaeftigung_id | person_id | beginn | ende | art | arbeitgeber_id\n"
NONE = Figure(0, None, 0.0, None)
FAILED = Figure(0, None, 1.0, 0.0)
REACHED = Figure(1, None, 1.0, 100.0)


def run(
    raw: Path, jobs: str, stock: str = "", datenstand: str = "2024-12-31", last: str = "2024-04"
) -> Expected:
    lines = STOCK + in_stock("X", "2023-01", last, "m")
    lines += stock or in_stock("A", "2023-01", last, "w")
    write_delivery(raw / "l", datenstand, bestand=lines, beschaeftigungen=JOBS + jobs)
    return compute(raw)


def women(result: Expected, kennzahl: str, month: str = "2024-01") -> Figure | None:
    return result.mart_quote.get(Key(kennzahl, month, "insgesamt", "insgesamt", "", "w"))


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        pytest.param("1|A|2023-03-01||sv|", REACHED, id="still running"),
        pytest.param("1|A|2023-03-01|2023-09-01|sv|", REACHED, id="to the sixth day"),
        pytest.param("1|A|2023-03-01|2023-08-31|sv|", FAILED, id="to the day before it"),
        pytest.param(  # the second job is an Integration of its own, and lasts
            "1|A|2023-03-01|2023-05-02|sv|x\n2|A|2023-06-01||sv|y",
            Figure(2, None, 2.0, 100.0),
            id="a gap between days",
        ),
        pytest.param(
            "1|A|2023-03-01|2023-05-02|sv|x\n2|A|2023-06-02||sv|y",
            Figure(1, None, 2.0, 50.0),
            id="a gap on a day",
        ),
        pytest.param(
            "1|A|2023-03-01|2023-05-02|sv|x\n2|A|2023-05-03||ausbildung|y",
            FAILED,
            id="training is no sv employment",
        ),
        pytest.param("1|A|2023-08-31|2024-02-29|sv|", REACHED, id="to the clipped day"),
        pytest.param("1|A|2023-08-31|2024-02-28|sv|", FAILED, id="to the day before that"),
        pytest.param(
            "1|A|2022-12-01||sv|x\n2|A|2023-03-01|2023-03-02|sv|y",
            REACHED,
            id="an older job is employment too",
        ),
        pytest.param("1|A|2023-03-01||ausbildung|", NONE, id="training does not enter"),
        pytest.param("1|A|2023-03-01||selbstaendig|", NONE, id="nor does self-employment"),
        pytest.param(
            "1|A|2023-03-02||sv|x\n2|A|2023-03-01||ausbildung|y",
            NONE,
            id="the earlier start of the month decides",
        ),
        pytest.param(
            "9|A|2023-03-01||ausbildung|x\n10|A|2023-03-01||sv|y",
            REACHED,
            id="on one day the bytewise smaller id",
        ),
        pytest.param(
            "1|A|2023-03-01|2023-03-05|sv|x\n2|A|2023-03-06||sv|y",
            REACHED,
            id="employed elsewhere after the start",
        ),
        pytest.param(
            "1|A|2022-06-01|2023-02-28|sv|x\n2|A|2023-03-01||sv|x\n3|A|2023-03-10||ausbildung|y",
            NONE,
            id="a continuation is no start, so the later one decides",
        ),
    ],
)
def test_k2e3_asks_on_six_days(tmp_path: Path, jobs: str, expected: Figure) -> None:
    assert women(run(tmp_path, jobs), "K2E3") == expected


def test_the_deciding_start_of_an_entrant_may_lie_in_the_second_window(tmp_path: Path) -> None:
    stock = in_stock("A", "2023-03", "2024-04", "w")
    jobs = "1|A|2023-04-01||sv|x\n2|A|2023-02-16||ausbildung|y"
    assert women(run(tmp_path, jobs, stock), "K2") == Figure(1, 10, 10 / 12, 120.0)
    assert women(compute(tmp_path), "K2E3") == NONE


def test_every_integrated_month_enters_k2e3_for_itself(tmp_path: Path) -> None:
    jobs = "1|A|2023-03-01|2023-10-31|sv|x\n2|A|2023-06-01|2023-06-30|sv|y"
    result = run(tmp_path, jobs)
    assert women(result, "K2E3") == Figure(1, None, 2.0, 50.0)
    key = Key("K2E3", "2024-01", "insgesamt", "insgesamt", "", "insgesamt")
    assert result.mart_veroeffentlichung[key] == Counts(1, None, 2.0, 50.0, 1, 1, 1, 2, 4)


@pytest.mark.parametrize(("datenstand", "published"), [("2024-10-14", False), ("2024-10-15", True)])
def test_k2e3_waits_nine_months(tmp_path: Path, datenstand: str, published: bool) -> None:
    result = run(tmp_path, "", datenstand=datenstand)
    assert (women(result, "K2E3") == NONE) == published
    assert women(result, "K2") is not None


@pytest.mark.parametrize(
    ("stock", "expected"),
    [
        pytest.param(in_stock("A", "2023-01", "2023-05", "w"), REACHED, id="left before"),
        pytest.param(in_stock("A", "2023-01", "2023-06", "w"), FAILED, id="still there"),
        pytest.param(
            in_stock("A", "2023-01", "2023-04", "w") + in_stock("A", "2023-06", "2023-06", "w"),
            FAILED,
            id="back on that Stichtag",
        ),
        pytest.param(
            in_stock("A", "2023-01", "2023-05", "w") + in_stock("A", "2023-07", "2024-04", "w"),
            REACHED,
            id="away on that Stichtag only",
        ),
    ],
)
def test_m1_asks_at_the_third_stichtag_after_the_month(
    tmp_path: Path, stock: str, expected: Figure
) -> None:
    # Integrated in March 2023, so June 2023 decides.
    assert women(run(tmp_path, "1|A|2023-03-01|2023-03-02|ausbildung|", stock), "M1") == expected


@pytest.mark.parametrize(("datenstand", "published"), [("2024-07-14", False), ("2024-07-15", True)])
def test_m1_waits_six_months(tmp_path: Path, datenstand: str, published: bool) -> None:
    result = run(tmp_path, "", datenstand=datenstand)
    assert (women(result, "M1") == NONE) == published


def test_m1_needs_the_three_stichtage_after_its_month(tmp_path: Path) -> None:
    assert women(run(tmp_path / "1", "", last="2024-03"), "M1") is None
    assert women(run(tmp_path / "2", "", last="2024-04"), "M1") == NONE
    gap = STOCK + in_stock("X", "2023-01", "2024-02", "m")
    gap += in_stock("X", "2024-04", "2024-05", "m")
    write_delivery(tmp_path / "3" / "l", "2024-12-31", bestand=gap, beschaeftigungen=JOBS)
    result = compute(tmp_path / "3")
    assert women(result, "K2") is not None
    assert women(result, "M1") is None


def test_the_sex_of_an_integration_is_that_of_its_stock_day(tmp_path: Path) -> None:
    stock = in_stock("A", "2023-01", "2023-02", "m") + in_stock("A", "2023-03", "2024-04", "w")
    result = run(tmp_path, "1|A|2023-03-15||sv|x\n2|A|2023-03-16||sv|y", stock)
    for kennzahl in ("K2E3", "M1"):
        assert women(result, kennzahl, "2024-01").nenner == 1.0  # type: ignore[union-attr]
        key = Key(kennzahl, "2024-01", "insgesamt", "insgesamt", "", "insgesamt")
        assert result.mart_quote[key].nenner == 2.0
