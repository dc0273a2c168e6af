"""Judging the tables that are there again, without rebuilding anything."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import CannotJudgeError, RuleError, VerificationError
from pipeline.lock import locked
from pipeline.quality.child import start
from pipeline.quality.verdict import Verdict
from pipeline.runner import Run, load_state
from pipeline.settings import Settings
from pipeline.stages import STAGES


def validate(settings: Settings, say: Callable[[str], None]) -> None:
    """Run all rules on the curated tables and say the verdict.

    Raises CannotJudgeError (15) without tables, VerificationError (13) when a table is no longer
    what the last run recorded, RuleError (12) when a critical rule is broken.
    """
    if not settings.curated.is_dir():
        raise CannotJudgeError(f"{settings.curated} gibt es nicht. Zuerst make report ausführen.")
    with locked(settings.curated):
        run = Run(settings, load_state(settings.curated))
        stage = next(s for s in STAGES if s.name == "pruefen")
        tables = {table: run.path(table) for table in stage.reads}
        missing = [name for name, path in tables.items() if not path.exists()]
        if missing:
            raise CannotJudgeError(
                f"In {settings.curated} fehlen {', '.join(missing)}. Zuerst make report ausführen."
            )
        refuse_changed(run, stage.reads)
        verdict = judge(settings, tables)
    for line in verdict.lines(settings.sprache):
        say(line)
    if verdict.critical:
        raise RuleError([r.sentence(settings.sprache) for r in verdict.broken("critical")])


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


def judge(settings: Settings, tables: dict[str, Path]) -> Verdict:
    """The verdict of all rules over `tables`."""
    with tempfile.TemporaryDirectory(dir=settings.curated, prefix=".pruefung-") as folder:
        check = start(
            tables,
            spill_in=Path(folder),
            threads=settings.threads,
            memory_limit=settings.memory_limit,
        )
        try:
            return check.wait(Path(folder) / "pruefung.json")
        finally:
            check.stop()
