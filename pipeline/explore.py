"""The analysts' explorer: every Kennzahl unsuppressed, written where nothing is published."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import CannotJudgeError, UsageError
from pipeline.files import publish
from pipeline.lock import locked
from pipeline.registries import parameters
from pipeline.report.explorer.columns import unsuppressed
from pipeline.report.explorer.page import render
from pipeline.report.explorer.payload import payload
from pipeline.report.numbers import Numbers
from pipeline.report.sentences import Voice
from pipeline.report.texts import texts
from pipeline.runner import Run, load_state
from pipeline.settings import Settings
from pipeline.validate_run import refuse_changed

PAGE = "explorer.html"
MARTS = ("mart_quote", "mart_anteil")
FACTS = "pub_angaben"
COLUMNS = (
    "kennzahl",
    "berichtsmonat",
    "schnitt",
    "auspraegung_1",
    "auspraegung_2",
    "geschlecht",
    "zaehler",
    "bestand_monate",
    "nenner",
)


def explore(settings: Settings, folder: Path, say: Callable[[str], None]) -> Path:
    """Write explorer.html with every figure into `folder`, for its owner only; return its path.

    Raises UsageError (10) for a folder under reports/, CannotJudgeError (15) without marts and
    VerificationError (13) when a mart is no longer what the last run recorded.
    """
    refuse_published_place(folder, settings.reports)
    if not settings.curated.is_dir():
        raise CannotJudgeError(f"{settings.curated} gibt es nicht. Zuerst make report ausführen.")
    with locked(settings.curated):
        run = Run(settings, load_state(settings.curated))
        missing = [table for table in MARTS if not run.path(table).exists()]
        if missing:
            raise CannotJudgeError(
                f"In {settings.curated} fehlen {', '.join(missing)}. Zuerst make report ausführen."
            )
        refuse_changed(run, MARTS)
        rows = pa.concat_tables([pq.read_table(run.path(t), columns=list(COLUMNS)) for t in MARTS])
        given = facts(run.path(FACTS))
    page = folder / PAGE
    write_private(page, build(rows, given, settings.sprache))
    say(f"Interne Ansicht, nicht weitergeben: {page}")
    return page


def refuse_published_place(folder: Path, reports: Path) -> None:
    """Raise UsageError for a folder that is the folder of reports, or lies in it."""
    place, closed = (path.expanduser().resolve() for path in (folder, reports))
    if place == closed or closed in place.parents:
        raise UsageError(
            f"{folder} liegt im Ordner der Berichte ({closed}). Die interne Ansicht enthält "
            "ungesperrte Zahlen. Bitte mit --intern einen anderen Ordner angeben."
        )


def facts(path: Path) -> dict[str, str]:
    """The facts of the run by name; none if disclosure control has not written them yet."""
    if not path.exists():
        return {}
    return {row["schluessel"]: row["wert"] or "" for row in pq.read_table(path).to_pylist()}


def build(mart: pa.Table, given: dict[str, str], lang: str) -> str:
    """The page as HTML. mart: rows of the marts with COLUMNS; given: facts of the run by name."""
    voice = Voice(texts(lang), Numbers(lang))
    months = mart["berichtsmonat"].unique().to_pylist()
    data = payload(unsuppressed(mart, _few(max(months, default=""))), voice, internal=True)
    unknown = voice.t("stand.unbekannt")
    newest = voice.n.month(max(months)) if months else voice.t("seite.ohne_monat")
    shown = {
        "jobcenter": given.get("jobcenter") or unknown,
        "datenstand": voice.n.day(given.get("datenstand", "")) or unknown,
        "berichtsmonat": newest,
        "lauf": voice.t("explorer.lauf_intern"),
    }
    return render(data, voice, shown, given.get("synthetisch") == "true")


def _few(month: str) -> int:
    """Fewer events than these are a small number of cases, as ruled at the end of the month."""
    if not month:
        return 0
    year, number = int(month[:4]), int(month[5:])
    last = date(year + number // 12, number % 12 + 1, 1) - timedelta(days=1)
    return int(str(parameters()["unsicher_unter"].at(last)))


def write_private(path: Path, html: str) -> None:
    """Write a file that its owner alone can read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    staged = path.with_name(f".{path.name}.{os.getpid()}")
    staged.unlink(missing_ok=True)
    handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(html)
    publish(staged, path)
