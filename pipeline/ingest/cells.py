"""Cells → typed values. Each distinct content of a column is read once."""

from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.reading.readers import RawTable
from pipeline.ingest.typing_sql import newest_day_sql, read_column_sql
from pipeline.registries import Column, Contract


def typed_table(con: duckdb.DuckDBPyConnection, contract: Contract, raw: RawTable) -> pa.Table:
    """One row per delivered row: zeile, each delivered column typed, and <column>_unlesbar.

    A value is null where the cell is empty or cannot be read; _unlesbar tells the two apart.
    """
    columns = {"zeile": raw.table.column("zeile").combine_chunks()}
    for column in contract.columns:
        if column.name in raw.columns:
            values, unreadable = _typed_column(con, column, raw.table.column(column.name))
            columns[column.name] = values
            columns[f"{column.name}_unlesbar"] = unreadable
    return pa.table(columns)


def newest_day(con: duckdb.DuckDBPyConnection, contract: Contract, raw: RawTable) -> date | None:
    """The newest readable day of the columns that cannot lie after the datenstand, or None."""
    names = [c.name for c in contract.columns if c.nicht_nach_datenstand and c.name in raw.columns]
    found = []
    for name in names:
        con.register("werte", _distinct(encoded(raw.table.column(name)).dictionary))
        found += con.execute(newest_day_sql()).fetchall()
        con.unregister("werte")
    return max((day for (day,) in found if day is not None), default=None)


def typed_contents(
    con: duckdb.DuckDBPyConnection, column: Column, contents: pa.Array
) -> tuple[pa.Array, pa.Array]:
    """What each content of a column says, and whether it cannot be read."""
    con.register("werte", _distinct(contents))
    read = con.sql(read_column_sql(column)).to_arrow_table().combine_chunks()
    con.unregister("werte")
    values, unreadable = (read.column(name).combine_chunks() for name in ("wert", "unlesbar"))
    return values, unreadable


def _typed_column(
    con: duckdb.DuckDBPyConnection, column: Column, cells: pa.ChunkedArray
) -> tuple[pa.Array, pa.Array]:
    whole = encoded(cells)
    values, unreadable = typed_contents(con, column, whole.dictionary)
    return pc.take(values, whole.indices), pc.take(unreadable, whole.indices)


def _distinct(contents: pa.Array) -> pa.Table:
    return pa.table({"nr": pa.array(range(len(contents)), pa.int32()), "inhalt": contents})


def encoded(cells: pa.ChunkedArray) -> pa.DictionaryArray:
    """The cells as one dictionary array; a missing cell is an empty one."""
    if not pa.types.is_dictionary(cells.type):
        cells = pc.fill_null(cells, "").dictionary_encode()
    whole = cells.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], cells.type)
    return whole
