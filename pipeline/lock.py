"""One run at a time: the lock of a folder that runs write to."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from pipeline.errors import LockedError

LOCK = ".sperre"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder that runs write to, or raise LockedError at once."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise LockedError(
                f"Ein anderer Lauf (Prozess {_holder(file)}) arbeitet gerade in {folder}. "
                "Bitte warten, bis er fertig ist."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def _holder(lock: TextIO) -> str:
    """The process that holds a lock. One that took it a moment ago still has to write who it is."""
    for _ in range(20):
        lock.seek(0)
        if holder := lock.read().strip():
            return holder
        time.sleep(0.02)
    return "unbekannt"
