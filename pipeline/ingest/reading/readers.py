"""A delivered file → a table of text columns. Nothing is typed here, and nothing is lost."""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import place
from pipeline.ingest.reading import limits
from pipeline.ingest.reading.options import Reading
from pipeline.ingest.reading.textfile import (
    TextFile,
    last_line_is_open,
    line_with_odd_quotes,
    read_text_file,
)

SEPARATORS = (";", ",", "\t")
# Contents repeat: each is kept once, and later read once.
CELLS = pa.dictionary(pa.int32(), pa.string())
# Bytes read at once: first few, then enough for two lines of the greatest length.
SMALL_BLOCK, LARGE_BLOCK = 1 << 20, 2 * limits.LONGEST_LINE


@dataclass(frozen=True)
class BadLine:
    """A line whose number of fields is not that of the header: its number, text, field count."""

    zeile: int
    text: str
    felder: int


@dataclass(frozen=True)
class RawTable:
    """A delivered file as text.

    table: the delivered columns (text, by header name, in the order of `columns`; names may repeat)
    and as its last column `zeile` (INTEGER: physical line of a CSV with header = 1, 1-based row
    number of a Parquet file). bad_lines: lines that are not rows. sha256: of the file as delivered.
    """

    table: pa.Table
    columns: tuple[str, ...]
    bad_lines: tuple[BadLine, ...]
    sha256: str

    @property
    def delivered(self) -> int:
        """Number of delivered rows, the unreadable ones included."""
        return int(self.table.num_rows) + len(self.bad_lines)


def read_csv(path: Path, reading: Reading) -> RawTable:
    """Read a CSV file; raises DeliveryError when it must be refused."""
    text = read_text_file(path, reading.encoding)
    where = place(path)
    separator = reading.separator or _separator(text.header, reading.known)
    limits.check_columns(text.header.count(separator) + 1, where)
    names = tuple(_split_header(text.header, separator, where))
    quoted = b'"' in text.content
    if quoted and last_line_is_open(text.content, separator):
        raise _quote_error(text, where)
    cells, bad = _parse(text, names, separator, quoted, where)

    _refuse_broken_rows(text, bad, len(names), separator, where)
    numbers = np.arange(2, text.lines + 1, dtype=np.int32)
    if bad:
        numbers = numbers[~np.isin(numbers, [line.zeile for line in bad])]
    if len(numbers) != cells.num_rows or any("\n" in line.text for line in bad):
        raise _quote_error(text, where)
    table = cells.append_column("zeile", pa.array(numbers, pa.int32()))
    if text.blank:
        table = table.filter(pa.array(~np.isin(numbers, text.blank)))
    return RawTable(table, names, tuple(bad), text.sha256)


def _separator(header: str, known: tuple[str, ...]) -> str:
    """The separator under which the header shows most of the known columns."""

    def shown(separator: str) -> int:
        cells = {cell.strip().strip('"') for cell in header.split(separator)}
        return len(cells & set(known))

    return max(SEPARATORS, key=lambda s: (shown(s), header.count(s)))


def _split_header(header: str, separator: str, where: str) -> list[str]:
    if not header.strip():
        raise DeliveryError(
            f"{where}: Die erste Zeile ist leer. Die Datei muss mit der Kopfzeile beginnen."
        )
    try:
        cells = next(csv.reader([header], delimiter=separator, strict=True))
    except csv.Error:
        raise DeliveryError(
            f"{where}, Zeile 1: Die Kopfzeile hat ein nicht geschlossenes oder falsch gesetztes "
            "Anführungszeichen. Datei neu anfordern."
        ) from None
    return [cell.strip() for cell in cells]


def _parse(
    text: TextFile, names: tuple[str, ...], separator: str, quoted: bool, where: str
) -> tuple[pa.Table, list[BadLine]]:
    """The rows with the right number of fields, blank lines included, and the other lines."""
    schema = dict.fromkeys(names, CELLS)
    if text.lines == 1:
        return pa.Table.from_arrays([pa.array([], CELLS)] * len(names), names=list(names)), []
    bad: list[BadLine] = []

    def keep(row: Any) -> str:
        bad.append(BadLine(row.number, row.text, row.actual_columns))
        return "skip" if len(bad) <= limits.MOST_BAD_LINES else "error"

    block = SMALL_BLOCK
    while True:
        try:
            table = pyarrow.csv.read_csv(
                pa.BufferReader(text.content),
                read_options=pyarrow.csv.ReadOptions(
                    use_threads=False, block_size=block, column_names=names, skip_rows=1
                ),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=separator,
                    quote_char='"' if quoted else False,
                    newlines_in_values=quoted,
                    ignore_empty_lines=False,
                    invalid_row_handler=keep,
                ),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types=schema, strings_can_be_null=False, check_utf8=False
                ),
            )
            return table, bad
        except MemoryError:
            raise
        except (pa.ArrowException, OSError, ValueError) as error:
            if len(bad) > limits.MOST_BAD_LINES:
                raise DeliveryError(
                    f"{where}, Zeile {bad[0].zeile}: Von hier an haben mehr als "
                    f"{limits.MOST_BAD_LINES} Zeilen nicht so viele Felder wie die Kopfzeile. "
                    "Trennzeichen und Kopfzeile prüfen; Datei neu anfordern."
                ) from None
            # A line longer than a block: once again with larger blocks.
            if re.search("straddling|block", str(error)) and block < LARGE_BLOCK:
                block = LARGE_BLOCK
                bad.clear()
                continue
            raise _quote_error(text, where) from None


def _refuse_broken_rows(
    text: TextFile, bad: list[BadLine], width: int, separator: str, where: str
) -> None:
    """Refuse a file with rows under another separator, or one that ends within a row."""
    others = [other for other in SEPARATORS if other != separator]
    for line in bad:
        if line.felder == 1 < width and any(line.text.count(o) == width - 1 for o in others):
            raise DeliveryError(
                f"{where}, Zeile {line.zeile}: Die Zeile trennt ihre Felder anders als die "
                "Kopfzeile. Datei mit einem einzigen Trennzeichen neu anfordern."
            )
    cut = bad and bad[-1].zeile == text.lines and bad[-1].felder < width
    if cut and not text.content.endswith(b"\n"):
        raise DeliveryError(
            f"{where}, Zeile {text.lines}: Die Datei bricht mitten in dieser Zeile ab. Datei neu "
            "anfordern."
        )


def _quote_error(text: TextFile, where: str) -> DeliveryError:
    """Rows and physical lines differ: a quote spans lines or is never closed."""
    line = line_with_odd_quotes(text.content)
    if line is None:
        return DeliveryError(
            f"{where}: Zeilen und Datensätze stimmen nicht überein; vermutlich steht ein "
            "Zeilenumbruch in Anführungszeichen. Datei ohne Zeilenumbrüche in Zellen anfordern."
        )
    return DeliveryError(
        f"{where}, Zeile {line}: Ein Anführungszeichen wird in der Zeile nicht geschlossen. "
        "Anführungszeichen schließen oder Zeilenumbrüche in Zellen entfernen lassen."
    )
