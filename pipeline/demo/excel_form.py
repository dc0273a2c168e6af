"""The demo as an Excel workbook: a sheet per table, days spelled in the three ways they come in."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.types as pt
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from pipeline.demo.foreign_form import file_name, foreign_table
from pipeline.errors import UsageError
from pipeline.ingest.profiles.profile import TableProfile, load_profile

EXCEL = "excel"
ROWS_OF_A_SHEET = 1_048_576
# Days of these columns are delivered as text or as the number Excel counts them with, all others
# as formatted days.
AS_TEXT = ("leistungsbezug_seit", "austritt_geplant")
AS_NUMBER = ("erfasst_am",)
DAY_ZERO = date(1899, 12, 30)
Write = Callable[[Worksheet, int, int, Any], Any]


def write_excel(tables: dict[str, pa.Table], folder: Path) -> None:
    """One workbook as the profile excel declares it; UsageError when a sheet is too small."""
    profile = load_profile(EXCEL)
    for name, table in tables.items():
        most = ROWS_OF_A_SHEET - (profile.tabelle[name].kopfzeile or 1)
        if table.num_rows > most:
            raise UsageError(
                f"Demo: Die Tabelle {name} hat {table.num_rows} Zeilen, ein Blatt von Excel fasst "
                f"{most}. Mit --bestand einen kleineren Bestand wählen oder eine andere Form."
            )
    path = folder / file_name(profile.tabelle["bestand"])
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    book.set_properties({"created": datetime(2000, 1, 1), "comments": "Erfunden"})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name, table in tables.items():
        declared = profile.tabelle[name]
        _write_sheet(book.add_worksheet(declared.blatt), table, declared, day)
    book.close()


def _write_sheet(sheet: Worksheet, table: pa.Table, declared: TableProfile, day: Any) -> None:
    header = (declared.kopfzeile or 1) - 1
    if header:
        sheet.write_string(0, 0, "Demolieferung, alle Angaben erfunden")
    texts = foreign_table(table, declared)
    sheet.write_row(header, 0, texts.column_names)
    columns = [
        _cells(table.column(declared.spalten[name]), texts.column(name), declared.spalten[name])
        for name in texts.column_names
    ]
    writers = [_writer(kind, day) for kind, _ in columns]
    for row, cells in enumerate(zip(*(cells for _, cells in columns), strict=True), header + 1):
        for place, (write, cell) in enumerate(zip(writers, cells, strict=True)):
            if cell is not None:
                write(sheet, row, place, cell)


def _cells(given: pa.ChunkedArray, text: pa.ChunkedArray, name: str) -> tuple[str, list[Any]]:
    """How the cells of a column are written, and what is in them."""
    if pt.is_date(given.type) and name in AS_NUMBER:
        return "number", [None if d is None else (d - DAY_ZERO).days for d in given.to_pylist()]
    if pt.is_date(given.type) and name not in AS_TEXT:
        return "day", given.to_pylist()
    if pt.is_integer(given.type) or pt.is_floating(given.type):
        return "number", given.to_pylist()
    return "text", text.to_pylist()


def _writer(kind: str, day: Any) -> Write:
    writers: dict[str, Write] = {
        "day": lambda sheet, row, place, cell: sheet.write_datetime(row, place, cell, day),
        "number": Worksheet.write_number,
        "text": Worksheet.write_string,
    }
    return writers[kind]
