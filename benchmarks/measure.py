"""Starting the measurements, one process after the other, and judging what came back."""

import json
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.child import OUT_OF_MEMORY
from benchmarks.contenders import Contender, Task
from pipeline.errors import VerificationError


@dataclass(frozen=True)
class Measurement:
    """One contender at one task and size.

    size: million person-months. seconds: wall. cpu: user and system seconds of all threads.
    peak_mb: largest resident memory. state: "" when measured, else what happened in German.
    measured_at: the size really run, where the figure is extrapolated from a smaller one.
    """

    size: float
    task: str
    contender: str
    seconds: float = 0.0
    cpu: float = 0.0
    peak_mb: float = 0.0
    state: str = ""
    measured_at: float | None = None


@dataclass(frozen=True)
class Place:
    """Where a size is measured: its inputs, its folder for outputs, limits.

    inputs: folder with the core tables, and with core_personenmonat and core_stichtag for the
    tasks that read them. memory_limit: of the database. address_limit: bytes for the peers, 0 none.
    """

    size: float
    inputs: Path
    out: Path
    memory_limit: str
    address_limit: int


def measure(place: Place, task: Task, contender: Contender, repeats: int) -> Measurement:
    """Run a contender and keep its best run by CPU seconds; the peak is the largest of all runs."""
    result = Measurement(place.size, task.name, contender.name)
    runs: list[dict[str, float]] = []
    for _ in range(repeats):
        request = {
            "art": "messen",
            "teilnehmer": contender.name,
            "aufgabe": task.name,
            "eingaben": str(place.inputs),
            "ausgaben": str(output(place, contender)),
            "speichergrenze": place.memory_limit,
            "grenze": place.address_limit if contender.name in ("polars", "pandas") else 0,
        }
        answer = _child(request)
        if answer is None:
            return replace(result, state="abgebrochen: Speicher")
        runs.append(answer)
    best = min(runs, key=lambda run: run["cpu"])
    peak = max(run["spitze_mb"] for run in runs)
    return replace(result, seconds=best["sekunden"], cpu=best["cpu"], peak_mb=peak)


def output(place: Place, contender: Contender) -> Path:
    """The folder a contender writes to."""
    folder = place.out / contender.name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def result_fingerprint(place: Place, task: Task, contender: Contender) -> str:
    """The fingerprint of what a contender wrote."""
    file = output(place, contender) / f"{task.result}.parquet"
    answer = _child({"art": "pruefsumme", "aufgabe": task.name, "datei": str(file)})
    if answer is None:
        raise VerificationError(f"{contender.title}: Ergebnis «{task.title}» ist nicht lesbar.")
    return str(answer["pruefsumme"])


def _child(request: dict[str, Any]) -> dict[str, Any] | None:
    """What the child process answered; None if memory ran out."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.child", json.dumps(request)],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    if done.returncode == 0:
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return answer
    if done.returncode in (OUT_OF_MEMORY, -signal.SIGKILL) or "emory" in done.stderr:
        return None
    who = request.get("teilnehmer", "Prüfsumme")
    last = (done.stderr.strip().splitlines() or [f"Rückgabewert {done.returncode}"])[-1]
    raise VerificationError(f"{who}, Aufgabe {request['aufgabe']}: {last}")
