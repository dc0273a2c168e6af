"""This project: its SQL files as they are, on its own kind of connection."""

from functools import partial

import duckdb

from benchmarks.peers import Job, wanted
from pipeline.database import connect
from pipeline.quotas.cube import monthly_sums
from pipeline.quotas.steps import register_codes, register_parameters, view_files, write_table

CORE = ("core_bestand", "core_person", "core_beschaeftigung", "core_teilnahme")
BUILT = ("core_stichtag", "core_start", "core_massnahme", "core_personenmonat")


def database(job: Job, tables: tuple[str, ...]) -> duckdb.DuckDBPyConnection:
    """The pipeline's connection, with input tables as views."""
    con = connect(
        read_from=[job.inputs, job.out],
        temp=job.out / "zwischen",
        memory_limit=job.memory_limit,
    )
    for table in tables:
        view_files(con, table, [job.path(table)])
    return con


def _person_months(job: Job) -> None:
    with database(job, CORE) as con:
        register_codes(con)
        register_parameters(con)
        for table in BUILT:
            write_table(con, table, job.out)


def _sums(job: Job, task: str) -> None:
    with database(job, ("core_personenmonat", "core_stichtag")) as con:
        write_table(con, task, job.out, monthly_sums(wanted(task)))


TASKS = {
    "personenmonat": _person_months,
    "wuerfel": partial(_sums, task="wuerfel"),
    "gliederungen": partial(_sums, task="gliederungen"),
}
