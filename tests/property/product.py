"""The product from outside: run its stages over a raw folder, read what they wrote."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.runner import Run, execute, locked, stage_key
from pipeline.settings import Settings
from pipeline.stages import STAGES
from tests.oracle.quotas import Counts, Figure, Key

LAST_STAGE = "rechnen"
REJECTED_TABLES = ("bestand", "beschaeftigungen", "teilnahmen")


def build_marts(
    raw: Path, curated: Path, as_of: date | None = None, threads: int | None = None
) -> None:
    """Run the stages up to the marts; raises the PipelineError of the stage that refuses."""
    settings = Settings(raw=raw, curated=curated, as_of=as_of, threads=threads)
    with locked(curated):
        run = Run(settings, {})
        for stage in STAGES:
            execute(run, stage, stage_key(run, stage))
            if stage.name == LAST_STAGE:
                break


def read_rows(curated: Path, table: str) -> list[dict[str, Any]]:
    """All rows of a curated table."""
    rows: list[dict[str, Any]] = pq.read_table(curated / f"{table}.parquet").to_pylist()
    return rows


def _key(row: dict[str, Any]) -> Key:
    return Key(*(row[name] for name in Key._fields))


def read_quotes(curated: Path) -> dict[Key, Figure]:
    """mart_quote by key; raises ValueError when a key occurs twice."""
    rows = read_rows(curated, "mart_quote")
    figures = {_key(row): Figure(*(row[name] for name in Figure._fields)) for row in rows}
    if len(figures) != len(rows):
        raise ValueError("mart_quote has a key twice")
    return figures


def read_counts(curated: Path) -> dict[Key, Counts]:
    """mart_veroeffentlichung by key; raises ValueError when a key occurs twice."""
    rows = read_rows(curated, "mart_veroeffentlichung")
    counts = {_key(row): Counts(*(row[name] for name in Counts._fields)) for row in rows}
    if len(counts) != len(rows):
        raise ValueError("mart_veroeffentlichung has a key twice")
    return counts


def read_rejected(curated: Path) -> set[tuple[str, str, str, int]]:
    """(delivery, table, file, line) of every rejected row."""
    return {
        (row["lieferung"], table, row["datei"], row["zeile"])
        for table in REJECTED_TABLES
        for row in read_rows(curated, f"stg_{table}_abgewiesen")
    }


def read_balance(curated: Path) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """(delivery, table) → rows delivered, taken, rejected, merged."""
    return {
        (row["lieferung"], row["tabelle"]): (
            row["geliefert"],
            row["uebernommen"],
            row["abgewiesen"],
            row["zusammengefuehrt"],
        )
        for row in read_rows(curated, "core_zeilenbilanz")
    }
