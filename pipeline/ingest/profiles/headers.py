"""The header of a file held against its contract or profile."""

from collections import Counter

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import field_listing, header_listing, listing
from pipeline.ingest.profiles.profile import TableProfile
from pipeline.ingest.profiles.profile_choice import TableMapping
from pipeline.registries import Contract

SUGGEST = "`python -m pipeline profile suggest DATEI`"


def check_header(names: tuple[str, ...], contract: Contract, where: str) -> None:
    known = set(contract.names())
    if not known & set(names):
        raise DeliveryError(
            f"{where}: Die Datei nennt keine Spalte der Tabelle {contract.tabelle}. "
            f"Spaltennamen ergänzen (Kopfzeile): {listing(contract.names())}; oder fremde Namen "
            f"mit einem Profil zuordnen, Entwurf: {SUGGEST}."
        )
    problems = []
    unknown = [(i, name) for i, name in enumerate(names, start=1) if name not in known]
    if unknown:
        problems.append(
            f"{where}: Unbekannte Spalten: {header_listing(unknown)}. Spalten umbenennen, "
            f"weglassen oder mit einem Profil zuordnen (Entwurf: {SUGGEST})."
        )
    problems += _repeated(names, known, where)
    missing = [c.name for c in contract.columns if c.pflicht and c.name not in names]
    if missing:
        problems.append(
            f"{where}: Fehlende Pflichtspalten: {listing(missing)}. Spalten ergänzen lassen."
        )
    if problems:
        raise DeliveryError(problems)


def unmapped_columns(names: tuple[str, ...], table: TableProfile) -> list[tuple[int, str]]:
    """The delivered columns, each with its place, that a profile says nothing about."""
    return [
        (i, name)
        for i, name in enumerate(names, start=1)
        if name not in table.spalten and name not in table.ignoriert
    ]


def mapping_problems(
    names: tuple[str, ...], mapping: TableMapping, contract: Contract, where: str
) -> list[str]:
    """A sentence for a column that is neither mapped nor ignored, repeated, or missing."""
    table = mapping.table
    problems = []
    unmapped = unmapped_columns(names, table)
    if unmapped:
        listed = field_listing(unmapped) if table.element else header_listing(unmapped)
        problems.append(
            f"{where}: Nicht zugeordnete Spalten: {listed}. Im Profil "
            f"{mapping.name} unter spalten zuordnen oder unter ignoriert nennen (Entwurf: "
            f"{SUGGEST})."
        )
    problems += _repeated(names, set(table.spalten), where)
    required = {c.name for c in contract.columns if c.pflicht}
    missing = [
        source for source, target in table.spalten.items()
        if target in required and source not in names
    ]  # fmt: skip
    if missing:
        problems.append(
            f"{where}: Fehlende Pflichtspalten: {listing(missing)}. Spalten ergänzen lassen oder "
            f"im Profil {mapping.name} anders zuordnen."
        )
    return problems


def _repeated(names: tuple[str, ...], wanted: set[str], where: str) -> list[str]:
    repeated = [name for name, count in Counter(names).items() if count > 1 and name in wanted]
    if not repeated:
        return []
    return [
        f"{where}: Mehrfach vorhandene Spalten: {listing(repeated)}. Jede Spalte nur einmal "
        "liefern."
    ]
