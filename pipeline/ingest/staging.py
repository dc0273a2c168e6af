"""Delivery → stg: the accepted rows typed, the rejected rows as delivered, and the balance."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.database import connect
from pipeline.errors import DeliveryError
from pipeline.ingest.cells import newest_day, typed_table
from pipeline.ingest.delivery import Delivery, RawFile
from pipeline.ingest.naming import place, printable
from pipeline.ingest.parquet import read_parquet
from pipeline.ingest.readers import RawTable, read_csv
from pipeline.ingest.rules import rule_id, rules
from pipeline.ingest.staged import (
    OutsideValidity,
    StagedDelivery,
    StagedTable,
    load_staged,
    save_staged,
)
from pipeline.ingest.typing_sql import (
    duplicates_sql,
    judged_optional,
    judged_sql,
    output_type,
)
from pipeline.registries import Contract, code_list, contract

__all__ = ["StagedDelivery", "StagedTable", "load_staged", "stage_delivery"]

READERS = {"csv": read_csv, "parquet": read_parquet}
MACROS = Path(__file__).parent / "macros.sql"
# The day in a row on which its codes must be valid.
REFERENCE_DAY = {
    "bestand": "stichtag",
    "beschaeftigungen": "beginn",
    "teilnahmen": "eintritt",
}


def stage_delivery(
    delivery: Delivery, out: Path, *, threads: int | None, memory_limit: str
) -> StagedDelivery:
    """Read, type and judge a delivery into the existing empty directory `out`.

    Writes stg_<tabelle>.parquet, stg_<tabelle>_abgewiesen.parquet and lieferung.json. Raises
    DeliveryError with the problems of all its files.
    """
    tables = _read_files(delivery)
    temp = out / ".temp"
    con = connect(read_from=[out], temp=temp, threads=threads, memory_limit=memory_limit)
    try:
        con.execute(MACROS.read_text(encoding="utf-8"))
        _create_code_types(con)
        datenstand = delivery.datenstand or _newest_day(con, delivery, tables)
        tabellen = {}
        for file in delivery.files:
            raw = tables.pop(file.tabelle)
            tabellen[file.tabelle] = _stage_table(con, delivery.id, file, raw, datenstand, out)
    finally:
        con.close()
        shutil.rmtree(temp, ignore_errors=True)
    result = StagedDelivery(
        id=delivery.id,
        folder=delivery.folder.name,
        datenstand=datenstand,
        traeger=delivery.traeger,
        art=delivery.art,
        zeitraum_von=delivery.zeitraum_von,
        synthetisch=delivery.synthetisch,
        warnings=delivery.warnings,
        tabellen=tabellen,
    )
    save_staged(result, out)
    return result


def _read_files(delivery: Delivery) -> dict[str, RawTable]:
    """Every file of the delivery by table, held against what lieferung.toml states about it."""
    tables = {}
    problems: list[str] = []
    for file in delivery.files:
        try:
            raw = READERS[file.format](file.path, contract(file.tabelle))
        except DeliveryError as error:
            problems += error.problems
            continue
        tables[file.tabelle] = raw
        where = place(file.path)
        if file.sha256 is not None and file.sha256 != raw.sha256:
            problems.append(
                f"{where}: Die Prüfsumme stimmt nicht mit lieferung.toml überein. Datei neu "
                "anfordern."
            )
        if file.zeilen is not None and file.zeilen != raw.delivered:
            problems.append(
                f"{where}: Die Datei hat {raw.delivered} Zeilen, lieferung.toml nennt "
                f"{file.zeilen}. Datei neu anfordern."
            )
    if problems:
        raise DeliveryError(problems)
    return tables


def _create_code_types(con: duckdb.DuckDBPyConnection) -> None:
    """One ENUM code_<list> per code list of the contracts, and its table codes_<list>."""
    names = {c.codes for table in REFERENCE_DAY for c in contract(table).columns if c.codes}
    for name in sorted(names):
        codes = code_list(name).codes
        frame = pa.table(
            {
                "code": [c.code for c in codes],
                "rang": list(range(len(codes))),
                "gilt_ab": pa.array([c.valid_from for c in codes], pa.date32()),
                "gilt_bis": pa.array([c.valid_to for c in codes], pa.date32()),
            }
        )
        con.register("liste", frame)
        con.execute(f"create temp table codes_{name} as select * from liste order by rang")
        con.execute(
            f"create type code_{name} as enum (select code from codes_{name} order by rang)"
        )
        con.unregister("liste")


def _newest_day(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, tables: dict[str, RawTable]
) -> date:
    """The datenstand of a delivery that states none."""
    days = [newest_day(con, contract(table), raw) for table, raw in tables.items()]
    known = [day for day in days if day is not None]
    if not known:
        raise DeliveryError(
            f"{printable(delivery.folder.name)}: Ohne lieferung.toml und ohne lesbares Datum ist "
            "der Datenstand unbekannt. lieferung.toml mit datenstand ergänzen."
        )
    return max(known)


def _stage_table(
    con: duckdb.DuckDBPyConnection,
    lieferung: str,
    file: RawFile,
    raw: RawTable,
    datenstand: date,
    out: Path,
) -> StagedTable:
    table = contract(file.tabelle)
    con.register("typisiert", typed_table(con, table, raw))
    con.execute(
        f"create temp table beurteilt as {judged_sql(table, raw.columns)}",
        {"datenstand": datenstand},
    )
    con.execute(f"create temp table doppelt as {duplicates_sql(table)}")
    con.execute(
        "create temp view angenommen as\n"
        "select * from beurteilt where regel is null\n"
        "and zeile not in (select zeile from doppelt)"
    )
    facts = {"lieferung": lieferung, "datei": file.name}
    _write_accepted(con, table, facts, out / f"stg_{file.tabelle}.parquet")
    _write_rejected(con, table, raw, facts, out / f"stg_{file.tabelle}_abgewiesen.parquet")
    staged = _balanced(con, table, file, raw)
    con.execute("drop view angenommen; drop table doppelt; drop table beurteilt")
    con.unregister("typisiert")
    return staged


def _write_accepted(
    con: duckdb.DuckDBPyConnection, table: Contract, facts: dict[str, str], path: Path
) -> None:
    # Sorted before the codes become text: small numbers are sorted faster.
    columns = ", ".join(f"cast({c.name} as {output_type(c)}) as {c.name}" for c in table.columns)
    con.execute(
        f"copy (\n"
        f"select $lieferung as lieferung, $datei as datei, zeile, {columns}\n"
        f"from (select * from angenommen order by zeile)\n"
        f") to {_quoted(path)} (format parquet, compression zstd)",
        facts,
    )


def _write_rejected(
    con: duckdb.DuckDBPyConnection,
    table: Contract,
    raw: RawTable,
    facts: dict[str, str],
    path: Path,
) -> None:
    """The rejected rows as delivered: cells as text, or the whole line where it is no row."""
    cells = ", ".join(
        f"roh.{name}" if name in raw.columns else f"cast(null as varchar) as {name}"
        for name in table.names()
    )
    no_cells = ", ".join(f"null as {name}" for name in table.names())
    con.register("roh", raw.table)
    con.register(
        "schlecht",
        pa.table(
            {
                "zeile": pa.array([line.zeile for line in raw.bad_lines], pa.int32()),
                "rohzeile": pa.array([line.text for line in raw.bad_lines], pa.string()),
            }
        ),
    )
    con.execute(
        f"copy (\n"
        f"with abgewiesen as (\n"
        f"    select zeile, regel from beurteilt where regel is not null\n"
        f"    union all\n"
        f"    select zeile, regel from doppelt where regel is not null\n"
        f"),\n"
        f"zeilen as (\n"
        f"    select abgewiesen.zeile, abgewiesen.regel, {cells}, cast(null as varchar) as rohzeile\n"
        f"    from abgewiesen inner join roh on abgewiesen.zeile = roh.zeile\n"
        f"    union all\n"
        f"    select zeile, $regel as regel, {no_cells}, rohzeile from schlecht\n"
        f")\n"
        f"select $lieferung as lieferung, $datei as datei, * from zeilen order by zeile\n"
        f") to {_quoted(path)} (format parquet, compression zstd)",
        {**facts, "regel": rule_id(table, "01")},
    )
    con.unregister("schlecht")
    con.unregister("roh")


def _balanced(
    con: duckdb.DuckDBPyConnection, table: Contract, file: RawFile, raw: RawTable
) -> StagedTable:
    """The counts of a table; a row that is neither taken, rejected nor merged is a bug here."""
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
    order = [rule_id(table, rule.nummer) for rule in rules()]
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
        stichtage=_stichtage(con) if file.tabelle == "bestand" else {},
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
    day = REFERENCE_DAY[table.tabelle]
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
            f"where {day} < liste.gilt_ab or {day} > liste.gilt_bis\n"
            f"group by liste.code, liste.rang order by liste.rang"
        ).fetchall()
        found += [OutsideValidity(column.name, code, count) for code, count in rows]
    return tuple(found)


def _stichtage(con: duckdb.DuckDBPyConnection) -> dict[date, int]:
    """Each Stichtag with the first line that names it, also of rows another row replaces."""
    return dict(
        con.execute(
            "select stichtag, min(zeile) from beurteilt where regel is null\n"
            "group by stichtag order by stichtag"
        ).fetchall()
    )


def _quoted(path: Path) -> str:
    return "'" + str(path.resolve()).replace("'", "''") + "'"
