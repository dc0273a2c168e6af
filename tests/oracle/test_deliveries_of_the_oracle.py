"""How the oracle reads, judges and merges deliveries."""

from datetime import date
from pathlib import Path

import pytest

from tests.oracle.drawing import write_delivery
from tests.oracle.merging import RefusedError, load_deliveries, merge
from tests.oracle.result import compute
from tests.oracle.rules import DEFAULT_RULES

HEADER = "beschaeftigung_id | person_id | beginn | ende | art | arbeitgeber_id | erfasst_am\n"
STOCK = "person_id | stichtag | geschlecht\n"
JANUARY = 12 * 2024


def test_a_voll_delivery_removes_what_it_does_not_repeat(tmp_path: Path) -> None:
    stock = "person_id | stichtag | geschlecht\n"
    write_delivery(
        tmp_path / "1",
        "2024-05-01",
        bestand=stock + "A | 2024-01-15 | w\nA | 2024-02-15 | w\nA | 2024-04-15 | w",
        beschaeftigungen=HEADER
        + "1 | A | 2024-02-14 | | sv | | \n"
        + "2 | A | 2024-02-15 | | sv | | \n"
        + "3 | A | 2024-03-01 | | sv | | ",
    )
    write_delivery(
        tmp_path / "2",
        "2024-05-02",
        bestand=stock + "B | 2024-02-15 | m\nB | 2024-03-15 | m",
        beschaeftigungen=HEADER + "3 | A | 2024-03-02 | | sv | | ",
    )
    result = compute(tmp_path)
    assert sorted(result.merged.stock["A"]) == [12 * 2024, 12 * 2024 + 3]
    assert sorted(row["beschaeftigung_id"] for row in result.merged.take_ups["A"]) == ["1", "3"]
    assert result.balance["1", "bestand"] == (3, 2, 0, 1)
    assert result.balance["1", "beschaeftigungen"] == (3, 1, 0, 2)


def test_rows_are_rejected_collapsed_and_replaced_as_the_rules_say(tmp_path: Path) -> None:
    write_delivery(
        tmp_path / "l",
        "2024-05-01",
        bestand="person_id | stichtag | geschlecht | geburtsjahr\n"
        "A | 2024-01-15 | w | 1980\n"  # 2: loses against line 4
        "A | 15.01.2024 | w | 1980\n"  # 3: the same content as line 2
        "A | 2024-01-15 | w | 1981\n"  # 4
        "B | 2024-01-15 | q | 1980\n"  # 5: unknown code in a required column
        "C | 2024-01-15 |   | x\n"  # 6: empty sex is u, a bad number is empty
        "D | 2024-05-02 | w | 1980\n"  # 7: after the datenstand
        "E | 2024-02-30 | w | 1980",  # 8: no such day
        beschaeftigungen=HEADER + "1 | Z | 2024-01-20 | | sv | | ",
    )
    result = compute(tmp_path)
    assert {line for _, table, _, line in result.rejected if table == "bestand"} == {2, 5, 7, 8}
    assert result.balance["l", "bestand"] == (7, 2, 4, 1)
    assert result.balance["l", "beschaeftigungen"] == (1, 0, 1, 0)
    assert result.merged.stock["C"][12 * 2024]["geschlecht"] == "u"


def test_two_stichtage_in_one_month_are_refused(tmp_path: Path) -> None:
    stock = "person_id | stichtag | geschlecht\nA | 2024-01-15 | w\nB | 2024-01-16 | w"
    write_delivery(tmp_path / "l", "2024-05-01", bestand=stock)
    with pytest.raises(RefusedError):
        compute(tmp_path)


def test_a_bestand_and_a_bezug_in_one_delivery_are_refused(tmp_path: Path) -> None:
    write_delivery(
        tmp_path / "l",
        "2024-05-01",
        bestand=STOCK + "A | 2024-01-15 | w",
        bezug="person_id | von | bis | geschlecht\nA | 2024-01-01 | | w",
    )
    with pytest.raises(RefusedError):
        compute(tmp_path)


def test_spells_become_months_and_the_later_begin_supplies_the_values(tmp_path: Path) -> None:
    folder = write_delivery(
        tmp_path / "l",
        "2024-04-14",
        bezug="person_id | von | bis | geschlecht | bg_typ\n"
        "A | 2023-01-01 | 2024-02-15 | w | sonstige\n"
        "A | 2024-01-16 |            | w | alleinstehend\n"
        "B | 2024-01-16 | 2024-02-14 | m | sonstige",
    )
    sheet = folder / "lieferung.toml"
    sheet.write_text(sheet.read_text(encoding="utf-8") + "zeitraum_von = 2024-01-01\n", "utf-8")
    stock = compute(tmp_path).merged.stock
    assert {month - JANUARY: row["bg_typ"] for month, row in stock["A"].items()} == {
        0: "sonstige",
        1: "alleinstehend",
        2: "alleinstehend",
    }
    assert "B" not in stock


def test_without_a_sheet_the_newest_day_found_is_the_datenstand(tmp_path: Path) -> None:
    folder = write_delivery(
        tmp_path / "ordner",
        "2099-01-01",
        bestand=STOCK + "A | 2024-01-15 | w",
        beschaeftigungen=HEADER + "1 | A | 2024-01-20 | 2025-01-01 | sv | | 2024-03-03",
    )
    (folder / "lieferung.toml").unlink()
    (one,) = load_deliveries(tmp_path, None)
    assert (one.id, one.art, one.datenstand) == ("ordner", "voll", date(2024, 3, 3))


def test_as_of_leaves_later_deliveries_out_and_none_is_refused(tmp_path: Path) -> None:
    for day in ("2024-01-20", "2024-02-20"):
        stichtag = f"{day[:7]}-15"
        write_delivery(tmp_path / day, day, "nachlieferung", bestand=STOCK + f"A | {stichtag} | w")
    assert [one.id for one in load_deliveries(tmp_path, date(2024, 2, 19))] == ["2024-01-20"]
    assert len(load_deliveries(tmp_path, date(2024, 2, 20))) == 2
    with pytest.raises(RefusedError):
        load_deliveries(tmp_path, date(2024, 1, 19))


def test_the_datenstand_of_a_run_is_that_of_the_table_known_least_far(tmp_path: Path) -> None:
    write_delivery(
        tmp_path / "1",
        "2024-02-01",
        bestand=STOCK + "A | 2024-01-15 | w",
        beschaeftigungen=HEADER + "1 | A | 2024-01-20 | | sv | | ",
    )
    write_delivery(tmp_path / "2", "2024-05-01", "korrektur", bestand=STOCK + "A | 2024-02-15 | w")
    assert merge(load_deliveries(tmp_path, None), DEFAULT_RULES).datenstand == date(2024, 2, 1)


def test_a_real_delivery_puts_the_synthetic_ones_aside(tmp_path: Path) -> None:
    stock = STOCK + "A | 2024-01-15 | w"
    write_delivery(tmp_path / "demo", "2024-02-01", bestand=stock)
    write_delivery(tmp_path / "echt", "2024-02-01", synthetic=False, bestand=stock)
    assert [one.id for one in load_deliveries(tmp_path, None)] == ["echt"]
