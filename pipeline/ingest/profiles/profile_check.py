"""A profile held against the contracts: what it names exists, and nothing is said twice."""

from collections import Counter
from datetime import date, datetime

from pipeline.ingest.naming import listing, printable
from pipeline.ingest.note import READ_TABLES, table_contract
from pipeline.ingest.profiles.day_formats import FORMAT_HELP, is_day_format
from pipeline.ingest.profiles.profile import Constant, Profile, TableProfile
from pipeline.registries import Column, Contract, code_list

ENDINGS = ("csv", "parquet", "xlsx", "xml")


def problems_of(profile: Profile, where: str) -> list[str]:
    """A sentence for each thing in a profile that cannot be."""
    unknown = [name for name in profile.tabelle if name not in READ_TABLES]
    problems = []
    if unknown:
        problems.append(
            f"{where}, tabelle: Unbekannte Tabellen: {listing(unknown)}. Es gibt "
            f"{', '.join(READ_TABLES)}."
        )
    if not profile.tabelle:
        problems.append(f"{where}: Das Profil nennt keine Tabelle. [tabelle.bestand] ergänzen.")
    catalogue = profile.katalog
    if catalogue and ("/" in catalogue.datei or not catalogue.datei.endswith(".xlsx")):
        problems.append(
            f"{where}, katalog.datei: Nur eine Mappe (.xlsx) ohne Ordner im Namen. Berichtigen."
        )
    both = sorted(profile.elements() & set(profile.xml.uebergangen))
    if both:
        problems.append(
            f"{where}, xml.uebergangen: Diese Elemente gehören auch zu Tabellen: {listing(both)}. "
            "Eines streichen."
        )
    for name, table in profile.tabelle.items():
        if name in READ_TABLES:
            problems += _table_problems(table, table_contract(name), f"{where}, tabelle.{name}")
    return problems


def constant_text(value: Constant) -> str:
    """A constant as the text a cell would hold."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _table_problems(table: TableProfile, contract: Contract, where: str) -> list[str]:
    return [
        *_form_problems(table, where),
        *_column_problems(table, contract, where),
        *_code_problems(table, contract, where),
        *_constant_problems(table, contract, where),
    ]


def _form_problems(table: TableProfile, where: str) -> list[str]:
    problems = []
    if "/" in table.datei or "\\" in table.datei:
        problems.append(f"{where}.datei: Nur ein Dateiname ohne Ordner. Berichtigen.")
    if table.datei and not table.datei.endswith((".*", *(f".{e}" for e in ENDINGS))):
        problems.append(
            f"{where}.datei: Das Muster muss mit .* oder einer Endung enden, die gelesen wird "
            f"({', '.join(ENDINGS)}). Berichtigen."
        )
    if table.datei.endswith(".xml") != bool(table.element):
        problems.append(
            f"{where}.element: Ein Element gehört genau dann dazu, wenn datei auf .xml endet. "
            "Ergänzen oder streichen."
        )
    if table.verbund and not table.element:
        problems.append(f"{where}.verbund: Verbunden werden nur Elemente von XML. Streichen.")
    problems += [
        f"{where}.datumsformat: {printable(text)} ist keine Schreibweise eines Tages. "
        f"{FORMAT_HELP}"
        for text in table.day_formats()
        if not is_day_format(text)
    ]
    if table.tausenderzeichen and table.tausenderzeichen == (table.dezimalzeichen or ","):
        problems.append(
            f"{where}.tausenderzeichen: Es muss ein anderes sein als das Dezimalzeichen. "
            "Berichtigen."
        )
    return problems


def _column_problems(table: TableProfile, contract: Contract, where: str) -> list[str]:
    problems = []
    known = contract.names()
    unknown = sorted(set(table.spalten.values()) - set(known))
    if unknown:
        problems.append(
            f"{where}.spalten: Diese Spalten hat {contract.tabelle} nicht: {listing(unknown)}. Es "
            f"gibt {listing(known)}."
        )
    targets = Counter(table.spalten.values())
    twice = sorted(name for name, count in targets.items() if count > 1)
    if twice:
        problems.append(
            f"{where}.spalten: Mehrere Spalten werden zu {listing(twice)}. Nur eine zuordnen."
        )
    both = sorted(set(table.spalten) & set(table.ignoriert))
    if both:
        problems.append(
            f"{where}.ignoriert: Diese Spalten sind auch zugeordnet: {listing(both)}. Eines "
            "streichen."
        )
    given = set(targets) | set(table.konstanten)
    missing = [c.name for c in contract.columns if c.pflicht and c.name not in given]
    if missing:
        problems.append(
            f"{where}.spalten: Für Pflichtspalten fehlt die Quelle: {listing(missing)}. Spalte "
            "zuordnen oder unter konstanten einen Wert nennen."
        )
    return problems


def _code_problems(table: TableProfile, contract: Contract, where: str) -> list[str]:
    problems = []
    columns = {c.name: c for c in contract.columns}
    for name, pairs in table.codes.items():
        column = columns.get(name)
        if column is None or (column.codes is None and column.typ != "text"):
            problems.append(
                f"{where}.codes.{printable(name)}: Übersetzt werden nur Spalten von "
                f"{contract.tabelle} mit Codes oder Text. Streichen."
            )
        elif column.codes is not None:
            allowed = code_list(column.codes).values()
            wrong = sorted(set(pairs.values()) - set(allowed))
            if wrong:
                problems.append(
                    f"{where}.codes.{name}: Diese Codes gibt es nicht: {listing(wrong)}. Es gibt "
                    f"{', '.join(allowed)}."
                )
    return problems


def _constant_problems(table: TableProfile, contract: Contract, where: str) -> list[str]:
    problems = []
    columns = {c.name: c for c in contract.columns}
    for name, value in table.konstanten.items():
        column = columns.get(name)
        spot = f"{where}.konstanten.{printable(name)}"
        if column is None:
            problems.append(f"{spot}: Diese Spalte hat {contract.tabelle} nicht. Streichen.")
        elif name in table.spalten.values():
            problems.append(f"{spot}: Die Spalte ist auch zugeordnet. Eines streichen.")
        elif not _fits(column, value):
            problems.append(
                f"{spot}: Der Wert passt nicht zum Typ {column.typ}. docs/woerterbuch.md nennt die "
                "zulässigen."
            )
    return problems


def _fits(column: Column, value: Constant) -> bool:
    if column.typ == "datum":
        return isinstance(value, date) and not isinstance(value, datetime)
    if column.typ == "ganzzahl":
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if column.typ == "dezimal":
        return isinstance(value, int | float) and not isinstance(value, bool)
    if column.codes is not None:
        codes = code_list(column.codes)
        return constant_text(value) in (*codes.values(), *codes.aliases)
    return isinstance(value, str) and value != ""
