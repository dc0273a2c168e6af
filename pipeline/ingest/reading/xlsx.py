"""A sheet of an Excel workbook → a table of text columns, each cell in its canonical spelling."""

import datetime as dt
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import place
from pipeline.ingest.reading.options import Reading
from pipeline.ingest.reading.readers import RawTable
from pipeline.ingest.reading.textfile import unreadable

MAGIC = b"PK"
# The header stands somewhere in the first rows, below titles and remarks.
HEADER_WITHIN = 50
ROWS_AT_ONCE = 20_000
EXACT_IN_DOUBLE = 1e15
DAMAGED = "Die Excel-Mappe ist beschädigt, verschlüsselt oder unvollständig. Datei neu anfordern."
# The part of a workbook that says from which day it counts; no more of it is looked at.
SETTINGS, SETTINGS_SIZE = "xl/workbook.xml", 1 << 20
COUNTS_FROM_1904 = re.compile(rb"""\sdate1904\s*=\s*["'](?:1|true)["']""")


def read_xlsx(path: Path, reading: Reading) -> RawTable:
    """Read a sheet; raises DeliveryError when the file must be refused.

    `zeile` is the number of the row in the sheet. Rows without any content are no rows.
    """
    where = place(path)
    raw = _bytes(path, where)
    rows = _open_sheet(raw, reading.sheet, where).iter_rows()
    if _counts_from_1904(raw, where):
        raise DeliveryError(
            f"{where}: Die Mappe zählt Tage ab 1904; Zahlen statt Tagen wären mehrdeutig. Als CSV "
            "speichern und so liefern."
        )
    first = [*islice(rows, max(HEADER_WITHIN, reading.header_row))]
    header = reading.header_row or _header_row(first, reading.known)
    if not 1 <= header <= len(first) or not any(_written(cell) for cell in first[header - 1]):
        raise DeliveryError(
            f"{where}: Das Blatt hat keine Kopfzeile an der erwarteten Stelle. Blatt und Kopfzeile "
            "prüfen oder im Profil mit blatt und kopfzeile nennen."
        )
    names = [_text(cell).strip() for cell in first[header - 1]]
    columns, numbers = _read_rows(_chain(first[header:], rows), len(names), header + 1)
    kept = [i for i, name in enumerate(names) if name or _has_content(columns[i])]
    delivered = tuple(names[i] for i in kept)
    cells = [columns[i] for i in kept]
    table = pa.Table.from_arrays([*cells, numbers], names=[*delivered, "zeile"])
    return RawTable(table, delivered, (), hashlib.sha256(raw).hexdigest())


def _bytes(path: Path, where: str) -> bytes:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DeliveryError(unreadable(where, error)) from None
    if not raw:
        raise DeliveryError(f"{where}: Die Datei ist leer (0 Bytes). Datei neu anfordern.")
    if not raw.startswith(MAGIC):
        raise DeliveryError(
            f"{where}: Die Datei ist keine Excel-Mappe (.xlsx). Format oder Dateiendung "
            "berichtigen."
        )
    return raw


def _open_sheet(raw: bytes, name: str, where: str) -> Any:
    """The sheet of that name, else the only one with content."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        if name:
            if name not in book.sheet_names:
                raise DeliveryError(
                    f"{where}: Die Mappe hat kein Blatt mit dem Namen, den das Profil unter blatt "
                    "nennt. Mappe oder Profil berichtigen."
                )
            return book.get_sheet_by_name(name)
        kind = python_calamine.SheetTypeEnum.WorkSheet
        sheets = [
            book.get_sheet_by_name(sheet.name)
            for sheet in book.sheets_metadata
            if sheet.typ == kind
        ]
    except (python_calamine.CalamineError, OSError, ValueError):
        raise DeliveryError(f"{where}: {DAMAGED}") from None
    filled = [sheet for sheet in sheets if sheet.height]
    if len(filled) != 1:
        raise DeliveryError(
            f"{where}: Die Mappe hat {len(filled)} Blätter mit Inhalt, gelesen wird eines. Im "
            "Profil unter blatt nennen, welches."
        )
    return filled[0]


def _counts_from_1904(raw: bytes, where: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive, archive.open(SETTINGS) as part:
            return COUNTS_FROM_1904.search(part.read(SETTINGS_SIZE)) is not None
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, OSError, RuntimeError):
        raise DeliveryError(f"{where}: {DAMAGED}") from None


def _header_row(rows: list[list[Any]], known: tuple[str, ...]) -> int:
    """The first row with the most known names, then with the most texts; 0 without any row."""
    names = set(known)

    def score(row: list[Any]) -> tuple[int, int]:
        texts = [cell.strip() for cell in row if isinstance(cell, str) and cell.strip()]
        return len(names.intersection(texts)), len(texts)

    scores = [score(row) for row in rows]
    return scores.index(max(scores)) + 1 if scores else 0


def _chain(first: Iterable[list[Any]], rest: Iterable[list[Any]]) -> Iterator[list[Any]]:
    yield from first
    yield from rest


def _read_rows(
    rows: Iterator[list[Any]], width: int, number: int
) -> tuple[list[pa.ChunkedArray], pa.Array]:
    """Text columns and row numbers; `number` is that of the first row."""
    parts: list[list[pa.Array]] = [[] for _ in range(width)]
    numbers: list[int] = []
    memos: list[dict[Any, str]] = [{} for _ in range(width)]
    while chunk := [*islice(rows, ROWS_AT_ONCE)]:
        given = [any(map(_written, row)) for row in chunk]
        numbers += [number + i for i, there in enumerate(given) if there]
        number += len(chunk)
        kept = chunk if all(given) else [r for r, there in zip(chunk, given, strict=True) if there]
        for part, memo, cells in zip(parts, memos, zip(*kept, strict=True), strict=False):
            part.append(_column(cells, memo))
    kind = pa.dictionary(pa.int32(), pa.string())
    return [pa.chunked_array(part, kind) for part in parts], pa.array(numbers, pa.int32())


def _column(cells: tuple[Any, ...], memo: dict[Any, str]) -> pa.Array:
    """Cells as text. Contents repeat: each is spelled once, as memo has it."""
    kinds = set(map(type, cells))
    if bool in kinds:
        # True equals 1, so the memo cannot tell the two apart.
        texts = [_text(cell) for cell in cells]
    elif kinds <= {str}:
        texts = list(cells)
    else:
        for cell in set(cells) - memo.keys():
            memo[cell] = _text(cell)
        texts = [memo[cell] for cell in cells]
    return pa.array(texts, pa.string()).dictionary_encode()


def _text(cell: Any) -> str:
    """A cell as text: ISO dates, whole numbers without decimals, true or false."""
    spell: Callable[[Any], str] = SPELLED.get(type(cell), str)
    return spell(cell)


def _number(cell: float) -> str:
    whole = cell.is_integer() and abs(cell) < EXACT_IN_DOUBLE
    return str(int(cell)) if whole else repr(cell)


def _moment(cell: dt.datetime) -> str:
    """A moment at midnight is a day; any other keeps its time."""
    return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")


SPELLED: dict[type, Callable[[Any], str]] = {
    str: str,
    float: _number,
    bool: lambda cell: "true" if cell else "false",
    dt.date: dt.date.isoformat,
    dt.datetime: _moment,
}


def _written(cell: Any) -> bool:
    return bool(cell != "")


def _has_content(column: pa.ChunkedArray) -> bool:
    return any(value for chunk in column.chunks for value in chunk.dictionary.to_pylist())
