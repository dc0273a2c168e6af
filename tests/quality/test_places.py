"""Where a rule is broken: file and line, or month, and never a value of a row."""

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.quality.explain import explain, find, findings
from pipeline.quality.places import TESTS, places_sql
from pipeline.quality.suite import suite
from pipeline.quality.tables import checked_tables
from pipeline.quality.views import Part
from pipeline.quality.wellformed import KINDS, PLACES
from tests.quality.small import clean_tables, export, rule

CANARY = "KANARIENVOGEL"


def told(folder: Path, name: str, *faults: str, part: Part | None = None) -> list[str]:
    """What is said of the findings of a rule in clean tables with these faults."""
    con = clean_tables()
    for fault in faults:
        con.execute(fault)
    return list(findings(rule(name), export(con, folder, checked_tables()), folder / "t", part))


def test_there_is_a_test_for_every_kind_of_expectation() -> None:
    assert set(TESTS) == set(KINDS)


def test_every_rule_of_the_suite_names_places_and_nothing_else() -> None:
    con = clean_tables()
    for one in suite():
        columns = {row[0] for row in con.execute(f"describe {places_sql(one)}").fetchall()}
        assert columns <= set(PLACES), one.id


def test_findings_are_listed_by_file_with_column_and_lines(tmp_path: Path) -> None:
    assert told(
        tmp_path,
        "BES-22",
        "update core_bestand set leistungsbezug_seit = stichtag + 1 where zeile in (3, 5)",
        "update core_bestand set leistungsbezug_seit = stichtag + 1, datei = 'b.csv' "
        "where zeile = 4",
    ) == [
        "3 Treffer in 154 Zeilen von core_bestand.",
        "  L1 / b.csv: 1, Spalte leistungsbezug_seit, Zeile 4",
        "  L1 / bestand.csv: 2, Spalte leistungsbezug_seit, Zeilen 3, 5",
    ]


def test_after_twenty_lines_the_rest_is_counted_only(tmp_path: Path) -> None:
    fault = "update core_bestand set leistungsbezug_seit = stichtag + 1 where zeile <= {}"
    twenty = ", ".join(map(str, range(1, 21)))
    line = "  L1 / bestand.csv: {}, Spalte leistungsbezug_seit, Zeilen " + twenty
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert told(tmp_path / "a", "BES-22", fault.format(20))[1:] == [line.format(20)]
    assert told(tmp_path / "b", "BES-22", fault.format(21))[1:] == [f"{line.format(21)} …"]


def test_both_rows_of_a_repeated_key_are_named(tmp_path: Path) -> None:
    fault = "update core_beschaeftigung set beschaeftigung_id = 'B1'"
    assert told(tmp_path, "BSC-schluessel", fault) == [
        "2 Treffer in 2 Zeilen von core_beschaeftigung.",
        "  L1 / beschaeftigungen.csv: 2, Zeilen 1, 5",
    ]


def test_a_table_without_files_names_its_months(tmp_path: Path) -> None:
    fault = "update core_personenmonat set integriert = 2 where month(monat) = 5"
    lines = told(tmp_path, "PM-21", fault)
    assert lines[0] == "11 Treffer in 154 Zeilen von core_personenmonat."
    assert lines[1:] == ["  2024-06: 11"]


def test_a_kept_rule_says_so(tmp_path: Path) -> None:
    assert told(tmp_path, "BES-22") == ["0 Treffer in 154 Zeilen von core_bestand."]


def test_only_the_rows_of_one_delivery_are_judged(tmp_path: Path) -> None:
    con = clean_tables()
    (von, bis) = con.execute("select min(monat), max(monat) from core_bestand").fetchall()[0]
    faults = (
        "update core_bestand set leistungsbezug_seit = stichtag + 1 where zeile in (3, 5)",
        "update core_bestand set lieferung = 'L2' where zeile = 5",
    )
    assert told(tmp_path, "BES-22", *faults, part=Part("L2", von, bis)) == [
        "1 Treffer in 1 Zeilen von core_bestand.",
        "  L2 / bestand.csv: 1, Spalte leistungsbezug_seit, Zeile 5",
    ]


def test_no_value_of_a_row_is_told(tmp_path: Path) -> None:
    con = clean_tables()
    for table in checked_tables().values():
        texts = [c.name for c in table.columns if c.typ == "VARCHAR" and c.name not in PLACES]
        if texts:
            cells = ", ".join(f"{name} = '{CANARY}'" for name in texts)
            con.execute(f"update {table.name} set {cells}")
    tables = export(con, tmp_path, checked_tables())
    said = [line for one in suite() for line in findings(one, tables, tmp_path / "t")]
    assert len(said) > len(suite())
    assert CANARY not in "\n".join(said)


def test_a_rule_is_explained_with_reason_and_sql() -> None:
    lines = list(explain(rule("BES-21")))
    assert lines[0] == "BES-21 · core_bestand · spalte · Warnung"
    assert lines[1:3] == [rule("BES-21").titel_de, rule("BES-21").why]
    assert "where year(stichtag) - geburtsjahr not between 15 and 67" in lines
    assert list(explain(rule("BES-21"), "en"))[1:3] == [
        rule("BES-21").titel_en,
        rule("BES-21").why_en,
    ]
    assert "Great Expectations: expect_column_values_to_be_between" in "\n".join(
        explain(rule("BSC-22"))
    )


def test_a_rule_that_does_not_exist_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="Die Regel «BES-99» gibt es nicht"):
        find(suite(), "BES-99")
