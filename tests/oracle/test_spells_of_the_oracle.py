"""Spells of bezug become the stock at the Stichtage of their delivery."""

from pathlib import Path

import pytest

from tests.oracle.drawing import write_delivery
from tests.oracle.merging import RefusedError
from tests.oracle.result import Expected, compute
from tests.oracle.rules import DEFAULT_RULES, Rules

BEZUG = "person_id | von | bis | geschlecht | bg_typ\n"
STOCK = "person_id | stichtag | geschlecht | bg_typ\n"
JANUARY = 12 * 2024


def deliver(
    raw: Path,
    name: str,
    datenstand: str,
    spells: str,
    since: str = "2024-01-01",
    art: str = "voll",
    days: str = "",
) -> None:
    folder = write_delivery(raw / name, datenstand, art, bezug=BEZUG + spells)
    sheet = folder / "lieferung.toml"
    sheet.write_text(sheet.read_text("utf-8") + f"zeitraum_von = {since}\n", "utf-8")
    if days:
        lines = ["stichtag", *days.split()]
        (folder / "stichtage.csv").write_text("\n".join(lines) + "\n", "utf-8")


def stock_of(result: Expected, person_id: str = "A") -> dict[int, str]:
    """Number of the month in 2024 → bg_typ."""
    rows = result.merged.stock.get(person_id, {})
    return {month - JANUARY + 1: row["bg_typ"] or "" for month, row in sorted(rows.items())}


@pytest.mark.parametrize(
    ("von", "bis", "months"),
    [
        ("2024-01-15", "2024-02-15", [1, 2]),
        ("2024-01-16", "2024-02-14", []),
        ("2024-01-14", "2024-03-14", [1, 2]),
        ("2023-01-01", "", [1, 2, 3, 4]),
        ("2023-01-01", "2099-12-31", [1, 2, 3, 4]),  # after the datenstand
        ("2024-03-01", "2024-02-01", []),  # ends before it begins
        ("2024-04-16", "", []),  # after the datenstand: rejected
    ],
)
def test_a_person_is_in_stock_from_von_to_bis(
    tmp_path: Path, von: str, bis: str, months: list[int]
) -> None:
    deliver(tmp_path, "l", "2024-04-15", f"A | {von} | {bis} | w | \nX | 2024-01-01 | | w | ")
    assert list(stock_of(compute(tmp_path))) == months


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        pytest.param(
            "A | 2023-01-01 | | w | sonstige\nA | 2024-01-02 | 2024-01-31 | w | alleinstehend",
            "alleinstehend",
            id="the later begin",
        ),
        pytest.param(
            "A | 2024-01-01 | 2024-02-01 | w | alleinstehend\nA | 2024-01-01 | 2024-01-31 | w | ",
            "alleinstehend",
            id="on one day the later end",
        ),
        pytest.param(
            "A | 2024-01-01 | 9999-12-31 | w | sonstige\nA | 2024-01-01 | | w | paar_ohne_kind",
            "paar_ohne_kind",
            id="an open end is the latest",
        ),
        pytest.param(
            "A | 2024-01-01 | | w | sonstige\nA | 2024-01-01 | | w | ",
            "",  # compares as unbekannt, which is greater than sonstige
            id="then the greater content",
        ),
        pytest.param(
            "A | 2024-01-01 | | w | sonstige\nA | 2024-01-16 | | w | alleinstehend",
            "sonstige",
            id="a spell that begins after the Stichtag says nothing about it",
        ),
    ],
)
def test_of_overlapping_spells_one_supplies_the_attributes(
    tmp_path: Path, spells: str, expected: str
) -> None:
    deliver(tmp_path, "l", "2024-01-31", spells)
    assert stock_of(compute(tmp_path)) == {1: expected}


def test_delivered_stichtage_replace_the_15th_within_the_time_the_delivery_covers(
    tmp_path: Path,
) -> None:
    days = "2024-01-10 11.02.2024 2024-04-12 2024-05-20"
    deliver(tmp_path, "l", "2024-05-19", "A | 2020-01-01 | | w | ", "2024-01-11", days=days)
    result = compute(tmp_path)
    assert [str(day) for day in result.merged.stichtage.values()] == ["2024-02-11", "2024-04-12"]


@pytest.mark.parametrize(
    ("since", "datenstand", "months"),
    [
        ("2024-01-15", "2024-03-15", [1, 2, 3]),
        ("2024-01-16", "2024-03-14", [2]),
        ("2024-01-16", "2024-02-14", []),
    ],
)
def test_the_15th_counts_from_the_begin_of_the_delivery_to_its_datenstand(
    tmp_path: Path, since: str, datenstand: str, months: list[int]
) -> None:
    deliver(tmp_path, "l", datenstand, "A | 2020-01-01 | | w | ", since)
    assert list(stock_of(compute(tmp_path))) == months


def test_another_day_by_rule_is_clipped_to_the_end_of_the_month(tmp_path: Path) -> None:
    rules: Rules = DEFAULT_RULES.with_values(stichtag_tag=30)
    deliver(tmp_path, "l", "2024-03-31", "A | 2020-01-01 | | w | ")
    days = compute(tmp_path, rules=rules).merged.stichtage.values()
    assert [str(day) for day in days] == ["2024-01-30", "2024-02-29", "2024-03-30"]


def test_spells_and_stock_of_several_deliveries_are_merged_by_person_and_month(
    tmp_path: Path,
) -> None:
    stock = STOCK + "A | 2024-01-15 | w | sonstige\nA | 2024-02-15 | w | sonstige\n"
    write_delivery(tmp_path / "1", "2024-03-15", bestand=stock + "B | 2024-03-15 | m | sonstige")
    deliver(
        tmp_path,
        "2",
        "2024-04-15",
        "A | 2024-02-01 | | w | alleinstehend",
        "2024-02-15",
        art="korrektur",
    )
    assert stock_of(compute(tmp_path)) == {
        1: "sonstige",
        2: "alleinstehend",
        3: "alleinstehend",
        4: "alleinstehend",
    }
    assert stock_of(compute(tmp_path), "B") == {3: "sonstige"}


def test_a_full_delivery_of_spells_is_complete_for_its_stichtage(tmp_path: Path) -> None:
    stock = STOCK + "".join(f"A | 2024-0{n}-15 | w | sonstige\n" for n in range(1, 5))
    write_delivery(tmp_path / "1", "2024-04-15", bestand=stock)
    deliver(
        tmp_path,
        "2",
        "2024-05-01",
        "B | 2024-03-01 | | m | ",
        "2024-02-10",
        days="2024-02-15 2024-03-15",
    )
    assert list(stock_of(compute(tmp_path))) == [1, 4]
    assert list(stock_of(compute(tmp_path), "B")) == [3]


def test_spells_without_the_begin_of_their_time_are_refused(tmp_path: Path) -> None:
    write_delivery(tmp_path / "l", "2024-05-01", bezug=BEZUG + "A | 2024-01-01 | | w | ")
    with pytest.raises(RefusedError):
        compute(tmp_path)


def test_equal_spells_collapse_and_unreadable_ends_are_rejected(tmp_path: Path) -> None:
    deliver(
        tmp_path,
        "l",
        "2024-02-01",
        "A | 2024-01-01 | | w | sonstige\n"
        "A | 01.01.2024 | | w | sonstige\n"
        "A | 2024-01-01 | bald | w | sonstige\n"
        "A | 2024-01-01 | | w | alleinstehend",
    )
    result = compute(tmp_path)
    assert {line for _, table, _, line in result.rejected if table == "bezug"} == {4}
    assert result.balance["l", "bezug"] == (4, 2, 1, 1)
