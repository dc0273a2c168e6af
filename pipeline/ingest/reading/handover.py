"""A table that was read, on its way from the process that read it to the one that judges it.

Arrow IPC files are mapped, not copied: what the reader wrote is not held twice.
"""

import json
from pathlib import Path

import pyarrow as pa

from pipeline.ingest.cells import encoded
from pipeline.ingest.reading.readers import BadLine, RawTable

BAD_LINES = pa.schema([("zeile", pa.int32()), ("text", pa.string()), ("felder", pa.int32())])


def with_single_contents(raw: RawTable) -> RawTable:
    """The same rows; every column with each of its contents once, a missing cell as an empty one.

    raw.table: the columns in the order of raw.columns, then the line numbers.
    """
    cells = [encoded(column) for column in raw.table.columns[:-1]]
    lines = raw.table.column(raw.table.num_columns - 1).combine_chunks()
    table = pa.Table.from_arrays([*cells, lines], names=raw.table.column_names)
    return RawTable(table, raw.columns, raw.bad_lines, raw.sha256)


def hand_over(raw: RawTable, target: Path) -> None:
    """Write a table of `with_single_contents` as the file `target`, and beside it the bad lines."""
    facts = {"spalten": json.dumps(raw.columns), "sha256": raw.sha256}
    _write(raw.table.replace_schema_metadata(facts), target)
    lines = raw.bad_lines
    columns = [[x.zeile for x in lines], [x.text for x in lines], [x.felder for x in lines]]
    _write(pa.Table.from_arrays(list(map(pa.array, columns)), schema=BAD_LINES), _beside(target))


def take_over(source: Path) -> RawTable:
    """Map what `hand_over` wrote; the files are gone when the last table over them is."""
    table, bad = _map(source), _map(_beside(source)).to_pylist()
    facts = table.schema.metadata
    return RawTable(
        table.replace_schema_metadata(None),
        tuple(json.loads(facts[b"spalten"])),
        tuple(BadLine(**line) for line in bad),
        facts[b"sha256"].decode(),
    )


def _beside(path: Path) -> Path:
    return path.with_suffix(".zeilen")


def _write(table: pa.Table, target: Path) -> None:
    with pa.OSFile(str(target), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def _map(source: Path) -> pa.Table:
    with pa.memory_map(str(source)) as mapped:
        table = pa.ipc.open_file(mapped).read_all()
    source.unlink()
    return table
