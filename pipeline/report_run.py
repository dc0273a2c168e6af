"""The main job: bring the tables up to date, build the report, say what happened."""

import json
import os
import platform
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline import __version__, log
from pipeline.change_lines import change_lines
from pipeline.errors import CannotJudgeError, RuleError
from pipeline.files import hash_path, point_to, publish, write_json, write_text
from pipeline.last_run import find_changes, remember
from pipeline.lock import locked
from pipeline.runner import LOG, STAGING, STATE, Run, build, report_stage, stage_key
from pipeline.settings import Settings
from pipeline.stages import RAW, STAGES, Work
from pipeline.summary import rule_lines, summarise, summary_lines

CURRENT = "aktuell"
RECORD = "lauf.json"
# What the record under reports/ leaves out: counts of single rows, and hashes of figures that are
# not published, with which a guess could be confirmed.
INTERNAL = (
    "hinweise", "zeilenbilanz", "abgewiesen", "unbekannt", "anonymitaet", "aenderungen",
    "berichtigungen",
)  # fmt: skip


def make_report(settings: Settings, say: Callable[[str], None]) -> Path:
    """Run all stages that need it and return the report's index.html.

    say: receives the lines for the user. Raises PipelineError for whatever a user can cause.
    """
    from pipeline.report.texts import texts

    started, t = time.monotonic(), texts(settings.sprache)
    with locked(settings.curated), locked(settings.reports), build(settings) as run:
        summary, changes = summarise(run), find_changes(run)
        summary["aenderungen"] = changes.content() if changes else None
        if run.seconds:
            for line in summary_lines(run, summary):
                say(line)
        if changes:
            for line in change_lines(changes, settings.sprache):
                say(line)
        if not summary["berichtsmonat"]:
            judged(run, summary)
            raise CannotJudgeError(
                "Kein Berichtsmonat ist veröffentlichbar, also gibt es keinen Bericht. Nötig sind "
                "13 Stichtage in Folge und ein Datenstand mindestens 3 Monate nach dem letzten. "
                f"Die Tabellen stehen in {settings.curated}."
            )
        report, fresh = publish_report(run, summary)
        remember(run)
        if run.seconds:
            for line in rule_lines(run):
                say(line)
        index = report / "index.html"
        if not run.seconds and fresh:
            say(t("lauf.nichts_zu_tun"))
        else:
            say(t("lauf.fertig", sekunden=f"{time.monotonic() - started:.1f}"))
        say(t("lauf.bericht", pfad=str(index)))
        return index


def publish_report(run: Run, summary: dict[str, Any]) -> tuple[Path, bool]:
    """Build the pages if the published tables, the code or the settings changed.

    Returns the report's folder and whether it was there already, unchanged. `aktuell` points to it
    unless it looks back to an earlier day (as_of).
    """
    stage = report_stage()
    key = stage_key(run, stage)
    lauf = key[:12]
    folder = run.settings.reports / f"{summary['berichtsmonat']}-{lauf}"
    known = run.state.get(stage.name, {})
    fresh = (
        known.get("schluessel") == key and folder.is_dir() and hash_path(folder) == known["sha256"]
    )
    if fresh:
        changed = place_pages(judged(run, summary), folder)
    else:
        write_report(run, summary, lauf, folder)
        changed = True
    if changed:
        run.state[stage.name] = {"schluessel": key, "sha256": hash_path(folder)}
        write_json(run.curated / STATE, run.state)
    if not fresh:
        log.append(
            run.curated / LOG, ereignis="bericht", lauf=lauf, berichtsmonat=summary["berichtsmonat"]
        )
    if run.settings.as_of is None:
        point_to(run.settings.reports / CURRENT, folder)
    return folder, fresh


def write_report(run: Run, summary: dict[str, Any], lauf: str, folder: Path) -> None:
    """Build the pages in staging, wait for the verdict of the rules, then move them into place."""
    stage = report_stage()
    staging = run.settings.reports / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    out, temp = staging / "aus", staging / "zwischen"
    out.mkdir(parents=True)
    temp.mkdir()
    started = time.monotonic()
    try:
        inputs = {table: run.path(table) for table in stage.reads}
        stage.load()(Work(inputs, {}, out, temp, run.settings, lauf))
        run.seconds[stage.name] = round(time.monotonic() - started, 3)
        place_pages(judged(run, summary), out)
        record = run_record(run, summary, lauf)
        write_json(run.curated / RECORD, record)
        write_json(out / RECORD, public_record(record))
        publish(out, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def judged(run: Run, summary: dict[str, Any]) -> dict[str, str]:
    """Wait for the verdict of the rules and keep it; return the pages that tell it, by file name.

    They lie under data/curated/ too, so that they exist also where no report may be published.
    """
    from pipeline.quality.history import remember as remember_verdict
    from pipeline.report.check_page import pages
    from pipeline.report.texts import texts

    refused: RuleError | None = None
    try:
        run.join()
    except RuleError as error:
        refused = error
    verdict = json.loads(run.path("pruefung.json").read_text(encoding="utf-8"))
    remember_verdict(run.curated, summary["datenstand"], summary["lieferungen"], verdict)
    told = pages(run.curated)
    place_pages(told, run.curated)
    if refused:
        t = texts(run.settings.sprache)
        page = str(run.curated / t("pruefbericht.datei"))
        raise RuleError([*refused.problems, t("pruefbericht.liegt", pfad=page)])
    return told


def place_pages(told: dict[str, str], folder: Path) -> bool:
    """Write pages into a folder; whether one was not there already with the same content."""
    new = {
        name: text
        for name, text in told.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != text.encode()
    }
    for name, text in new.items():
        write_text(folder / name, text)
    return bool(new)


def run_record(run: Run, summary: dict[str, Any], lauf: str) -> dict[str, Any]:
    """lauf.json: what this run read and wrote, with which versions, when and where."""
    import duckdb

    return {
        "lauf": lauf,
        "version": __version__,
        "zeit": datetime.now(UTC).isoformat(timespec="seconds"),
        "rechner": platform.node(),
        "prozess": os.getpid(),
        "python": platform.python_version(),
        "duckdb": duckdb.__version__,
        "einstellungen": run.settings.content(tuple(n for s in STAGES for n in s.settings)),
        "eingaben_sha256": run.hash(RAW),
        "ausgaben_sha256": {
            table: digest
            for name, stage in run.state.items()
            if name != report_stage().name
            for table, digest in stage["ausgaben"].items()
        },
        "sekunden": run.seconds,
        "zusammenfassung": summary,
    }


def public_record(record: dict[str, Any]) -> dict[str, Any]:
    """The part of the record that may lie beside the pages."""
    level = {table: stage.level for stage in STAGES for table in stage.writes}
    hashes = record["ausgaben_sha256"]
    summary = record["zusammenfassung"]
    return {
        **record,
        "ausgaben_sha256": {t: h for t, h in hashes.items() if level[t] == "frei"},
        "zusammenfassung": {k: v for k, v in summary.items() if k not in INTERNAL},
    }
