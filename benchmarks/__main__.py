"""The command line of the benchmarks: python -m benchmarks."""

import shutil
import sys
from pathlib import Path
from typing import Annotated

import click
import typer

from benchmarks.bench import Plan, run
from benchmarks.contenders import CONTENDERS, TASKS, contender, task
from benchmarks.table import markdown
from pipeline.__main__ import guarded
from pipeline.errors import UsageError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
RESULT = Path(__file__).parent / "ERGEBNIS.md"


def _sizes(text: str) -> tuple[float, ...]:
    try:
        sizes = tuple(float(part) for part in text.split(","))
    except ValueError:
        sizes = ()
    if not sizes or min(sizes) < 0.001:
        raise UsageError(
            f"--groessen «{text}»: bitte Millionen Personenmonate ab 0.001 angeben, etwa 1.8,50."
        )
    return sizes


def _chosen(option: str, text: str, known: list[str]) -> list[str]:
    names = [part.strip() for part in text.split(",")] if text else known
    wrong = [name for name in names if name not in known]
    if wrong:
        raise UsageError(f"{option} «{wrong[0]}» gibt es nicht. Möglich: {', '.join(known)}.")
    return [name for name in known if name in names]


@app.command()
def bench(
    *,
    groessen: Annotated[
        str, typer.Option(help="Millionen Personenmonate, durch Komma getrennt.")
    ] = "1.8,50",
    aufgaben: Annotated[
        str, typer.Option(help="personenmonat, wuerfel, gliederungen (ohne Angabe: alle).")
    ] = "",
    teilnehmer: Annotated[
        str,
        typer.Option(help="scan, dekodieren, projekt, polars, pandas (ohne Angabe: alle)."),
    ] = "",
    ordner: Annotated[
        Path, typer.Option(help="Ordner der erzeugten Daten; bleibt für den nächsten Lauf stehen.")
    ] = Path(".cache/bench"),
    ergebnis: Annotated[Path, typer.Option(help="Datei der Ergebnistabelle.")] = RESULT,
    speicher: Annotated[
        str, typer.Option(help="Speichergrenze der Datenbank dieses Projekts.")
    ] = "1000MB",
    grenze_gb: Annotated[
        float, typer.Option(help="Adressraum für Polars und pandas in GB, 0 = keine Grenze.")
    ] = 18.0,
    aufraeumen: Annotated[
        bool, typer.Option("--aufraeumen", help="Den Ordner am Ende löschen.")
    ] = False,
) -> None:
    """Misst dieses Projekt gegen pandas, Polars und das bloße Lesen der Spalten.

    50 Mio. Personenmonate brauchen etwa 10 GB auf der Platte und eine halbe Stunde.
    """
    plan = Plan(
        sizes=_sizes(groessen),
        tasks=tuple(map(task, _chosen("--aufgaben", aufgaben, [t.name for t in TASKS]))),
        contenders=tuple(
            map(contender, _chosen("--teilnehmer", teilnehmer, [c.name for c in CONTENDERS]))
        ),
        folder=ordner,
        memory_limit=speicher,
        address_limit=round(grenze_gb * 1e9),
    )
    try:
        page = markdown(run(plan, typer.echo), speicher)
    finally:
        if aufraeumen:
            shutil.rmtree(ordner, ignore_errors=True)
    ergebnis.write_text(page, encoding="utf-8")
    typer.echo(f"\n{page}\nGeschrieben: {ergebnis}")


def run_app(app: typer.Typer, module: str) -> None:
    """Run the command line of a benchmark; exit codes as in the pipeline."""
    try:
        code = guarded(app, standalone_mode=False)
    except click.exceptions.Exit as done:
        code = done.exit_code
    except click.ClickException as error:
        typer.echo(f"Fehler: {error.format_message()} Hilfe: python -m {module} --help", err=True)
        code = UsageError.exit_code
    sys.exit(code)


if __name__ == "__main__":
    run_app(app, "benchmarks")
