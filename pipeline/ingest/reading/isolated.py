"""Reading a delivered file in a process of its own (reader_process.py)."""

import atexit
import json
import os
import pickle
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import place
from pipeline.ingest.reading import limits
from pipeline.ingest.reading.handover import take_over
from pipeline.ingest.reading.options import Reading
from pipeline.ingest.reading.reader_process import LENGTH, Request
from pipeline.ingest.reading.readers import RawTable
from pipeline.ingest.reading.textfile import unreadable

ROOT = Path(__file__).parents[3]
START = """\
import sys
sys.path.insert(0, sys.argv[1])
from pipeline.ingest.reading.reader_process import serve
serve()
"""
COMMAND = (sys.executable, "-I", "-X", "utf8", "-c", START, str(ROOT))
# Threads that libraries start when they are loaded would be lost in the children.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}
OUT_OF_TIME = (signal.SIGALRM, signal.SIGXCPU)
ONE_AT_A_TIME = Lock()


def read_isolated(
    path: Path, form: str, reading: Reading, canonical: dict[str, str], temp: Path
) -> RawTable:
    """Read a file and search it for direct identifiers.

    form: csv, parquet or another of formats.READERS. canonical: columns of the contract by
    delivered name, as far as known. temp: an existing folder for the hand-over; nothing stays in
    it. Raises DeliveryError also when the reading process crashes, hangs or outgrows its limits.
    """
    where = place(path)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DeliveryError(unreadable(where, error)) from None
    limits.check_size(size, where)
    # The reading process stands in another folder.
    target = temp.absolute() / f"{os.getpid()}.gelesen"
    try:
        answer = _ask(Request(path.absolute(), form, reading, canonical, target, size))
        if answer:
            raise DeliveryError(_problems(answer, limits.seconds(size), where))
        return take_over(target)
    finally:
        for left in temp.glob(f"{target.stem}.*"):
            left.unlink()


def warm_up() -> None:
    """Start the reading process, so that it is ready when it is needed."""
    _process(os.getpid())


def _ask(request: Request) -> dict[str, Any]:
    """The answer of the reading process."""
    content = pickle.dumps(request)
    with ONE_AT_A_TIME:
        process = _process(os.getpid())
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(len(content).to_bytes(LENGTH, "big") + content)
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = b""
        if not line:
            _process.cache_clear()
            return {"failed": f"der Leseprozess endete mit Rückgabewert {process.wait()}"}
    found: dict[str, Any] = json.loads(line)
    return found


@cache
def _process(owner: int) -> "subprocess.Popen[bytes]":
    """The reading process of this process: a fork needs one of its own."""
    process = subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=ENVIRONMENT,
        cwd="/",
        start_new_session=True,
    )
    atexit.register(_stop, process, owner)
    return process


def _stop(process: "subprocess.Popen[bytes]", owner: int) -> None:
    """End the reading process: it goes when nobody can ask it any more."""
    if os.getpid() == owner:
        process.communicate()


def _problems(answer: dict[str, Any], seconds: int, where: str) -> list[str]:
    """What an answer other than success means, as sentences."""
    if "problems" in answer:
        return list(answer["problems"])
    again = "Datei prüfen und neu anfordern"
    if "failed" in answer:
        return [f"{where}: Das Lesen ist gescheitert ({answer['failed']}). {again}."]
    ended = -answer.get("ended", 0)
    if ended in OUT_OF_TIME:
        return [
            f"{where}: Das Lesen dauerte länger als {seconds} Sekunden und wurde abgebrochen. "
            f"{again} oder nach Zeiträumen teilen."
        ]
    if "memory" in answer:
        return [
            f"{where}: Das Lesen braucht mehr Speicher, als einer Datei dieser Größe zusteht. "
            f"{again} oder nach Zeiträumen teilen."
        ]
    return [
        f"{where}: Das Lesen brach ab (Signal {ended}): Die Datei ist beschädigt, oder der "
        f"Speicher reicht nicht. {again}."
    ]
