"""parameter.md and gliederungen_liste.md: the dated rules and the breakdowns."""

from collections.abc import Iterator

from docs.erzeuger.markdown import code, german_day, table
from pipeline.breakdowns import breakdowns
from pipeline.registries import Wert, code_list, parameters


def parameter_page() -> Iterator[str]:
    """The dated rules."""
    yield from ("# Parameter", "")
    yield "Datierte Regeln der Rechnung aus `pipeline/parameters.toml`. Wo die Regel nichts anderes"
    yield "sagt, gilt der Eintrag am Stichtag des Berichtsmonats, bei der Geheimhaltung der am"
    yield "Datenstand des Laufs."
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


HEAD = ("Kennung", "Gliederung", "Kennzahlen", "braucht die Spalte", "veröffentlicht")


def breakdown_page() -> Iterator[str]:
    """Breakdowns with their categories."""
    yield from ("# Gliederungen im Überblick", "")
    yield "Aus `pipeline/breakdowns.toml`. Die Rechenregeln stehen unter"
    yield from ("[Gliederungen](methodik/gliederungen.md). EQ steht für EQ_1 bis EQ_18.", "")
    families = {c.code: c.extra["familie"] for c in code_list("kennzahl").codes}
    rows = [
        (
            code(b.id),
            b.titel_de,
            ", ".join(dict.fromkeys(families[k] for k in b.kennzahlen)),
            ", ".join(code(column) for column in b.braucht) or "nichts",
            "nur intern" if b.intern else "ja",
        )
        for b in breakdowns()
    ]
    yield from table(HEAD, rows)
    for b in breakdowns():
        if len(b.merkmale) > 1:
            continue
        yield from (f"## {b.id}: {b.titel_de}", "")
        if b.nur_bestand:
            yield from (f"Nur in K2: {', '.join(map(code, sorted(b.nur_bestand)))}.", "")
        if b.codes[0]:
            categories = [(code(c.code), c.label_de, c.label_en) for c in b.codes[0]]
            yield from table(("Ausprägung", "deutsch", "englisch"), categories)
        else:
            yield from ("Die Werte, die in den Daten vorkommen.", "")
