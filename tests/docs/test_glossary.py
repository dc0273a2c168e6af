"""Every abbreviation in identifiers, and every domain word of a table, stands in GLOSSAR.md."""

import re
from itertools import pairwise

from docs.erzeuger.tabellen import tables
from pipeline.breakdowns import breakdowns
from pipeline.quality.tables import checked_tables
from pipeline.registries import DELIVERED_TABLES, code_list, code_list_names, contract, parameters
from tests.docs.pages import listed, text_of

LONGEST_ABBREVIATION = 4
# Short words that abbreviate nothing.
WORDS = {
    "ab", "alt", "am", "art", "aus", "bis", "eins", "ja", "kind", "mehr", "mit", "nein", "ohne",
    "ok", "paar", "seit", "tag", "typ", "und", "von", "wert",
}  # fmt: skip
DOMAIN_WORDS = (
    "ELB", "K2", "P1", "JFW", "LZB", "BG", "BA", "zkT", "Stichtag", "Berichtsmonat", "Datenstand",
    "Lieferung", "Nachlieferung", "Korrektur", "Wartezeit", "Bezugsdauer", "Aufnahme",
    "Integration", "Nachlauf", "Personenmonat", "Bestand", "Bestandsmonate", "Maßnahme",
    "Instrument", "Teilnahme", "Träger", "Gliederung", "Merkmal", "Ausprägung", "Kreuzung",
    "Zähler", "Nenner", "Quote", "Geheimhaltung", "gesperrt", "unsicher", "unbekannt",
    "Zeilenbilanz", "Mindestfallzahl", "Zugangsfenster", "Weiterbeschäftigung", "Prozentpunkt",
    "Bedarfsgemeinschaft", "Jobcenter", "Kennzahl", "synthetisch", "Ergänzungsgröße",
    "Austritt", "Eingliederungsquote", "Förderquote", "Mindestbeteiligung", "bedarfsdeckend",
    "kontinuierlich", "Maßnahmedauer",
)  # fmt: skip


def identifiers() -> set[str]:
    """All names that the registries and the computed tables introduce."""
    names = set(parameters()) | set(code_list_names()) | set(DELIVERED_TABLES)
    for table in DELIVERED_TABLES:
        names |= set(contract(table).names()) | {contract(table).kuerzel}
    for name in code_list_names():
        names |= {c.code for c in code_list(name).codes} | set(code_list(name).codes[0].extra)
    names |= {b.id for b in breakdowns()}
    names |= {t.kuerzel for t in checked_tables().values()}
    for table, schema in tables().schemas.items():
        names |= {table, *schema.names}
    return names


def rows_of(text: str) -> list[list[str]]:
    """The cells of all table rows, headings included."""
    return [line.split("|")[1:-1] for line in text.splitlines() if line.startswith("| ")]


def test_every_abbreviation_in_identifiers_is_in_the_glossary() -> None:
    explained = " ".join(row[0] for row in rows_of(text_of("GLOSSAR.md")))
    known = {part for word in re.findall(r"\w+", explained.lower()) for part in word.split("_")}
    parts = {part for name in identifiers() for part in name.lower().split("_")}
    short = {p for p in parts if len(p) <= LONGEST_ABBREVIATION and not p.isdigit()}
    missing = sorted(short - known - WORDS)
    assert not missing, listed(missing)


def test_every_domain_word_is_explained_in_both_languages() -> None:
    words = " ".join(row[0] for row in rows_of(text_of("GLOSSAR.md")))
    missing = [word for word in DOMAIN_WORDS if not re.search(rf"\b{word}\b", words)]
    assert not missing, listed(missing)


def test_every_entry_has_a_meaning_and_an_english_gloss() -> None:
    rows = rows_of(text_of("GLOSSAR.md"))
    bare = [row[0].strip() for row in rows if not row[1].strip() or not row[2].strip()]
    assert len(rows) > 100 and not bare, listed(bare)


def test_the_words_stand_in_alphabetical_order() -> None:
    section = text_of("GLOSSAR.md").partition("## Begriffe")[2].partition("\n## ")[0]
    words = [row[0].strip().lower() for row in rows_of(section)]
    plain = str.maketrans("äöü", "aou", ",()")
    ordered = [word.replace("ß", "ss").translate(plain) for word in words[1:]]
    wrong = [b for a, b in pairwise(ordered) if b < a]
    assert not wrong, listed(wrong)
