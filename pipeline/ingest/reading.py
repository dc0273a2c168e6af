"""How a delivered file is to be read, as far as that is declared; the rest is detected."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """What a reader is told about a file.

    known: names to look for where the separator or the header line is not declared.
    separator, encoding: of a text file, empty when not declared. sheet, header_row: of a workbook,
    empty and 0 when not declared.
    """

    known: tuple[str, ...]
    separator: str = ""
    encoding: str = ""
    sheet: str = ""
    header_row: int = 0
