"""XML in modules → the records of one table as text columns, in bounded memory. Experimental.

No document type, no entities, no network. What elements and fields mean is for the profile to say;
docs/anleitung/profile.md names the official documents it has to be written from.
"""

import hashlib
from pathlib import Path
from typing import IO

import numpy as np
import pyarrow as pa
from lxml import etree

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import field_listing, place
from pipeline.ingest.reading import limits
from pipeline.ingest.reading.options import Reading, Records
from pipeline.ingest.reading.readers import RawTable
from pipeline.ingest.reading.textfile import unreadable
from pipeline.ingest.reading.xml_fields import Fields, local
from pipeline.ingest.reading.xml_join import join
from pipeline.ingest.reading.xml_rest import Rest

HEAD = 1 << 20
DOCTYPE = "<!DOCTYPE"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
NO_DOCTYPE = (
    "Die Datei bringt eine Dokumenttyp-Deklaration mit (DOCTYPE). Aus Vorsicht wird sie nicht "
    "gelesen: Über DTD und Entitäten ließen sich fremde Dateien einschleusen. Ohne DOCTYPE liefern."
)


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest = file, hashlib.sha256()

    def read(self, size: int) -> bytes:
        content = self._file.read(size)
        self._digest.update(content)
        return content

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


def read_xml(path: Path, reading: Reading) -> RawTable:
    """Read the records of one table; raises DeliveryError when the file must be refused.

    `zeile` is the number of the record among those of its element.
    """
    where = place(path)
    records = reading.records
    if records is None:
        raise RuntimeError("XML without a declaration of its records")
    try:
        limits.check_size(path.stat().st_size, where)
        with path.open("rb") as file:
            head = file.read(HEAD)
            if any(DOCTYPE.encode(code) in head for code in ENCODINGS):
                raise DeliveryError(f"{where}: {NO_DOCTYPE}")
            file.seek(0)
            source = _Hashed(file)
            tables, rest = _read(source, records, where)
    except OSError as error:
        raise DeliveryError(unreadable(where, error)) from None
    own = tables.pop(records.element)
    if not own.num_rows:
        own = pa.table({name: pa.array([], pa.string()) for name in reading.known})
    whole = join(own, records.joined, tables, rest, where)
    rest.refuse_persons(where)
    names = tuple(whole.column_names)
    lines = pa.array(np.arange(1, whole.num_rows + 1, dtype=np.int32))
    table = pa.Table.from_arrays([*whole.columns, lines], names=[*names, "zeile"])
    return RawTable(table, names, (), source.hexdigest())


def _read(source: _Hashed, records: Records, where: str) -> tuple[dict[str, pa.Table], Rest]:
    """The records of the table and of what is joined to them, by element."""
    wanted = {name: Fields(records, name) for name in _wanted(records)}
    rest = Rest(records)
    try:
        _walk(source, wanted, rest, records, where)
    except etree.XMLSyntaxError as error:
        line = f", Zeile {error.lineno}" if error.lineno else ""
        raise DeliveryError(
            f"{where}{line}: Die Datei ist kein wohlgeformtes XML oder bricht hier ab. Datei neu "
            "anfordern."
        ) from None
    for fields in wanted.values():
        fields.refuse(where)
    return {name: fields.table() for name, fields in wanted.items()}, rest


def _wanted(records: Records) -> set[str]:
    return {records.element, *(joined.element for joined in records.joined)}


def _walk(
    source: _Hashed, wanted: dict[str, Fields], rest: Rest, records: Records, where: str
) -> None:
    """Hand every record to its table and forget it, so that memory does not grow with the file."""
    names = [f"{{*}}{name}" for name in sorted(records.declared | records.skipped)]
    stream = etree.iterparse(
        source,
        events=("end",),
        tag=names,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    parent, around, found = None, None, False
    for _, element in stream:
        if not found and element.getroottree().docinfo.doctype:
            raise DeliveryError(f"{where}: {NO_DOCTYPE}")
        found = True
        if around is None or element.getparent() is not parent:
            parent = element.getparent()
            around = rest.around(parent)
        if around.skipped:
            continue
        name = local(element.tag)
        if name in records.skipped:
            rest.take(element)
        elif name in wanted:
            wanted[name].add(element, around.attributes)
        element.clear(keep_tail=True)
        if not around.nested:
            rest.forget_before(element)
            if around.fresh:
                rest.forget_before_ancestors(parent)
                around.fresh = False
    root = stream.root
    if root is not None and root.getroottree().docinfo.doctype:
        raise DeliveryError(f"{where}: {NO_DOCTYPE}")
    if not found:
        raise DeliveryError(
            f"{where}: Die Datei enthält keines der Elemente, die das Profil nennt. Profil prüfen."
        )
    rest.look_at(root)
    if rest.unknown:
        listed = field_listing(enumerate(sorted(rest.unknown), start=1))
        raise DeliveryError(
            f"{where}: Elemente, die das Profil nicht kennt: {listed}. Im Profil einer Tabelle "
            "zuordnen oder unter xml.uebergangen nennen."
        )
