"""The stage `pruefen`: judge core tables and marts; no report while a critical rule is broken."""

import json
from pathlib import Path

from pipeline.errors import RuleError
from pipeline.quality.child import Check, start
from pipeline.quality.suite import suite
from pipeline.quality.verdict import PASSED, Verdict
from pipeline.runner import STAGING
from pipeline.settings import Settings
from pipeline.stages import Work

RESULT = "pruefung.json"


def warm_up(settings: Settings) -> Check:
    """A child that imports Great Expectations now and gets its tables from `run` later.

    The caller stops it (`Check.stop`) when the stage is not reached.
    """
    return start(
        {},
        read_from=[settings.curated],
        # A run empties this folder even where the child was stopped or killed.
        spill_in=settings.curated / STAGING,
        # One thread: the stages beside it already use every core.
        threads=1,
        memory_limit=settings.memory_limit,
    )


def run(work: Work, check: Check | None = None) -> None:
    """Write pruefung.json, also when rules are broken: what was found is not lost."""
    check = check or warm_up(work.settings)
    try:
        check.add(work.inputs)
        check.wait(work.out / RESULT)
    finally:
        check.stop()


def refuse(curated: Path, settings: Settings) -> None:
    """Raise RuleError (exit 12), which names each broken critical rule, if there is one."""
    found = json.loads((curated / RESULT).read_text(encoding="utf-8"))
    if found["urteil"] == PASSED:
        return
    verdict = Verdict.from_json(found, suite())
    raise RuleError([result.sentence(settings.sprache) for result in verdict.broken("critical")])
