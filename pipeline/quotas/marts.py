"""From the person-months to the marts: every Kennzahl, month, breakdown and sex."""

from datetime import date

import duckdb
import pyarrow as pa

from pipeline.breakdowns import Breakdown
from pipeline.quotas.cube import monthly_sums
from pipeline.quotas.present import (
    of_family,
    present_breakdowns,
    public_breakdowns,
    register_kennzahlen,
)
from pipeline.quotas.steps import (
    keep_table,
    register_codes,
    view_files,
    view_query,
    write_generated,
    write_table,
)
from pipeline.quotas.units import exit_sums, participants
from pipeline.registries import parameters
from pipeline.stages import Work

# Named, because the calendar may be empty: then only totals are published.
DETAILMONAT = pa.schema(
    [("gilt_ab", pa.date32()), ("gilt_bis", pa.date32()), ("kalendermonat", pa.int64())]
)


def run(work: Work) -> None:
    """Write the marts; SQL generated from breakdowns.toml is saved beside them."""
    con = work.database()
    for table, path in work.inputs.items():
        view_files(con, table, [path])
    register_codes(con)
    present = present_breakdowns(con)
    register_kennzahlen(con)
    _register_skeleton(
        con, present, public_breakdowns(present, work.settings.veroeffentlichte_schnitte)
    )
    _register_calendar(con)
    for table in ("mart_berichtsmonat", "mart_fenster", "mart_gliederung"):
        write_table(con, table, work.out)
    write_generated(con, "mart_monatssumme", monthly_sums(of_family("K2", present)), work.out)
    write_generated(con, "mart_austrittssumme", exit_sums(of_family("EQ", present)), work.out)
    write_generated(con, "mart_foerdersumme", participants(of_family("FQ", present)), work.out)
    view_query(con, "core_personenspur")
    write_table(con, "mart_personen", work.out)
    keep_table(con, "mart_summe")
    write_table(con, "mart_quote", work.out)
    con.close()


def _register_skeleton(
    con: duckdb.DuckDBPyConnection, present: tuple[Breakdown, ...], public: tuple[Breakdown, ...]
) -> None:
    """Let SQL see registry_gliederung: every listed cell of every Kennzahl.

    nach_daten: there is no code list, the cells are those in the data. oeffentlich: may be
    published.
    """
    rows = [
        {
            "kennzahl": kennzahl,
            "schnitt": b.id,
            "auspraegung_1": first,
            "auspraegung_2": second,
            "rang_1": rank_1,
            "rang_2": rank_2,
            "nach_daten": not all(b.codes),
            "oeffentlich": b in public,
        }
        for b in present
        for kennzahl in b.kennzahlen
        for categories in [b.categories(kennzahl)]
        for rank_1, first in enumerate([c.code for c in categories[0]] or [""])
        for rank_2, second in enumerate(
            [c.code for c in categories[1]] if len(categories) > 1 else [""]
        )
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
    con.register("detailmonat", pa.Table.from_pylist(rows, schema=DETAILMONAT))
