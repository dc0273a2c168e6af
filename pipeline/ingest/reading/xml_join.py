"""Records of other modules joined to those of a table by the fields they share."""

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import field_listing
from pipeline.ingest.reading.options import JoinedRecords
from pipeline.ingest.reading.xml_rest import Rest

BETWEEN = "\x1f"


def join(
    own: pa.Table,
    parts: tuple[JoinedRecords, ...],
    tables: dict[str, pa.Table],
    rest: Rest,
    where: str,
) -> pa.Table:
    """The records with a column `<name>.<field>` for each field of those joined to them.

    tables: the joined records by element. Several records of one key are one when they are equal;
    otherwise nobody knows which counts, and the file is refused. What joins nothing goes to `rest`.
    """
    for part in parts:
        theirs = tables[part.element]
        if not theirs.num_rows:
            continue
        own_key = _key(own, tuple(here for _, here in part.keys), part.name, where)
        their_key = _key(theirs, tuple(there for there, _ in part.keys), part.name, where)
        _refuse_ambiguous(their_key, theirs, part.name, where)
        place = pc.index_in(own_key, their_key, skip_nulls=True)
        used = pa.array(range(theirs.num_rows), pa.int32())
        alone = pc.invert(pc.is_in(used, place, skip_nulls=True))
        rest.take_rows(part.element, theirs.filter(alone))
        keys = {there for there, _ in part.keys}
        for name in theirs.column_names:
            if name not in keys:
                cells = _texts(theirs.column(name)).take(place).fill_null("")
                own = own.append_column(f"{part.name}.{name}", cells.dictionary_encode())
    return own


def _key(table: pa.Table, fields: tuple[str, ...], name: str, where: str) -> pa.Array:
    """One text per record out of its key fields; null where one of them is empty."""
    missing = [field for field in fields if field not in table.column_names]
    if missing:
        raise DeliveryError(
            f"{where}: Felder, über die {name} verbunden wird, kommen in keinem Satz vor: "
            f"{field_listing(enumerate(missing, start=1))}. Profil prüfen."
        )
    cells = [pc.utf8_trim_whitespace(_texts(table.column(field))) for field in fields]
    given = [pc.if_else(pc.equal(one, ""), pa.scalar(None, pa.string()), one) for one in cells]
    return pc.binary_join_element_wise(*given, BETWEEN)


def _texts(column: pa.ChunkedArray) -> pa.Array:
    texts = column.cast(pa.string()).combine_chunks()
    return texts.chunk(0) if isinstance(texts, pa.ChunkedArray) else texts


def _refuse_ambiguous(key: pa.Array, table: pa.Table, name: str, where: str) -> None:
    content = pc.binary_join_element_wise(
        key, *(_texts(column) for column in table.columns), BETWEEN
    )
    keys, contents = pc.count_distinct(key).as_py(), pc.count_distinct(content).as_py()
    if keys != contents:
        raise DeliveryError(
            f"{where}: Zu {contents - keys} Schlüsseln von {name} gibt es mehrere verschiedene "
            "Sätze. Schlüssel im Profil vervollständigen oder Datei prüfen."
        )
