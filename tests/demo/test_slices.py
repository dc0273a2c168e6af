"""Same seed, same history: byte for byte, whatever is cut from it and however long it runs."""

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipeline.demo import demo_history, demo_tables, write_delivery, write_demo
from pipeline.demo.state import History
from pipeline.errors import UsageError

NAMES = ("bestand", "beschaeftigungen", "teilnahmen")
WRITE = """
import sys; from pathlib import Path; from pipeline.demo import write_demo
write_demo(Path(sys.argv[1]), bestand=150, seed=5, monate=8)
"""


def digest(folder: Path) -> dict[str, str]:
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    write_demo(tmp_path / "here" / "demo", bestand=150, seed=5, monate=8)
    subprocess.run(
        [sys.executable, "-c", WRITE, str(tmp_path / "there" / "demo")],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo"},
    )
    assert digest(tmp_path / "here" / "demo") == digest(tmp_path / "there" / "demo")


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    write_demo(tmp_path / "a", bestand=150, seed=5, monate=3)
    write_demo(tmp_path / "b", bestand=150, seed=6, monate=3)
    assert digest(tmp_path / "a")["bestand.csv"] != digest(tmp_path / "b")["bestand.csv"]


def test_the_past_does_not_depend_on_how_long_the_history_runs(small: History) -> None:
    day = date(2014, 9, 30)
    short = demo_history(bestand=500, seed=7, von=date(2013, 4, 1), monate=18)
    for name, table in demo_tables(short, day).items():
        assert plain(table).equals(plain(demo_tables(small, day)[name])), name


def plain(table: pa.Table) -> pa.Table:
    """The table with text columns as plain text: codes may be numbered differently."""
    types = [f.type.value_type if pa.types.is_dictionary(f.type) else f.type for f in table.schema]
    return table.cast(pa.schema(list(zip(table.column_names, types, strict=True))))


def connect(earlier: dict[str, pa.Table], later: dict[str, pa.Table]) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    for name in NAMES:
        con.register(f"a_{name}", earlier[name])
        con.register(f"b_{name}", later[name])
    return con


def count(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(f"select count(*) from {sql}").fetchone()
    assert row is not None
    return int(row[0])


def test_a_slice_knows_nothing_of_the_day_after(small: History) -> None:
    day = date(2014, 9, 20)
    tables = demo_tables(small, day)
    con = connect(tables, tables)
    for name, column in (
        ("bestand", "stichtag"),
        ("beschaeftigungen", "beginn"),
        ("beschaeftigungen", "erfasst_am"),
        ("teilnahmen", "eintritt"),
        ("teilnahmen", "erfasst_am"),
        ("teilnahmen", "austritt"),
    ):
        assert count(con, f"a_{name} where {column} > date '{day}'") == 0, column
    assert count(con, f"a_teilnahmen where austritt_geplant > date '{day}'") > 0
    assert count(con, "a_teilnahmen where austritt is null") > 0


def test_later_slices_add_rows_and_fill_in_ends_but_change_nothing_else(small: History) -> None:
    early, late = date(2014, 6, 30), date(2015, 3, 31)
    con = connect(demo_tables(small, early), demo_tables(small, late))
    assert count(con, "(from a_bestand except from b_bestand)") == 0
    for name, key, end in (
        ("beschaeftigungen", "beschaeftigung_id", "ende"),
        ("teilnahmen", "teilnahme_id", "austritt"),
    ):
        other = "ende" if name == "beschaeftigungen" else "austritt, austrittsgrund"
        same = f"select * exclude ({other}) from"
        assert count(con, f"({same} a_{name} except {same} b_{name})") == 0
        changed = f"""a_{name} a join b_{name} b using ({key})
            where a.{end} <= date '{early}' and b.{end} is distinct from a.{end}"""
        assert count(con, changed) == 0
        past = f"a_{name} a join b_{name} b using ({key}) where b.{end} <= date '{early}'"
        assert count(con, f"{past} and a.{end} is null") == 0
        assert count(con, f"b_{name}") > count(con, f"a_{name}")


def test_twelve_monthly_deliveries_can_be_written(small: History, tmp_path: Path) -> None:
    for month in (1, 2, 3):
        info = write_delivery(small, tmp_path / f"l{month}", as_of=date(2014, month, 28))
        assert info.lieferung == f"l{month}"
    stock = [len((tmp_path / f"l{m}" / "bestand.csv").read_text().splitlines()) for m in (1, 2, 3)]
    assert stock[0] < stock[1] < stock[2]


@pytest.mark.parametrize("day", [date(2013, 4, 14), date(2015, 10, 1)])
def test_a_day_outside_the_history_is_refused(small: History, day: date) -> None:
    with pytest.raises(UsageError):
        demo_tables(small, day)


@pytest.mark.parametrize(
    "wrong", [{"bestand": 9}, {"monate": 0}, {"monate": 121}, {"luecke": 1.1}, {"seed": -1}]
)
def test_arguments_out_of_range_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        demo_history(**wrong)  # type: ignore[arg-type]


def test_an_earlier_demo_is_replaced_whole_and_nothing_hidden_is_left(tmp_path: Path) -> None:
    write_demo(tmp_path / "demo", bestand=50, monate=2, form="parquet")
    write_demo(tmp_path / "demo", bestand=50, monate=2)
    found = sorted(path.name for path in (tmp_path / "demo").iterdir())
    assert found == ["beschaeftigungen.csv", "bestand.csv", "lieferung.toml", "teilnahmen.csv"]
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


@pytest.mark.parametrize(
    "files",
    [
        {"bestand.csv": "x"},
        {"bestand.csv": "x", "lieferung.toml": "synthetisch = false\n"},
        {"lieferung.toml": "synthetisch = true\n", "notizen.txt": "x"},
    ],
)
def test_a_folder_with_anything_else_is_never_overwritten(
    tmp_path: Path, files: dict[str, str]
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(UsageError):
        write_demo(tmp_path, bestand=50, monate=2)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == files
