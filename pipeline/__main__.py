"""The command line, and nothing else. Heavy imports stand inside the commands."""

import errno
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, cast, get_args

import typer

from pipeline import __version__
from pipeline.errors import CannotJudgeError, PipelineError, UsageError

app = typer.Typer(
    help="Integrationsquoten von Frauen und Männern im SGB II: von der Lieferung zum Bericht.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Raw = Annotated[Path | None, typer.Option("--raw", help="Ordner der Lieferungen.")]
Curated = Annotated[
    Path | None, typer.Option("--curated", help="Ordner der aufbereiteten Tabellen.")
]
Out = Annotated[Path | None, typer.Option("--out", help="Ordner der Berichte.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Nur Lieferungen mit Datenstand bis zu diesem Tag (JJJJ-MM-TT)."),
]
Lang = Annotated[str | None, typer.Option("--lang", help="Sprache des Berichts: de oder en.")]


CAUSES = {
    errno.ENOENT: "Datei oder Ordner nicht gefunden",
    errno.EACCES: "Keine Berechtigung",
    errno.EPERM: "Keine Berechtigung",
    errno.EROFS: "Nur lesbarer Datenträger",
    errno.ENOSPC: "Kein Platz mehr auf dem Datenträger",
    errno.ENOTDIR: "Kein Ordner",
}


def parse_day(text: str | None) -> date | None:
    """A date given on the command line, JJJJ-MM-TT or TT.MM.JJJJ."""
    if text is None:
        return None
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise UsageError(f"«{text}» ist kein Datum. Bitte als JJJJ-MM-TT angeben, etwa 2016-03-31.")


@app.command()
def report(
    raw: Raw = None,
    curated: Curated = None,
    out: Out = None,
    as_of: AsOf = None,
    lang: Lang = None,
    demo_wenn_leer: Annotated[
        bool, typer.Option("--demo-wenn-leer", help="Ohne Lieferung zuerst die Demo schreiben.")
    ] = False,
) -> None:
    """Rechnet alles neu, was sich geändert hat, und schreibt den Bericht."""
    from pipeline.report_run import make_report
    from pipeline.settings import load_settings

    settings = load_settings(
        raw=raw, curated=curated, reports=out, as_of=parse_day(as_of), sprache=lang
    )
    if demo_wenn_leer and not any(p.is_dir() for p in settings.raw.glob("[!.]*")):
        demo(out=settings.raw / "demo")
    make_report(settings, typer.echo)


@app.command()
def deliveries(raw: Raw = None, curated: Curated = None, lang: Lang = None) -> None:
    """Zeigt alle Lieferungen und was der letzte Lauf aus ihnen gemacht hat."""
    from pipeline.deliveries import deliveries as list_deliveries
    from pipeline.settings import load_settings

    list_deliveries(load_settings(raw=raw, curated=curated, sprache=lang), typer.echo)


@app.command()
def validate(
    curated: Curated = None,
    delivery: Annotated[
        str | None, typer.Option("--delivery", help="Nur, was diese Lieferung zu verantworten hat.")
    ] = None,
    all_deliveries: Annotated[
        bool, typer.Option("--all", help="Alle Lieferungen; so ist es auch ohne Angabe.")
    ] = False,
    rules: Annotated[
        Path | None, typer.Option("--rules", help="Datei mit weiteren, eigenen Regeln.")
    ] = None,
    explain: Annotated[
        str | None, typer.Option("--explain", help="Eine Regel und die Orte ihrer Treffer zeigen.")
    ] = None,
    lang: Lang = None,
) -> None:
    """Prüft die vorhandenen Tabellen erneut mit allen Regeln, ohne etwas neu zu rechnen."""
    from pipeline.settings import load_settings
    from pipeline.validate_run import Question
    from pipeline.validate_run import validate as run_validate

    if delivery is not None and all_deliveries:
        raise UsageError("--delivery und --all schließen sich aus. Eines von beiden weglassen.")
    question = Question(delivery, rules, explain)
    run_validate(load_settings(curated=curated, sprache=lang), typer.echo, question, progress)


def progress(done: int, total: int) -> None:
    """Show on standard error how far the rules are, in one line if somebody watches."""
    _progress(f"{done} von {total} Regeln ausgewertet", last=done == total)


def _progress(words: str, *, last: bool) -> None:
    watched = sys.stderr.isatty()
    end = "\n" if last or not watched else ""
    lead = "\r" if watched else ""
    typer.echo(f"{lead}{words}{end}", err=True, nl=False)


@app.command()
def selftest(
    seeds: Annotated[
        int, typer.Option(help="Wie oft jede Klasse von Fehlern eingebaut wird.")
    ] = 1,
    klassen: Annotated[
        str, typer.Option("--klassen", help="Nur diese Klassen, durch Komma getrennt.")
    ] = "",
    ergebnis: Annotated[
        Path | None, typer.Option("--ergebnis", help="Auch als Seite in diese Datei schreiben.")
    ] = None,
) -> None:
    """Baut Fehler in erfundene Lieferungen ein und zeigt, welche die Prüfung findet."""
    from pipeline.selftest.report import selftest as run_selftest

    run_selftest(seeds, klassen, ergebnis, typer.echo, progress_of_faults)


def progress_of_faults(done: int, total: int) -> None:
    """Show on standard error how many faults were injected."""
    _progress(f"{done} von {total} Fehlern eingebaut", last=done == total)


@app.command()
def explore(
    curated: Curated = None,
    intern: Annotated[
        Path, typer.Option("--intern", help="Ordner der internen Ansicht, nie der der Berichte.")
    ] = Path("data/intern"),
    lang: Lang = None,
) -> None:
    """Schreibt die interne Ansicht aller Kennzahlen, ungesperrt, nur für den Dienstgebrauch."""
    from pipeline.explore import explore as run_explore
    from pipeline.settings import load_settings

    run_explore(load_settings(curated=curated, sprache=lang), intern, typer.echo)


@app.command()
def demo(
    bestand: Annotated[int, typer.Option(help="Durchschnittlicher Bestand.")] = 30000,
    seed: Annotated[int, typer.Option(help="Startwert des Zufalls.")] = 1,
    out: Annotated[Path, typer.Option(help="Ordner der Lieferung.")] = Path("data/raw/demo"),
    form: Annotated[
        str, typer.Option(help="csv, parquet, bezug (mit Zeiträumen), deutsch, excel oder xml.")
    ] = "csv",
) -> None:
    """Schreibt eine synthetische Lieferung, die aussieht wie die eines Jobcenters."""
    from pipeline.demo import write_demo
    from pipeline.demo.write import Form

    if form not in get_args(Form):
        raise UsageError(f"--form {form}: möglich sind {', '.join(get_args(Form))}.")
    if bestand < 1:
        raise UsageError("--bestand muss mindestens 1 sein.")
    write_demo(out, bestand=bestand, seed=seed, form=cast(Form, form))
    typer.echo(f"Synthetische Lieferung geschrieben: {out}")


profiles = typer.Typer(
    help="Profile für Dateien mit fremden Spalten: entwerfen und prüfen.", rich_markup_mode=None
)
app.add_typer(profiles, name="profile")
Tabelle = Annotated[
    str | None, typer.Option("--tabelle", help="Tabelle, wenn die Datei es nicht erkennen lässt.")
]


@profiles.command()
def suggest(
    datei: Annotated[list[Path], typer.Argument(help="Eine oder mehrere Dateien.")],
    tabelle: Tabelle = None,
    blatt: Annotated[str | None, typer.Option("--blatt", help="Blatt der Excel-Mappe.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Neue Datei statt der Ausgabe.")
    ] = None,
) -> None:
    """Liest Dateien und schreibt den Entwurf eines Profils, mit Kommentaren."""
    from pipeline.ingest.profiles.profile_commands import suggest as run_suggest

    run_suggest(datei, tabelle, blatt, out, typer.echo)


@profiles.command()
def check(
    datei: Annotated[Path, typer.Argument(help="Die Datei.")],
    profil: Annotated[str, typer.Option("--profil", help="Name des Profils.")],
    tabelle: Tabelle = None,
) -> None:
    """Zeigt, was ein Profil aus einer Datei macht, ohne kennzeichnende Spalten."""
    from pipeline.ingest.profiles.profile_commands import check as run_check

    run_check(datei, profil, tabelle, typer.echo)


@app.command()
def version() -> None:
    """Nennt die Version."""
    typer.echo(__version__)


def database_sentence(kind: str) -> str:
    """What to do about an error of the database, without its text: that may quote cells."""
    if kind == "OutOfMemoryException":
        return (
            "Der Arbeitsspeicher oder der Platz für Zwischendateien reicht nicht. In pipeline.toml "
            'memory_limit erhöhen (etwa "4GB") oder Platz schaffen.'
        )
    if kind == "IOException":
        return "Eine Datei ließ sich nicht lesen oder schreiben. Platz und Rechte prüfen."
    return f"Die Datenbank meldet einen Fehler ({kind}). Das ist ein Fehler des Programms."


def guarded(call: Callable[..., Any], *args: Any, **kwargs: Any) -> int:
    """Run a command; whatever a user can cause becomes sentences and an exit code."""
    try:
        call(*args, **kwargs)
    except PipelineError as error:
        return complain(error.exit_code, *error.problems)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        sentence = f"Der Aufruf ist nicht zu verstehen ({error})."
        return complain(UsageError.exit_code, f"{sentence} Hilfe: python -m pipeline --help")
    except (typer.Abort, KeyboardInterrupt):
        typer.echo("Abgebrochen. Fertige Schritte bleiben erhalten.", err=True)
        return 130
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        what = CAUSES.get(error.errno or 0, "Ein- oder Ausgabe fehlgeschlagen")
        sentence = f"{what}{where}. Ordner, Rechte und freien Platz prüfen."
        return complain(UsageError.exit_code, sentence)
    except Exception as error:
        if not type(error).__module__.endswith("duckdb"):
            raise
        return complain(CannotJudgeError.exit_code, database_sentence(type(error).__name__))
    return 0


def complain(exit_code: int, *problems: str) -> int:
    """Say what went wrong, a line each, and return the exit code."""
    for problem in problems:
        typer.echo(f"Fehler: {problem}", err=True)
    return exit_code


def main() -> None:
    """Entry point."""
    sys.exit(guarded(app, sys.argv[1:] or ["--help"], standalone_mode=False))


if __name__ == "__main__":
    main()
