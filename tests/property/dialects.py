"""Deliveries → files, each in a dialect of its own."""

import csv
import hashlib
import io
import random
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.oracle.catalogue import TABLES, Column
from tests.property.cells import Cells
from tests.property.deliveries import Delivery
from tests.property.mistakes import BadCell

BOOLEANS = (("true", "false"), ("ja", "nein"), ("j", "n"), ("1", "0"))
PARQUET_TYPES = {"date": pa.date32(), "integer": pa.int64(), "decimal": pa.float64()}


def write_deliveries(rng: random.Random, deliveries: list[Delivery], raw: Path) -> None:
    """One folder per delivery below `raw`."""
    for delivery in deliveries:
        folder = raw / f"{delivery.id}-ordner"
        folder.mkdir(parents=True)
        listed = rng.random() < 0.3
        entries = []
        columns = {table: _columns(table, names) for table, names in delivery.columns.items()}
        tables = dict(delivery.tables)
        if delivery.stichtage is not None:
            columns["stichtage"] = [Column("stichtag", "date", required=True)]
            tables["stichtage"] = [{"stichtag": day} for day in delivery.stichtage]
        for table, rows in tables.items():
            path = _write_table(rng, folder, table, columns[table], rows)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            entries.append(
                f'[[datei]]\nname = "{path.name}"\ntabelle = "{table}"\n'
                f'zeilen = {len(rows)}\nsha256 = "{digest}"\n'
            )
        if delivery.has_sheet:
            sheet = (
                f'lieferung = "{delivery.id}"\ndatenstand = {delivery.datenstand}\n'
                f'traeger = "T1"\nart = "{delivery.art}"\nsynthetisch = true\n'
            )
            if delivery.zeitraum_von is not None:
                sheet += f"zeitraum_von = {delivery.zeitraum_von}\n"
            text = sheet + ("".join(entries) if listed else "")
            (folder / "lieferung.toml").write_text(text, encoding="utf-8")


def _columns(table: str, names: list[str]) -> list[Column]:
    return [next(one for one in TABLES[table] if one.name == name) for name in names]


def _write_table(
    rng: random.Random, folder: Path, table: str, columns: list[Column], rows: list[Cells]
) -> Path:
    kind = rng.choice(["csv", "csv", "csv", "parquet", "parquet as text"])
    if kind == "csv":
        path = folder / f"{table}.csv"
        path.write_bytes(_csv_bytes(rng, columns, rows))
    else:
        path = folder / f"{table}.parquet"
        pq.write_table(_parquet_table(columns, rows, kind == "parquet as text"), path)
    return path


def _csv_bytes(rng: random.Random, columns: list[Column], rows: list[Cells]) -> bytes:
    mixed = rng.random() < 0.2
    german_dates = rng.random() < 0.5
    comma = rng.random() < 0.5
    booleans = rng.choice(BOOLEANS)
    buffer = io.StringIO(newline="")
    writer = csv.writer(
        buffer,
        delimiter=rng.choice(";,"),
        lineterminator=rng.choice(["\n", "\r\n"]),
        quoting=rng.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    )
    writer.writerow([column.name for column in columns])
    for row in rows:
        if mixed:
            german_dates, comma = rng.random() < 0.5, rng.random() < 0.5
            booleans = rng.choice(BOOLEANS)
        writer.writerow([_as_text(row[one.name], german_dates, comma, booleans) for one in columns])
    text = buffer.getvalue()
    if rng.random() < 0.2:
        text = text.rstrip()
    return text.encode(rng.choice(["utf-8", "utf-8-sig", "cp1252"]))


def _as_text(value: Any, german_dates: bool, comma: bool, booleans: tuple[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, BadCell):
        return value.text
    if isinstance(value, bool):
        return booleans[0] if value else booleans[1]
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y") if german_dates else value.isoformat()
    if isinstance(value, float):
        return f"{value:.2f}".replace(".", ",") if comma else str(value)
    return str(value)


def _parquet_table(columns: list[Column], rows: list[Cells], as_text: bool) -> pa.Table:
    """Typed columns; a column with a bad cell can only be delivered as text."""
    arrays = []
    for column in columns:
        values = [row[column.name] for row in rows]
        if as_text or any(isinstance(value, BadCell) for value in values):
            texts = [
                None if v is None else _as_text(v, False, False, ("true", "false")) for v in values
            ]
            arrays.append(pa.array(texts, pa.string()))
        elif column.kind == "boolean":
            arrays.append(pa.array(values, pa.bool_()))
        elif column.kind == "decimal":
            arrays.append(pa.array([None if v is None else float(v) for v in values], pa.float64()))
        else:
            arrays.append(pa.array(values, PARQUET_TYPES.get(column.kind, pa.string())))
    return pa.table(arrays, names=[column.name for column in columns])
