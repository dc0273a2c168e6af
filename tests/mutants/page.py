"""The page docs/mutanten.md: how many mutants of each SQL file the tests kill, and which live."""

from collections import Counter
from collections.abc import Callable

from tests.mutants.campaign import ROOT
from tests.mutants.operators import Mutant

PAGE = ROOT / "docs" / "mutanten.md"
LONGEST = 120

KINDS = {
    "aggregate": "andere Zusammenfassung (`min` statt `max`, `arg_min` statt `arg_max`)",
    "and → or": "`or` statt `and`",
    "boundary": "`between` ohne das untere Ende",
    "coalesce dropped": "`coalesce` vergessen",
    "comparison": "anderer Vergleich (`<` statt `<=`, `<>` statt `=`)",
    "condition dropped": "eine von zwei Bedingungen vergessen",
    "constant": "ganze Zahl um eins größer",
    "distinct dropped": "`distinct` in `count` vergessen",
    "filter dropped": "`filter (where …)` vergessen",
    "half dropped": "zweite Hälfte eines `union` vergessen",
    "join": "andere Verbindung (`left` statt `inner`, `semi` statt `anti`)",
    "not dropped": "`not` vergessen",
    "order": "andere Reihenfolge in einem Fenster",
    "union": "`union` statt `union all` oder umgekehrt",
}

HEAD = """\
<!-- Geschrieben von python -m tests.mutants. Änderungen von Hand gehen verloren. -->

# Mutanten der SQL

Ob die Tests die SQL-Dateien in `pipeline/sql/` wirklich festhalten, zeigt eine Gegenprobe: An
gezogenen Stellen jeder Datei wird ein kleiner Fehler eingebaut, immer nur einer. Ein Mutant ist
**getötet**, wenn mindestens ein Test scheitert. Gesucht wird erst in den Tests der Datei, dann in
allen Tests in `tests/sql/`, dann im Vergleich mit der naiven Nachrechnung auf fünf erfundenen
Lieferungen. Vorher ist geprüft, dass alle diese Tests gelingen, wenn die Dateien nur so
umgeschrieben sind, wie die Mutanten es sind. Nicht verändert wird, wonach das Ergebnis am Ende
sortiert ist, und nichts, was nach dem Aufbau der Abfrage nichts ändern kann: eine Verbindung, deren
zusätzliche Zeilen die Abfrage wieder verwirft, und doppelte Zeilen, nach denen sie nur fragt.
"""

LIVING = """\
## Was überlebt

Diese Mutanten unterscheidet kein Lauf vom Original. Die Gründe sind wie im Quelltext auf Englisch.

| Datei | Statt | Steht | Grund |
|---|---|---|---|"""

FOOT = """
Die überlebenden stehen in `tests/mutants/survivors.toml`. Die volle Kampagne (`make campaign`)
verlangt, dass genau diese überleben; ein gewöhnlicher Testlauf prüft acht Mutanten. Einzelne
Dateien: `.venv/bin/python -m tests.mutants core_start mart_quote`.
"""


def page(mutants: list[Mutant], survivors: dict[str, str]) -> str:
    """The page for a sample of which exactly the survivors (id → reason) were not killed."""
    living = [one for one in mutants if one.id in survivors]
    share = 100 * (len(mutants) - len(living)) / len(mutants)
    sums = (
        f"**{len(mutants)} Mutanten, {len(mutants) - len(living)} getötet "
        f"({share:.1f} Prozent), {len(living)} überleben.**\n".replace(".", ",", 1)
    )
    parts = [HEAD, sums, "## Nach Dateien\n"]
    parts += _counts("Datei", mutants, living, lambda one: f"`{one.table}.sql`")
    parts += ["## Nach Fehlern\n", *_counts("Fehler", mutants, living, lambda one: KINDS[one.what])]
    parts += [LIVING, *(_row(one, survivors[one.id]) for one in living), FOOT]
    return "\n".join(parts)


def _row(one: Mutant, reason: str) -> str:
    cells = f"`{one.table}.sql`", f"`{_short(one.before)}`", f"`{_short(one.after)}`", reason
    return f"| {' | '.join(cells)} |"


def _counts(
    title: str, mutants: list[Mutant], living: list[Mutant], of: Callable[[Mutant], str]
) -> list[str]:
    drawn, left = (Counter(map(of, some)) for some in (mutants, living))
    rows = [f"| {name} | {drawn[name]} | {drawn[name] - left[name]} |" for name in sorted(drawn)]
    return [f"| {title} | Mutanten | getötet |", "|---|---:|---:|", *rows, ""]


def _short(sql: str) -> str:
    cut = sql if len(sql) <= LONGEST else sql[:LONGEST] + " …"
    return cut.replace("|", "\\|")
