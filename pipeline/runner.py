"""Runs the stages: only those whose inputs, code or settings changed, under one lock, crash-safe.

Every output is built in a staging folder, flushed and renamed. What was written earlier is hashed
before it is used again. The state of the curated tables stands in data/curated/stand.json.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import log
from pipeline.code import code_hash
from pipeline.errors import LockedError, PipelineError
from pipeline.files import hash_json, hash_path, publish, write_json
from pipeline.settings import Settings
from pipeline.stages import RAW, STAGES, Stage, Work, file_name

STATE = "stand.json"
LOG = "protokoll.jsonl"
LOCK = ".sperre"
STAGING = ".entwurf"


@dataclass
class Run:
    """One run over the graph: recorded state, hashes of what lies on disk, stages that ran."""

    settings: Settings
    state: dict[str, Any]
    hashes: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def curated(self) -> Path:
        return self.settings.curated

    def path(self, table: str) -> Path:
        return self.settings.raw if table == RAW else self.curated / file_name(table)

    def hash(self, table: str) -> str:
        if table not in self.hashes:
            self.hashes[table] = hash_path(self.path(table))
        return self.hashes[table]


@contextmanager
def locked(curated: Path) -> Iterator[None]:
    """Hold the project's lock, or raise LockedError at once."""
    curated.mkdir(parents=True, exist_ok=True)
    with (curated / LOCK).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read().strip() or "unbekannt"
            raise LockedError(
                f"Ein anderer Lauf (Prozess {holder}) arbeitet gerade in {curated}. "
                "Bitte warten, bis er fertig ist."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def load_state(curated: Path) -> dict[str, Any]:
    """The recorded state, empty if there is none or it cannot be read."""
    try:
        state: dict[str, Any] = json.loads((curated / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return state


def stage_key(run: Run, stage: Stage) -> str:
    """What the outputs of a stage depend on: code, settings and the content of its inputs."""
    inputs = {table: run.hash(table) for table in stage.reads}
    code = code_hash(stage.module, *stage.declarations)
    return hash_json([stage.name, code, run.settings.content(), inputs])


def is_fresh(run: Run, stage: Stage, key: str) -> bool:
    """Whether the recorded outputs belong to this key and lie on disk as recorded."""
    known = run.state.get(stage.name, {})
    if known.get("schluessel") != key:
        return False
    return unchanged(run, stage, known) == set(stage.writes)


def unchanged(run: Run, stage: Stage, known: dict[str, Any]) -> set[str]:
    """The outputs of a stage that are on disk exactly as recorded."""
    found = set()
    for table in stage.writes:
        recorded = known.get("ausgaben", {}).get(table)
        if recorded and run.path(table).exists() and run.hash(table) == recorded:
            found.add(table)
    return found


def execute(run: Run, stage: Stage, key: str) -> None:
    """Run one stage in a staging folder and move its outputs into place."""
    staging = run.curated / STAGING / stage.name
    out, temp = staging / "aus", staging / "zwischen"
    shutil.rmtree(staging, ignore_errors=True)
    out.mkdir(parents=True)
    temp.mkdir()
    known = run.state.pop(stage.name, {})
    work = Work(
        inputs={table: run.path(table) for table in stage.reads},
        previous={table: run.path(table) for table in unchanged(run, stage, known)},
        out=out,
        temp=temp,
        settings=run.settings,
    )
    started = time.monotonic()
    stage.load()(work)
    missing = {file_name(t) for t in stage.writes} ^ {p.name for p in out.iterdir()}
    if missing:
        raise RuntimeError(f"stage {stage.name}: outputs differ from the declaration: {missing}")
    write_json(run.curated / STATE, run.state)
    for table in stage.writes:
        publish(out / file_name(table), run.path(table))
        run.hashes.pop(table, None)
    run.state[stage.name] = {
        "schluessel": key,
        "ausgaben": {table: run.hash(table) for table in stage.writes},
    }
    write_json(run.curated / STATE, run.state)
    shutil.rmtree(staging)
    run.seconds[stage.name] = round(time.monotonic() - started, 3)
    log.append(
        run.curated / LOG, ereignis="stufe", stufe=stage.name, sekunden=run.seconds[stage.name]
    )


def curated_stages() -> tuple[Stage, ...]:
    """All stages but the one that writes under reports/."""
    return STAGES[:-1]


def build(settings: Settings) -> Run:
    """Bring the curated tables up to date. Call it holding the lock.

    Raises the PipelineError of the stage that failed; finished stages stay recorded.
    """
    run = Run(settings, load_state(settings.curated))
    shutil.rmtree(settings.curated / STAGING, ignore_errors=True)
    for stage in curated_stages():
        key = stage_key(run, stage)
        if is_fresh(run, stage, key):
            continue
        try:
            execute(run, stage, key)
        except PipelineError as error:
            log.append(
                run.curated / LOG,
                ereignis="fehler", stufe=stage.name, rueckgabewert=error.exit_code,
            )  # fmt: skip
            raise
        finally:
            shutil.rmtree(settings.curated / STAGING / stage.name, ignore_errors=True)
    return run
