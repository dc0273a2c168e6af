"""Which breakdowns and Kennzahlen the delivered columns allow."""

import duckdb
import pyarrow as pa

from pipeline.breakdowns import Breakdown, breakdowns
from pipeline.registries import Code, code_list, table_meant


def public_breakdowns(
    present: tuple[Breakdown, ...], named: tuple[str, ...]
) -> tuple[Breakdown, ...]:
    """Those that may be published: internal ones only where the settings name them."""
    return tuple(b for b in present if not b.intern or b.id in named)


def delivered_columns(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The columns that any delivery carries, as "table.column"; those of bezug as of bestand."""
    rows = con.execute("select tabelle, spalten from core_lieferung").fetchall()
    return {
        f"{table_meant(table)}.{column}" for table, columns in rows for column in columns.split(",")
    }


def present_breakdowns(con: duckdb.DuckDBPyConnection) -> tuple[Breakdown, ...]:
    """The breakdowns whose delivered columns at least one delivery carries."""
    delivered = delivered_columns(con)
    return tuple(b for b in breakdowns() if delivered.issuperset(b.braucht))


def present_kennzahlen(con: duckdb.DuckDBPyConnection) -> tuple[Code, ...]:
    """The Kennzahlen whose delivered columns at least one delivery carries."""
    delivered = delivered_columns(con)
    return tuple(
        c
        for c in code_list("kennzahl").codes
        if delivered.issuperset(c.extra["braucht"].split())
    )


def of_family(family: str, present: tuple[Breakdown, ...]) -> tuple[Breakdown, ...]:
    """The breakdowns of a family of Kennzahlen, the total among them."""
    members = {c.code for c in code_list("kennzahl").codes if c.extra["familie"] == family}
    return tuple(b for b in present if members.intersection(b.kennzahlen))


def register_kennzahlen(con: duckdb.DuckDBPyConnection) -> None:
    """Let SQL see `kennzahl`: code_kennzahl without those that no delivery allows."""
    codes = [c.code for c in present_kennzahlen(con)]
    con.register("registry_kennzahl", pa.table({"code": codes}))
    con.execute(
        "create temp view kennzahl as select code_kennzahl.* "
        "replace (try_cast(monate as integer) as monate) "
        "from code_kennzahl semi join registry_kennzahl using (code)"
    )
