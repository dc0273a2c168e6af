"""How the rules see a table: whole under its name, and beside it the rows that are judged."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipeline.database import literal
from pipeline.quality.tables import checked_tables

JUDGED = "_geprueft"


@dataclass(frozen=True)
class Part:
    """What one delivery is answerable for: its rows, and the months from `von` to `bis`.

    von, bis: first days of months; both later than every month where it carries no Stichtag.
    """

    lieferung: str
    von: date
    bis: date


def batch_of(table: str) -> str:
    """The name under which SQL sees the judged rows of a table."""
    return f"{table}{JUDGED}"


def show(
    con: duckdb.DuckDBPyConnection, table: str, source: str, part: Part | None = None
) -> None:
    """Create both of a table over `source`, an SQL table expression: views that copy nothing.

    The few rows of one delivery are copied, so that no rule has to search for them again.
    """
    found = con.execute(f"describe from {source}").fetchall()
    con.execute(f"create view {table} as select {_columns(found)} from {source}")
    if part is None:
        con.execute(f"create view {batch_of(table)} as select * from {table}")
    else:
        judged = _bound(checked_tables()[table].part_of_delivery, part)
        con.execute(f"create table {batch_of(table)} as select * from {table} where {judged}")


def parquet(path: Path) -> str:
    """A Parquet file as an SQL table expression."""
    return f"read_parquet({literal(str(path.resolve()))})"


def _columns(found: list[tuple[str, ...]]) -> str:
    """The select list of a view; enumerations become text, so that unknown codes compare."""
    return ", ".join(
        f'"{name}"::varchar as "{name}"' if typ.startswith("ENUM") else f'"{name}"'
        for name, typ, *_ in found
    )


def _bound(condition: str, part: Part) -> str:
    """A condition with its parameters as literals: a view takes none."""
    values = {
        "$lieferung": literal(part.lieferung),
        "$von": f"date '{part.von.isoformat()}'",
        "$bis": f"date '{part.bis.isoformat()}'",
    }
    return re.sub(r"\$(?:lieferung|von|bis)", lambda found: values[found[0]], condition)
