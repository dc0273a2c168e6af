"""What a profile makes of a file, in lines: columns, open questions, codes, the first rows.

No column that is about a person's identity is shown, and of unknown contents three characters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.cells import encoded, typed_table
from pipeline.ingest.naming import field_listing, header_listing
from pipeline.ingest.profiles.draft import beginning
from pipeline.ingest.profiles.headers import unmapped_columns
from pipeline.ingest.profiles.profile_choice import TableMapping
from pipeline.ingest.reading.readers import RawTable
from pipeline.registries import Column, Contract

ROWS = 5
MOST_CODES = 20


@dataclass(frozen=True)
class Read:
    """A column of the contract: where it comes from, its empty and its unreadable cells.

    unknown: for codes the contents that are none, most frequent first, with their counts.
    """

    column: Column
    source: str
    empty: int
    unreadable: int
    unknown: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Checked:
    """A file seen through a profile.

    rows: the first ones, typed, only the columns `shown`. problems: what would refuse the file.
    """

    where: str
    tabelle: str
    profil: str
    delivered: int
    bad_lines: int
    read: tuple[Read, ...]
    unmapped: str
    ignored: tuple[str, ...]
    absent: tuple[str, ...]
    shown: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    problems: tuple[str, ...]

    @classmethod
    def of(
        cls,
        con: duckdb.DuckDBPyConnection,
        raw: RawTable,
        whole: RawTable,
        mapping: TableMapping,
        contract: Contract,
        where: str,
        problems: list[str],
    ) -> "Checked":
        """Type the mapped rows and count; con: with macros and code types."""
        table = mapping.table
        typed = typed_table(con, contract, whole)
        source = {target: name for name, target in table.spalten.items()}
        columns = [c for c in contract.columns if c.name in whole.columns]
        shown = tuple(c.name for c in columns if not c.personenbezogen)
        first = typed.select(shown).slice(0, ROWS)
        unmapped = unmapped_columns(raw.columns, table)
        listing = field_listing if table.element else header_listing
        return cls(
            where=where,
            tabelle=contract.tabelle,
            profil=mapping.name,
            delivered=raw.delivered,
            bad_lines=len(raw.bad_lines),
            read=tuple(_read(c, source.get(c.name, ""), whole, typed) for c in columns),
            unmapped=listing(unmapped),
            ignored=tuple(name for name in table.ignoriert if name in raw.columns),
            absent=tuple(name for name in table.spalten if name not in raw.columns),
            shown=shown,
            rows=tuple(tuple(_shown(cell) for cell in row.values()) for row in first.to_pylist()),
            problems=tuple(problems),
        )


def lines_of(checked: Checked) -> Iterator[str]:
    """The lines that tell a user about it."""
    yield f"{checked.where} als {checked.tabelle}, Profil {checked.profil}"
    bad = f", davon unlesbar: {checked.bad_lines}" if checked.bad_lines else ""
    yield f"  Zeilen: {checked.delivered}{bad}"
    yield "  Zugeordnet:"
    for read in checked.read:
        origin = read.source or "(Konstante)"
        counts = f"leer {read.empty}, unlesbar {read.unreadable}"
        yield f"    {origin} -> {read.column.name} ({read.column.typ}): {counts}"
    for title, names in (
        ("Nicht zugeordnet", checked.unmapped),
        ("Ignoriert", ", ".join(checked.ignored)),
        ("Im Profil, aber nicht in der Datei", ", ".join(checked.absent)),
    ):
        yield f"  {title}: {names or 'keine'}"
    unknown = [read for read in checked.read if read.unknown]
    yield "  Unbekannte Codes:" if unknown else "  Unbekannte Codes: keine"
    for read in unknown:
        told = ", ".join(f"{text} ({count})" for text, count in read.unknown[:MOST_CODES])
        more = len(read.unknown) - MOST_CODES
        yield f"    {read.column.name}: {told}{f' und {more} weitere' if more > 0 else ''}"
    yield f"  Die ersten {len(checked.rows)} Zeilen ohne kennzeichnende Spalten:"
    yield f"    {' | '.join(checked.shown)}"
    for row in checked.rows:
        yield f"    {' | '.join(row)}"


def _read(column: Column, source: str, whole: RawTable, typed: pa.Table) -> Read:
    flags = typed.column(f"{column.name}_unlesbar")
    cells = encoded(whole.table.column(whole.columns.index(column.name)))
    texts = pc.utf8_trim_whitespace(cells.dictionary.take(cells.indices))
    unknown: list[tuple[str, int]] = []
    if column.codes is not None:
        counted = pc.value_counts(texts.filter(flags.combine_chunks())).to_pylist()
        unknown = [(one["values"], one["counts"]) for one in counted]
    unknown.sort(key=lambda one: (-one[1], one[0]))
    return Read(
        column=column,
        source=source,
        empty=pc.sum(pc.equal(texts, "")).as_py() or 0,
        unreadable=pc.sum(flags).as_py() or 0,
        unknown=tuple((beginning(text), count) for text, count in unknown),
    )


def _shown(cell: object) -> str:
    if isinstance(cell, Decimal):
        return format(cell.normalize(), "f")
    return "" if cell is None else str(cell)
