"""From the staged deliveries to the core tables: merged, one grain each."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.ingest.rules import rule_id
from pipeline.ingest.typing_sql import output_type
from pipeline.quotas.steps import (
    register_codes,
    register_parameters,
    view_files,
    write_table,
)
from pipeline.registries import DELIVERED_TABLES, contract, table_meant
from pipeline.stages import Work

# In the order in which one reads the other.
TABLES = (
    "core_bestand", "core_person", "core_stichtag", "core_verbleib", "core_beschaeftigung",
    "core_teilnahme", "core_start", "core_massnahme", "core_personenmonat", "core_integration",
    "core_massnahmenteilnahme", "core_austritt", "core_austritt_beschaeftigt", "core_teilnahmetag",
    "core_zeilenbilanz",
)  # fmt: skip
# The rule of rejection that only the merged stock can show.
NOT_IN_STOCK = "06"
ORIGIN = ["lieferung varchar", "datei varchar", "zeile integer"]
LIEFERUNG = pa.schema(
    [
        ("rang", pa.int64()),
        ("lieferung", pa.string()),
        ("datenstand", pa.date32()),
        ("art", pa.string()),
        ("erster_stichtag", pa.date32()),
        ("letzter_stichtag", pa.date32()),
        ("tabelle", pa.string()),
        ("datei", pa.string()),
        ("spalten", pa.string()),
        ("geliefert", pa.int64()),
        ("abgewiesen", pa.int64()),
        ("doppelt", pa.int64()),
        ("angegeben", pa.int64()),
        ("sha256", pa.string()),
        ("zeitraum_von", pa.date32()),
    ]
)


def run(work: Work) -> None:
    """Write all core tables and the rejected rows of every delivered table."""
    chosen = json.loads((work.inputs["stg/"] / "auswahl.json").read_text(encoding="utf-8"))
    con = work.database()
    register_codes(con)
    register_parameters(con)
    _register_deliveries(con, chosen["lieferungen"])
    _register_run(con, chosen)
    write_table(con, "core_lieferung", work.out, "select * from lieferung order by rang, tabelle")
    write_table(con, "core_lauf", work.out, "select * from lauf")
    for table in DELIVERED_TABLES:
        _register_rejected(con, table, work.inputs["stg/"], chosen["lieferungen"])
        if not contract(table).ersetzt:
            register_staged(con, table, work.inputs["stg/"], chosen["lieferungen"])
    for table in TABLES:
        write_table(con, table, work.out)
    for table in DELIVERED_TABLES:
        _write_rejected(con, table, work)
    con.close()


def _register_deliveries(con: duckdb.DuckDBPyConnection, deliveries: list[dict[str, Any]]) -> None:
    """Let SQL see `lieferung`: one row per delivery and table it carries, `rang` in merge order."""
    rows = [
        {
            "rang": rang,
            "lieferung": d["id"],
            "datenstand": date.fromisoformat(d["datenstand"]),
            "art": d["art"],
            "erster_stichtag": _day(d["erster_stichtag"]),
            "letzter_stichtag": _day(d["letzter_stichtag"]),
            "tabelle": table,
            "datei": t["datei"],
            "spalten": ",".join(t["spalten"]),
            "geliefert": t["geliefert"],
            "abgewiesen": t["abgewiesen"],
            "doppelt": t["doppelt"],
            "angegeben": t["angegeben"],
            "sha256": t["sha256"],
            "zeitraum_von": _day(d["zeitraum_von"]),
        }
        for rang, d in enumerate(deliveries, start=1)
        for table, t in d["tabellen"].items()
    ]
    con.register("lieferung", pa.Table.from_pylist(rows, schema=LIEFERUNG))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _register_run(con: duckdb.DuckDBPyConnection, chosen: dict[str, Any]) -> None:
    """Let SQL see `lauf`: one row with the datenstand of the run, its traeger, synthetic or not.

    pseudonym: whether deliveries were left out because their persons cannot be linked.
    """
    deliveries = chosen["lieferungen"]
    row = {
        "datenstand": date.fromisoformat(chosen["datenstand"]),
        "traeger": next((d["traeger"] for d in deliveries if d["traeger"]), ""),
        "synthetisch": all(d["synthetisch"] for d in deliveries),
        "pseudonym": chosen["pseudonym"],
    }
    con.register("lauf", pa.Table.from_pylist([row]))


def register_staged(
    con: duckdb.DuckDBPyConnection, table: str, stg: Path, deliveries: list[dict[str, Any]]
) -> None:
    """Let SQL see stg_<table> over all chosen deliveries, whichever table it was delivered as."""
    carrying = [d for d in deliveries if table in map(table_meant, d["tabellen"])]
    if carrying:
        files = [stg / d["ordner"] / f"stg_{table}.parquet" for d in carrying]
        view_files(con, f"stg_{table}", files)
        return
    typed = [f"{c.name} {output_type(c)}" for c in contract(table).columns]
    con.execute(f"create temp table stg_{table} ({', '.join(ORIGIN + typed)})")


def _register_rejected(
    con: duckdb.DuckDBPyConnection, table: str, stg: Path, deliveries: list[dict[str, Any]]
) -> None:
    """Let SQL see stg_<table>_abgewiesen_roh over all chosen deliveries."""
    name = f"stg_{table}_abgewiesen"
    if files := staged_files(stg, deliveries, table, "abgewiesen"):
        view_files(con, f"{name}_roh", files)
        return
    raw = [f"{column} varchar" for column in contract(table).names()]
    columns = [*ORIGIN, "regel varchar", "spalte varchar", *raw, "rohzeile varchar"]
    con.execute(f"create temp table {name}_roh ({', '.join(columns)})")


def staged_files(
    stg: Path, deliveries: list[dict[str, Any]], table: str, kind: str
) -> list[Path]:
    """The files stg_<table>_<kind> of the deliveries that carry the table."""
    carrying = [d["ordner"] for d in deliveries if table in d["tabellen"]]
    return [stg / folder / f"stg_{table}_{kind}.parquet" for folder in carrying]


def _write_rejected(con: duckdb.DuckDBPyConnection, table: str, work: Work) -> None:
    """The rejected rows of a table: those of the ingest, and those without a person in stock."""
    names = contract(table).names()
    as_text = ", ".join(f"cast(stg.{name} as varchar) as {name}" for name in names)
    columns = ", ".join(names)
    origin = "lieferung, datei, zeile, regel, spalte, rohzeile"
    parts = [f"select {origin}, {columns} from stg_{table}_abgewiesen_roh"]
    if table_meant(table) != "bestand":
        rule = rule_id(contract(table), NOT_IN_STOCK)
        parts.append(
            f"select stg.lieferung, stg.datei, stg.zeile, '{rule}' as regel, "
            f"'person_id' as spalte, null as rohzeile, {as_text} "
            f"from stg_{table} as stg semi join core_verbleib as v on "
            f"v.tabelle = '{table}' and v.verbleib = 'ohne_bestand' and v.datei = stg.datei "
            "and v.lieferung = stg.lieferung and v.zeile = stg.zeile"
        )
    sql = " union all ".join(parts) + " order by lieferung, datei, zeile, regel"
    write_table(con, f"stg_{table}_abgewiesen", work.out, sql)
