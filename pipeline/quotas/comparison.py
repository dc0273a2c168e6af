"""What the rules look at beside the tables themselves: findings of reading, change over time."""

import json

from pipeline.database import literal
from pipeline.ingest.rules import UNREADABLE, rule_id
from pipeline.quotas.core import register_staged, staged_files
from pipeline.quotas.steps import view_files, write_table
from pipeline.registries import DELIVERED_TABLES, contract
from pipeline.stages import Work

TABLES = (
    "core_monatsbild",
    "core_monatswechsel",
    "core_bestandsvergleich",
    "core_ereignisvergleich",
)


def run(work: Work) -> None:
    """Write core_befund and the tables of comparison."""
    stg = work.inputs["stg/"]
    deliveries = json.loads((stg / "auswahl.json").read_text(encoding="utf-8"))["lieferungen"]
    con = work.database()
    for table, path in work.inputs.items():
        if table != "stg/":
            view_files(con, table, [path])
    for table in DELIVERED_TABLES:
        if not contract(table).ersetzt:
            register_staged(con, table, stg, deliveries)
    for table in TABLES:
        write_table(con, table, work.out)
    parts = []
    for table in DELIVERED_TABLES:
        parts.append(_findings_sql(table, f"stg_{table}_abgewiesen", "regel, spalte"))
        if files := staged_files(stg, deliveries, table, "unlesbar"):
            view_files(con, f"stg_{table}_unlesbar", files)
            rule = literal(rule_id(contract(table), UNREADABLE))
            parts.append(_findings_sql(table, f"stg_{table}_unlesbar", f"{rule} as regel, spalte"))
    order = "order by lieferung, datei, zeile, regel, spalte"
    write_table(con, "core_befund", work.out, "\nunion all\n".join(parts) + f"\n{order}")
    con.close()


def _findings_sql(table: str, source: str, what: str) -> str:
    return f"select lieferung, '{table}' as tabelle, datei, zeile, {what} from {source}"
