"""woerterbuch.md: delivered tables, code lists, computed tables."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from docs.erzeuger.markdown import code, german_day, table
from docs.erzeuger.tabellen import german_type, tables
from pipeline.breakdowns import breakdowns
from pipeline.registries import DELIVERED_TABLES, Column, code_list, code_list_names, contract
from pipeline.stages import STAGES, file_name

TYPES = {
    "text": "Text",
    "datum": "Datum",
    "ganzzahl": "ganze Zahl",
    "dezimal": "Dezimalzahl",
    "boolean": "ja/nein",
    "code": "Code",
}


@cache
def descriptions() -> dict[str, Any]:
    """spalten.toml."""
    text = (Path(__file__).parent / "spalten.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def dictionary() -> Iterator[str]:
    """All tables, columns and code lists."""
    yield from ("# Wörterbuch", "", "Alle Tabellen, Spalten und Codelisten.", "")
    yield from ("## Gelieferte Tabellen", "")
    for name in DELIVERED_TABLES:
        yield from _delivered(name)
    yield from ("## Codelisten", "")
    yield "Ein Code gilt an den Tagen von „gilt ab“ bis „gilt bis“. Außerhalb wird er trotzdem"
    yield from ("übernommen; ein Hinweis des Laufs nennt ihn.", "")
    for name in code_list_names():
        yield from _code_list(name)
    yield from ("## Berechnete Tabellen", "")
    yield from ("Parquet-Dateien unter `data/curated/`, eine je Tabelle.", "")
    for name in tables().schemas:
        yield from _computed(name)


def _delivered(name: str) -> Iterator[str]:
    c = contract(name)
    yield from (f"### {name}", "", f"{c.zeile[0].upper()}{c.zeile[1:]}.", "")
    whole = c.schluessel == c.names()
    key = "die ganze Zeile" if whole else ", ".join(code(k) for k in c.schluessel)
    yield from (f"Schlüssel: {key}. Regeln: {c.kuerzel}-…", "")
    rows = [
        (
            code(col.name),
            f"Code, Liste [{col.codes}](#codeliste-{col.codes})"
            if col.typ == "code"
            else TYPES[col.typ],
            "ja" if col.pflicht else "nein",
            f"**{col.titel}.** {col.beschreibung}.",
            _bad_cell(col),
        )
        for col in c.columns
    ]
    yield from table(("Spalte", "Typ", "Pflicht", "Bedeutung", "leere oder schlechte Zelle"), rows)


def _bad_cell(col: Column) -> str:
    """What an empty and an unreadable cell of a column come to."""
    missing = col.leer or ("unbekannt" if col.codes else "leer")
    if col.pflicht:
        empty = f"leer: {col.leer}" if col.leer else "leer"
        text = f"{empty}; unlesbar: abgewiesen" if col.leer else "abgewiesen"
    elif col.ablehnen_wenn_unlesbar:
        text = "leer erlaubt; unlesbar: abgewiesen"
    else:
        text = missing
    return text + ("; nach dem Datenstand: abgewiesen" if col.nicht_nach_datenstand else "")


def _code_list(name: str) -> Iterator[str]:
    listed = code_list(name)
    extra = list(listed.codes[0].extra)
    yield from (f"### Codeliste {name}", "")
    rows = [
        (
            code(c.code),
            c.label_de,
            c.label_en,
            *(c.extra[key] for key in extra),
            german_day(c.valid_from),
            german_day(c.valid_to),
        )
        for c in listed.codes
    ]
    yield from table(("Code", "deutsch", "englisch", *extra, "gilt ab", "gilt bis"), rows)
    if listed.aliases:
        pairs = ", ".join(f"{code(alias)} = {code(c)}" for alias, c in listed.aliases.items())
        yield from (f"Andere Schreibweisen: {pairs}.", "")


def _computed(name: str) -> Iterator[str]:
    entry = descriptions()["tabellen"][name]
    level = next(s.level for s in STAGES if f"{name}.parquet" in map(file_name, s.writes))
    yield from (f"### {name}", "")
    yield from (f"Eine Zeile je {entry['je']}. {entry['inhalt']} Ebene: {level}.", "")
    rows = [
        (code(f.name), german_type(f.type), column_text(name, f.name))
        for f in tables().schemas[name]
    ]
    yield from table(("Spalte", "Typ", "Bedeutung"), rows)
    if name == "pub_angaben":
        facts = descriptions()["angaben"]
        yield from table(("Schlüssel", "Wert"), [(code(k), facts[k]) for k in tables().facts])


def column_text(table_name: str, column: str) -> str:
    """The description of a computed column. KeyError when nothing describes it."""
    texts = descriptions()
    own = texts["tabellen"][table_name].get("spalten", {})
    if column in own:
        return str(own[column])
    if column in texts["spalten"]:
        return str(texts["spalten"][column])
    delivered = {c.name: c.titel for t in DELIVERED_TABLES for c in contract(t).columns}
    titles = {b.merkmale[0]: b.titel_de for b in breakdowns() if len(b.merkmale) == 1}
    return delivered[column] if column in delivered else titles[column]
