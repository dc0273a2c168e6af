"""Raw rows → accepted rows of one delivery, with every rejected and every collapsed row counted.

The order is: cells are read and rows that cannot be used are rejected; then identical rows
collapse; then, of rows with one key and different content, the greatest stays and the others are
rejected.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from tests.oracle.calendar_days import month_of
from tests.oracle.catalogue import (
    NOT_AFTER_DATENSTAND,
    NOT_WITH_SV,
    REJECTING_IF_BAD,
    TABLES,
    UNKNOWN,
    Column,
)
from tests.oracle.reading import RawRow, RawTable

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
GERMAN_DATE = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
WHOLE_NUMBER = re.compile(r"-?\d+")
NUMBER = re.compile(r"-?\d+([.,]\d+)?")
TRUE_WORDS = {"true", "ja", "j", "1"}
FALSE_WORDS = {"false", "nein", "n", "0"}


class UnreadableError(Exception):
    """The cell has content that is not a value of its column."""


class RejectedError(Exception):
    """The row cannot be used."""


@dataclass(frozen=True)
class Row:
    """One accepted row: typed values, `None` where nothing is known, and where it came from."""

    line: int
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


@dataclass
class CheckedTable:
    """What one file of a delivery comes to. `rejected` and `merged` hold lines."""

    file: str
    columns: tuple[str, ...]
    delivered: int
    accepted: list[Row] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)
    stichtage: set[date] = field(default_factory=set)


def read_cell(column: Column, cell: Any) -> Any:
    """The typed value of a cell, `None` when it is empty; raises UnreadableError."""
    if cell is None or cell == "":
        return None
    if column.kind == "date":
        return cell if isinstance(cell, date) else _read_date(str(cell))
    text = str(cell).lower() if isinstance(cell, bool) else str(cell)
    if column.kind == "text" or (column.kind == "code" and text in column.codes):
        return text
    if column.kind == "boolean" and text in TRUE_WORDS | FALSE_WORDS:
        return "ja" if text in TRUE_WORDS else "nein"
    return _read_number(column.kind, text)


def _read_number(kind: str, text: str) -> int | Decimal:
    if kind == "integer" and WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if kind == "decimal" and NUMBER.fullmatch(text):
        return Decimal(text.replace(",", ".")).normalize()
    raise UnreadableError


def _read_date(text: str) -> date:
    german = GERMAN_DATE.fullmatch(text)
    if german:
        text = f"{german[3]}-{german[2]}-{german[1]}"
    if not ISO_DATE.fullmatch(text):
        raise UnreadableError
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableError from error


def read_row(table: str, raw: RawRow, datenstand: date) -> Row:
    """The typed row; raises RejectedError when a cell or a contradiction makes it unusable."""
    values: dict[str, Any] = {}
    for column in TABLES[table]:
        try:
            value = read_cell(column, raw.cells.get(column.name))
        except UnreadableError:
            if column.required or column.name in REJECTING_IF_BAD:
                raise RejectedError from None
            value = None
        if value is None and column.name == "geschlecht":
            value = "u"
        if value is None and column.required:
            raise RejectedError
        if value is not None and column.name in NOT_AFTER_DATENSTAND and value > datenstand:
            raise RejectedError
        values[column.name] = value
    if (
        table == "beschaeftigungen"
        and values["art"] == "sv"
        and values["foerderung"] in NOT_WITH_SV
    ):
        raise RejectedError
    return Row(raw.line, values)


def canonical_text(table: str, row: Row) -> tuple[bytes, ...]:
    """The content of a row, column by column in contract order, as bytes that can be compared.

    Where a missing value is the category `unbekannt` (codes, booleans, stadtbezirk) it compares as
    such; any other missing value is empty.
    """
    texts = []
    for column in TABLES[table]:
        value = row[column.name]
        if value is None:
            is_category = column.kind in {"code", "boolean"} or column.name == "stadtbezirk"
            text = UNKNOWN if is_category else ""
        elif isinstance(value, Decimal):
            text = f"{value:f}"
        else:
            text = str(value)
        texts.append(text.encode("utf-8"))
    return tuple(texts)


def key_of(table: str, row: Row) -> Hashable:
    """What identifies a row within and across deliveries; a spell of bezug only itself."""
    if table == "bestand":
        return row["person_id"], month_of(row["stichtag"])
    if table == "bezug":
        return canonical_text(table, row)
    key: str = row["beschaeftigung_id" if table == "beschaeftigungen" else "teilnahme_id"]
    return key


def check_table(table: str, raw: RawTable, datenstand: date) -> CheckedTable:
    """One delivered file, judged."""
    checked = CheckedTable(raw.file, raw.columns, len(raw.rows))
    readable: list[Row] = []
    for raw_row in raw.rows:
        try:
            readable.append(read_row(table, raw_row, datenstand))
        except RejectedError:
            checked.rejected.append(raw_row.line)
    if table == "bestand":
        checked.stichtage = {row["stichtag"] for row in readable}

    distinct: list[Row] = []
    for same in _grouped(readable, lambda row: canonical_text(table, row)):
        distinct.append(same[0])
        checked.merged.extend(row.line for row in same[1:])

    for rivals in _grouped(distinct, lambda row: key_of(table, row)):
        greatest = max(rivals, key=lambda row: canonical_text(table, row))
        checked.accepted.append(greatest)
        checked.rejected.extend(row.line for row in rivals if row is not greatest)
    return checked


def _grouped(rows: list[Row], key: Callable[[Row], Hashable]) -> list[list[Row]]:
    groups: dict[Hashable, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return list(groups.values())


def newest_day(raw_tables: dict[str, RawTable]) -> date:
    """The datenstand of a delivery that declares none: the newest day it knows of."""
    days: list[date | None] = []
    for table, raw in raw_tables.items():
        for column in TABLES[table]:
            if column.name in {"stichtag", "beginn", "eintritt", "erfasst_am"}:
                for row in raw.rows:
                    try:
                        days.append(read_cell(column, row.cells.get(column.name)))
                    except UnreadableError:
                        continue
    return max(day for day in days if day is not None)
