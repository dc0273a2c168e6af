"""The delivered columns of a file → the columns of its contract, as canonical text."""

from collections import Counter

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import header_listing, listing
from pipeline.ingest.readers import RawTable
from pipeline.registries import Contract


def to_canonical(raw: RawTable, contract: Contract, where: str) -> RawTable:
    """The same rows under the names of the contract.

    raw.table: the delivered columns in the order of raw.columns, then the line numbers. Raises
    DeliveryError for unknown, repeated or missing columns; where: the file as messages name it.
    """
    _check_header(raw.columns, contract, where)
    return raw


def _check_header(names: tuple[str, ...], contract: Contract, where: str) -> None:
    known = set(contract.names())
    if not known & set(names):
        raise DeliveryError(
            f"{where}: Die Datei nennt keine Spalte der Tabelle {contract.tabelle}. "
            f"Spaltennamen ergänzen (Kopfzeile): {listing(contract.names())}."
        )
    problems = []
    unknown = [(i, name) for i, name in enumerate(names, start=1) if name not in known]
    if unknown:
        problems.append(
            f"{where}: Unbekannte Spalten: {header_listing(unknown)}. Spalten umbenennen oder "
            "weglassen; es werden nur Spalten des Vertrags gelesen."
        )
    repeated = [name for name, count in Counter(names).items() if count > 1 and name in known]
    if repeated:
        problems.append(
            f"{where}: Mehrfach vorhandene Spalten: {listing(repeated)}. Jede Spalte nur einmal "
            "liefern."
        )
    missing = [c.name for c in contract.columns if c.pflicht and c.name not in names]
    if missing:
        problems.append(
            f"{where}: Fehlende Pflichtspalten: {listing(missing)}. Spalten ergänzen lassen."
        )
    if problems:
        raise DeliveryError(problems)
