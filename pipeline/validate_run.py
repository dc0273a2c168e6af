"""Judging the tables that are there again, without rebuilding anything."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.errors import CannotJudgeError, RuleError, UsageError, VerificationError
from pipeline.lock import locked
from pipeline.quality.child import start
from pipeline.quality.explain import explain, find, findings
from pipeline.quality.suite import suite
from pipeline.quality.verdict import Verdict
from pipeline.quality.views import Part
from pipeline.runner import Run, load_state
from pipeline.settings import Settings
from pipeline.stages import STAGES

Say = Callable[[str], None]
SPILL = ".pruefung-"
Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Question:
    """What to judge: the rows of one delivery, or of all; with the rules of a file of one's own.

    erklaeren: instead of a verdict, the rule with this id and where it is broken.
    """

    lieferung: str | None = None
    eigene: Path | None = None
    erklaeren: str | None = None


def validate(
    settings: Settings, say: Say, question: Question | None = None, tell: Tell | None = None
) -> None:
    """Run the rules on the curated tables and say the verdict.

    tell: receives how many rules are judged so far, and how many there are. Raises UsageError (10)
    for a rule or delivery that does not exist or a malformed file of rules, CannotJudgeError (15)
    without tables, VerificationError (13) when a table is no longer what the last run recorded,
    RuleError (12) when a critical rule is broken.
    """
    question = question or Question()
    rules = suite(own=question.eigene)
    explained = find(rules, question.erklaeren) if question.erklaeren is not None else None
    if not settings.curated.is_dir():
        raise CannotJudgeError(f"{settings.curated} gibt es nicht. Zuerst make report ausführen.")
    with locked(settings.curated):
        # What a killed process left.
        for left in settings.curated.glob(f"{SPILL}*"):
            shutil.rmtree(left, ignore_errors=True)
        run = Run(settings, load_state(settings.curated))
        stage = next(s for s in STAGES if s.name == "pruefen")
        tables = {table: run.path(table) for table in stage.reads}
        missing = [name for name, path in tables.items() if not path.exists()]
        if missing:
            raise CannotJudgeError(
                f"In {settings.curated} fehlen {', '.join(missing)}. Zuerst make report ausführen."
            )
        refuse_changed(run, stage.reads)
        part = part_of(tables["core_lieferung"], question.lieferung)
        if explained is not None:
            lang = settings.sprache
            for line in explain(explained, lang):
                say(line)
            with tempfile.TemporaryDirectory(dir=settings.curated, prefix=SPILL) as folder:
                for line in findings(explained, tables, Path(folder), part, lang):
                    say(line)
            return
        verdict = judge(settings, tables, question.eigene, part, tell)
    for line in verdict.lines(settings.sprache):
        say(line)
    if verdict.critical:
        raise RuleError([r.sentence(settings.sprache) for r in verdict.broken("critical")])


def part_of(core_lieferung: Path, lieferung: str | None) -> Part | None:
    """What the delivery with this id is answerable for; None for all deliveries."""
    import pyarrow.parquet as pq

    if lieferung is None:
        return None
    rows = pq.read_table(core_lieferung).to_pylist()
    own = [row for row in rows if row["lieferung"] == lieferung]
    if not own:
        names = ", ".join(sorted({row["lieferung"] for row in rows}))
        raise UsageError(
            f"--delivery: Der letzte Lauf hat keine Lieferung mit dieser Kennung. Es gibt: {names}."
        )
    first = [row["erster_stichtag"] for row in own if row["erster_stichtag"]]
    last = [row["letzter_stichtag"] for row in own if row["letzter_stichtag"]]
    return Part(
        lieferung,
        min(first, default=date.max).replace(day=1),
        max(last, default=date.max).replace(day=1),
    )


def refuse_changed(run: Run, tables: tuple[str, ...]) -> None:
    """Raise VerificationError for tables that differ from what the last run recorded."""
    recorded = {
        table: digest
        for stage in run.state.values()
        for table, digest in stage.get("ausgaben", {}).items()
    }
    changed = [table for table in tables if run.hash(table) != recorded.get(table)]
    if changed:
        raise VerificationError(
            [
                f"{run.path(table)} ist nicht mehr, was der letzte Lauf geschrieben hat. "
                "make report schreibt die Tabelle neu."
                for table in changed
            ]
        )


def judge(
    settings: Settings,
    tables: dict[str, Path],
    own: Path | None,
    part: Part | None,
    tell: Tell | None,
) -> Verdict:
    """The verdict of all rules over `tables`."""
    with tempfile.TemporaryDirectory(dir=settings.curated, prefix=SPILL) as folder:
        check = start(
            tables,
            spill_in=Path(folder),
            threads=settings.threads,
            memory_limit=settings.memory_limit,
            own=own,
            part=part,
        )
        try:
            return check.wait(Path(folder) / "pruefung.json", tell)
        finally:
            check.stop()
