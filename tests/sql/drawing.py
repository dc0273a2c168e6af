"""Tables drawn as text, and results drawn back the same way, so that a spec compares two drawings.

    person_nr | stichtag   | stadtbezirk
    1         | 2024-01-15 | Mitte
    2         | 2024-01-15 |

An empty cell is NULL, `''` is the empty string. Dates are ISO, yes and no are true and false.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

Row = dict[str, str | None]


def parse(drawing: str) -> tuple[list[str], list[Row]]:
    """The column names and the rows of a drawing; raises ValueError when a row has a gap."""
    lines = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    header, *body = lines
    if any(len(line) != len(header) for line in body):
        raise ValueError(f"a row has not {len(header)} cells:\n{drawing}")
    empty = {"": None, "''": ""}
    return header, [
        {name: empty.get(cell, cell) for name, cell in zip(header, line, strict=True)}
        for line in body
    ]


def render(header: list[str], rows: Iterable[Iterable[Any]], ordered: bool = False) -> str:
    """Draw values as a table with aligned columns, sorted by all cells unless `ordered`."""
    drawn = [[_cell(value) for value in row] for row in rows]
    if not ordered:
        drawn.sort()
    widths = [max(len(cell) for cell in column) for column in zip(header, *drawn, strict=True)]
    return "\n".join(
        " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in [header, *drawn]
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if value == "":
        return "''"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    return format(value, ".10g")
