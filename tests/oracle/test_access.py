"""FQ and the shares beside it: twelve Stichtage of 2023, each the 15th."""

from pathlib import Path

import pytest

from tests.oracle.drawing import in_stock, write_delivery
from tests.oracle.quotas import Counts, Figure, Key
from tests.oracle.result import Expected, compute

MEASURES = "teilnahme_id | person_id | instrument | eintritt | austritt\n"
JOBS = "beschaeftigung_id | person_id | beginn | art\n"
STOCK = "person_id | stichtag | geschlecht\n"
MONTH = "2023-12"


def run(raw: Path, measures: str, stock: str = "", datenstand: str = "2023-12-15") -> Expected:
    if not stock:
        stock = STOCK + in_stock("A", "2023-01", MONTH, "w")
        stock += in_stock("B", "2023-01", "2023-02", "m")
    write_delivery(
        raw / "l", datenstand, bestand=stock, beschaeftigungen=JOBS, teilnahmen=MEASURES + measures
    )
    return compute(raw)


def share(
    result: Expected, sex: str, schnitt: str = "insgesamt", first: str = "insgesamt"
) -> Figure | None:
    return result.mart_quote.get(Key("FQ", MONTH, schnitt, first, "", sex))


def test_participants_at_twelve_stichtage_by_sex(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "1 | A | FBW | 2022-12-01 | \n"  # all twelve
        "2 | B | MAT | 2023-04-15 | 2023-06-15\n"  # three, first and last day; not in stock
        "3 | B | VB  | 2023-01-01 | 2023-12-31",  # one-off
    )
    assert share(result, "w") == Figure(12, None, 15.0, 80.0)
    assert share(result, "m") == Figure(3, None, 15.0, 20.0)
    assert share(result, "d") == Figure(0, None, 15.0, 0.0)
    assert share(result, "insgesamt") == Figure(15, None, 15.0, 100.0)
    assert share(result, "m", "massnahme", "aktivierung") == Figure(3, None, 3.0, 100.0)
    assert share(result, "w", "massnahme", "aktivierung") == Figure(0, None, 3.0, 0.0)
    assert share(result, "w", "instrument", "FBW") == Figure(12, None, 12.0, 100.0)
    assert share(result, "m", "instrument", "VB") == Figure(0, None, 0.0, None)
    assert share(result, "m", "massnahme", "keine") is None
    assert {key.schnitt for key in result.mart_quote if key.kennzahl == "FQ"} == {
        "insgesamt",
        "massnahme",
        "instrument",
    }


@pytest.mark.parametrize(
    ("eintritt", "austritt", "stichtage"),
    [
        ("2023-03-15", "2023-03-15", 1),
        ("2023-03-16", "2023-04-14", 0),
        ("2023-03-14", "2023-04-15", 2),
        ("2022-11-01", "2023-01-14", 0),
    ],
)
def test_a_participation_runs_from_its_first_to_its_last_day(
    tmp_path: Path, eintritt: str, austritt: str, stichtage: int
) -> None:
    figure = share(run(tmp_path, f"1 | B | FBW | {eintritt} | {austritt}"), "m")
    assert figure is not None
    assert figure.zaehler == stichtage


def test_two_participations_of_one_person_count_once_per_category(tmp_path: Path) -> None:
    result = run(
        tmp_path,
        "1 | A | FBW | 2023-01-15 | 2023-02-15\n"
        "2 | A | FBW | 2023-02-15 | 2023-03-15\n"
        "3 | A | MAT | 2023-03-15 | 2023-03-15",
    )
    assert share(result, "w") == Figure(3, None, 3.0, 100.0)
    assert share(result, "w", "instrument", "FBW") == Figure(3, None, 3.0, 100.0)
    assert share(result, "w", "instrument", "MAT") == Figure(1, None, 1.0, 100.0)


def test_participations_of_two_sexes_count_in_each_and_once_in_all(tmp_path: Path) -> None:
    stock = STOCK + in_stock("A", "2023-01", "2023-05", "m") + in_stock("A", "2023-06", MONTH, "w")
    result = run(
        tmp_path,
        "1 | A | FBW | 2023-05-01 | 2023-07-15\n2 | A | FBW | 2023-06-15 | 2023-08-15",
        stock,
    )
    # May: m. June and July: m and w. August: w.
    assert share(result, "m") == Figure(3, None, 4.0, 75.0)
    assert share(result, "w") == Figure(3, None, 4.0, 75.0)
    assert share(result, "insgesamt") == Figure(4, None, 4.0, 100.0)


def test_the_counts_for_publication_compare_a_sex_with_everybody(tmp_path: Path) -> None:
    # The published sex of A, delivered as d, is m.
    stock = STOCK + in_stock("A", "2023-01", MONTH, "d") + in_stock("B", "2023-01", MONTH, "w")
    measures = "1 | A | FBW | 2023-03-01 | 2023-05-31\n2 | B | MAT | 2023-05-01 | 2023-06-30"
    result = run(tmp_path, measures, stock)
    rows = result.mart_veroeffentlichung
    key = Key("FQ", MONTH, "insgesamt", "insgesamt", "", "m")
    # A: z = 3, b = 3. B: z = 0, b = 2.
    assert rows[key] == Counts(3, None, 5.0, 60.0, 2, 1, 9, 9, 13)
    assert rows[key._replace(geschlecht="w")] == Counts(2, None, 5.0, 40.0, 2, 1, 4, 4, 13)
    both = rows[key._replace(geschlecht="insgesamt")]
    assert both == Counts(5, None, 5.0, 100.0, 2, 2, 13, 13, 13)


def test_fq_needs_twelve_stichtage_up_to_which_participations_are_known(tmp_path: Path) -> None:
    eleven = STOCK + in_stock("A", "2023-02", MONTH, "w")
    assert share(run(tmp_path / "1", "", eleven), "w") is None
    run(tmp_path / "2", "", datenstand="2023-12-15")
    assert share(compute(tmp_path / "2"), "w") == Figure(0, None, 0.0, None)
    january = STOCK + in_stock("A", "2024-01", "2024-01", "w")
    write_delivery(
        tmp_path / "2" / "n", "2024-01-15", "nachlieferung", bestand=january, beschaeftigungen=JOBS
    )
    months = {k.berichtsmonat for k in compute(tmp_path / "2").mart_quote if k.kennzahl == "FQ"}
    assert months == {MONTH}


def test_the_shares_of_the_stock_and_of_the_unemployed(tmp_path: Path) -> None:
    stock = (
        "person_id | stichtag | geschlecht | arbeitsmarktstatus\n"
        + in_stock("X", "2022-12", "2022-12", "m", "arbeitslos")  # before the twelve
        + in_stock("A", "2023-01", MONTH, "d", "arbeitslos")
        + in_stock("B", "2023-01", "2023-04", "w", "massnahme")
        + in_stock("B", "2023-05", "2023-08", "w", "arbeitslos")
        + in_stock("C", "2023-09", "2023-09", "w", "massnahme")
    )
    result = run(tmp_path, "", stock)
    rows = {
        (key.kennzahl, key.geschlecht): counts
        for key, counts in result.mart_anteil.items()
        if key.berichtsmonat == MONTH
    }
    no_sums = (None, None, None)
    # A: 12 months, published as m. B: 8 months, 4 of them unemployed. C: 1 month, without B.
    assert rows["FA_ELB", "w"] == Counts(9, None, 21.0, 900 / 21, 2, 1, *no_sums)
    assert rows["FA_ELB", "m"] == Counts(12, None, 21.0, 1200 / 21, 2, 1, *no_sums)
    assert rows["FA_ALO", "w"] == Counts(4, None, 16.0, 25.0, 2, 1, *no_sums)
    assert rows["FA_ALO", "insgesamt"] == Counts(16, None, 16.0, 100.0, 2, 2, *no_sums)
    assert not {key.kennzahl for key in result.mart_quote} & {"FA_ELB", "FA_ALO"}


def test_the_share_of_the_unemployed_needs_the_status(tmp_path: Path) -> None:
    assert {key.kennzahl for key in run(tmp_path, "").mart_anteil} == {"FA_ELB"}
