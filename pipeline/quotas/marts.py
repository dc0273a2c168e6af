"""From the person-months to the marts: every Kennzahl, month, breakdown and sex."""

from datetime import date

import duckdb
import pyarrow as pa

from pipeline.quotas.cube import monthly_sums
from pipeline.quotas.persons import person_cells
from pipeline.quotas.steps import (
    keep_table,
    register_codes,
    view_files,
    write_table,
)
from pipeline.registries import Breakdown, breakdowns, parameters
from pipeline.stages import Work


def run(work: Work) -> None:
    """Write the marts; the SQL generated from breakdowns.toml is saved beside them."""
    con = work.database()
    for table, path in work.inputs.items():
        view_files(con, table, [path])
    register_codes(con)
    present = present_breakdowns(con)
    _register_skeleton(con, present)
    _register_calendar(con)
    write_table(con, "mart_berichtsmonat", work.out)
    write_table(con, "mart_fenster", work.out)
    write_table(con, "mart_gliederung", work.out)
    write_table(con, "mart_monatssumme", work.out, monthly_sums(present))
    keep_table(con, "core_personenspur")
    write_table(con, "mart_personen", work.out)
    keep_table(con, "core_personenschnitt", person_cells(breakdowns()))
    write_table(con, "mart_quote", work.out)
    write_table(con, "mart_veroeffentlichung", work.out)
    (work.out / "mart_monatssumme.sql").write_text(monthly_sums(present), encoding="utf-8")
    (work.out / "core_personenschnitt.sql").write_text(
        person_cells(breakdowns()), encoding="utf-8"
    )
    con.close()


def delivered_columns(con: duckdb.DuckDBPyConnection) -> set[str]:
    """The columns that any delivery carries, as "table.column"."""
    rows = con.execute("select tabelle, spalten from core_lieferung").fetchall()
    return {f"{table}.{column}" for table, columns in rows for column in columns.split(",")}


def present_breakdowns(con: duckdb.DuckDBPyConnection) -> tuple[Breakdown, ...]:
    """The breakdowns whose delivered columns at least one delivery carries."""
    delivered = delivered_columns(con)
    return tuple(b for b in breakdowns() if delivered.issuperset(b.braucht))


def _register_skeleton(con: duckdb.DuckDBPyConnection, present: tuple[Breakdown, ...]) -> None:
    """Let SQL see registry_gliederung: every listed cell of every Kennzahl."""
    rows = [
        {
            "kennzahl": kennzahl,
            "schnitt": b.id,
            "auspraegung_1": first,
            "auspraegung_2": second,
            "rang_1": rank_1,
            "rang_2": rank_2,
        }
        for b in present
        for kennzahl in b.kennzahlen
        for rank_1, first in enumerate([c.code for c in b.codes[0]] or [""])
        for rank_2, second in enumerate([c.code for c in b.codes[1]] if len(b.codes) > 1 else [""])
    ]
    table = pa.Table.from_pylist(rows)
    for name in ("rang_1", "rang_2"):
        index = table.schema.get_field_index(name)
        table = table.set_column(index, name, table[name].cast(pa.int32()))
    con.register("registry_gliederung", table)


def _register_calendar(con: duckdb.DuckDBPyConnection) -> None:
    """Let SQL see `detailmonat`: the publication calendar as dated calendar months."""
    rows = [
        {"gilt_ab": g.ab, "gilt_bis": g.bis or date.max, "kalendermonat": month}
        for g in parameters()["detailmonate"].gilt
        for month in (g.wert if isinstance(g.wert, tuple) else (int(g.wert),))
    ]
    con.register("detailmonat", pa.Table.from_pylist(rows))
