"""Running one SQL file as one table."""

from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.database import literal
from pipeline.registries import code_list, code_list_names, parameters

SQL = Path(__file__).parent.parent / "sql"


def read_sql(table: str) -> str:
    """The text of sql/<table>.sql."""
    return (SQL / f"{table}.sql").read_text(encoding="utf-8")


def view_files(con: duckdb.DuckDBPyConnection, table: str, files: list[Path]) -> None:
    """Let SQL see Parquet files under the name of a table."""
    listed = ", ".join(literal(str(file)) for file in files)
    con.execute(f"create or replace view {table} as select * from read_parquet([{listed}])")


def write_table(
    con: duckdb.DuckDBPyConnection, table: str, out: Path, sql: str | None = None
) -> None:
    """Run a table's SQL, write it to out/<table>.parquet and let later SQL see it."""
    target = out / f"{table}.parquet"
    query = sql or read_sql(table)
    con.execute(f"copy (\n{query}\n) to {literal(str(target))} (format parquet, compression zstd)")
    view_files(con, table, [target])


def write_generated(con: duckdb.DuckDBPyConnection, table: str, sql: str, out: Path) -> None:
    """Like write_table, and save the SQL, as it was executed, beside the table."""
    write_table(con, table, out, sql)
    save_sql(table, sql, out)


def save_sql(table: str, sql: str, out: Path) -> None:
    """Keep generated SQL as out/<table>.sql."""
    (out / f"{table}.sql").write_text(sql, encoding="utf-8")


def keep_table(con: duckdb.DuckDBPyConnection, table: str, sql: str | None = None) -> None:
    """Run a table's SQL and keep the result in memory for this connection only."""
    con.execute(f"create or replace temp table {table} as\n{sql or read_sql(table)}")


def view_query(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Let SQL see a table's rows, computed where they are read: for a table that is read once."""
    con.execute(f"create or replace temp view {table} as\n{read_sql(table)}")


def register_codes(con: duckdb.DuckDBPyConnection) -> None:
    """Let SQL see every code list as code_<name>: code, rank and the list's own columns."""
    for name in code_list_names():
        codes = code_list(name).codes
        rows = [{"code": c.code, "rank": c.rank, **c.extra} for c in codes]
        con.register(f"code_{name}", pa.Table.from_pylist(rows))


def register_parameters(con: duckdb.DuckDBPyConnection) -> None:
    """Let SQL see the dated rules as parameter: name, gilt_ab, gilt_bis, zahl (true = 1)."""
    rows = [
        {"name": p.name, "gilt_ab": g.ab, "gilt_bis": g.bis, "zahl": int(g.wert)}
        for p in parameters().values()
        for g in p.gilt
        if not isinstance(g.wert, tuple)
    ]
    schema = pa.schema(
        [("name", pa.string()), ("gilt_ab", pa.date32()), ("gilt_bis", pa.date32()),
         ("zahl", pa.int32())]
    )  # fmt: skip
    con.register("parameter", pa.Table.from_pylist(rows, schema=schema))
