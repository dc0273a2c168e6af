"""EQ: employment k months after a participation was left.

A is in stock from January 2023 on, so December 2023 is the first month of any EQ.
"""

from datetime import date
from pathlib import Path

import pytest

from tests.oracle.drawing import in_stock, write_delivery
from tests.oracle.quotas import Counts, Figure, Key
from tests.oracle.result import Expected, compute
from tests.oracle.rules import ALWAYS, DEFAULT_RULES, Rules

STOCK = "person_id | stichtag | geschlecht\n"
JOBS = "beschaeftigung_id | person_id | beginn | ende | art | erfasst_am\n"
MEASURES = "teilnahme_id | person_id | instrument | eintritt | austritt\n"
FAILED = Figure(0, None, 1.0, 0.0)
REACHED = Figure(1, None, 1.0, 100.0)
NONE = Figure(0, None, 0.0, None)


def run(
    raw: Path,
    jobs: str = "",
    measures: str = "1 | A | FBW | 2023-06-01 | 2023-08-31",
    stock: str = "",
    datenstand: str = "2024-06-30",
    rules: Rules = DEFAULT_RULES,
    header: str = MEASURES,
) -> Expected:
    write_delivery(
        raw / "l",
        datenstand,
        bestand=STOCK + (stock or in_stock("A", "2023-01", "2023-12", "w")),
        beschaeftigungen=JOBS + jobs,
        teilnahmen=header + measures,
    )
    return compute(raw, rules=rules)


def quota(
    result: Expected,
    schnitt: str = "insgesamt",
    first: str = "insgesamt",
    second: str = "",
    kennzahl: str = "EQ_6",
    month: str = "2023-12",
    sex: str = "insgesamt",
) -> Figure | None:
    return result.mart_quote.get(Key(kennzahl, month, schnitt, first, second, sex))


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        pytest.param("2024-02-29 |            | sv |", REACHED, id="begins on the clipped day"),
        pytest.param("2024-03-01 |            | sv |", FAILED, id="begins a day later"),
        pytest.param("2023-07-01 | 2024-02-29 | sv |", REACHED, id="ends on that day"),
        pytest.param("2023-07-01 | 2024-02-28 | sv |", FAILED, id="ends a day earlier"),
        pytest.param("2022-01-01 |            | sv |", REACHED, id="began before the measure"),
        pytest.param("2024-01-01 |            | ausbildung |", REACHED, id="training"),
        pytest.param("2024-01-01 |            | selbstaendig |", FAILED, id="self-employed"),
        pytest.param("2024-01-01 |            | geringfuegig |", FAILED, id="Minijob"),
        pytest.param("2024-01-01 |            | oeffentlich_gefoerdert |", FAILED, id="funded"),
        pytest.param("2024-01-01 |            | sv | 2024-06-30", REACHED, id="recorded late"),
    ],
)
def test_eq_asks_on_one_day(tmp_path: Path, job: str, expected: Figure) -> None:
    # Left on 31 August 2023: the day after six months is 29 February 2024.
    assert quota(run(tmp_path, f"1 | A | {job}")) == expected


@pytest.mark.parametrize(
    ("kennzahl", "begin"),
    [
        ("EQ_1", date(2023, 9, 30)),
        ("EQ_3", date(2023, 11, 30)),
        ("EQ_6", date(2024, 2, 29)),
        ("EQ_9", date(2024, 5, 31)),
        ("EQ_12", date(2024, 8, 31)),
        ("EQ_18", date(2025, 2, 28)),
    ],
)
def test_each_eq_asks_after_its_own_number_of_months(
    tmp_path: Path, kennzahl: str, begin: date
) -> None:
    for more, expected in ((0, REACHED), (1, FAILED)):
        jobs = f"1 | A | {date.fromordinal(begin.toordinal() + more)} | | sv | "
        result = run(tmp_path / str(more), jobs, datenstand="2025-06-30")
        assert quota(result, kennzahl=kennzahl) == expected


def test_training_counts_by_the_rule_of_the_day_of_leaving(tmp_path: Path) -> None:
    job = "1 | A | 2024-01-01 | | ausbildung | "
    for number, (day, expected) in enumerate([("2023-08-31", FAILED), ("2023-09-01", REACHED)]):
        entries = ((ALWAYS, True), (date.fromisoformat(day), False))
        rules = Rules({**DEFAULT_RULES.entries, "eq_zaehlt_ausbildung": entries})
        assert quota(run(tmp_path / str(number), job, rules=rules)) == expected


@pytest.mark.parametrize(
    ("left", "in_december", "in_january"),
    [
        ("2022-12-31", 0, 0),
        ("2023-01-01", 1, 0),
        ("2023-01-31", 1, 0),
        ("2023-02-01", 1, 1),
        ("2023-12-31", 1, 1),
        ("2024-01-01", 0, 1),
        ("2024-01-31", 0, 1),
        ("2024-02-01", 0, 0),
        ("", 0, 0),
    ],
)
def test_the_window_is_twelve_calendar_months(
    tmp_path: Path, left: str, in_december: int, in_january: int
) -> None:
    result = run(tmp_path, "", f"1 | A | FBW | 2022-12-01 | {left}", datenstand="2024-07-31")
    for month, expected in (("2023-12", in_december), ("2024-01", in_january)):
        figure = quota(result, month=month)
        assert figure is not None
        assert figure.nenner == expected


@pytest.mark.parametrize(
    ("datenstand", "months"),
    [
        ("2024-06-29", []),
        ("2024-06-30", ["2023-12"]),
        ("2024-07-30", ["2023-12"]),
        ("2024-07-31", ["2023-12", "2024-01"]),
        ("2024-08-29", ["2023-12", "2024-01", "2024-02"]),  # months without a Stichtag
    ],
)
def test_a_month_is_published_when_its_last_exit_is_known_far_enough(
    tmp_path: Path, datenstand: str, months: list[str]
) -> None:
    result = run(tmp_path, datenstand=datenstand)
    found = {key.berichtsmonat for key in result.mart_quote if key.kennzahl == "EQ_6"}
    assert sorted(found) == months


def test_participations_delivered_last_long_ago_hold_eq_and_fq_back(tmp_path: Path) -> None:
    run(tmp_path, datenstand="2024-06-29")
    write_delivery(
        tmp_path / "later",
        "2024-09-30",
        "korrektur",
        bestand=STOCK + in_stock("A", "2023-12", "2023-12", "w"),
        beschaeftigungen=JOBS,
    )
    result = compute(tmp_path)
    assert result.merged.datenstand == date(2024, 9, 30)
    assert result.merged.datenstand_teilnahmen == date(2024, 6, 29)
    assert quota(result) is None
    assert quota(result, kennzahl="EQ_3") == FAILED


def test_without_participations_there_is_no_eq_and_no_fq(tmp_path: Path) -> None:
    stock = STOCK + in_stock("A", "2023-01", "2024-01", "w")
    write_delivery(tmp_path / "l", "2024-12-31", bestand=stock, beschaeftigungen=JOBS)
    result = compute(tmp_path)
    assert not {k.kennzahl for k in result.mart_quote} & {"EQ_1", "EQ_6", "FQ"}
    assert not result.mart_anteil


def test_every_participation_with_a_duration_is_an_exit_of_its_own(tmp_path: Path) -> None:
    measures = (
        "1 | A | FBW | 2023-02-01 | 2023-03-31\n"
        "2 | A | MAT | 2023-02-01 | 2023-08-31\n"
        "3 | A | MAT | 2023-02-01 | 2023-08-31\n"
        "4 | A | VB  | 2023-02-01 | 2023-08-31\n"  # one-off
        "5 | A | EGZ | 2023-02-01 | "  # still running
    )
    result = run(tmp_path, "1 | A | 2024-01-01 | | sv | ", measures)
    assert quota(result) == Figure(2, None, 3.0, 200 / 3)
    assert quota(result, "massnahme", "aktivierung") == Figure(2, None, 2.0, 100.0)
    assert quota(result, "massnahme", "weiterbildung") == FAILED
    assert quota(result, "massnahme", "keine") is None
    assert quota(result, "instrument", "VB") == NONE
    crossed = ("instrument_x_massnahmedauer", "MAT", "6_bis_unter_12_monate")
    assert quota(result, *crossed, sex="w") == Figure(2, None, 2.0, 100.0)
    key = Key("EQ_6", "2023-12", "insgesamt", "insgesamt", "", "w")
    # One person: z = 2, b = 3.
    assert result.mart_veroeffentlichung[key] == Counts(2, None, 3.0, 200 / 3, 1, 1, 4, 6, 9)


def test_single_measures_and_providers_have_rows_where_delivered_and_are_never_published(
    tmp_path: Path,
) -> None:
    header = "teilnahme_id | person_id | instrument | eintritt | austritt | massnahme_id\n"
    measures = (
        "1 | A | FBW | 2023-06-01 | 2023-08-31 | m1\n"
        "2 | A | FBW | 2023-06-01 | 2023-08-31 | \n"
        "3 | A | VB  | 2023-06-01 | 2023-08-31 | m2\n"
        "4 | Z | FBW | 2023-06-01 | 2023-08-31 | m3"  # nobody in stock
    )
    result = run(tmp_path, "", measures, header=header)
    found = {k.auspraegung_1 for k in result.mart_quote if k.schnitt == "massnahme_id"}
    assert found == {"m1", "m2", "unbekannt"}
    assert quota(result, "massnahme_id", "m2") == NONE
    assert quota(result, "massnahme_id", "unbekannt") == FAILED
    assert not {k for k in result.mart_quote if k.schnitt == "traeger_id"}
    assert {k.schnitt for k in result.mart_veroeffentlichung if k.berichtsmonat == "2023-12"} == {
        "insgesamt",
        "massnahme",
        "instrument",
        "massnahmedauer",
        "instrument_x_massnahmedauer",
    }


def test_finer_figures_are_published_for_the_months_of_the_calendar(tmp_path: Path) -> None:
    result = run(tmp_path, datenstand="2024-07-31")
    january = {k.schnitt for k in result.mart_veroeffentlichung if k.berichtsmonat == "2024-01"}
    assert january == {"insgesamt"}
