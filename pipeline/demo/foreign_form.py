"""The demo in the shape that a profile describes: its headings, codes, days and numbers.

What a profile reads is written here by turning it round, so the two cannot drift apart.
"""

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.types as pt

from pipeline.ingest.profiles.profile import TableProfile, load_profile

GERMAN = "demo_deutsch"
# What stands in columns that the profile ignores.
IGNORED = ("A", "B", "C")
DAYS = {"TT.MM.JJJJ": "%d.%m.%Y", "JJJJ-MM-TT": "%Y-%m-%d"}


def write_german(tables: dict[str, pa.Table], folder: Path) -> None:
    """One CSV file per table as the profile demo_deutsch declares it."""
    profile = load_profile(GERMAN)
    for name, table in tables.items():
        declared = profile.tabelle[name]
        write_csv(foreign_table(table, declared), declared, folder / file_name(declared))


def files_of(profile: str) -> set[str]:
    """The names of the files that the demo has in the shape of a profile."""
    loaded = load_profile(profile)
    catalogue = {loaded.katalog.datei} if loaded.katalog else set()
    return catalogue | {file_name(declared) for declared in loaded.tabelle.values()}


def file_name(declared: TableProfile) -> str:
    """A file name that the pattern of a profile finds."""
    name = declared.datei.replace("*", "")
    return f"Lieferung{name}" if name.startswith(".") else name


def foreign_table(table: pa.Table, declared: TableProfile) -> pa.Table:
    """The columns of a profile in its order, as text; columns it ignores follow."""
    columns = {
        source: _spelled(table.column(target), declared, declared.codes.get(target, {}))
        for source, target in declared.spalten.items()
        if target in table.column_names
    }
    for number, name in enumerate(declared.ignoriert):
        turns = [IGNORED[(row + number) % len(IGNORED)] for row in range(table.num_rows)]
        columns[name] = pa.chunked_array([pa.array(turns, pa.string())])
    return pa.table(columns)


def _spelled(
    column: pa.ChunkedArray, declared: TableProfile, codes: dict[str, str]
) -> pa.ChunkedArray:
    kind = column.type
    if pt.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pt.is_date(kind):
        form = DAYS[(declared.day_formats() or ["JJJJ-MM-TT"])[0]]
        return pc.strftime(column, format=form)
    if pt.is_boolean(kind):
        column = pc.if_else(column, "ja", "nein")
    if pt.is_floating(kind):
        return pc.replace_substring(column.cast(pa.string()), ".", declared.dezimalzeichen or ".")
    written = {code: content for content, code in reversed(codes.items())}
    if not written:
        return column.cast(pa.string())
    place = pc.index_in(column, pa.array(list(written), pa.string()))
    return pc.coalesce(pc.take(pa.array(list(written.values())), place), column)


def write_csv(table: pa.Table, declared: TableProfile, path: Path) -> None:
    """Text columns as a CSV file with the separator and the encoding of a profile."""
    separator, encoding = declared.trennzeichen or ";", declared.kodierung or "utf-8"
    rows = pa.BufferOutputStream()
    options = pa_csv.WriteOptions(include_header=False, delimiter=separator, quoting_style="none")
    pa_csv.write_csv(table, rows, options)
    text = separator.join(table.column_names) + "\n" + rows.getvalue().to_pybytes().decode()
    # The line ends of the systems that write windows-1252.
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
