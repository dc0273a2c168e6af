"""How long it takes to read a delivery, and to add a month: python -m benchmarks.ingest.

Each form of the demo is staged in a process of its own. Then a month is added to a finished run
over sixty, and the main job is run again from outside.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Annotated, get_args

import pyarrow as pa
import pyarrow.compute as pc
import typer

from benchmarks.ingest_page import Month, Reading, page
from benchmarks.memory import largest_together
from pipeline.code import code_hash
from pipeline.demo import demo_history, demo_tables, write_delivery, write_demo
from pipeline.demo.monthly import KEYS, Delivery, changed_rows, month_ends, put
from pipeline.demo.state import History
from pipeline.demo.write import Form
from pipeline.errors import UsageError, VerificationError
from pipeline.files import hash_json

PROJECT = Path(__file__).parent.parent
RESULT = Path(__file__).parent / "EINLESEN.md"
FORMS: tuple[Form, ...] = get_args(Form)
# A sheet holds 1 048 576 rows, and XML takes eight times the room of CSV.
SMALLER: tuple[Form, ...] = ("excel", "xml")
TO_THE_MARTS = ("einlesen", "zusammenfuehren", "rechnen")
RECIPE = "rezept.txt"


@dataclass(frozen=True)
class Plan:
    """What to measure.

    bestand: people in stock; kleiner: of the forms in SMALLER. folder: of the deliveries, kept
    between runs. repeats: how often each form is read; the one with the fewest CPU seconds counts.
    """

    folder: Path
    bestand: int = 30_000
    kleiner: int = 15_000
    monate: int = 60
    forms: tuple[Form, ...] = FORMS
    repeats: int = 3


def run(plan: Plan, say: Callable[[str], None]) -> tuple[list[Reading], Month]:
    """Measure everything."""
    return [read(plan, form, say) for form in plan.forms], add_month(plan, say)


def kept(folder: Path, recipe: list[object], create: Callable[[Path], None]) -> Path:
    """What `create` writes into a folder, unless it lies there already from the same code."""
    recorded, wanted = folder / RECIPE, hash_json([code_hash("pipeline.demo.write"), recipe])
    if not recorded.is_file() or recorded.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        create(folder)
        recorded.write_text(wanted, encoding="utf-8")
    return folder


def read(plan: Plan, form: Form, say: Callable[[str], None]) -> Reading:
    """Stage the demo in one form."""
    bestand = plan.kleiner if form in SMALLER else plan.bestand
    say(f"{form}: {bestand} Personen …")
    raw = kept(
        plan.folder / form,
        [form, bestand, plan.monate],
        lambda folder: write_forms(folder / "raw", form, bestand, plan.monate),
    )
    answers = [staged(raw / "raw", raw / "stg") for _ in range(plan.repeats)]
    best = min(answers, key=lambda answer: answer["cpu"])
    return Reading(
        form=form,
        bestand=bestand,
        megabytes=sum(p.stat().st_size for p in (raw / "raw").rglob("*") if p.is_file()) / 1e6,
        rows=round(best["zeilen"]),
        seconds=best["sekunden"],
        cpu=best["cpu"],
        together_mb=max(answer["zusammen_mb"] for answer in answers),
        stage_mb=max(answer["spitze_mb"] for answer in answers),
        reader_mb=max(answer["leser_mb"] for answer in answers),
    )


def write_forms(raw: Path, form: Form, bestand: int, monate: int) -> None:
    write_demo(raw / "demo", bestand=bestand, monate=monate, form=form)


def staged(raw: Path, out: Path) -> dict[str, float]:
    """What staging the only delivery took, in a new process."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    text, largest = called("benchmarks.ingest_child", str(raw), str(out), watch=largest_together)
    shutil.rmtree(out)
    answer: dict[str, float] = json.loads(text.splitlines()[-1])
    return answer | {"zusammen_mb": largest}


def called(
    *arguments: str, watch: Callable[["subprocess.Popen[str]"], float] = subprocess.Popen.wait
) -> tuple[str, float]:
    """What a module wrote to standard output, and what `watch` saw until it ended.

    Raises VerificationError when it failed.
    """
    with TemporaryFile("w+") as out, TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdout=out,
            stderr=errors,
            text=True,
            cwd=PROJECT,
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
        )
        seen = watch(process)
        texts = []
        for stream in (out, errors):
            stream.seek(0)
            texts.append(stream.read())
    if process.returncode:
        last = (texts[1].strip().splitlines() or [f"Rückgabewert {process.returncode}"])[-1]
        raise VerificationError(f"{arguments[0]}: {last}")
    return texts[0], seen


def add_month(plan: Plan, say: Callable[[str], None]) -> Month:
    """Add one month to a finished run, then run once more with nothing to do."""
    say(f"Ein weiterer Monat zu {plan.monate}: {plan.bestand} Personen …")
    given = kept(
        plan.folder / "monat",
        ["monat", plan.bestand, plan.monate],
        lambda folder: write_months(folder, plan.bestand, plan.monate),
    )
    place = given / "lauf"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(given / "bisher", place / "raw")
    report(place)
    shutil.copytree(given / "neu", place / "raw", dirs_exist_ok=True)
    seconds = report(place)
    record = json.loads((place / "curated" / "lauf.json").read_text(encoding="utf-8"))
    unchanged = report(place)
    shutil.rmtree(place)
    return Month(
        bestand=plan.bestand,
        monate=plan.monate,
        seconds=seconds,
        to_the_marts=sum(record["sekunden"][stage] for stage in TO_THE_MARTS),
        unchanged=unchanged,
    )


def report(place: Path) -> float:
    """Seconds of the main job, start of the process included."""
    folders = [f"--{name}={place / folder}" for name, folder in
               (("raw", "raw"), ("curated", "curated"), ("out", "reports"))]  # fmt: skip
    started = time.monotonic()
    called("pipeline", "report", *folders)
    return time.monotonic() - started


def write_months(folder: Path, bestand: int, monate: int) -> None:
    """All months but the last as one full delivery, and the last as one of its own."""
    history = demo_history(bestand=bestand, monate=monate + 1)
    before, last = month_ends(history, 2)
    write_delivery(history, folder / "bisher" / "bisher", as_of=before)
    put(Delivery("monat", "nachlieferung", last, newest(history)), folder / "neu")


def newest(history: History) -> dict[str, pa.Table]:
    """The stock of the last Stichtag, and what changed in the other tables since the one before."""
    before, last = month_ends(history, 2)
    earlier, now = demo_tables(history, before), demo_tables(history, last)
    stock = now.pop("bestand")
    rows = {name: changed_rows(earlier[name], table, KEYS[name]) for name, table in now.items()}
    days = stock["stichtag"]
    return {"bestand": stock.filter(pc.equal(days, pc.max(days))), **rows}


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def ingest(
    *,
    bestand: Annotated[int, typer.Option(help="Personen im Bestand.")] = Plan.bestand,
    kleiner: Annotated[
        int, typer.Option(help="Personen im Bestand der Formen excel und xml.")
    ] = Plan.kleiner,
    formen: Annotated[
        str, typer.Option(help="Formen, durch Komma getrennt (ohne Angabe: alle).")
    ] = "",
    ordner: Annotated[
        Path, typer.Option(help="Ordner der Lieferungen; bleibt für den nächsten Lauf stehen.")
    ] = Path(".cache/bench/lieferungen"),
    ergebnis: Annotated[Path, typer.Option(help="Datei der Ergebnistabelle.")] = RESULT,
) -> None:
    """Misst, wie schnell und mit wie viel Speicher Lieferungen jeder Form eingelesen werden."""
    wanted = [name.strip() for name in formen.split(",")] if formen else list(FORMS)
    if unknown := [name for name in wanted if name not in FORMS]:
        raise UsageError(f"--formen «{unknown[0]}» gibt es nicht. Möglich: {', '.join(FORMS)}.")
    forms = tuple(form for form in FORMS if form in wanted)
    plan = Plan(ordner.absolute(), bestand, kleiner, forms=forms)
    text = page(*run(plan, typer.echo))
    ergebnis.write_text(text, encoding="utf-8")
    typer.echo(f"\n{text}\nGeschrieben: {ergebnis}")


if __name__ == "__main__":
    from benchmarks.__main__ import run_app

    run_app(app, "benchmarks.ingest")
