"""befehle.md: the help of every command, and the exit codes."""

from collections.abc import Iterator
from typing import Any

import typer.main

from docs.erzeuger.markdown import table
from pipeline import errors
from pipeline.__main__ import app

# What an exit code means to a user, by the class that carries it.
EXIT_CODES = {
    "UsageError": "Falscher Aufruf, falsche Einstellung oder fehlerhafter Eintrag einer Liste",
    "DeliveryError": "Eine Lieferung ist nicht lesbar oder wird abgelehnt",
    "RuleError": "Eine kritische Regel ist verletzt; es entsteht kein Bericht",
    "VerificationError": "Früher Geschriebenes ist nicht mehr, was aufgezeichnet wurde",
    "DisclosureError": "Die Prüfung der Geheimhaltung ist gescheitert; es entsteht kein Bericht",
    "CannotJudgeError": "Es ist kein Urteil möglich, etwa weil kein Monat veröffentlichbar ist",
    "LockedError": "Ein anderer Lauf arbeitet gerade im selben Ordner",
}
HELP_WIDTH = 102


def command_page() -> Iterator[str]:
    """The help of every command, and the exit codes."""
    yield from ("# Befehle", "", "Aufruf: `.venv/bin/python -m pipeline BEFEHL`.", "")
    main = typer.main.get_command(app)
    yield from _help(main, "python -m pipeline")
    for name, command in sorted(main.commands.items()):  # type: ignore[attr-defined]
        yield from (f"## {name}", "")
        yield from _help(command, f"python -m pipeline {name}")
        for inner, part in sorted(getattr(command, "commands", {}).items()):
            yield from _help(part, f"python -m pipeline {name} {inner}")
    yield from ("## Rückgabewerte", "")
    rows = [("0", "In Ordnung")]
    rows += [(str(kind.exit_code), EXIT_CODES[kind.__name__]) for kind in exit_classes()]
    rows.append(("130", "Abgebrochen (Strg-C)"))
    yield from table(("Wert", "Bedeutung"), rows)
    yield from ("`make` macht aus jedem Wert außer 0 eine 2.", "")


def exit_classes() -> list[type[errors.PipelineError]]:
    """The error classes in order of their exit code."""
    return sorted(errors.PipelineError.__subclasses__(), key=lambda kind: kind.exit_code)


def _help(command: Any, name: str) -> Iterator[str]:
    context = command.context_class(
        command, info_name=name, terminal_width=HELP_WIDTH, max_content_width=HELP_WIDTH
    )
    lines = [line.rstrip() for line in command.get_help(context).splitlines()]
    yield from ("```text", *lines, "```", "")
