"""Runs the stages: only those whose inputs, code or settings changed, crash-safe.

Every output is built in a staging folder, flushed and renamed. What was written earlier is hashed
before it is used again. The state of the curated tables stands in data/curated/stand.json.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import log
from pipeline.code import code_hash
from pipeline.errors import DeliveryError, PipelineError
from pipeline.files import hash_json, hash_path, publish, write_json
from pipeline.settings import Settings
from pipeline.stages import RAW, STAGES, Stage, Work, file_name, load_function

STATE = "stand.json"
LOG = "protokoll.jsonl"
STAGING = ".entwurf"


@dataclass
class Run:
    """One run over the graph: recorded state, hashes of what lies on disk, stages that ran."""

    settings: Settings
    state: dict[str, Any]
    hashes: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    join: Callable[[], None] = lambda: None

    @property
    def curated(self) -> Path:
        return self.settings.curated

    def path(self, table: str) -> Path:
        return self.settings.raw if table == RAW else self.curated / file_name(table)

    def hash(self, table: str) -> str:
        if table not in self.hashes:
            try:
                self.hashes[table] = hash_path(self.path(table))
            except OSError as error:
                if table != RAW:
                    raise
                raise DeliveryError(
                    f"{error.filename} ist nicht lesbar. Rechte und Verweise der Lieferung prüfen."
                ) from None
        return self.hashes[table]


def load_state(curated: Path) -> dict[str, Any]:
    """The recorded state, empty if there is none or it cannot be read."""
    try:
        state: dict[str, Any] = json.loads((curated / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    whole = isinstance(state, dict) and all(isinstance(known, dict) for known in state.values())
    return state if whole else {}


def stage_key(run: Run, stage: Stage) -> str:
    """What the outputs of a stage depend on: code, settings and the content of its inputs."""
    inputs = {table: run.hash(table) for table in stage.reads}
    code = code_hash(stage.module, *stage.declarations)
    return hash_json([stage.name, code, run.settings.content(stage.settings), inputs])


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


def begin(run: Run, stage: Stage) -> Work:
    """An empty staging folder for a stage, and what it may see."""
    staging = run.curated / STAGING / stage.name
    shutil.rmtree(staging, ignore_errors=True)
    out, temp = staging / "aus", staging / "zwischen"
    out.mkdir(parents=True)
    temp.mkdir()
    known = run.state.pop(stage.name, {})
    return Work(
        inputs={table: run.path(table) for table in stage.reads},
        previous={table: run.path(table) for table in unchanged(run, stage, known)},
        out=out,
        temp=temp,
        settings=run.settings,
    )


def finish(run: Run, stage: Stage, key: str, work: Work, started: float) -> None:
    """Move the outputs of a stage from staging into place and record them."""
    differing = {file_name(t) for t in stage.writes} ^ {p.name for p in work.out.iterdir()}
    if differing:
        raise RuntimeError(f"stage {stage.name}: outputs differ from the declaration: {differing}")
    write_json(run.curated / STATE, run.state)
    for table in stage.writes:
        publish(work.out / file_name(table), run.path(table))
        run.hashes.pop(table, None)
    run.state[stage.name] = {
        "schluessel": key,
        "ausgaben": {table: run.hash(table) for table in stage.writes},
    }
    write_json(run.curated / STATE, run.state)
    shutil.rmtree(work.out.parent)
    run.seconds[stage.name] = round(time.monotonic() - started, 3)
    log.append(
        run.curated / LOG, ereignis="stufe", stufe=stage.name, sekunden=run.seconds[stage.name]
    )


class Beside:
    """A stage that is prepared early and runs in a thread beside the stages after it."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._pool = ThreadPoolExecutor(1)
        self._prepared: dict[str, Any] = {}
        self._running: list[tuple[Stage, str, Work, float, Future[None]]] = []

    def prepare(self) -> None:
        """Warm up every stage that can be; called once something has to be computed."""
        for stage in STAGES:
            if stage.warm_up and stage.name not in self._prepared:
                self._prepared[stage.name] = load_function(stage.warm_up)(self._run.settings)

    def offer(self, finished: Stage) -> None:
        """Hand the tables of a finished stage to the prepared ones that read them."""
        for stage in STAGES:
            tables = {t: self._run.path(t) for t in finished.writes if t in stage.reads}
            if tables and stage.name in self._prepared:
                self._prepared[stage.name].add(tables)

    def start(self, stage: Stage, key: str) -> None:
        """Let a warmed-up stage run."""
        work = begin(self._run, stage)
        prepared = self._prepared.pop(stage.name)
        future = self._pool.submit(stage.load(), work, prepared)
        self._running.append((stage, key, work, time.monotonic(), future))

    def join(self) -> None:
        """Wait for what runs and record it; raises what the stage raised."""
        for stage, key, work, started, future in self._running:
            future.result()
            finish(self._run, stage, key, work, started)
        self._running.clear()

    def close(self) -> None:
        """Stop what was prepared and not used."""
        for prepared in self._prepared.values():
            prepared.stop()
        self._prepared.clear()
        self._pool.shutdown()


def curated_stages() -> tuple[Stage, ...]:
    """All stages but the one that writes under reports/."""
    return STAGES[:-1]


def report_stage() -> Stage:
    """The stage that writes under reports/. It may read nothing but tables of level `frei`."""
    stage = STAGES[-1]
    level = {table: s.level for s in STAGES for table in s.writes}
    closed = [table for table in stage.reads if level[table] != "frei"]
    if closed:
        raise RuntimeError(f"stage {stage.name} reads tables that may not be published: {closed}")
    return stage


@contextmanager
def build(settings: Settings) -> Iterator[Run]:
    """Bring the curated tables up to date. Enter it holding the lock.

    A stage beside may still run inside the block; its error is raised by `run.join()`, at the
    latest when the block ends, and so is the refusal of a stage. Raises the PipelineError of the
    stage that failed; finished stages stay recorded. Only the user of the run may enter the folder
    of curated tables.
    """
    from pipeline.ingest.delivery import discover

    discover(settings.raw)
    settings.curated.chmod(0o700)
    run = Run(settings, load_state(settings.curated))
    shutil.rmtree(settings.curated / STAGING, ignore_errors=True)
    beside = Beside(run)

    def join() -> None:
        beside.join()
        for stage in curated_stages():
            if stage.refuse:
                load_function(stage.refuse)(run.curated, settings)

    run.join = join
    try:
        for stage in curated_stages():
            key = stage_key(run, stage)
            if is_fresh(run, stage, key):
                continue
            beside.prepare()
            if stage.warm_up:
                beside.start(stage, key)
                continue
            started = time.monotonic()
            work = begin(run, stage)
            stage.load()(work)
            finish(run, stage, key, work, started)
            beside.offer(stage)
        yield run
        run.join()
    except PipelineError as error:
        log.append(run.curated / LOG, ereignis="fehler", rueckgabewert=error.exit_code)
        raise
    finally:
        beside.close()
        shutil.rmtree(settings.curated / STAGING, ignore_errors=True)
