"""The bare scan: DuckDB reads every value of the columns a task needs, and does nothing else.

Two ways. `max` compares every value. `hash` is the least that reading can cost, for DuckDB hashes a
text once per entry of the dictionary and only decodes the rest. The sum beside them keeps the
optimizer from answering out of the statistics of the file.
"""

from functools import partial

from benchmarks.peers import STOCK_COLUMNS, Job, attributes, wanted
from benchmarks.product import database

COMPARE = "max({})"
DECODE = "bit_xor(hash({}))"


def _scan(job: Job, task: str, read: str) -> None:
    table, number, columns = _columns(task)
    values = ", ".join(read.format(column) for column in columns)
    with database(job, (table,)) as con:
        con.execute(f"select sum({number}), {values} from {table}").fetchall()


def _columns(task: str) -> tuple[str, str, list[str]]:
    """The table a task reads, its number column, the other columns."""
    if task == "personenmonat":
        return "core_bestand", "geburtsjahr", list(STOCK_COLUMNS)
    keys = ["monat", "geschlecht", "berichtsmonat"]
    return "core_personenmonat", "integriert", [*keys, *attributes(wanted(task))]


def _tasks(read: str) -> dict[str, partial[None]]:
    return {
        task: partial(_scan, task=task, read=read)
        for task in ("personenmonat", "wuerfel", "gliederungen")
    }


TASKS = _tasks(COMPARE)
DECODING = _tasks(DECODE)
