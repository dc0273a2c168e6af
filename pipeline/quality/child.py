"""The check as a child process, so that importing Great Expectations delays nobody.

Protocol: the child's one argument is JSON {read_from, spill_in, threads, memory_limit, eigene,
teil}. Each line on its standard input is a JSON object of table names and paths; a rule is judged
as soon as the tables it reads are there. An empty line ends the list; an end without it means that
the parent died. The child tells on its standard output how far it is, as lines {"fertig": n,
"von": n}, and ends with a line of the verdict or of {"fehler": [...]}. What libraries print or log
goes nowhere.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import CannotJudgeError, PipelineError, UsageError
from pipeline.quality.rules import Rule
from pipeline.quality.suite import folders, suite
from pipeline.quality.verdict import Verdict
from pipeline.quality.views import Part

ROOT = Path(__file__).parents[2]


class Check:
    """A running check. Hand over tables as they become ready, then `wait` for the verdict."""

    def __init__(self, process: subprocess.Popen[str], rules: tuple[Rule, ...]) -> None:
        self._process = process
        self._rules = rules
        self._given: set[str] = set()

    def add(self, tables: Mapping[str, Path]) -> None:
        """Let the child judge these Parquet files now, beside whatever else is going on.

        A table that it has already is not given twice.
        """
        new = {name: str(p.resolve()) for name, p in tables.items() if name not in self._given}
        self._given |= set(new)
        self._send(json.dumps(new))

    def wait(self, out: Path, tell: Callable[[int, int], None] | None = None) -> Verdict:
        """The verdict over all tables, also written to the file `out`.

        tell: receives how many rules are judged so far, and how many there are. Raises the child's
        own error, or CannotJudgeError (exit 15) when it ended without one.
        """
        self._send("")
        answer: dict[str, Any] = {}
        for line in self._process.stdout or ():
            answer = _read(line)
            if tell and "fertig" in answer:
                tell(answer["fertig"], answer["von"])
        self._process.communicate()
        if self._process.returncode != 0 or "regeln" not in answer:
            raise _error(answer, self._process.returncode)
        verdict = Verdict.from_json(answer, self._rules)
        verdict.write(out)
        return verdict

    def stop(self) -> None:
        """End the child without a verdict; harmless when it has ended."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()

    def _send(self, line: str) -> None:
        try:
            if self._process.stdin is not None:
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()
        except BrokenPipeError:
            # The child has ended; `wait` reports why.
            return


def start(
    tables: Mapping[str, Path],
    *,
    spill_in: Path,
    read_from: Iterable[Path] = (),
    threads: int | None = None,
    memory_limit: str = "1GB",
    own: Path | None = None,
    part: Part | None = None,
) -> Check:
    """Start a child that judges `tables` (Parquet files by name; none yet: it only warms up).

    spill_in: a directory for rows of persons, where the child keeps a folder of its own while it
    works. read_from: directories of tables added later. own: a file of further rules. part: judge
    only what one delivery is answerable for. UsageError when a rule is malformed.
    """
    rules = suite(own=own)
    reach = folders(tables) | {folder.resolve() for folder in read_from}
    job = {
        "read_from": sorted(str(folder) for folder in reach),
        "spill_in": str(spill_in.resolve()),
        "threads": threads,
        "memory_limit": memory_limit,
        "eigene": str(own.resolve()) if own else None,
        "teil": None
        if part is None
        else {"lieferung": part.lieferung, "von": f"{part.von}", "bis": f"{part.bis}"},
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline.quality", json.dumps(job)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    check = Check(process, rules)
    if tables:
        check.add(tables)
    return check


def _read(text: str) -> dict[str, Any]:
    try:
        answer = json.loads(text)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _error(answer: Mapping[str, Any], code: int) -> PipelineError:
    """The child's own error, or the sentence that there is no verdict."""
    if "fehler" in answer:
        kind = UsageError if code == UsageError.exit_code else CannotJudgeError
        return kind(answer["fehler"])
    return CannotJudgeError(
        f"Die Prüfung der Regeln ist abgebrochen (Rückgabewert {code}), es gibt kein Urteil. "
        "Den Lauf wiederholen; bleibt es dabei, mehr Speicher geben (memory_limit)."
    )
