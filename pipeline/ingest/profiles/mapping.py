"""The delivered columns of a file → the columns of its contract, as canonical text."""

from pathlib import Path

import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.ingest.delivered_files import RawFile
from pipeline.ingest.naming import place
from pipeline.ingest.profiles.canonical_text import Keys, Spelling, canonical_cells, constant_column
from pipeline.ingest.profiles.headers import check_header, mapping_problems
from pipeline.ingest.profiles.profile_choice import TableMapping, fitting_profile
from pipeline.ingest.reading.options import JoinedRecords, Reading, Records
from pipeline.ingest.reading.readers import RawTable
from pipeline.registries import Contract

# What cells of these formats hold is typed, so numbers have a point whatever the profile says.
TYPED = ("parquet", "xlsx")


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


def mapping_for(raw: RawTable, file: RawFile, contract: Contract) -> TableMapping | None:
    """The mapping of a file: by the profile that is named for it, none where it needs none.

    Without a profile of its own a file with foreign headings takes the one profile that knows all
    of them.
    """
    if file.mapping is not None or set(raw.columns) <= set(contract.names()):
        return file.mapping
    return fitting_profile(raw.columns, file, place(file.path))


def to_canonical(
    raw: RawTable, file: RawFile, contract: Contract, keys: Keys | None = None
) -> RawTable:
    """The same rows under the names of the contract, as canonical text.

    raw.table: the delivered columns in the order of raw.columns, then the line numbers. keys: what
    the keys in a delivered column mean. Raises DeliveryError for unmapped, repeated or missing
    columns.
    """
    where = place(file.path)
    mapping = mapping_for(raw, file, contract)
    if mapping is not None:
        spelling = mapping.spelling(file.format in TYPED, keys or {})
        return _mapped(raw, mapping, spelling, contract, where)
    check_header(raw.columns, contract, where)
    if file.format != "xlsx":
        return raw
    return _converted(raw, {n: n for n in raw.columns}, Spelling(typed=True), contract)


def _mapped(
    raw: RawTable, mapping: TableMapping, spelling: Spelling, contract: Contract, where: str
) -> RawTable:
    problems = mapping_problems(raw.columns, mapping, contract, where)
    if problems:
        raise DeliveryError(problems)
    return mapped(raw, mapping, spelling, contract)


def mapped(
    raw: RawTable, mapping: TableMapping, spelling: Spelling, contract: Contract
) -> RawTable:
    """What a profile says about the columns of a file, carried out; others are left away."""
    table = mapping.table
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


def file_at(path: Path, tabelle: str, mapping: TableMapping | None = None) -> RawFile:
    """A single file outside any delivery, as the commands on profiles look at it."""
    return RawFile(path, path.name, tabelle, path.suffix[1:].lower(), mapping=mapping)
