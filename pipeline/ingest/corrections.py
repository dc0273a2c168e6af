"""corrections.toml: single cells of deliveries put right, with the reason, until the source is.

A delivered file is never changed. What it says wrongly is replaced on the way in, row by row, and
only as long as it still says what it said when the correction was written (`expect`).
"""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import reduce
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import DeliveryError
from pipeline.files import hash_json
from pipeline.ingest.cells import encoded, typed_contents
from pipeline.ingest.identifiers.kinds import named_in
from pipeline.ingest.naming import listing, printable
from pipeline.ingest.note import note_text
from pipeline.ingest.reading.readers import RawTable
from pipeline.ingest.staged import Applied
from pipeline.registries import DELIVERED_TABLES, Column, Contract, contract

CORRECTIONS_NAME = "corrections.toml"
Cell = date | str


class Correction(BaseModel):
    """One [[korrektur]]: which rows, which column, what it says and what it should say.

    wo: content of the columns that pick the rows. zeilen: how many rows that are. expect, wert:
    content before and after; empty text for an empty cell.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    lieferung: str = Field(min_length=1)
    tabelle: str = Field(min_length=1)
    wo: dict[str, Cell] = Field(min_length=1)
    spalte: str = Field(min_length=1)
    expect: Cell
    wert: Cell
    grund: str = Field(min_length=1, max_length=500)
    informiert: str = Field(min_length=1, max_length=200)
    zeilen: int = Field(default=1, ge=1)


Numbered = tuple[tuple[int, Correction], ...]


def read_corrections(raw: Path, deliveries: Iterable[str]) -> dict[str, Numbered]:
    """The corrections by delivery, numbered as in the file; none where there is no file.

    deliveries: ids of those that are there. Raises DeliveryError with every problem found.
    """
    path = raw / CORRECTIONS_NAME
    if not path.exists():
        return {}
    text = note_text(path, CORRECTIONS_NAME)
    try:
        content = tomllib.loads(text)
    except (ValueError, RecursionError):
        raise DeliveryError(
            f"{CORRECTIONS_NAME}: Das ist kein gültiges TOML. Datei prüfen."
        ) from None
    entries = content.pop("korrektur", [])
    if content or not isinstance(entries, list):
        raise DeliveryError(
            f"{CORRECTIONS_NAME}: Erlaubt sind nur Einträge [[korrektur]]. Datei berichtigen."
        )
    known, problems = set(deliveries), []
    found: dict[str, Numbered] = {}
    for number, entry in enumerate(entries, start=1):
        try:
            one = Correction.model_validate(entry)
        except ValidationError as error:
            names = dict.fromkeys(".".join(map(str, e["loc"][:1])) for e in error.errors())
            problems.append(
                f"{_entry(number)}: Fehlend, unbekannt oder ungültig: {listing(names)}. Nötig sind "
                f"{', '.join(n for n, f in Correction.model_fields.items() if f.is_required())}."
            )
            continue
        problems += _misplaced(one, number, known)
        found[one.lieferung] = (*found.get(one.lieferung, ()), (number, one))
    if problems:
        raise DeliveryError(problems)
    return found


def corrections_hash(corrections: Numbered) -> str:
    """A hash of what the corrections of a delivery say."""
    return hash_json([[number, one.model_dump(mode="json")] for number, one in corrections])


def corrected(
    con: duckdb.DuckDBPyConnection, raw: RawTable, table: Contract, corrections: Numbered
) -> tuple[RawTable, list[Applied]]:
    """The table with the corrections made, and what was done.

    raw: as canonical text. Raises DeliveryError where the rows are others than expected, in number
    or content: then the source has been repaired, or the entry is wrong.
    """
    problems: list[str] = []
    done = []
    for number, one in corrections:
        if one.tabelle != table.tabelle:
            continue
        absent = [name for name in (*one.wo, one.spalte) if name not in raw.columns]
        if absent:
            problems.append(
                f"{_entry(number)}: Die Lieferung enthält {listing(absent)} nicht. Eintrag "
                "berichtigen."
            )
            continue
        holding = [_holds(con, raw, table.column(name), c) for name, c in one.wo.items()]
        rows = reduce(pc.and_, holding)
        as_expected = pc.and_(rows, _holds(con, raw, table.column(one.spalte), one.expect))
        count, right = _count(rows), _count(as_expected)
        if count != one.zeilen:
            problems.append(
                f"{_entry(number)}: wo trifft {count} Zeilen statt {one.zeilen}. Eintrag "
                "berichtigen, oder streichen, wenn die Quelle berichtigt ist."
            )
        elif right != count:
            problems.append(
                f"{_entry(number)}: In {one.spalte} steht nicht mehr, was expect nennt: Die Quelle "
                "hat sich geändert. Ist sie berichtigt, den Eintrag streichen."
            )
        elif not _readable(con, table.column(one.spalte), _text(one.wert)):
            problems.append(
                f"{_entry(number)}: wert ist für {one.spalte} nicht lesbar oder steht in keiner "
                "Codeliste. Wert berichtigen."
            )
        else:
            raw = _replaced(raw, one.spalte, rows, _text(one.wert))
            done.append(
                Applied(number, one.tabelle, one.spalte, count, one.grund, one.informiert)
            )
    if problems:
        raise DeliveryError(problems)
    return raw, done


def missing_tables(corrections: Numbered, delivered: Iterable[str]) -> list[str]:
    """A sentence for each correction of a table that the delivery does not carry."""
    known = set(delivered)
    return [
        f"{_entry(number)}: Die Lieferung enthält {one.tabelle} nicht. Eintrag berichtigen."
        for number, one in corrections
        if one.tabelle not in known
    ]


def _misplaced(one: Correction, number: int, deliveries: set[str]) -> list[str]:
    """A sentence for a delivery, table or column that does not exist, or a person's identifier."""
    if one.lieferung not in deliveries:
        return [
            f"{_entry(number)}: Die Lieferung {printable(one.lieferung)} gibt es nicht. Eintrag "
            "berichtigen oder streichen."
        ]
    if one.tabelle not in DELIVERED_TABLES:
        return [
            f"{_entry(number)}: tabelle kennt nur {listing(DELIVERED_TABLES)}. Wert berichtigen."
        ]
    if named_in(_text(one.wert)) is not None:
        return [
            f"{_entry(number)}: wert sieht aus wie ein direkter Identifikator. Durch ein Pseudonym "
            "ersetzen."
        ]
    names = contract(one.tabelle).names()
    unknown = [name for name in (*one.wo, one.spalte) if name not in names]
    if unknown:
        return [
            f"{_entry(number)}: Die Tabelle {one.tabelle} hat keine Spalte {listing(unknown)}. "
            "Wert berichtigen."
        ]
    return []


def _entry(number: int) -> str:
    return f"{CORRECTIONS_NAME}, [[korrektur]] Nr. {number}"


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.isoformat()


def _count(rows: pa.Array) -> int:
    return int(pc.sum(rows).as_py() or 0)


def _readable(con: duckdb.DuckDBPyConnection, column: Column, text: str) -> bool:
    _, unreadable = typed_contents(con, column, pa.array([text]))
    return not unreadable[0].as_py()


def _holds(
    con: duckdb.DuckDBPyConnection, raw: RawTable, column: Column, content: Cell
) -> pa.Array:
    """For each row whether its cell says this, however it is spelled."""
    cells = encoded(raw.table.column(column.name))
    texts = pa.concat_arrays([cells.dictionary.cast(pa.string()), pa.array([_text(content)])])
    values, _ = typed_contents(con, column, texts)
    wanted = values[-1]
    # What is empty or cannot be read is known by its letters only.
    trimmed = pc.utf8_trim_whitespace(texts)
    same = pc.equal(values, wanted) if wanted.is_valid else pc.equal(trimmed, trimmed[-1])
    return pc.take(pc.fill_null(same, False), cells.indices)


def _replaced(raw: RawTable, name: str, rows: pa.Array, text: str) -> RawTable:
    """The table with one text in a column of the chosen rows."""
    cells = encoded(raw.table.column(name))
    contents = pa.concat_arrays([cells.dictionary.cast(pa.string()), pa.array([text])])
    new = pa.scalar(len(contents) - 1, cells.indices.type)
    column = pa.DictionaryArray.from_arrays(pc.if_else(rows, new, cells.indices), contents)
    # What no row says any more has to go: the newest day is sought among the contents.
    again = column.cast(pa.string()).dictionary_encode()
    table = raw.table.set_column(raw.columns.index(name), name, again)
    return RawTable(table, raw.columns, raw.bad_lines, raw.sha256)
