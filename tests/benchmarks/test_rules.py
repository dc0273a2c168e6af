"""The measurement of the rules at a tiny size, and its aims at their boundaries."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from benchmarks.rules import FULL_ROWS, MONTHS, Measured, goals, page, run
from benchmarks.rules_set import TABLE, handwritten, write_rows
from pipeline.quality.tables import checked_tables

ROWS = FULL_ROWS // MONTHS * MONTHS


def test_everything_is_measured_at_a_tiny_size(tmp_path: Path) -> None:
    said: list[str] = []
    found = run(tmp_path, 30, 1200, 600, 1, said.append)
    assert list(found) == ["alle", "neu", "fuenfzehn", "hand", "pandas"]
    assert all(min(m.sekunden, m.cpu, m.spitze_mb) > 0 for m in found.values())
    assert found["hand"].import_sekunden == 0 < found["fuenfzehn"].import_sekunden
    assert (found["fuenfzehn"].rows, found["pandas"].rows) == (1200, 600)
    assert found["neu"].rows < found["alle"].rows
    assert page(found, 30).count("\n| ") == 7
    assert len(said) == 2


def test_the_made_up_rows_break_nothing_and_have_the_columns_of_the_table(tmp_path: Path) -> None:
    path = tmp_path / "zeilen.parquet"
    write_rows(path, 600)
    rows, keys = handwritten(str(path))
    con = duckdb.connect()
    assert con.execute(rows).fetchall() == [(600, *[0] * 13)]
    assert con.execute(keys).fetchall() == [(0,)]
    names = {row[0] for row in con.execute(f"describe from '{path}'").fetchall()}
    assert names == checked_tables()[TABLE].column_names()


def measured(**figures: float) -> dict[str, Measured]:
    """Figures that reach every aim just so, but for those given."""
    base = Measured("t", ROWS, 1.0, 1.0, 1.0, 0.0)
    found = {
        "alle": replace(base, sekunden=10.0),
        "neu": replace(base, sekunden=2.0),
        "fuenfzehn": replace(base, sekunden=1.5, spitze_mb=999.0),
        "hand": base,
        "pandas": replace(base, cpu=20.0),
    }
    for name, value in figures.items():
        who, _, what = name.partition("_")
        found[who] = replace(found[who], **{what: value})
    return found


@pytest.mark.parametrize(
    ("figures", "missed"),
    [
        ({}, []),
        ({"neu_sekunden": 2.01}, ["neueste Lieferung in 2 s"]),
        ({"alle_sekunden": 10.01}, ["60 Monate in 10 s"]),
        ({"hand_sekunden": 0.99}, ["höchstens 1,5 mal so lange wie von Hand"]),
        ({"pandas_cpu": 19.9}, ["mindestens 20 mal weniger CPU als pandas"]),
        ({"fuenfzehn_spitze_mb": 1000.0}, ["unter 1000 MB"]),
    ],
)
def test_each_aim_is_judged_at_its_boundary(figures: dict[str, float], missed: list[str]) -> None:
    lines = [line.split(" | ") for line in goals(measured(**figures), 30_000)]
    assert len(lines) == 5
    assert [line[0].removeprefix("| ") for line in lines if "verfehlt" in line[2]] == missed


def test_aims_of_the_full_size_are_not_judged_at_another() -> None:
    small = {name: replace(m, rows=600) for name, m in measured().items()}
    assert goals(small, 29_999) == []
