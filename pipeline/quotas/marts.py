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
from pipeline.quotas.units import exit_sums, participants, unit_cells
from pipeline.registries import (
    Breakdown,
    Code,
    breakdowns,
    code_list,
    parameters,
    table_meant,
)
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
    public = tuple(
        b for b in present if not b.intern or b.id in work.settings.veroeffentlichte_schnitte
    )
    _register_kennzahlen(con)
    _register_skeleton(con, present, public)
    _register_calendar(con)
    generated = {
        "mart_monatssumme": monthly_sums(_of("K2", present)),
        "mart_austrittssumme": exit_sums(_of("EQ", present)),
        "mart_foerdersumme": participants(_of("FQ", present)),
        "core_personenschnitt": person_cells(_of("K2", present)),
        "core_einheitenschnitt": unit_cells(_of("EQ", public), _of("FQ", public)),
    }
    for table in ("mart_berichtsmonat", "mart_fenster", "mart_gliederung"):
        write_table(con, table, work.out)
    for table in ("mart_monatssumme", "mart_austrittssumme", "mart_foerdersumme"):
        write_table(con, table, work.out, generated[table])
    keep_table(con, "core_personenspur")
    write_table(con, "mart_personen", work.out)
    for table in ("core_personenschnitt", "core_einheitenschnitt"):
        keep_table(con, table, generated[table])
    keep_table(con, "mart_summe")
    for table in ("mart_quote", "mart_veroeffentlichung", "mart_anteil"):
        write_table(con, table, work.out)
    for table, sql in generated.items():
        (work.out / f"{table}.sql").write_text(sql, encoding="utf-8")
    con.close()


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


def _of(family: str, present: tuple[Breakdown, ...]) -> tuple[Breakdown, ...]:
    """The breakdowns of a family of Kennzahlen, the total among them."""
    members = {c.code for c in code_list("kennzahl").codes if c.extra["familie"] == family}
    return tuple(b for b in present if members.intersection(b.kennzahlen))


def _register_kennzahlen(con: duckdb.DuckDBPyConnection) -> None:
    """Let SQL see `kennzahl`: code_kennzahl without those that no delivery allows."""
    codes = [c.code for c in present_kennzahlen(con)]
    con.register("registry_kennzahl", pa.table({"code": codes}))
    con.execute(
        "create temp view kennzahl as select code_kennzahl.* "
        "replace (try_cast(monate as integer) as monate) "
        "from code_kennzahl semi join registry_kennzahl using (code)"
    )


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
