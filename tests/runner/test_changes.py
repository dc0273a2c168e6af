"""The comparison with the last run: what counts as new, changed, vanished, and how it reads."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.change_lines import MOST_STRETCHES, change_lines
from pipeline.changes import CORE, Changes, RowChanges, compare
from pipeline.database import connect
from pipeline.registries import contract
from pipeline.report.pub import COLUMNS

Row = dict[str, Any]
ORIGIN = {"person_nr": 1, "lieferung": "eins", "datei": "bestand.csv", "zeile": 7}
NUMBERS = {"zaehler": pa.int64(), "bestand_monate": pa.int64()} | dict.fromkeys(
    ("nenner", "quote", "untergrenze", "obergrenze"), pa.float64()
)


def person(name: str, month: int = 1, **values: Any) -> Row:
    """A row of the merged stock in a month of 2015; what is not given is empty."""
    return {"person_id": name, "monat": date(2015, month, 1), "bg_typ": "single", **values}


def k2(month: str, w: float | None = 18.0, m: float | None = 30.0) -> list[Row]:
    """The published totals of K2 of a month; without a quota it is suppressed."""
    total = {"kennzahl": "K2", "berichtsmonat": month, "schnitt": "insgesamt"}
    total |= {"auspraegung_1": "insgesamt", "auspraegung_2": ""}
    return [
        {**total, "geschlecht": sex, "quote": q, "status": "gesperrt" if q is None else "ok"}
        for sex, q in (("w", w), ("m", m))
    ]


def write(
    folder: Path, stock: Sequence[Row] = (), quotas: Sequence[Row] = (), jobs: Sequence[Row] = ()
) -> Path:
    """All remembered tables in a folder, with the columns they have after a run."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {"core_bestand": stock, "core_beschaeftigung": jobs, "core_teilnahme": ()}
    for table, delivered in CORE.items():
        names = dict.fromkeys(["person_nr", *contract(delivered).names(), *ORIGIN], pa.string())
        names |= {"person_nr": pa.int32(), "zeile": pa.int32(), "monat": pa.date32()}
        _write(folder / f"{table}.parquet", names, [{**ORIGIN, **row} for row in rows[table]])
    texts = dict.fromkeys(COLUMNS, pa.string())
    _write(folder / "pub_quote.parquet", texts | NUMBERS, list(quotas))
    facts = dict.fromkeys(("schluessel", "wert"), pa.string())
    _write(folder / "pub_angaben.parquet", facts, [])
    return folder


def _write(path: Path, columns: dict[str, pa.DataType], rows: list[Row]) -> None:
    schema = pa.schema(list(columns.items()))
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), path)


def changes(root: Path, before: dict[str, list[Row]], now: dict[str, list[Row]]) -> Changes:
    """The changes between two runs whose tables hold these rows."""
    old, new = write(root / "vorher", **before), write(root / "jetzt", **now)
    with connect(read_from=[root], temp=root / "zwischen", threads=1) as con:
        return compare(con, old, new)


def stock_changes(root: Path, before: list[Row], now: list[Row]) -> tuple[int, int, int]:
    """Rows of the stock that are new, changed, vanished."""
    (rows,) = (
        r for r in changes(root, {"stock": before}, {"stock": now}).zeilen if r.tabelle == "bestand"
    )
    return rows.neu, rows.geaendert, rows.weggefallen


def test_a_row_that_came_one_that_changed_and_one_that_vanished_count_once_each(
    tmp_path: Path,
) -> None:
    before = [person("a"), person("b"), person("c")]
    now = [person("a"), person("b", bg_typ="paar"), person("d")]
    assert stock_changes(tmp_path, before, now) == (1, 1, 1)


@pytest.mark.parametrize(
    ("before", "now", "changed"), [(None, "x", 1), ("x", None, 1), (None, None, 0), ("x", "x", 0)]
)
def test_an_empty_cell_equals_an_empty_cell_and_differs_from_a_filled_one(
    tmp_path: Path, before: str | None, now: str | None, changed: int
) -> None:
    rows = [[person("a", stadtbezirk=cell), person("b")] for cell in (before, now)]
    assert stock_changes(tmp_path, rows[0], [*rows[1], person("c")]) == (1, changed, 0)


def test_a_row_delivered_again_unchanged_is_no_change(tmp_path: Path) -> None:
    again: Row = {"lieferung": "zwei", "datei": "neu.csv", "zeile": 9, "person_nr": 5}
    assert stock_changes(tmp_path, [person("a")], [person("a", **again)]) == (0, 0, 0)


def test_another_day_of_the_same_month_is_a_change_of_the_row(tmp_path: Path) -> None:
    before, now = (person("a", stichtag=f"2015-01-{day}") for day in (14, 15))
    assert stock_changes(tmp_path, [before], [now]) == (0, 1, 0)


def test_the_same_person_in_another_month_is_another_row(tmp_path: Path) -> None:
    assert stock_changes(tmp_path, [person("a", 1)], [person("a", 2)]) == (1, 0, 1)


def test_a_take_up_is_known_by_its_id_whoever_it_belongs_to(tmp_path: Path) -> None:
    before = [{"beschaeftigung_id": "B1", "person_id": "a"}]
    now = [{"beschaeftigung_id": "B1", "person_id": "b"}]
    found = changes(tmp_path, {"jobs": before}, {"jobs": now})
    assert RowChanges("beschaeftigungen", geaendert=1) in found.zeilen


def test_months_that_came_are_told_apart_from_known_ones_with_other_rows(tmp_path: Path) -> None:
    before = [person("a", month) for month in (1, 2, 3)]
    now = [person("a", 1), person("a", 2), person("b", 2), person("a", 4)]
    found = changes(tmp_path, {"stock": before}, {"stock": now})
    assert found.bestand_neu == ("2015-04",)
    assert found.bestand_geaendert == ("2015-02", "2015-03")


def test_a_month_of_k2_is_revised_by_a_quota_or_a_status_of_either_sex(tmp_path: Path) -> None:
    before = [*k2("2015-01"), *k2("2015-02"), *k2("2015-03"), *k2("2014-12")]
    now = [*k2("2015-01", w=18.1), *k2("2015-02", m=None), *k2("2015-03")]
    found = changes(tmp_path, {"quotas": before}, {"quotas": [*now, *k2("2015-04")]})
    assert found.k2_geaendert == ("2015-01", "2015-02")
    assert (found.k2_neu, found.k2_weggefallen) == (("2015-04",), ("2014-12",))
    assert RowChanges("pub_quote", neu=2, geaendert=2, weggefallen=2) in found.zeilen


def test_k2_is_shown_for_the_newest_month_of_both_runs_and_for_the_newest(tmp_path: Path) -> None:
    before, now = [*k2("2015-01"), *k2("2015-02")], [*k2("2015-02", w=18.4), *k2("2015-03")]
    found = changes(tmp_path, {"quotas": before}, {"quotas": now})
    assert [q.berichtsmonat for q in found.quotas] == ["2015-02", "2015-03"]
    both, newest = found.quotas
    assert both.vorher and (both.vorher.gap, both.jetzt.gap) == (Decimal("12.0"), Decimal("11.6"))
    assert newest.vorher is None
    assert found.content()["quotas"][0]["vorher"] == {"w": 18.0, "m": 30.0, "abstand": 12.0}


def test_the_lines_name_rows_months_and_both_values(tmp_path: Path) -> None:
    found = changes(
        tmp_path,
        {"stock": [person("a", 1), person("b", 1)], "quotas": k2("2015-02")},
        {"stock": [person("a", 1), person("a", 2)], "quotas": k2("2015-02", m=None)},
    )
    assert [line.replace("\u00a0", " ") for line in change_lines(found, "de")] == [
        "Änderungen in bestand: 1 Zeilen neu, 0 geändert, 1 weggefallen",
        "Änderungen der veröffentlichten Zahlen: 0 neu, 1 geändert, 0 weggefallen",
        "Neu im Bestand: Februar 2015",
        "Anders im Bestand als zuvor: Januar 2015",
        "Anders in K2 als zuvor: Februar 2015",
        "K2 Februar 2015: Frauen 18,0 (zuvor 18,0), Männer geheim gehalten (zuvor 30,0), "
        "Abstand in Prozentpunkten nicht vorhanden (zuvor 12,0)",
    ]


def test_runs_with_the_same_rows_and_figures_are_told_in_one_line(tmp_path: Path) -> None:
    rows = {"stock": [person("a")], "quotas": k2("2015-02")}
    (line,) = change_lines(changes(tmp_path, rows, rows), "en")
    assert line == "Changes: No row and no published figure differs from the last run."


@pytest.mark.parametrize("stretches", [MOST_STRETCHES, MOST_STRETCHES + 1])
def test_many_stretches_of_months_are_told_by_their_ends(stretches: int) -> None:
    months = tuple(f"2015-{2 * n + 1:02d}" for n in range(stretches))
    rows = (RowChanges("bestand", geaendert=stretches),)
    line = change_lines(Changes("verglichen", rows, bestand_geaendert=months), "de")[1]
    assert ("5 Monate zwischen Januar" in line) == (stretches > MOST_STRETCHES)
    assert ("März" in line) == (stretches <= MOST_STRETCHES)
