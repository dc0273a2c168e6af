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
from pipeline.errors import CannotJudgeError
from pipeline.files import hash_json, hash_path, point_to, publish, write_json
from pipeline.runner import LOG, STAGING, STATE, Run, build, locked, report_stage, stage_key
from pipeline.settings import Settings
from pipeline.stages import RAW, Work

CURRENT = "aktuell"


def make_report(settings: Settings, say: Callable[[str], None]) -> Path:
    """Run all stages that need it and return the report's index.html.

    say: receives the lines for the user. Raises PipelineError for whatever a user can cause.
    """
    started = time.monotonic()
    with locked(settings.curated), build(settings) as run:
        summary = summarise(run)
        if run.seconds:
            for line in summary_lines(summary):
                say(line)
        if not summary["berichtsmonat"]:
            raise CannotJudgeError(
                "Kein Berichtsmonat ist veröffentlichbar, also gibt es keinen Bericht. Nötig sind "
                "13 Stichtage in Folge und ein Datenstand mindestens 3 Monate nach dem letzten. "
                f"Die Tabellen stehen in {settings.curated}."
            )
        report, fresh = publish_report(run, summary)
        if run.seconds:
            for line in rule_lines(run):
                say(line)
        index = report / "index.html"
        if not run.seconds and fresh:
            say("Nichts zu tun: Lieferungen, Code und Einstellungen sind unverändert.")
        else:
            say(f"Fertig nach {time.monotonic() - started:.1f} s.")
        say(f"Bericht: {index}")
        return index


def publish_report(run: Run, summary: dict[str, Any]) -> tuple[Path, bool]:
    """Build the pages if the published tables, the code or the settings changed.

    Returns the report's folder and whether it was there already, unchanged.
    """
    stage = report_stage()
    key = stage_key(run, stage)
    lauf = key[:12]
    folder = run.settings.reports / f"{summary['berichtsmonat']}-{lauf}"
    known = run.state.get(stage.name, {})
    if known.get("schluessel") == key and folder.is_dir() and hash_path(folder) == known["sha256"]:
        run.join()
        point_to(run.settings.reports / CURRENT, folder)
        return folder, True
    staging = run.settings.reports / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    out, temp = staging / "aus", staging / "zwischen"
    out.mkdir(parents=True)
    temp.mkdir()
    started = time.monotonic()
    inputs = {table: run.path(table) for table in stage.reads}
    stage.load()(Work(inputs, {}, out, temp, run.settings, lauf))
    run.seconds[stage.name] = round(time.monotonic() - started, 3)
    run.join()
    write_json(out / "lauf.json", run_record(run, summary, lauf))
    publish(out, folder)
    shutil.rmtree(staging)
    point_to(run.settings.reports / CURRENT, folder)
    run.state[stage.name] = {"schluessel": key, "sha256": hash_path(folder)}
    write_json(run.curated / STATE, run.state)
    log.append(
        run.curated / LOG, ereignis="bericht", lauf=lauf, berichtsmonat=summary["berichtsmonat"]
    )
    return folder, False


def summarise(run: Run) -> dict[str, Any]:
    """What the user and lauf.json are told: deliveries, row balance, months, absent breakdowns."""
    import pyarrow.parquet as pq

    facts = pq.read_table(run.path("pub_angaben")).to_pylist()
    chosen = json.loads((run.path("stg/") / "auswahl.json").read_text(encoding="utf-8"))
    return {
        **{row["schluessel"]: row["wert"] for row in facts},
        "lieferungen": [d["id"] for d in chosen["lieferungen"]],
        "hinweise": chosen["hinweise"],
        "zeilenbilanz": pq.read_table(run.path("core_zeilenbilanz")).to_pylist(),
    }


def rule_lines(run: Run) -> list[str]:
    """What the rules found, from pruefung.json."""
    from pipeline.quality.suite import suite
    from pipeline.quality.verdict import Verdict

    found = json.loads(run.path("pruefung.json").read_text(encoding="utf-8"))
    return Verdict.from_json(found, suite()).lines(run.settings.sprache)


def summary_lines(summary: dict[str, Any]) -> list[str]:
    """The summary as German lines."""
    lines = [f"Lieferungen: {', '.join(summary['lieferungen'])}"]
    lines += [f"Hinweis: {note}" for note in summary["hinweise"]]
    for row in summary["zeilenbilanz"]:
        lines.append(
            f"{row['lieferung']}/{row['datei']}: {row['geliefert']} Zeilen geliefert = "
            f"{row['uebernommen']} übernommen + {row['abgewiesen']} abgewiesen + "
            f"{row['zusammengefuehrt']} zusammengeführt"
        )
    lines.append(f"Datenstand {summary['datenstand']}, Berichtsmonate {summary['berichtsmonate']}")
    if summary["nicht_veroeffentlichbar"]:
        lines += _withheld_lines(summary["nicht_veroeffentlichbar"])
    if summary["fehlende_merkmale"]:
        lines.append(
            f"Ohne Gliederung nach {summary['fehlende_merkmale']}: Spalte nicht geliefert."
        )
    return lines


REASONS = {
    "stichtage_fehlen": "die 13 nötigen Stichtage sind nicht vollständig",
    "wartezeit_laeuft": "die Wartezeit von 3 Monaten ist am Datenstand noch nicht um",
}


def _withheld_lines(text: str) -> list[str]:
    by_reason: dict[str, list[str]] = {}
    for part in text.split(";"):
        month, _, reason = part.partition("=")
        by_reason.setdefault(reason, []).append(month)
    return [
        f"Nicht veröffentlichbar: {', '.join(months)} ({REASONS[reason]})."
        for reason, months in by_reason.items()
    ]


def run_record(run: Run, summary: dict[str, Any], lauf: str) -> dict[str, Any]:
    """lauf.json: what this run read and wrote, with which versions, when and where."""
    import duckdb

    outputs = {
        table: digest
        for name, stage in run.state.items()
        if name != report_stage().name
        for table, digest in stage["ausgaben"].items()
    }
    return {
        "lauf": lauf,
        "version": __version__,
        "zeit": datetime.now(UTC).isoformat(timespec="seconds"),
        "rechner": platform.node(),
        "prozess": os.getpid(),
        "python": platform.python_version(),
        "duckdb": duckdb.__version__,
        "einstellungen": run.settings.content(),
        "einstellungen_sha256": hash_json(run.settings.content()),
        "eingaben_sha256": run.hash(RAW),
        "ausgaben_sha256": outputs,
        "sekunden": run.seconds,
        "zusammenfassung": summary,
    }
