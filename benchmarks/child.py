"""One measurement in a process of its own: python -m benchmarks.child <request as JSON>.

The answer is one line of JSON. Wall and CPU are taken around the work, after the imports of the
contender; the peak is that of the whole process. It is read from /proc: the maximum that
getrusage reports is inherited from the parent process on Linux.
"""

import json
import resource
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.checksum import PERSON_MONTHS, SUMS, fingerprint
from benchmarks.contenders import contender, task
from benchmarks.peers import Job

OUT_OF_MEMORY = 3


def main() -> None:
    request = json.loads(sys.argv[1])
    give_way()
    if request["art"] == "pruefsumme":
        columns = PERSON_MONTHS if request["aufgabe"] == "personenmonat" else SUMS
        _answer({"pruefsumme": fingerprint(Path(request["datei"]), columns)})
        return
    if request["grenze"]:
        resource.setrlimit(resource.RLIMIT_AS, (request["grenze"], request["grenze"]))
    try:
        _answer(_measure(request))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def _answer(values: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(values) + "\n")


def give_way() -> None:
    """If memory runs out, the system shall end this process and no other."""
    Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _measure(request: dict[str, str]) -> dict[str, float]:
    chosen = contender(request["teilnehmer"])
    function = chosen.load(task(request["aufgabe"]).name)
    job = Job(Path(request["eingaben"]), Path(request["ausgaben"]), request["speichergrenze"])
    wall, cpu = time.monotonic(), _cpu()
    function(job)
    return {
        "sekunden": time.monotonic() - wall,
        "cpu": _cpu() - cpu,
        "spitze_mb": peak_mb(),
    }


def _cpu() -> float:
    """User and system seconds of this process so far, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_mb() -> float:
    """The largest resident memory of this process in MB (10^6 bytes)."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / 1e6
    return 0.0


if __name__ == "__main__":
    main()
