"""How long the rules take: python -m benchmarks.rules.

All rules on a finished run over sixty months and on its newest delivery; and fifteen expectations
on a large table beside the same checks by hand and on the pandas engine.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pyarrow.parquet as pq
import typer

from benchmarks import rules_set
from benchmarks.ingest import called, kept, report, write_months
from benchmarks.rules_set import MONTHS, write_rows
from benchmarks.table import grouped, number
from pipeline.validate_run import part_of

RESULT = Path(__file__).parent / "REGELN.md"
# Seconds beyond the import; times the hand-written scan; times less CPU than pandas; MB.
NEWEST_SECONDS, ALL_SECONDS, TIMES_HAND, TIMES_LESS, MEGABYTES = 2.0, 10.0, 1.5, 20.0, 1000.0
FULL_STOCK, FULL_ROWS = 30_000, 10_000_000
F = "zeilen.parquet"


@dataclass(frozen=True)
class Measured:
    """One way of judging: the best run by CPU seconds; the largest memory of all runs."""

    title: str
    rows: int
    sekunden: float
    cpu: float
    spitze_mb: float
    import_sekunden: float


def run(
    folder: Path, bestand: int, zeilen: int, pandas: int, repeats: int, say: Callable[[str], None]
) -> dict[str, Measured]:
    """Measure everything; what belongs together is measured in turn."""
    say(f"Tabellen über 60 Monate, {bestand} Personen …")
    curated = _finished(folder, bestand)
    newest = _newest(curated)
    persons = pq.ParquetFile(curated / "core_bestand.parquet").metadata.num_rows
    whole = {"art": "produkt", "ordner": str(curated), "lieferung": ""}
    large, small = (_rows(folder, count) for count in (zeilen, pandas))
    asked: dict[str, tuple[str, int, dict[str, Any]]] = {
        "alle": ("alle Regeln, 60 Monate", persons, whole),
        "neu": ("alle Regeln, neueste Lieferung", newest.pop("zeilen"), whole | newest),
        "fuenfzehn": (
            "15 Erwartungen, Great Expectations auf DuckDB",
            _whole(zeilen),
            {"art": "fuenfzehn", "datei": str(large), "zeilen": _whole(zeilen)},
        ),
        "hand": (
            "dieselben, von Hand in SQL",
            _whole(zeilen),
            {"art": "hand", "datei": str(large)},
        ),
        "pandas": (
            "dieselben, Great Expectations auf pandas",
            _whole(pandas),
            {"art": "pandas", "datei": str(small), "zeilen": _whole(pandas)},
        ),
    }  # fmt: skip
    answers: dict[str, list[dict[str, float]]] = {name: [] for name in asked}
    for number_ in range(repeats):
        say(f"Runde {number_ + 1} von {repeats} …")
        for name, (_, _, request) in asked.items():
            if name != "pandas" or number_ == 0:
                text, _ = called("benchmarks.rules_child", json.dumps(request))
                answers[name].append(json.loads(text.splitlines()[-1]))
    return {
        name: Measured(
            title,
            rows,
            min(a["sekunden"] for a in answers[name]),
            min(a["cpu"] for a in answers[name]),
            max(a["spitze_mb"] for a in answers[name]),
            min(a.get("import_sekunden", 0.0) for a in answers[name]),
        )
        for name, (title, rows, _) in asked.items()
    }


def _rows(folder: Path, count: int) -> Path:
    """The file of so many rows, kept between runs."""
    recipe = ["regeln", count, Path(rules_set.__file__).read_text(encoding="utf-8")]
    place = folder / f"regeln-{count}"
    return kept(place, recipe, lambda place: write_rows(place / F, count)) / F


def _whole(rows: int) -> int:
    """The rows that are really written: as many months for each person."""
    return rows // MONTHS * MONTHS


def _finished(folder: Path, bestand: int) -> Path:
    """The curated tables of a run over sixty months and one more."""
    given = kept(folder / "monat", ["monat", bestand, 60], lambda p: write_months(p, bestand, 60))
    place = given / "regeln"
    shutil.rmtree(place, ignore_errors=True)
    for name in ("bisher", "neu"):
        shutil.copytree(given / name, place / "raw", dirs_exist_ok=True)
    report(place)
    return place / "curated"


def _newest(curated: Path) -> dict[str, Any]:
    """The newest delivery as the engine is asked for it, and how many rows of stock it has."""
    path = curated / "core_lieferung.parquet"
    rows = [r for r in pq.read_table(path).to_pylist() if r["tabelle"] == "bestand"]
    newest = max(rows, key=lambda row: row["rang"])
    part = part_of(path, newest["lieferung"])
    assert part is not None
    return {
        "lieferung": part.lieferung,
        "von": part.von.isoformat(),
        "bis": part.bis.isoformat(),
        "zeilen": newest["geliefert"],
    }


def page(found: dict[str, Measured], bestand: int) -> str:
    """The whole page as Markdown."""
    lines = [
        "# Regeln: Messergebnisse",
        "",
        f"{os.cpu_count()} Kerne. Demodaten mit {grouped(bestand)} Personen im Bestand; die große "
        "Tabelle der 15 Erwartungen ist erfunden.",
        "",
        "| Was | Zeilen | Sekunden | CPU-Sekunden | Spitze MB | dazu Import, Sekunden |",
        "|---|---:|---:|---:|---:|---:|",
        *(_row(measured) for measured in found.values()),
        "",
        "| Ziel | erreicht | |",
        "|---|---:|---|",
        *goals(found, bestand),
        "",
        "Jede Messung läuft in einem eigenen Prozess, reihum; es zählt der beste Lauf, beim "
        "Speicher der größte. Der Import von Great Expectations ist nicht in den Sekunden "
        "enthalten. Auf pandas wird einmal gemessen, mit dem Einlesen, und auf gleich viele Zeilen "
        "umgerechnet.",
        "",
    ]
    return "\n".join(lines)


def _row(m: Measured) -> str:
    cells = (
        m.title, grouped(m.rows), number(m.sekunden, 2), number(m.cpu, 2), number(m.spitze_mb, 0),
        number(m.import_sekunden) if m.import_sekunden else "–",
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def goals(found: dict[str, Measured], bestand: int) -> list[str]:
    """The aims, and whether they are reached; those of the full stock only with it."""
    ours, hand, pandas = found["fuenfzehn"], found["hand"], found["pandas"]
    times = ours.sekunden / hand.sekunden
    less = (pandas.cpu / pandas.rows) / (ours.cpu / ours.rows)
    lines = []
    if bestand >= FULL_STOCK:
        newest, whole = found["neu"].sekunden, found["alle"].sekunden
        lines += [
            _goal(f"neueste Lieferung in {NEWEST_SECONDS:g} s", f"{number(newest)} s",
                  newest <= NEWEST_SECONDS),
            _goal(f"60 Monate in {ALL_SECONDS:g} s", f"{number(whole)} s", whole <= ALL_SECONDS),
        ]  # fmt: skip
    if ours.rows >= FULL_ROWS // MONTHS * MONTHS:
        lines += [
            _goal(f"höchstens {number(TIMES_HAND)} mal so lange wie von Hand", number(times, 2),
                  times <= TIMES_HAND),
            _goal(f"mindestens {TIMES_LESS:g} mal weniger CPU als pandas", number(less),
                  less >= TIMES_LESS),
            _goal(f"unter {MEGABYTES:g} MB", f"{number(ours.spitze_mb, 0)} MB",
                  ours.spitze_mb < MEGABYTES),
        ]  # fmt: skip
    return lines


def _goal(aim: str, figure: str, reached: bool) -> str:
    return f"| {aim} | {figure} | {'erreicht' if reached else 'verfehlt'} |"


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def rules(
    *,
    bestand: Annotated[int, typer.Option(help="Personen im Bestand.")] = FULL_STOCK,
    zeilen: Annotated[int, typer.Option(help="Zeilen der großen Tabelle.")] = FULL_ROWS,
    pandas: Annotated[int, typer.Option(help="Zeilen, die pandas bekommt.")] = 1_000_000,
    runden: Annotated[int, typer.Option(help="Wie oft gemessen wird.")] = 3,
    ordner: Annotated[
        Path, typer.Option(help="Ordner der Tabellen; bleibt für den nächsten Lauf stehen.")
    ] = Path(".cache/bench/lieferungen"),
    ergebnis: Annotated[Path, typer.Option(help="Datei der Ergebnistabelle.")] = RESULT,
) -> None:
    """Misst, wie schnell und mit wie viel Speicher die Regeln ausgewertet werden."""
    found = run(ordner.absolute(), bestand, zeilen, pandas, runden, typer.echo)
    text = page(found, bestand)
    ergebnis.write_text(text, encoding="utf-8")
    typer.echo(f"\n{text}\nGeschrieben: {ergebnis}")


if __name__ == "__main__":
    from benchmarks.__main__ import run_app

    run_app(app, "benchmarks.rules")
