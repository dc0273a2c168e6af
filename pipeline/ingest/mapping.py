"""The delivered columns of a file → the columns of its contract, as canonical text."""

from collections import Counter
from pathlib import Path

import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.ingest.canonical_text import Keys, Spelling, canonical_cells, constant_column
from pipeline.ingest.delivered_files import RawFile
from pipeline.ingest.naming import field_listing, header_listing, listing, place
from pipeline.ingest.profile_choice import TableMapping, fitting_profile
from pipeline.ingest.readers import RawTable
from pipeline.ingest.reading import JoinedRecords, Reading, Records
from pipeline.registries import Contract

# What cells of these formats hold is typed, so numbers have a point whatever the profile says.
TYPED = ("parquet", "xlsx")
SUGGEST = "`python -m pipeline profile suggest DATEI`"


def reading_of(file: RawFile, contract: Contract) -> Reading:
    """What the reader of a file is told, as its profile declares it."""
    if file.mapping is None:
        return Reading(contract.names())
    table = file.mapping.table
    return Reading(
        known=(*table.spalten, *table.ignoriert),
        separator=table.trennzeichen or "",
        encoding={"windows-1252": "cp1252"}.get(table.kodierung or "", table.kodierung or ""),
        sheet=table.blatt,
        header_row=table.kopfzeile or 0,
        records=_records(file.mapping) if table.element else None,
    )


def _records(mapping: TableMapping) -> Records:
    """The XML records of a table as its profile declares them."""
    table, profile = mapping.table, mapping.profile
    return Records(
        element=table.element,
        number=profile.xml.feldnummer,
        joined=tuple(
            JoinedRecords(name, part.element, tuple((t, h) for h, t in part.schluessel.items()))
            for name, part in table.verbund.items()
        ),
        declared=profile.elements(),
        skipped=frozenset(profile.xml.uebergangen),
    )


def canonical_names(file: RawFile, contract: Contract) -> dict[str, str]:
    """What each delivered column is known to stand for; nothing where it is ignored."""
    if file.mapping is None:
        return {name: name for name in contract.names()}
    table = file.mapping.table
    return {**dict.fromkeys(table.ignoriert, ""), **table.spalten}


def to_canonical(
    raw: RawTable, file: RawFile, contract: Contract, keys: Keys | None = None
) -> RawTable:
    """The same rows under the names of the contract, as canonical text.

    raw.table: the delivered columns in the order of raw.columns, then the line numbers. Without a
    profile of its own a file with foreign headings takes the one profile that knows all of them.
    keys: what the keys in a delivered column mean. Raises DeliveryError for unmapped, repeated or
    missing columns.
    """
    where = place(file.path)
    mapping = file.mapping
    if mapping is None and not set(raw.columns) <= set(contract.names()):
        mapping = fitting_profile(raw.columns, file, where)
    if mapping is not None:
        spelling = mapping.spelling(file.format in TYPED, keys or {})
        return _mapped(raw, mapping, spelling, contract, where)
    _check_header(raw.columns, contract, where)
    if file.format != "xlsx":
        return raw
    return _converted(raw, {n: n for n in raw.columns}, Spelling(typed=True), contract)


def _mapped(
    raw: RawTable, mapping: TableMapping, spelling: Spelling, contract: Contract, where: str
) -> RawTable:
    table = mapping.table
    _check_mapped(raw.columns, mapping, contract, where)
    source = {target: name for name, target in table.spalten.items() if name in raw.columns}
    result = _converted(raw, source, spelling, contract)
    columns = dict(zip(result.columns, result.table.columns, strict=False))
    for name, value in table.konstanten.items():
        columns[name] = constant_column(value, raw.table.num_rows)
    names = tuple(n for n in contract.names() if n in columns)
    return _with_columns(raw, names, [columns[name] for name in names])


def _converted(
    raw: RawTable, source: dict[str, str], spelling: Spelling, contract: Contract
) -> RawTable:
    """The columns of the contract; source: which delivered column each of them comes from."""
    columns = [c for c in contract.columns if c.name in source]
    cells = [
        canonical_cells(raw.table.column(raw.columns.index(source[c.name])), c, spelling)
        for c in columns
    ]
    return _with_columns(raw, tuple(c.name for c in columns), cells)


def _with_columns(
    raw: RawTable, names: tuple[str, ...], cells: list[pa.ChunkedArray | pa.Array]
) -> RawTable:
    lines = raw.table.column(raw.table.num_columns - 1)
    table = pa.Table.from_arrays([*cells, lines], names=[*names, "zeile"])
    return RawTable(table, names, raw.bad_lines, raw.sha256)


def _check_header(names: tuple[str, ...], contract: Contract, where: str) -> None:
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


def _check_mapped(
    names: tuple[str, ...], mapping: TableMapping, contract: Contract, where: str
) -> None:
    """Every delivered column is mapped or ignored on purpose; every required one is there."""
    table = mapping.table
    problems = []
    unmapped = [
        (i, name)
        for i, name in enumerate(names, start=1)
        if name not in table.spalten and name not in table.ignoriert
    ]
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
    if problems:
        raise DeliveryError(problems)


def _repeated(names: tuple[str, ...], wanted: set[str], where: str) -> list[str]:
    repeated = [name for name, count in Counter(names).items() if count > 1 and name in wanted]
    if not repeated:
        return []
    return [
        f"{where}: Mehrfach vorhandene Spalten: {listing(repeated)}. Jede Spalte nur einmal "
        "liefern."
    ]


def file_at(path: Path, tabelle: str, mapping: TableMapping | None = None) -> RawFile:
    """A single file outside any delivery, as the commands on profiles look at it."""
    return RawFile(path, path.name, tabelle, path.suffix[1:].lower(), mapping=mapping)
