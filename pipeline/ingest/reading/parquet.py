"""A Parquet file → a table of text columns, each type in its canonical spelling."""

import hashlib
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyarrow.types as pt

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import place
from pipeline.ingest.reading import limits
from pipeline.ingest.reading.options import Reading
from pipeline.ingest.reading.readers import RawTable
from pipeline.ingest.reading.textfile import unreadable

MAGIC = b"PAR1"
EXACT_IN_DOUBLE = 1e15
# Columns, row groups: what a damaged file may claim before it is refused.
LONGEST_LIST_IN_METADATA = 100_000


def read_parquet(path: Path, _: Reading) -> RawTable:
    """Read a Parquet file; raises DeliveryError when it must be refused."""
    where = place(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise DeliveryError(unreadable(where, error)) from None
    limits.check_size(len(raw), where)
    if not raw.startswith(MAGIC):
        raise DeliveryError(
            f"{where}: Die Datei ist keine Parquet-Datei. Format oder Dateiendung berichtigen."
        )
    damaged = DeliveryError(
        f"{where}: Die Parquet-Datei ist beschädigt oder unvollständig. Datei neu anfordern."
    )
    try:
        file = pq.ParquetFile(
            pa.BufferReader(raw), thrift_container_size_limit=LONGEST_LIST_IN_METADATA
        )
        schema = file.schema_arrow
        unpacked = sum(
            file.metadata.row_group(i).total_byte_size for i in range(file.num_row_groups)
        )
    except (pa.ArrowException, OSError, ValueError, MemoryError):
        raise damaged from None
    names = tuple(schema.names)
    limits.check_columns(len(names), where)
    limits.check_expansion(len(raw), unpacked, file.metadata.num_rows, len(names), where)
    _refuse_types_without_text(schema, where)
    try:
        table = file.read(use_threads=False)
        table.validate(full=True)
        texts = [_as_text(column) for column in table.columns]
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError):
        raise damaged from None
    numbers = pa.array(np.arange(1, table.num_rows + 1, dtype=np.int32))
    return RawTable(
        pa.Table.from_arrays([*texts, numbers], names=[*names, "zeile"]),
        names,
        (),
        hashlib.sha256(raw).hexdigest(),
    )


def _refuse_types_without_text(schema: pa.Schema, where: str) -> None:
    problems = []
    for field in schema:
        kind = field.type.value_type if pt.is_dictionary(field.type) else field.type
        if not _has_text(kind):
            problems.append(
                f"{where}, Spalte {field.name}: Der Typ {kind} wird nicht gelesen. Spalte als "
                "Text, Zahl, Datum oder Wahrheitswert liefern."
            )
    if problems:
        raise DeliveryError(problems)


def _has_text(kind: pa.DataType) -> bool:
    return any(
        test(kind)
        for test in (
            _is_string,
            pt.is_binary,
            pt.is_large_binary,
            pt.is_date,
            pt.is_timestamp,
            pt.is_integer,
            pt.is_floating,
            pt.is_boolean,
            pt.is_decimal,
            pt.is_null,
        )
    )


def _is_string(kind: pa.DataType) -> bool:
    return bool(pt.is_string(kind) or pt.is_large_string(kind) or pt.is_string_view(kind))


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column as text: ISO dates, plain numbers, true/false; missing and NaN are null."""
    kind = column.type
    if pt.is_dictionary(kind):
        return _as_text(column.cast(kind.value_type))
    if pt.is_timestamp(kind):
        return _timestamps_as_text(column)
    if pt.is_floating(kind):
        return _floats_as_text(column)
    if pt.is_decimal(kind):
        return _decimals_as_text(column)
    return column.cast(pa.string())


def _timestamps_as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A timestamp at midnight (of its own zone) is a date; any other keeps its time of day."""
    if column.type.tz is not None:
        column = pc.local_timestamp(column)
    column = column.cast(pa.timestamp("us"), safe=False)
    days = column.cast(pa.date32(), safe=False)
    midnight = pc.equal(days.cast(pa.timestamp("us")), column)
    return pc.if_else(midnight, days.cast(pa.string()), column.cast(pa.string()))


def _floats_as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole numbers without a decimal point, others in their shortest spelling."""
    if pt.is_float16(column.type):
        column = column.cast(pa.float32())
    column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    whole = pc.and_(
        pc.equal(column, pc.floor(column)),
        pc.less(pc.abs(column), pa.scalar(EXACT_IN_DOUBLE)),
    )
    integers = pc.if_else(whole, column, pa.scalar(None, column.type)).cast(pa.int64())
    return pc.if_else(whole, integers.cast(pa.string()), column.cast(pa.string()))


def _decimals_as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Decimals without an exponent, which small values in a fine scale would otherwise get."""
    encoded = column.combine_chunks().dictionary_encode()
    values = [
        None if value is None else format(Decimal(value), "f")
        for value in encoded.dictionary.to_pylist()
    ]
    texts = pa.array(values, pa.string()).take(encoded.indices)
    return pa.chunked_array([texts])
