"""How a delivered file is to be read, as far as that is declared; the rest is detected."""

from dataclasses import dataclass


@dataclass(frozen=True)
class JoinedRecords:
    """Records that complete others; keys: pairs of the field there and the equal field here."""

    name: str
    element: str
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Records:
    """The XML records of one table.

    element: local name. number: attribute that carries the number of a field, or empty. declared:
    local names of all records the profile knows; skipped: those it leaves out with all they hold.
    """

    element: str
    number: str
    joined: tuple[JoinedRecords, ...]
    declared: frozenset[str]
    skipped: frozenset[str]


@dataclass(frozen=True)
class Reading:
    """What a reader is told about a file.

    known: names to look for where the separator or the header line is not declared.
    separator, encoding: of a text file, empty when not declared. sheet, header_row: of a workbook,
    empty and 0 when not declared. records: of an XML file.
    """

    known: tuple[str, ...]
    separator: str = ""
    encoding: str = ""
    sheet: str = ""
    header_row: int = 0
    records: Records | None = None
