"""What the typing of cells needs in a database: how cells are read, and the types of codes."""

from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.registries import DELIVERED_TABLES, code_list, contract

MACROS = Path(__file__).parent / "macros.sql"


def prepare_typing(con: duckdb.DuckDBPyConnection) -> None:
    """The macros that read cells; one ENUM code_<list> per code list and its table codes_<list>."""
    con.execute(MACROS.read_text(encoding="utf-8"))
    names = {c.codes for table in DELIVERED_TABLES for c in contract(table).columns if c.codes}
    for name in sorted(names):
        codes = code_list(name).codes
        frame = pa.table(
            {
                "code": [c.code for c in codes],
                "rang": list(range(len(codes))),
                "gilt_ab": pa.array([c.valid_from for c in codes], pa.date32()),
                "gilt_bis": pa.array([c.valid_to for c in codes], pa.date32()),
            }
        )
        con.register("liste", frame)
        con.execute(f"create temp table codes_{name} as select * from liste order by rang")
        con.execute(
            f"create type code_{name} as enum (select code from codes_{name} order by rang)"
        )
        con.unregister("liste")
