"""The whole suite, and its run in this process: at once, or as tables become ready.

SQLAlchemy and Great Expectations are imported only when something is judged.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import CannotJudgeError, UsageError
from pipeline.quality.derived import derived_rules
from pipeline.quality.rules import Rule, load_rules
from pipeline.quality.tables import checked_tables
from pipeline.quality.verdict import RuleResult, Verdict
from pipeline.quality.views import Part

if TYPE_CHECKING:
    from pipeline.quality.engine import Session

SPILL = ".pruefung"


def suite(folder: Path | None = None, own: Path | None = None) -> tuple[Rule, ...]:
    """The written and the derived rules and those of the file `own`, sorted by id.

    UsageError when one is malformed.
    """
    return tuple(sorted((*load_rules(folder, own), *derived_rules()), key=lambda rule: rule.id))


def validate(
    tables: Mapping[str, Path],
    out: Path,
    *,
    threads: int | None = None,
    memory_limit: str = "1GB",
    rules: tuple[Rule, ...] | None = None,
) -> Verdict:
    """Judge `tables` (Parquet files by table name) and write the verdict to the file `out`.

    rules: instead of the whole suite. What does not fit into memory spills beside `out`. Raises
    UsageError for a malformed rule before any data is read, and CannotJudgeError when a table a
    rule needs is absent or a rule cannot be evaluated.
    """
    if rules is None:
        rules = suite()
    require_tables(rules, tables)
    with _session(folders(tables), out.parent, threads, memory_limit) as session:
        for table, path in tables.items():
            session.add(table, path)
        verdict = Verdict.of(session.judge(rules))
    verdict.write(out)
    return verdict


def serve(
    order: Mapping[str, Any], lines: Iterable[str], tell: Callable[[int, int], None]
) -> Verdict | None:
    """Judge tables as `lines` announce them (see child.py); None when the announcer vanished.

    tell: receives how many rules are judged so far, and how many there are.
    """
    rules = suite(own=Path(order["eigene"]) if order["eigene"] else None)
    part = _part(order["teil"]) if order["teil"] else None
    waiting = list(rules)
    results: list[RuleResult] = []
    tables: dict[str, Path] = {}
    read_from = [Path(folder) for folder in order["read_from"]]
    spill_in = Path(order["spill_in"])
    limit = order["memory_limit"]
    with _session(read_from, spill_in, order["threads"], limit, part) as session:
        for line in lines:
            if not line.strip():
                require_tables(rules, tables)
                return Verdict.of(results)
            for table, path in json.loads(line).items():
                tables[table] = Path(path)
                session.add(table, tables[table])
            ready = [rule for rule in waiting if rule.reads <= set(tables)]
            waiting = [rule for rule in waiting if rule not in ready]
            for table in sorted({rule.table for rule in ready}):
                results += session.judge(rule for rule in ready if rule.table == table)
                tell(len(results), len(rules))
    return None


def _part(given: Mapping[str, str]) -> Part:
    von, bis = (date.fromisoformat(given[key]) for key in ("von", "bis"))
    return Part(given["lieferung"], von, bis)


def folders(tables: Mapping[str, Path]) -> set[Path]:
    """The directories that hold the tables."""
    return {path.resolve().parent for path in tables.values()}


def require_tables(rules: tuple[Rule, ...], tables: Mapping[str, Path]) -> None:
    """Refuse names no rule knows (UsageError) and missing tables (CannotJudgeError)."""
    unknown = sorted(set(tables) - set(checked_tables()))
    if unknown:
        raise UsageError(f"Für die Tabelle {', '.join(unknown)} gibt es keine Regeln.")
    missing = sorted({name for rule in rules for name in rule.reads} - set(tables))
    if missing:
        raise CannotJudgeError(
            f"Zur Prüfung fehlt die Tabelle {', '.join(missing)}. Den Lauf vollständig wiederholen."
        )


@contextmanager
def _session(
    read_from: Iterable[Path],
    spill_in: Path,
    threads: int | None,
    memory_limit: str,
    part: Part | None = None,
) -> "Iterator[Session]":
    """A session that spills into a folder of its own inside `spill_in`, gone afterwards."""
    from pipeline.quality.engine import Session

    temp = spill_in / SPILL
    shutil.rmtree(temp, ignore_errors=True)
    try:
        with Session(
            sorted(read_from), temp=temp, threads=threads, memory_limit=memory_limit, part=part
        ) as session:
            yield session
    finally:
        shutil.rmtree(temp, ignore_errors=True)
