"""What stands in an XML file around the records: forgotten as it is passed, but looked at."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.ingest.identifiers.scan import findings, sentences
from pipeline.ingest.reading.options import Records
from pipeline.ingest.reading.readers import RawTable
from pipeline.ingest.reading.xml_fields import MARKUP, local

MOST_UNKNOWN = 20


@dataclass
class Around:
    """Where a record stands: the attributes of the elements it is in, and in which kinds of them.

    skipped: in an element that is left out. nested: in another record. fresh: not yet used.
    """

    attributes: dict[str, str]
    skipped: bool
    nested: bool
    fresh: bool = True


class Rest:
    """Finds elements that no profile knows, and keeps the texts of those that are left out."""

    def __init__(self, records: Records) -> None:
        self.unknown: set[str] = set()
        self._skipped = records.skipped
        self._known = records.declared | records.skipped
        self._containers: set[str] = set()
        self._texts: dict[str, dict[str, int]] = {}

    def around(self, parent: Any) -> Around:
        """The surroundings of the records in an element."""
        elements = [] if parent is None else [parent, *parent.iterancestors()]
        names = {local(element.tag) for element in elements}
        self._containers |= names
        attributes = {
            f"{local(element.tag)}/@{local(name)}": value
            for element in reversed(elements)
            for name, value in element.attrib.items()
            if not name.startswith(MARKUP)
        }
        return Around(attributes, bool(names & self._skipped), bool(names & self._known))

    def take(self, element: Any) -> None:
        """Keep the texts of an element that is left out: they are searched for persons."""
        kept = self._texts.setdefault(local(element.tag), {})
        for inner in element.iter():
            for text in (inner.text, inner.tail, *inner.attrib.values()):
                if text and not text.isspace():
                    kept.setdefault(text, inner.sourceline or 0)

    def take_rows(self, name: str, table: pa.Table) -> None:
        """The same for records that complete no other."""
        kept = self._texts.setdefault(name, {})
        for column in table.columns:
            for text in column.unique().to_pylist():
                kept.setdefault(text or "", 0)

    def forget_before(self, element: Any) -> None:
        """Remove what stands before an element."""
        before = element.getprevious()
        while before is not None:
            self.look_at(before)
            element.getparent().remove(before)
            before = element.getprevious()

    def forget_before_ancestors(self, parent: Any) -> None:
        """Remove what stands before the elements around a record."""
        while parent is not None:
            self.forget_before(parent)
            parent = parent.getparent()

    def look_at(self, element: Any) -> None:
        """Note an element with content that is neither a record nor around one."""
        name = local(element.tag)
        if element.tail and not element.tail.isspace():
            self._note(name)
        if name in self._known:
            return
        if name in self._containers:
            if element.text and not element.text.isspace():
                self._note(name)
            for child in element:
                self.look_at(child)
        elif any(_has_content(inner) for inner in element.iter()):
            self._note(name)

    def refuse_persons(self, where: str) -> None:
        """Refuse a file that names a person in what is left out."""
        problems = []
        for name, texts in self._texts.items():
            cells = pa.array(list(texts), pa.string())
            lines = pa.array(list(texts.values()), pa.int32())
            table = pa.Table.from_arrays([cells, lines], names=[name, "zeile"])
            raw = RawTable(table, (name,), (), "")
            problems += sentences(findings(raw, {name: name}), (name,), {name}, where)
        if problems:
            raise DeliveryError(problems)

    def _note(self, name: str) -> None:
        if len(self.unknown) < MOST_UNKNOWN:
            self.unknown.add(name)


def _has_content(element: Any) -> bool:
    return bool(element.text and not element.text.isspace()) or any(
        not name.startswith(MARKUP) for name in element.attrib
    )
