"""The counts of a staged table, and the proof that no row was lost.

Input: the temp tables beurteilt, doppelt and the view angenommen (staging.py).
"""

from datetime import date

import duckdb

from pipeline.ingest.naming import printable
from pipeline.ingest.reading.readers import RawTable
from pipeline.ingest.rules import rejections, rule_id
from pipeline.ingest.source import Source
from pipeline.ingest.staged import OutsideValidity, StagedTable
from pipeline.ingest.typing_sql import judged_optional
from pipeline.registries import Contract, code_list

# The first and the last day of a row: on one of the days between, its codes must be valid.
REFERENCE_DAYS = {
    "bestand": ("stichtag", "stichtag"),
    "bezug": ("von", "coalesce(bis, date '9999-12-31')"),
    "beschaeftigungen": ("beginn", "beginn"),
    "teilnahmen": ("eintritt", "eintritt"),
}


def balance(
    con: duckdb.DuckDBPyConnection, source: Source, stichtage: dict[date, str]
) -> StagedTable:
    """The counts of a table; a row that is neither taken, rejected nor merged is a bug here.

    stichtage: those of a table that does not name its own.
    """
    table, file, raw = source.contract, source.file, source.raw
    counted = dict(
        con.execute(
            "select regel, count(*) from beurteilt where regel is not null group by regel\n"
            "union all\n"
            "select regel, count(*) from doppelt group by regel"
        ).fetchall()
    )
    merged = counted.pop(None, 0)
    if raw.bad_lines:
        counted[rule_id(table, "01")] = len(raw.bad_lines)
    order = [rule_id(table, rule.nummer) for rule in rejections()]
    rejected = {name: counted[name] for name in order if name in counted}
    accepted = con.execute("select count(*) from angenommen").fetchall()[0][0]
    if raw.delivered != accepted + sum(rejected.values()) + merged:
        raise RuntimeError(f"row balance of {file.tabelle} does not add up")
    return StagedTable(
        tabelle=file.tabelle,
        datei=file.name,
        format=file.format,
        sha256=raw.sha256,
        spalten=tuple(name for name in table.names() if name in raw.columns),
        geliefert=raw.delivered,
        angenommen=accepted,
        abgewiesen=rejected,
        zusammengefuehrt=merged,
        unbekannt=_unreadable(con, table, raw),
        ausserhalb_gueltigkeit=_outside_validity(con, table),
        stichtage=_stichtage(con, file.name) if file.tabelle == "bestand" else stichtage,
        profil=source.profil,
        angegeben=file.zeilen,
    )


def _unreadable(con: duckdb.DuckDBPyConnection, table: Contract, raw: RawTable) -> dict[str, int]:
    columns = [c.name for c in judged_optional(table) if c.name in raw.columns]
    if not columns:
        return {}
    counts = ", ".join(f"count(*) filter (where {name}_unlesbar)" for name in columns)
    row = con.execute(f"select {counts} from angenommen").fetchall()[0]
    return dict(zip(columns, row, strict=True))


def _outside_validity(
    con: duckdb.DuckDBPyConnection, table: Contract
) -> tuple[OutsideValidity, ...]:
    first, last = REFERENCE_DAYS[table.tabelle]
    found = []
    for column in table.columns:
        if column.codes is None:
            continue
        dated = [c for c in code_list(column.codes).codes if c.valid_from or c.valid_to]
        if not dated:
            continue
        rows = con.execute(
            f"select liste.code, count(*) from angenommen\n"
            f"inner join codes_{column.codes} as liste\n"
            f"    on cast(angenommen.{column.name} as varchar) = liste.code\n"
            f"where {last} < liste.gilt_ab or {first} > liste.gilt_bis\n"
            f"group by liste.code, liste.rang order by liste.rang"
        ).fetchall()
        found += [OutsideValidity(column.name, code, count) for code, count in rows]
    return tuple(found)


def _stichtage(con: duckdb.DuckDBPyConnection, name: str) -> dict[date, str]:
    """Each Stichtag with the first line that names it, also of rows another row replaces."""
    found = con.execute(
        "select stichtag, min(zeile) from beurteilt where regel is null\n"
        "group by stichtag order by stichtag"
    ).fetchall()
    return {day: f"{printable(name)}, Zeile {line}" for day, line in found}
