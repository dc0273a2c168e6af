"""One measurement of the rules in a process of its own: python -m benchmarks.rules_child JSON.

The answer is one line of JSON: seconds and CPU seconds of importing Great Expectations, then of
the judging alone, and the largest resident memory of the process.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.child import give_way, peak_mb
from benchmarks.rules_set import TABLE, handwritten, kinds, rules
from pipeline.quality.rules import Rule
from pipeline.quality.suite import suite
from pipeline.quality.tables import checked_tables
from pipeline.quality.views import Part

MEMORY_LIMIT = "900MB"


def main() -> None:
    request = json.loads(sys.argv[1])
    give_way()
    answer: dict[str, float] = {}
    if request["art"] != "hand":
        imported = clock(lambda: __import__("great_expectations"))
        answer |= {"import_sekunden": imported[0], "import_cpu": imported[1]}
    wall, cpu = clock(lambda: WAYS[request["art"]](request))
    answer |= {"sekunden": wall, "cpu": cpu, "spitze_mb": peak_mb()}
    sys.stdout.write(json.dumps(answer) + "\n")


def clock(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of this process, all threads."""
    wall, cpu = time.monotonic(), _cpu()
    work()
    return time.monotonic() - wall, _cpu() - cpu


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def product(request: dict[str, Any]) -> None:
    """All rules of the suite over the tables of a run, or what one delivery is answerable for."""
    folder = Path(request["ordner"])
    part = None
    if request["lieferung"]:
        von, bis = (date.fromisoformat(request[key]) for key in ("von", "bis"))
        part = Part(request["lieferung"], von, bis)
    tables = {name: folder / f"{name}.parquet" for name in checked_tables()}
    _judge(folder, tables, suite(), part)


def fifteen(request: dict[str, Any]) -> None:
    """The fifteen expectations of rules_set over one large table."""
    path = Path(request["datei"])
    _judge(path.parent, {TABLE: path}, rules(request["zeilen"]), None)


def _judge(
    folder: Path, tables: dict[str, Path], judged: tuple[Rule, ...], part: Part | None
) -> None:
    from pipeline.quality.engine import Session

    with (
        tempfile.TemporaryDirectory() as temp,
        Session(
            [folder], temp=Path(temp), threads=None, memory_limit=MEMORY_LIMIT, part=part
        ) as session,
    ):
        for name, path in tables.items():
            session.add(name, path)
        session.judge(judged)


def by_hand(request: dict[str, Any]) -> None:
    """The same checks as plain SQL: one scan, and the uniqueness."""
    import duckdb

    con = duckdb.connect(config={"memory_limit": MEMORY_LIMIT})
    for query in handwritten(request["datei"]):
        con.execute(query).fetchall()


def with_pandas(request: dict[str, Any]) -> None:
    """The same expectations on the pandas engine of Great Expectations, reading included."""
    import great_expectations as gx
    import pandas as pd

    from pipeline.quality.engine import COUNTS_ONLY, _expectation, quiet

    frame = pd.read_parquet(request["datei"])
    with quiet():
        source = gx.get_context(mode="ephemeral").data_sources.add_pandas("pandas")
        definition = source.add_dataframe_asset("t").add_batch_definition_whole_dataframe("t")
        batch = definition.get_batch({"dataframe": frame})
        wanted = [_expectation(rule) for rule in kinds(request["zeilen"])]
        batch.validate(gx.ExpectationSuite("t", expectations=wanted), result_format=COUNTS_ONLY)


WAYS: dict[str, Callable[[dict[str, Any]], None]] = {
    "produkt": product,
    "fuenfzehn": fifteen,
    "hand": by_hand,
    "pandas": with_pandas,
}

if __name__ == "__main__":
    main()
