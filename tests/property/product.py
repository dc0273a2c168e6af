"""The product from outside: run its stages over a raw folder, read what they wrote."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.lock import locked
from pipeline.runner import Run, begin, finish, stage_key
from pipeline.settings import Settings
from pipeline.stages import STAGES
from tests.oracle.quotas import Counts, Figure, Key

PROJECT = Path(__file__).resolve().parents[2]
COMPARED = {".html", ".csv", ".svg", ".pdf"}
LAST_STAGE = "auswaehlen"
REJECTED_TABLES = ("bestand", "bezug", "beschaeftigungen", "teilnahmen")


def build_marts(
    raw: Path,
    curated: Path,
    as_of: date | None = None,
    threads: int | None = None,
    *,
    monatsgenau: bool = False,
) -> None:
    """Run the stages up to the marts; raises the PipelineError of the stage that refuses."""
    settings = Settings(
        raw=raw, curated=curated, as_of=as_of, threads=threads, monatsgenau=monatsgenau
    )
    with locked(curated):
        run = Run(settings, {})
        for stage in (one for one in STAGES if not one.warm_up):
            key, work, started = stage_key(run, stage), begin(run, stage), time.monotonic()
            stage.load()(work)
            finish(run, stage, key, work, started)
            if stage.name == LAST_STAGE:
                break


def build_report(folder: Path, raw: Path, threads: int) -> dict[str, bytes]:
    """Run the command line in a folder of its own; published file → bytes."""
    folder.mkdir()
    (folder / "pipeline.toml").write_text(f"threads = {threads}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pipeline", "report", "--raw", str(raw)]
    command += ["--curated", str(folder / "curated"), "--out", str(folder / "reports")]
    environment = os.environ | {
        "PYTHONPATH": str(PROJECT),
        "PYTHONHASHSEED": str(threads),
        "TZ": "Asia/Tokyo" if threads == 1 else "UTC",
    }
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    published = {"pub_quote.parquet": (folder / "curated" / "pub_quote.parquet").read_bytes()}
    newest = (folder / "reports" / "aktuell").resolve()
    for path in sorted(newest.rglob("*")):
        if path.suffix in COMPARED:
            published[path.relative_to(newest).as_posix()] = path.read_bytes()
    return published


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


def read_counts(curated: Path, table: str = "mart_veroeffentlichung") -> dict[Key, Counts]:
    """mart_veroeffentlichung or mart_anteil by key; raises ValueError when a key occurs twice."""
    rows = read_rows(curated, table)
    counts = {_key(row): Counts(*(row[name] for name in Counts._fields)) for row in rows}
    if len(counts) != len(rows):
        raise ValueError(f"{table} has a key twice")
    return counts


def read_publishable(curated: Path) -> set[tuple[str, str]]:
    """(kennzahl, berichtsmonat) of what mart_berichtsmonat calls publishable."""
    return {
        (row["kennzahl"], row["berichtsmonat"])
        for row in read_rows(curated, "mart_berichtsmonat")
        if row["veroeffentlichbar"]
    }


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
