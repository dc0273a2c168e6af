"""The CSV files hold the published table, cell by cell."""

import csv
import io
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.report.pub import COLUMNS
from tests.report import example


def read_csv(path: Path, separator: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding)), delimiter=separator))


def as_text(value: object) -> str:
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return "" if value is None else str(value)


def key(row: dict[str, str]) -> list[str]:
    return [row[c] for c in COLUMNS[:6]]


def test_the_machine_readable_table_read_again_equals_pub_quote(
    built: Path, full: example.Example, tmp_path: Path
) -> None:
    source = pq.read_table(full.write(tmp_path)[0]).to_pylist()
    expected = sorted(({c: as_text(r[c]) for c in COLUMNS} for r in source), key=key)
    assert read_csv(built / "tabellen/quoten.csv", ",") == expected


def test_the_excel_table_has_the_same_figures_with_a_decimal_comma(built: Path) -> None:
    raw = (built / "tabellen/quoten_excel.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    excel = read_csv(built / "tabellen/quoten_excel.csv", ";", "utf-8-sig")
    machine = read_csv(built / "tabellen/quoten.csv", ",")
    assert len(excel) == len(machine)
    for left, right in zip(excel, machine, strict=True):
        assert left["Quote"].replace(",", ".") == right["quote"]
        assert left["Nenner"].replace(",", ".") == right["nenner"]
        assert left["Zähler"] == right["zaehler"]
    assert {r["Geschlecht"] for r in excel} == {"Frauen", "Männer", "insgesamt"}
    assert "geheim gehalten" in {r["Status"] for r in excel}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_text_that_a_spreadsheet_would_run_is_disarmed(
    start: str, build_page, tmp_path: Path
) -> None:
    table = example.Example()
    table.rows += example.totals("2015-12", 0)
    table.rows += example.cell(("K2", "2015-12", "stadtbezirk", (f"{start}1+1",)), 0.5, 0.3)
    folder = build_page(table).folder
    districts = [
        r["Gruppe 1"]
        for r in read_csv(folder / "tabellen/quoten_excel.csv", ";", "utf-8-sig")
        if r["Gliederung"] == "Stadtbezirk"
    ]
    assert districts == [f"'{start}1+1"] * 3
