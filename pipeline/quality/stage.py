"""The stage `pruefen`: judge core tables and marts, stop the run when a critical rule is broken."""

from pipeline.errors import RuleError
from pipeline.quality.child import Check, start
from pipeline.runner import STAGING
from pipeline.settings import Settings
from pipeline.stages import Work


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
    """Write pruefung.json. RuleError (exit 12) names each broken critical rule."""
    check = check or warm_up(work.settings)
    try:
        check.add(work.inputs)
        verdict = check.wait(work.out / "pruefung.json")
    finally:
        check.stop()
    if verdict.critical:
        lang = work.settings.sprache
        raise RuleError([result.sentence(lang) for result in verdict.broken("critical")])
