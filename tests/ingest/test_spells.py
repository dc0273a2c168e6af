"""Spells of receipt in place of a stock: which months they stand for, and who supplies the values.

docs/methodik/zusammenfuehrung.md.
"""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import DeliveryError
from pipeline.ingest.delivery import discover
from pipeline.ingest.selection import select
from pipeline.ingest.stage import _describe
from pipeline.registries import contract
from tests.ingest.building import EMPTY_TABLES, Result, bestand, stage, stage_files, write

BEZUG = "person_id;von;bis;geschlecht"
YEAR = "zeitraum_von = 2024-01-01\n"
JANUARY_TO_MARCH = {"datenstand": "2024-03-31", "note": YEAR}


def spells(*lines: str, header: str = BEZUG) -> str:
    return "\n".join([header, *lines]) + "\n"


def stage_spells(tmp_path: Path, *lines: str, header: str = BEZUG, **note: Any) -> Result:
    files: dict[str, str | bytes] = {"bezug.csv": spells(*lines, header=header)}
    return stage_files(tmp_path, files, **(note or JANUARY_TO_MARCH))


def months(result: Result) -> list[tuple[str, int]]:
    """Person and calendar month in stock."""
    return [(person, day.month) for person, day in result.accepted("person_id", "stichtag")]


@pytest.mark.parametrize(
    ("von", "bis", "expected"),
    [
        ("2024-01-14", "2024-01-14", []),
        ("2024-01-14", "2024-01-15", [1]),
        ("2024-01-15", "2024-01-15", [1]),
        ("2024-01-15", "2024-02-14", [1]),
        ("2024-01-16", "2024-02-14", []),
        ("2024-01-16", "2024-02-15", [2]),
        ("1999-01-01", "", [1, 2, 3]),
        ("2024-03-15", "", [3]),
        ("2024-03-16", "", []),
        ("2024-02-01", "2030-12-31", [2, 3]),
        ("2024-02-20", "2024-02-10", []),  # ends before it begins
    ],
)
def test_a_person_is_in_stock_at_the_stichtage_from_von_to_bis(
    tmp_path: Path, von: str, bis: str, expected: list[int]
) -> None:
    result = stage_spells(tmp_path, f"A;{von};{bis};w")
    assert months(result) == [("A", month) for month in expected]
    assert result.table("bezug").angenommen == 1


def test_a_row_carries_the_line_and_the_attributes_of_its_spell(tmp_path: Path) -> None:
    result = stage_spells(
        tmp_path,
        "B;2024-01-01;2024-01-31;m;1980;01.01.2020;j;",
        "A;2024-01-01;2024-02-29;w;;;;Süd",
        header=f"{BEZUG};geburtsjahr;leistungsbezug_seit;lzb;stadtbezirk",
    )
    assert result.accepted(
        "lieferung", "datei", "zeile", "person_id", "stichtag", "geschlecht", "geburtsjahr",
        "leistungsbezug_seit", "lzb", "stadtbezirk", "bg_typ",
    ) == [
        ("l1", "bezug.csv", 2, "B", date(2024, 1, 15), "m", 1980, date(2020, 1, 1), "ja",
         "unbekannt", "unbekannt"),
        ("l1", "bezug.csv", 3, "A", date(2024, 1, 15), "w", None, None, "unbekannt", "Süd",
         "unbekannt"),
        ("l1", "bezug.csv", 3, "A", date(2024, 2, 15), "w", None, None, "unbekannt", "Süd",
         "unbekannt"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "winner"),
    [
        ("A;2024-01-02;2024-01-20;w;1980", "A;2024-01-01;;m;1999", 1980),  # later von
        ("A;2024-01-01;2024-01-21;m;1980", "A;2024-01-01;2024-01-20;w;1999", 1980),  # later bis
        ("A;2024-01-01;;m;1980", "A;2024-01-01;2031-01-01;w;1999", 1980),  # open is latest
        ("A;2024-01-01;;m;1980", "A;2024-01-01;9999-12-31;w;1999", 1980),
        ("A;2024-01-01;;w;1980", "A;2024-01-01;;m;1999", 1980),  # greatest content
        ("A;2024-01-01;;w;999", "A;2024-01-01;;w;1980", 999),  # as text, not as a number
        ("A;2024-01-01;;w;1980", "A;2024-01-01;;w;", 1980),
        ("A;2024-01-02;2024-01-14;w;1980", "A;2024-01-01;;m;1999", 1999),  # does not hold it
    ],
)
def test_of_overlapping_spells_the_last_supplies_the_attributes(
    tmp_path: Path, one: str, other: str, winner: int
) -> None:
    for folder, lines in (("a", (one, other)), ("b", (other, one))):
        result = stage_spells(
            tmp_path / folder,
            *lines,
            header=f"{BEZUG};geburtsjahr",
            datenstand="2024-01-31",
            note=YEAR,
        )
        assert result.accepted("geburtsjahr") == [(winner,)]
        assert result.table("bezug").angenommen == 2
        assert result.rejected(table="bezug") == []


def test_content_is_compared_in_the_order_of_the_contract_with_missing_as_stored(
    tmp_path: Path,
) -> None:
    """bg_typ comes before berufsabschluss, and a missing code is the text unbekannt."""
    result = stage_spells(
        tmp_path,
        "A;2024-01-01;;w;ohne;sonstige",
        "A;2024-01-01;;w;akademisch;",
        header=f"{BEZUG};berufsabschluss;bg_typ",
    )
    assert {zeile for (zeile,) in result.accepted("zeile")} == {3}


def test_overlapping_spells_of_different_persons_do_not_meet(tmp_path: Path) -> None:
    result = stage_spells(
        tmp_path, "A;2024-01-01;;w", "B;2024-01-01;2024-02-20;w", "a;2024-02-01;;w"
    )
    assert months(result) == [
        ("A", 1), ("B", 1), ("A", 2), ("B", 2), ("a", 2), ("A", 3), ("a", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("A;2024-04-01;;w", "BEZ-04"),  # von after the datenstand
        ("A;2024-03-31;2024-04-01;w", None),  # bis after it stays
        ("A;2024-01-01;gestern;w", "BEZ-03"),
        ("A;gestern;;w", "BEZ-02"),
        ("A;;2024-02-01;w", "BEZ-02"),
        (";2024-01-01;;w", "BEZ-02"),
        ("A;2024-01-01;;q", "BEZ-02"),
        ("A;2024-01-01;;", None),
        ("A;2024-01-01;w", "BEZ-01"),
    ],
)
def test_a_bad_cell_rejects_the_spell(tmp_path: Path, line: str, rule: str | None) -> None:
    result = stage_spells(tmp_path, "B;2024-01-01;2024-01-31;m", line)
    assert result.rejected(table="bezug") == ([(3, rule)] if rule else [])
    persons = {person for (person,) in result.accepted("person_id")}
    assert persons <= {"A", "B"} and "B" in persons


def test_identical_spells_collapse_and_no_other_is_a_rival(tmp_path: Path) -> None:
    result = stage_spells(
        tmp_path,
        "A;2024-01-01;;w",
        "A;01.01.2024;;weiblich",
        "A;2024-01-01;;m",
        "A;2024-01-01;2024-12-31;w",
        "A;2024-01-01;2024-12-31;w",
    )
    table = result.table("bezug")
    assert (table.geliefert, table.angenommen, table.zusammengefuehrt) == (5, 3, 2)
    assert table.abgewiesen == {}


def test_a_code_that_is_bad_in_a_spell_becomes_unknown_and_is_counted_once(tmp_path: Path) -> None:
    result = stage_spells(tmp_path, "A;2024-01-01;;w;???", header=f"{BEZUG};bg_typ")
    assert result.table("bezug").unbekannt == {"bg_typ": 1}
    assert result.accepted("bg_typ") == [("unbekannt",)] * 3


def test_a_file_without_spells_gives_a_stock_without_rows(tmp_path: Path) -> None:
    result = stage_spells(tmp_path)
    assert result.accepted("person_id") == []
    assert sorted(path.name for path in result.out.iterdir()) == [
        "lieferung.json",
        "stg_bestand.parquet",
        "stg_bezug_abgewiesen.parquet",
        "stg_bezug_unlesbar.parquet",
    ]


def test_the_columns_are_those_of_a_delivered_stock(tmp_path: Path) -> None:
    delivered = stage_files(tmp_path / "a", {"bestand.csv": EMPTY_TABLES["bestand"]})
    expanded = stage_spells(tmp_path / "b", "A;2024-01-01;;w")
    delivered_as, expanded_as = (
        [(f.name, f.type) for f in pq.read_schema(result.out / "stg_bestand.parquet")]
        for result in (delivered, expanded)
    )
    assert expanded_as == delivered_as
    rejected = pq.read_schema(expanded.out / "stg_bezug_abgewiesen.parquet")
    assert [f.name for f in rejected] == [
        "lieferung", "datei", "zeile", "regel", "spalte", *contract("bezug").names(), "rohzeile",
    ]  # fmt: skip


def test_spells_as_parquet_are_read_alike(tmp_path: Path) -> None:
    text = stage_spells(tmp_path / "csv", "A;2024-01-01;;w", "B;2024-02-01;2024-02-29;m")
    folder = write(tmp_path / "parquet" / "raw", {}, **JANUARY_TO_MARCH)
    table = pa.table(
        {
            "person_id": ["A", "B"],
            "von": [date(2024, 1, 1), date(2024, 2, 1)],
            "bis": [None, date(2024, 2, 29)],
            "geschlecht": ["w", "m"],
        }
    )
    pq.write_table(table, folder / "bezug.parquet")
    pq.write_table(
        pa.table({"stichtag": [date(2024, month, 15) for month in (1, 2, 3)]}),
        folder / "stichtage.parquet",
    )
    binary = stage(tmp_path / "parquet" / "raw")
    assert months(binary) == months(text)


def days(result: Result) -> dict[str, str]:
    return {day.isoformat(): place for day, place in result.table("bezug").stichtage.items()}


def test_without_a_list_the_stichtage_are_the_fifteenth_of_each_month_of_the_period(
    tmp_path: Path,
) -> None:
    where = "bezug.csv, Regel stichtag_tag"
    for datenstand, von, expected in [
        ("2024-03-15", "2024-01-15", ["2024-01-15", "2024-02-15", "2024-03-15"]),
        ("2024-03-14", "2024-01-16", ["2024-02-15"]),
        ("2024-01-20", "2023-12-01", ["2023-12-15", "2024-01-15"]),
    ]:
        result = stage_spells(
            tmp_path / datenstand, datenstand=datenstand, note=f"zeitraum_von = {von}\n"
        )
        assert days(result) == dict.fromkeys(expected, where)


def test_a_list_names_the_stichtage_of_which_those_of_the_period_count(tmp_path: Path) -> None:
    listed = "stichtag\n2023-12-31\n2024-01-01\n29.02.2024\n2024-03-31\n2024-04-01\n2024-02-29\n"
    result = stage_files(
        tmp_path,
        {"bezug.csv": spells("A;2024-01-01;;w"), "stichtage.csv": listed},
        **JANUARY_TO_MARCH,
    )
    assert days(result) == {
        "2024-01-01": "stichtage.csv, Zeile 3",
        "2024-02-29": "stichtage.csv, Zeile 4",
        "2024-03-31": "stichtage.csv, Zeile 5",
    }
    assert months(result) == [("A", 1), ("A", 2), ("A", 3)]


@pytest.mark.parametrize(
    ("line", "number"), [("gestern", 3), ("", 4), ("2024-01-15;x", 3), ("2024-02-30", 3), (" ", 3)]
)
def test_a_day_that_cannot_be_read_refuses_the_delivery(
    tmp_path: Path, line: str, number: int
) -> None:
    """An empty line is no row; the line after it is."""
    listed = f"stichtag\n2024-01-15\n{line}\n" + ("x\n" if not line else "")
    with pytest.raises(DeliveryError) as caught:
        stage_files(
            tmp_path,
            {"bezug.csv": spells("A;2024-01-01;;w"), "stichtage.csv": listed},
            **JANUARY_TO_MARCH,
        )
    assert caught.value.exit_code == 11
    assert caught.value.problems == [
        f"l1/stichtage.csv, Zeile {number}: Das ist kein Stichtag. Genau ein Datum je Zeile "
        "liefern, als JJJJ-MM-TT oder TT.MM.JJJJ."
    ]


def test_what_the_note_states_about_the_list_is_checked(tmp_path: Path) -> None:
    entry = '[[datei]]\nname = "stichtage.csv"\ntabelle = "stichtage"\nzeilen = 2\n'
    with pytest.raises(DeliveryError) as caught:
        stage_files(
            tmp_path,
            {"bezug.csv": spells("A;2024-01-01;;w"), "stichtage.csv": "stichtag\n2024-01-15\n"},
            note=YEAR + entry,
        )
    assert caught.value.problems == [
        "l1/stichtage.csv: Die Datei hat 1 Zeilen, lieferung.toml nennt 2. Datei neu anfordern."
    ]


def test_two_stichtage_of_a_list_in_one_month_are_refused(tmp_path: Path) -> None:
    result = stage_files(
        tmp_path,
        {
            "bezug.csv": spells("A;2024-01-01;;w"),
            "stichtage.csv": "stichtag\n2024-01-15\n2024-01-16\n",
            "beschaeftigungen.csv": EMPTY_TABLES["beschaeftigungen"],
        },
        **JANUARY_TO_MARCH,
    )
    with pytest.raises(DeliveryError) as caught:
        select([result.staged], None)
    assert caught.value.problems == [
        "Im Monat 01/2024 gibt es mehrere Stichtage (l1/stichtage.csv, Zeile 2; "
        "l1/stichtage.csv, Zeile 3). Jeder Monat hat genau einen: Lieferung klären."
    ]


def test_a_period_without_a_stichtag_is_warned_of(tmp_path: Path) -> None:
    result = stage_spells(
        tmp_path, "A;2024-01-01;;w", datenstand="2024-01-31", note="zeitraum_von = 2024-01-16\n"
    )
    assert result.staged.warnings == (
        "l1: Zwischen zeitraum_von und datenstand liegt kein Stichtag; bezug ergibt keinen "
        "Bestand. zeitraum_von oder stichtage.csv prüfen.",
    )
    assert result.accepted("person_id") == []


def test_the_first_and_the_last_stichtag_count_whether_anybody_is_in_stock_or_not(
    tmp_path: Path,
) -> None:
    by_spell = stage_spells(tmp_path / "a", "A;2024-02-01;2024-02-29;w")
    rows = bestand("A;2024-01-15;w", "A;2024-02-15;x", "A;2024-03-15;w")
    by_day = stage_files(tmp_path / "b", {"bestand.csv": rows}, **JANUARY_TO_MARCH)
    for result in (by_spell, by_day):
        told = _describe(result.staged, "l1-0")
        assert told["erster_stichtag"] == "2024-01-15"
        assert told["letzter_stichtag"] == "2024-03-15"


def test_a_delivery_without_stock_has_no_stichtag(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"teilnahmen.csv": EMPTY_TABLES["teilnahmen"]}
    told = _describe(stage_files(tmp_path, files).staged, "l1-0")
    assert (told["erster_stichtag"], told["letzter_stichtag"]) == (None, None)


def test_the_same_spells_in_any_order_give_the_same_months(tmp_path: Path) -> None:
    lines = [
        f"P{i % 50};2024-0{1 + i % 3}-{10 + i % 7};{'' if i % 4 else '2024-03-16'};{'wm'[i % 2]}"
        for i in range(400)
    ]
    found = []
    for name, order in (("a", lines), ("b", lines[::-1])):
        result = stage_spells(tmp_path / name, *order)
        found.append(sorted(result.accepted("person_id", "stichtag", "geschlecht")))
    assert found[0] == found[1]
    assert len(found[0]) == len({(person, day) for person, day, _ in found[0]})


def test_no_message_about_spells_shows_a_cell(tmp_path: Path) -> None:
    canary = "Kanarienvogel"
    raw = tmp_path / "raw"
    write(raw, {"bezug.csv": spells(f"{canary};{canary};;w")}, **JANUARY_TO_MARCH)
    (raw / "l1" / "stichtage.csv").write_text(f"stichtag\n{canary}\n", encoding="utf-8")
    [delivery] = discover(raw)
    assert canary not in repr(delivery.warnings)
    with pytest.raises(DeliveryError) as caught:
        stage(raw)
    assert canary not in str(caught.value)
