"""What the product says of deliveries: refused, rows quarantined, rules broken; and where."""

import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import duckdb

from pipeline.errors import PipelineError
from pipeline.files import hash_path
from pipeline.ingest.reading.isolated import warm_up
from pipeline.quality.places import findings_sql, places_sql
from pipeline.quality.rules import Rule
from pipeline.quality.suite import suite
from pipeline.quality.tables import checked_tables
from pipeline.quality.views import batch_of, parquet, show
from pipeline.selftest.fault import HINT
from pipeline.settings import Settings
from pipeline.stages import STAGES, Work, file_name

# The rules themselves are judged here with their own SQL; the graph does without its stage.
COMPUTED = ("einlesen", "zusammenfuehren", "rechnen", "vergleichen")
Spot = tuple[str, int, str | None]


@dataclass(frozen=True)
class Said:
    """What was said: sentences of a refusal; findings by rule; places as (file, line, column)."""

    refused: tuple[str, ...] = ()
    findings: Counter[str] = field(default_factory=Counter)
    spots: dict[str, Counter[Spot]] = field(default_factory=dict)
    figures: str = ""


def judge(raw: Path, work: Path) -> Said:
    """Run the product over the deliveries in `raw`, up to the verdict. work: an empty folder."""
    warm_up()
    settings = Settings(raw=raw, curated=work, reports=work, threads=1, memory_limit="500MB")
    paths = {"raw/": raw}
    try:
        for stage in STAGES:
            if stage.name not in COMPUTED:
                continue
            out, temp = work / stage.name, work / "zwischen" / stage.name
            out.mkdir(parents=True)
            temp.mkdir(parents=True)
            inputs = {name: paths[name] for name in stage.reads}
            stage.load()(Work(inputs, {}, out, temp, settings))
            paths |= {name: out / file_name(name) for name in stage.writes}
    except PipelineError as error:
        return Said(refused=tuple(error.problems))
    findings: Counter[str] = Counter()
    spots: dict[str, Counter[Spot]] = {}
    con = duckdb.connect(config={"threads": 1})
    for name in checked_tables():
        show(con, name, parquet(paths[name]))
    for rule in _rules():
        counted = con.execute(
            f"select count(*) from ({findings_sql(rule, batch_of(rule.table))}\n)"
        ).fetchall()[0][0]
        if counted:
            findings[rule.id] = counted
            spots[rule.id] = _spots(con, rule)
    for regel, rows in _rejections(con).items():
        findings[regel], spots[regel] = sum(rows.values()), rows
    chosen = json.loads((paths["stg/"] / "auswahl.json").read_text(encoding="utf-8"))
    if chosen["hinweise"]:
        findings[HINT] = len(chosen["hinweise"])
    con.close()
    return Said((), findings, spots, hash_path(paths["mart_quote"]))


@cache
def _rules() -> tuple[Rule, ...]:
    return suite()


def _rejections(con: duckdb.DuckDBPyConnection) -> dict[str, Counter[Spot]]:
    """What reading found fault with, by the id of its rule."""
    found: dict[str, Counter[Spot]] = {}
    for regel, delivery, file, line, column in con.execute(
        "select regel, lieferung, datei, zeile, spalte from core_befund"
    ).fetchall():
        found.setdefault(regel, Counter())[(f"{delivery}/{file}", line, column)] += 1
    return found


def _spots(con: duckdb.DuckDBPyConnection, rule: Rule) -> Counter[Spot]:
    """The file, line and column of each finding that has a line."""
    con.execute(f"create or replace temp table treffer as {places_sql(rule, batch_of(rule.table))}")
    names = {row[0] for row in con.execute("describe treffer").fetchall()}
    if not {"lieferung", "datei", "zeile"} <= names:
        return Counter()
    column = "spalte" if "spalte" in names else "null"
    rows = con.execute(f"select lieferung, datei, zeile, {column} from treffer").fetchall()
    return Counter(
        (f"{delivery}/{file}", line, about or rule.about) for delivery, file, line, about in rows
    )
