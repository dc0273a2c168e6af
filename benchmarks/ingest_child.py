"""Staging one delivery in a process of its own: python -m benchmarks.ingest_child RAW OUT.

The answer is one line of JSON, written when the reading processes have ended: only then their
CPU seconds and their memory are known.
"""

import atexit
import json
import resource
import sys
import time
from pathlib import Path

from benchmarks.child import give_way, peak_mb
from pipeline.ingest.delivery import discover
from pipeline.ingest.staging import stage_delivery
from pipeline.settings import Settings

WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def main() -> None:
    raw, out = map(Path, sys.argv[1:])
    give_way()
    (delivery,) = discover(raw)
    answer: dict[str, float] = {}
    before = cpu()
    # What is registered first is called last, after the reading process was waited for.
    atexit.register(tell, answer, before)
    started = time.monotonic()
    staged = stage_delivery(
        delivery, out, threads=None, memory_limit=Settings.model_fields["memory_limit"].default
    )
    answer["sekunden"] = time.monotonic() - started
    answer["zeilen"] = sum(table.geliefert for table in staged.tabellen.values())


def tell(answer: dict[str, float], before: float) -> None:
    """Write the answer, if the delivery was staged."""
    if answer:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = {
            "cpu": cpu() - before,
            "spitze_mb": peak_mb(),
            "leser_mb": children.ru_maxrss * 1024 / 1e6,
        }
        sys.stdout.write(json.dumps(answer | used) + "\n")


def cpu() -> float:
    """User and system seconds so far, of this process and of those it waited for."""
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, WHO))


if __name__ == "__main__":
    main()
