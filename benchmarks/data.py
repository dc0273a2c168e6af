"""Scale data: made-up core tables as Parquet, the same for every contender, kept between runs."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipeline.quotas.steps import read_sql, register_codes

HERE = Path(__file__).parent
MONTHS = 60
BEGIN = date(2011, 4, 1)
TAKE_UPS_PER_ROW = 12 / 50
PARTICIPATIONS_PER_ROW = 2.1 / 50
CHANCE = """\
create macro zufall(schluessel, salz) as
cast(hash(cast(schluessel as bigint) * 1009 + salz) >> 1 as bigint)
"""
TABLES = ("core_bestand", "core_beschaeftigung", "core_teilnahme")


@dataclass(frozen=True)
class ScaleData:
    """A folder with core_bestand, core_person, core_beschaeftigung, core_teilnahme as Parquet.

    rows: rows per table, the person-months under core_bestand.
    """

    folder: Path
    rows: dict[str, int]

    def path(self, table: str) -> Path:
        return self.folder / f"{table}.parquet"


def generate(folder: Path, rows: int, memory_limit: str = "4GB") -> ScaleData:
    """Write scale data with about `rows` person-months (a multiple of 60) unless it is there.

    A finished folder holds stand.json with a hash of the generator; anything else is made anew.
    """
    recorded = folder / "stand.json"
    recipe = _recipe(rows)
    if recorded.exists():
        known = json.loads(recorded.read_text(encoding="utf-8"))
        if known["rezept"] == recipe:
            return ScaleData(folder, known["zeilen"])
        recorded.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(":memory:")
    con.execute("set enable_progress_bar = false")
    con.execute(f"set memory_limit = '{memory_limit}'")
    con.execute(f"set temp_directory = '{_quoted(folder / 'zwischen')}'")
    con.execute(CHANCE)
    register_codes(con)
    places = max(1, rows // MONTHS)
    con.execute(
        f"create temp table personen as {_sql('personen')}", {"plaetze": places, "monate": MONTHS}
    )
    people = _one(con, "select count(*) from personen")
    given = {
        "core_bestand": {"plaetze": places, "monate": MONTHS, "beginn": BEGIN},
        "core_beschaeftigung": {
            "aufnahmen": round(places * MONTHS * TAKE_UPS_PER_ROW),
            "personenzahl": people, "beginn": BEGIN,
        },
        "core_teilnahme": {
            "teilnahmen": round(places * MONTHS * PARTICIPATIONS_PER_ROW),
            "personenzahl": people, "beginn": BEGIN,
        },
    }  # fmt: skip
    for table in TABLES:
        _copy(con, folder, table, _sql(table), given[table])
    _copy(con, folder, "core_person", read_sql("core_person"), {})
    counted = {t: _one(con, f"select count(*) from {t}") for t in (*TABLES, "core_person")}
    con.close()
    recorded.write_text(json.dumps({"rezept": recipe, "zeilen": counted}), encoding="utf-8")
    return ScaleData(folder, counted)


def _recipe(rows: int) -> str:
    """What the data depend on: size, SQL of the generator, version of DuckDB."""
    texts = [_sql(name) for name in ("personen", *TABLES)] + [read_sql("core_person")]
    parts = json.dumps([rows, MONTHS, CHANCE, duckdb.__version__, *texts])
    return hashlib.sha256(parts.encode()).hexdigest()


def _sql(name: str) -> str:
    return (HERE / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _copy(
    con: duckdb.DuckDBPyConnection, folder: Path, table: str, sql: str, given: dict[str, object]
) -> None:
    """Write a table as the pipeline writes it and let later SQL see it."""
    target = _quoted(folder / f"{table}.parquet")
    con.execute(f"copy (\n{sql}\n) to '{target}' (format parquet, compression zstd)", given)
    con.execute(f"create view {table} as select * from read_parquet('{target}')")
