"""How messages name files and columns without ever showing what a cell holds."""

import re
from collections.abc import Iterable
from pathlib import Path

from pipeline.ingest.identifiers.kinds import named_in

LONGEST_NAME = 80
HIDDEN = "(nicht gezeigt)"
HEADER_NAME = re.compile(r"[A-Za-zÄÖÜäöüß_][A-Za-zÄÖÜäöüß0-9_ .\-/()]{0,39}")
# Fields of XML: the number of a field, names of elements, @ before an attribute.
FIELD_NAME = re.compile(
    r"(?=.{1,60}$)(?:[A-Za-z_][\w.\-]*/)*@?(?:[A-Za-z_][\w.\-]*|\d{1,2}\.\d{1,3})"
)


def printable(text: str) -> str:
    """Text for a message: one line, no control characters, of bounded length.

    A text with an identifier of a person in it, such as a file name, is not shown at all.
    """
    if named_in(text) is not None:
        return HIDDEN
    clean = "".join(c if c.isprintable() else "?" for c in text)
    return clean if len(clean) <= LONGEST_NAME else clean[: LONGEST_NAME - 1] + "…"


def place(path: Path) -> str:
    """The file with its delivery folder, the way messages name it."""
    return f"{printable(path.parent.name)}/{printable(path.name)}"


def listing(names: Iterable[str]) -> str:
    """Names in a sentence."""
    return ", ".join(printable(name) for name in names)


def header_listing(names: Iterable[tuple[int, str]]) -> str:
    """Unknown column names with their place; one that does not look like a name only by place.

    A first line that is a data row after all must not show its cells.
    """
    return ", ".join(
        name if HEADER_NAME.fullmatch(name) else f"Spalte {number}" for number, name in names
    )


def field_listing(names: Iterable[tuple[int, str]]) -> str:
    """The same for fields of XML, whose names are no cells."""
    return ", ".join(
        name if FIELD_NAME.fullmatch(name) and named_in(name) is None else f"Spalte {number}"
        for number, name in names
    )
