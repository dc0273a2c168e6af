"""XML records → text columns: a column per field, in the order in which fields appear."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import field_listing
from pipeline.ingest.reading import limits
from pipeline.ingest.reading.options import Records

ROWS_AT_ONCE = 20_000
# Attributes that speak of the markup, not of the data.
MARKUP = "{http://www.w3.org/2001/XMLSchema-instance}"
OWN_TEXT = "text()"
CELLS = pa.dictionary(pa.int32(), pa.string())


@cache
def local(tag: str) -> str:
    """The name of an element or attribute without its namespace."""
    return tag.rpartition("}")[2]


class Fields:
    """The records of one element.

    A field is named by its number, else by the names on the way to it (a/b); an attribute has an @
    before its name (@x of the record, a/@x of a field or of an element around the record).
    """

    def __init__(self, records: Records, element: str) -> None:
        self.repeated: dict[str, None] = {}
        self._number, self._element = records.number, element
        self._others = records.declared | records.skipped
        self._rows: list[dict[str, str]] = []
        self._parts: dict[str, list[pa.Array]] = {}
        self._lengths: list[int] = []

    def add(self, element: Any, around: dict[str, str]) -> None:
        """Take the fields of a record; around: the attributes of the elements it stands in."""
        row = dict(around)
        for name, value in element.attrib.items():
            if not name.startswith(MARKUP):
                row[f"@{local(name)}"] = value
        if element.text and not element.text.isspace():
            row[OWN_TEXT] = element.text
        for name, value in self._fields(element, ""):
            if name in row:
                self.repeated[name] = None
            row[name] = value
        self._rows.append(row)
        if len(self._rows) == ROWS_AT_ONCE:
            self._flush()

    def refuse(self, where: str) -> None:
        """Refuse records with a field twice, or with more fields than any delivery has."""
        self._flush()
        if self.repeated:
            listed = field_listing(enumerate(self.repeated, start=1))
            raise DeliveryError(
                f"{where}: In einem Satz {self._element} kommen Felder mehrfach vor: {listed}. "
                "Sätze mit höchstens einem Wert je Feld liefern."
            )
        limits.check_columns(len(self._parts), where)

    def table(self) -> pa.Table:
        """All records taken, a missing field as an empty cell."""
        self._flush()
        return pa.table({n: pa.chunked_array(parts, CELLS) for n, parts in self._parts.items()})

    def _fields(self, element: Any, path: str) -> Iterator[tuple[str, str]]:
        for child in element:
            tag = local(child.tag)
            if tag in self._others:
                continue
            name, attributes = path + tag, child.attrib
            if attributes:
                name = (self._number and attributes.get(self._number)) or name
                for key, value in attributes.items():
                    if key != self._number and not key.startswith(MARKUP):
                        yield f"{name}/@{local(key)}", value
            text = child.text or ""
            if not len(child):
                yield name, text
            else:
                if text and not text.isspace():
                    yield name, text
                yield from self._fields(child, f"{name}/")
            if child.tail and not child.tail.isspace():
                yield OWN_TEXT, child.tail

    def _flush(self) -> None:
        rows, self._rows = self._rows, []
        if not rows:
            return
        for row in rows:
            for name in row:
                if name not in self._parts and len(self._parts) <= limits.MOST_COLUMNS:
                    self._parts[name] = [_empty(length) for length in self._lengths]
        for name, parts in self._parts.items():
            cells = [row.get(name, "") for row in rows]
            parts.append(pa.array(cells, pa.string()).dictionary_encode())
        self._lengths.append(len(rows))


def _empty(length: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * length, pa.int32()), pa.array([""]))
