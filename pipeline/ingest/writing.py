"""The files of a staged table: the accepted rows typed, the rejected ones as delivered.

A third one names the cells of accepted rows that count as unknown because they cannot be read.

Input of both: the temp tables beurteilt, doppelt and the view angenommen (staging.py).
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.database import literal
from pipeline.ingest.rules import rule_id
from pipeline.ingest.source import Source
from pipeline.ingest.staged import StagedTable
from pipeline.ingest.typing_sql import output_type
from pipeline.registries import Column, Contract


def write_accepted(con: duckdb.DuckDBPyConnection, source: Source, out: Path) -> None:
    """Write stg_<tabelle>.parquet, sorted by zeile."""
    copy_sorted(con, source, source.contract, "select * from angenommen order by zeile", out)


def copy_sorted(
    con: duckdb.DuckDBPyConnection, source: Source, table: Contract, rows: str, out: Path
) -> None:
    """Write the rows of an ordered query as stg_<tabelle>.parquet, typed by the contract."""
    # Sorted before the codes become text: small numbers are sorted faster.
    columns = ", ".join(
        f"cast({_stored(c, source.monatsgenau)} as {output_type(c)}) as {c.name}"
        for c in table.columns
    )
    con.execute(
        f"""copy (
select $lieferung as lieferung, $datei as datei, zeile, {columns}
from ({rows})
) to {_quoted(out / f"stg_{table.tabelle}.parquet")} (format parquet, compression zstd)""",
        source.facts(),
    )


def _stored(column: Column, coarse: bool) -> str:
    """What is stored of a column; coarse: of some dates only the full months up to another."""
    name, end = column.name, column.volle_monate_bis
    if not coarse or end is None:
        return name
    months = f"to_months(cast(datesub('month', {name}, {end}) as integer))"
    return f"case when {name} > {end} then {end} + 1 else {end} - {months} end"


def write_rejected(con: duckdb.DuckDBPyConnection, source: Source, out: Path) -> None:
    """Write stg_<tabelle>_abgewiesen.parquet: cells as text; the whole line where it is no row."""
    names = source.contract.names()
    cells = ", ".join(
        f"roh.{name}" if name in source.raw.columns else f"cast(null as varchar) as {name}"
        for name in names
    )
    no_cells = ", ".join(f"null as {name}" for name in names)
    bad = source.raw.bad_lines
    con.register("roh", source.raw.table)
    con.register(
        "schlecht",
        pa.table(
            {
                "zeile": pa.array([line.zeile for line in bad], pa.int32()),
                "rohzeile": pa.array([line.text for line in bad], pa.string()),
            }
        ),
    )
    target = out / f"stg_{source.file.tabelle}_abgewiesen.parquet"
    con.execute(
        f"""copy (
with abgewiesen as (
    select zeile, regel, spalte from beurteilt where regel is not null
    union all
    select zeile, regel, null as spalte from doppelt where regel is not null
),

zeilen as (
    select
        abgewiesen.zeile, abgewiesen.regel, abgewiesen.spalte, {cells},
        cast(null as varchar) as rohzeile
    from abgewiesen
    inner join roh on abgewiesen.zeile = roh.zeile
    union all
    select zeile, $regel as regel, null as spalte, {no_cells}, rohzeile from schlecht
)

select $lieferung as lieferung, $datei as datei, *
from zeilen
order by zeile
) to {_quoted(target)} (format parquet, compression zstd)""",
        {**source.facts(), "regel": rule_id(source.contract, "01")},
    )
    con.unregister("schlecht")
    con.unregister("roh")


def write_unreadable(
    con: duckdb.DuckDBPyConnection, staged: StagedTable, lieferung: str, out: Path
) -> None:
    """Write stg_<tabelle>_unlesbar.parquet: lieferung, datei, zeile and spalte of each cell."""
    cells = " union all ".join(
        f"select zeile, {literal(name)} as spalte from angenommen where {name}_unlesbar"
        for name, count in staged.unbekannt.items()
        if count
    )
    target = out / f"stg_{staged.tabelle}_unlesbar.parquet"
    none = "select cast(null as integer) as zeile, cast(null as varchar) as spalte limit 0"
    con.execute(
        f"""copy (
select $lieferung as lieferung, $datei as datei, zeile, spalte
from ({cells or none})
order by zeile, spalte
) to {_quoted(target)} (format parquet, compression zstd)""",
        {"lieferung": lieferung, "datei": staged.datei},
    )


def _quoted(path: Path) -> str:
    return literal(str(path.resolve()))
