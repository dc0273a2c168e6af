"""Readers that do what a reader must not do, run in place of the real ones.

As a program: the reading process with them. Each takes the name of a form.
"""

import os
import signal
import sys
import time
from pathlib import Path

from pipeline.ingest.reading import limits, reader_process
from pipeline.ingest.reading.options import Reading
from pipeline.ingest.reading.readers import RawTable

SECONDS = 2
SECRET = "Anna Muster, geb. 1.2.1985"


def crash(path: Path, _: Reading) -> RawTable:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def leave(path: Path, _: Reading) -> RawTable:
    os._exit(0)


def hang(path: Path, _: Reading) -> RawTable:
    path.with_suffix(".pid").write_text(str(os.getpid()))
    time.sleep(1000)
    raise AssertionError


def compute(path: Path, _: Reading) -> RawTable:
    while True:
        pass


def grow(path: Path, _: Reading) -> RawTable:
    held = []
    while True:
        held.append(bytearray(1 << 26))


def write(path: Path, _: Reading) -> RawTable:
    with path.with_suffix(".gross").open("wb") as file:
        while True:
            file.write(bytes(1 << 20))


def open_files(path: Path, _: Reading) -> RawTable:
    held = []
    while True:
        held.append(path.open("rb"))


def fail(path: Path, _: Reading) -> RawTable:
    raise ValueError(SECRET)


def look_around(path: Path, _: Reading) -> RawTable:
    path.with_suffix(".umgebung").write_text(" ".join(sorted(os.environ)))
    raise ValueError


FORMS = {f.__name__: f for f in
         (crash, leave, hang, compute, grow, write, open_files, fail, look_around)}  # fmt: skip

if __name__ == "__main__":
    limits.SECONDS = int(sys.argv[1])
    limits.ADDRESS_SPACE = 2 << 30
    limits.LARGEST_OUTPUT = 1 << 24
    reader_process.READERS.update(FORMS)
    reader_process.serve()
