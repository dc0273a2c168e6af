"""What changed between two runs: rows of the delivered tables, published figures, months, K2."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import duckdb

from pipeline.files import hash_path
from pipeline.registries import contract
from pipeline.report import pub
from pipeline.report.pub import Pair, Pub
from pipeline.stages import file_name

CORE = {
    "core_bestand": "bestand",
    "core_beschaeftigung": "beschaeftigungen",
    "core_teilnahme": "teilnahmen",
}
QUOTES = "pub_quote"
PUB = (QUOTES, "pub_angaben")
# One row per month with the rows of it that were known before, and what became of them. Rows of
# `vorher` and `jetzt` belong together by their key; empty equals empty.
COMPARISON = """
with vorher as (select true as da, * from read_parquet('{vorher}')),
jetzt as (select true as da, * from read_parquet('{jetzt}'))
select
    strftime({monat}, '%Y-%m') as monat,
    count(*) filter (where vorher.da) as bekannt,
    count(*) filter (where vorher.da is null) as neu,
    count(*) filter (where vorher.da and jetzt.da and ({anders})) as geaendert,
    count(*) filter (where jetzt.da is null) as weggefallen
from vorher
full join jetzt on {gleich}
group by all
order by all
"""

State = Literal["verglichen", "erster", "unlesbar"]


@dataclass(frozen=True)
class Compared:
    """How the rows of a table are told apart: its key, the columns compared, the month if any."""

    table: str
    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    month: str = ""


@dataclass(frozen=True)
class RowChanges:
    """Rows of one table that were added, that changed in a compared column, that vanished."""

    tabelle: str
    neu: int = 0
    geaendert: int = 0
    weggefallen: int = 0

    @property
    def any(self) -> bool:
        return bool(self.neu or self.geaendert or self.weggefallen)


@dataclass(frozen=True)
class Quotas:
    """K2 of a month before (None: not published then) and now, as in the published table."""

    berichtsmonat: str
    vorher: Pair | None
    jetzt: Pair


@dataclass(frozen=True)
class Changes:
    """All that a run has to say about the last one; months as "2015-12", oldest first.

    zeilen: the delivered tables and pub_quote. bestand_neu, bestand_geaendert: months of the stock
    that came, and known ones with other rows. k2_*: months of K2. quotas: the newest month that
    both runs have, then the newest of all.
    """

    stand: State
    zeilen: tuple[RowChanges, ...] = ()
    bestand_neu: tuple[str, ...] = ()
    bestand_geaendert: tuple[str, ...] = ()
    k2_neu: tuple[str, ...] = ()
    k2_geaendert: tuple[str, ...] = ()
    k2_weggefallen: tuple[str, ...] = ()
    quotas: tuple[Quotas, ...] = ()

    def content(self) -> dict[str, Any]:
        """Plain JSON for the internal record."""
        quotas = [
            {
                "berichtsmonat": q.berichtsmonat,
                "vorher": _plain(q.vorher) if q.vorher else None,
                "jetzt": _plain(q.jetzt),
            }
            for q in self.quotas
        ]
        return {**asdict(self), "quotas": quotas}


def _plain(pair: Pair) -> dict[str, float | None]:
    figures = {"w": pair.w.quote, "m": pair.m.quote, "abstand": pair.gap}
    return {name: None if value is None else float(value) for name, value in figures.items()}


def compared_tables() -> tuple[Compared, ...]:
    """The tables compared row by row; where a row was delivered from and its number do not count.

    The stock has one row per person and month, so another Stichtag in the month is a change.
    """
    tables = []
    for table, delivered in CORE.items():
        names, key = contract(delivered).names(), contract(delivered).schluessel
        month = "monat" if "stichtag" in key else ""
        key = tuple(month if column == "stichtag" else column for column in key)
        columns = tuple(column for column in names if column not in key)
        tables.append(Compared(table, delivered, key, columns, month))
    values = tuple(column for column in pub.COLUMNS if column not in pub.KEY)
    return (*tables, Compared(QUOTES, QUOTES, pub.KEY, values))


def compare(con: duckdb.DuckDBPyConnection, before: Path, now: Path) -> Changes:
    """The changes between two folders of tables. con reaches both."""
    rows, months = [], []
    for table in compared_tables():
        found = _compare_rows(con, table, before, now)
        sums = [sum(row[column] for row in found) for column in (2, 3, 4)]
        rows.append(RowChanges(table.name, *sums))
        if table.month:
            months = found
    old, new = (pub.read(*(f / file_name(table) for table in PUB)) for f in (before, now))
    return Changes(
        stand="verglichen",
        zeilen=tuple(rows),
        bestand_neu=tuple(month for month, known, *_ in months if not known),
        bestand_geaendert=tuple(month for month, known, *n in months if known and any(n)),
        **_compare_k2(old, new),
    )


def _compare_rows(
    con: duckdb.DuckDBPyConnection, table: Compared, before: Path, now: Path
) -> list[tuple[Any, ...]]:
    """One tuple per month as in COMPARISON, none for a file that is the same."""
    files = [folder / file_name(table.table) for folder in (before, now)]
    if hash_path(files[0]) == hash_path(files[1]):
        return []
    old, new = (str(file).replace("'", "''") for file in files)
    sql = COMPARISON.format(
        vorher=old,
        jetzt=new,
        monat=f"coalesce(vorher.{table.month}, jetzt.{table.month})"
        if table.month
        else "cast(null as date)",
        gleich=" and ".join(f"vorher.{c} is not distinct from jetzt.{c}" for c in table.key),
        anders=" or ".join(f"vorher.{c} is distinct from jetzt.{c}" for c in table.columns),
    )
    return con.execute(sql).fetchall()


def _compare_k2(old: Pub, new: Pub) -> dict[str, Any]:
    before, now = set(old.months("K2")), set(new.months("K2"))
    both = sorted(before & now)
    quotas = [Quotas(m, old.pair("K2", m), new.pair("K2", m)) for m in both[-1:]]
    quotas += [Quotas(m, None, new.pair("K2", m)) for m in sorted(now)[-1:] if m not in before]
    return {
        "k2_neu": tuple(sorted(now - before)),
        "k2_geaendert": tuple(m for m in both if old.pair("K2", m) != new.pair("K2", m)),
        "k2_weggefallen": tuple(sorted(before - now)),
        "quotas": tuple(quotas),
    }
