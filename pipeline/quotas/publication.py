"""From the marts to what may be published: women, men and all, with the persons behind them.

Apart from the marts, since an analyst waits for those and this is counted for the report only.
"""

from pipeline.quotas.persons import person_cells
from pipeline.quotas.present import (
    of_family,
    present_breakdowns,
    public_breakdowns,
    register_kennzahlen,
)
from pipeline.quotas.steps import keep_table, register_codes, save_sql, view_files, write_table
from pipeline.quotas.unit_cells import unit_cells
from pipeline.stages import Work


def run(work: Work) -> None:
    """Write mart_veroeffentlichung and mart_anteil; generated SQL is saved beside them."""
    con = work.database()
    for table, path in work.inputs.items():
        view_files(con, table, [path])
    register_codes(con)
    register_kennzahlen(con)
    present = present_breakdowns(con)
    public = public_breakdowns(present, work.settings.veroeffentlichte_schnitte)
    generated = {
        "core_personenschnitt": person_cells(of_family("K2", public)),
        "core_einheitenschnitt": unit_cells(of_family("EQ", public), of_family("FQ", public)),
    }
    for table, sql in generated.items():
        keep_table(con, table, sql)
        save_sql(table, sql, work.out)
    for table in ("mart_veroeffentlichung", "mart_anteil"):
        write_table(con, table, work.out)
    con.close()
