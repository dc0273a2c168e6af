"""A delivery folder → raw rows. Nothing is judged here, only opened.

A CSV cell arrives as text, a Parquet cell as the Python value of its type. The line of a row is the
line of the text file (the header is line 1); a Parquet file has no header, its first row is 1.
"""

import csv
import io
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tests.oracle.catalogue import TABLES


@dataclass(frozen=True)
class RawRow:
    """One delivered row and where it stands."""

    line: int
    cells: dict[str, Any]


@dataclass(frozen=True)
class RawTable:
    """One delivered file."""

    file: str
    columns: tuple[str, ...]
    rows: list[RawRow]


@dataclass(frozen=True)
class RawDelivery:
    """One folder: what its lieferung.toml says (empty when there is none) and its tables."""

    folder: str
    declared: dict[str, Any]
    tables: dict[str, RawTable]
    stichtage: list[date] | None


def read_delivery(folder: Path) -> RawDelivery:
    """Everything a delivery folder holds."""
    sheet = folder / "lieferung.toml"
    declared = tomllib.loads(sheet.read_text(encoding="utf-8")) if sheet.exists() else {}
    tables: dict[str, RawTable] = {}
    for table in TABLES:
        if (folder / f"{table}.csv").exists():
            tables[table] = _read_csv(folder / f"{table}.csv")
        elif (folder / f"{table}.parquet").exists():
            tables[table] = _read_parquet(folder / f"{table}.parquet")
    return RawDelivery(folder.name, declared, tables, _read_stichtage(folder))


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _read_csv(path: Path) -> RawTable:
    text = _decode(path.read_bytes())
    header = text.splitlines()[0]
    separator = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    columns = next(reader)
    rows = [
        RawRow(reader.line_num, dict(zip(columns, cells, strict=True))) for cells in reader if cells
    ]
    return RawTable(path.name, tuple(columns), rows)


def _read_parquet(path: Path) -> RawTable:
    content = pq.read_table(path)
    rows = [RawRow(number, cells) for number, cells in enumerate(content.to_pylist(), start=1)]
    return RawTable(path.name, tuple(content.column_names), rows)


def _read_stichtage(folder: Path) -> list[date] | None:
    if (folder / "stichtage.csv").exists():
        rows = _read_csv(folder / "stichtage.csv").rows
    elif (folder / "stichtage.parquet").exists():
        rows = _read_parquet(folder / "stichtage.parquet").rows
    else:
        return None
    days = (str(row.cells["stichtag"]) for row in rows)
    return [
        datetime.strptime(day, "%d.%m.%Y").date() if "." in day else date.fromisoformat(day)
        for day in days
    ]
