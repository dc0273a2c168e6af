"""identifikatoren.md: what names a person directly and therefore refuses a delivery."""

from collections.abc import Iterator

from docs.erzeuger.markdown import code, table
from pipeline.ingest.identifiers.kinds import Kind, kinds


def identifier_page() -> Iterator[str]:
    """The kinds, what is checked about them, and the headings that name them."""
    yield from ("# Direkte Identifikatoren", "")
    yield "Jede Zelle jeder Spalte einer Lieferung wird danach durchsucht, auch was sonst niemand"
    yield "liest: übergangene Spalten, unlesbare Zeilen, Überschriften, Dateinamen. Ein Fund lehnt"
    yield "die Datei ab (Rückgabewert 11). Die Meldung nennt Art, Datei, Zeile und Spalte, nie den"
    yield "Inhalt. Abhilfe: die Spalte weglassen oder den Inhalt durch ein Pseudonym ersetzen."
    yield ""
    rows = [(_plain(kind), kind.warum, _checked(kind)) for kind in kinds()]
    yield from table(("Gesucht wird", "Warum", "Prüfung"), rows)
    yield "Die Muster stehen in `pipeline/ingest/identifiers/identifiers.toml`. Unter zufälligen"
    yield "Pseudonymen sieht ab und zu eines wie eine Kundennummer aus; was nach den übrigen Werten"
    yield "der Spalte als Zufall zu erwarten ist, zählt nicht. Namen in Zellen werden nur an ihrer"
    yield "Umgebung erkannt (Frau …, Nachname: …). Ein Name allein fällt nur durch die Überschrift"
    yield "auf."
    yield from ("", "## Überschriften", "")
    yield "Groß- und Kleinschreibung, Umlaute, Trennzeichen und Ziffern zählen nicht. Spalten des"
    yield from ("[Wörterbuchs](woerterbuch.md) sind ausgenommen.", "")
    headings = [
        (_plain(kind), ", ".join(code(word) for word in sorted(kind.kopf))) for kind in kinds()
    ]
    yield from table(("Art", "Überschriften"), headings)


def _plain(kind: Kind) -> str:
    """The title without its article."""
    return kind.titel_de.partition(" ")[2]


def _checked(kind: Kind) -> str:
    where = sorted({name for pattern in kind.muster for name in pattern.nur})
    checks = [p.pruefung for p in kind.muster if p.pruefung in ("iban", "steuer_id", "svnr")]
    parts = ["Form und Prüfziffer" if checks else "Form"]
    parts += [f"ein Datum in {code(name)}" for name in where]
    return "; ".join(parts)
