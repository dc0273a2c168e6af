"""parameter.md and gliederungen_liste.md: the dated rules and the breakdowns."""

from collections.abc import Iterator

from docs.erzeuger.markdown import code, german_day, table
from pipeline.registries import Wert, breakdowns, parameters


def parameter_page() -> Iterator[str]:
    """The dated rules."""
    yield from ("# Parameter", "")
    yield "Datierte Regeln der Rechnung aus `pipeline/parameters.toml`. Es gilt der Eintrag, der am"
    yield "Stichtag des Berichtsmonats gültig ist, bei der Geheimhaltung am Datenstand des Laufs."
    yield ""
    for p in parameters().values():
        yield from (f"## {p.name}", "", f"**{p.titel_de}.** {p.beschreibung}", "")
        rows = [(german_day(g.ab), german_day(g.bis) or "offen", value(g.wert)) for g in p.gilt]
        yield from table(("gilt ab", "bis vor", "Wert"), rows)
        yield from (f"Quelle: {p.quelle}.", "")


def value(wert: Wert) -> str:
    """A parameter's value as a reader sees it."""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    return ", ".join(map(str, wert)) if isinstance(wert, tuple) else str(wert)


def breakdown_page() -> Iterator[str]:
    """Breakdowns with their categories."""
    yield from ("# Gliederungen im Überblick", "")
    yield "Aus `pipeline/breakdowns.toml`. Die Rechenregeln stehen unter"
    yield from ("[Gliederungen](methodik/gliederungen.md).", "")
    rows = [
        (
            code(b.id),
            b.titel_de,
            ", ".join(b.kennzahlen),
            ", ".join(code(column) for column in b.braucht) or "nichts",
        )
        for b in breakdowns()
    ]
    yield from table(("Kennung", "Gliederung", "Kennzahlen", "braucht die Spalte"), rows)
    for b in breakdowns():
        if len(b.merkmale) > 1:
            continue
        yield from (f"## {b.id}: {b.titel_de}", "")
        if b.codes[0]:
            categories = [(code(c.code), c.label_de, c.label_en) for c in b.codes[0]]
            yield from table(("Ausprägung", "deutsch", "englisch"), categories)
        else:
            yield from ("Die Werte, die in den Daten vorkommen.", "")
