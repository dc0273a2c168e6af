"""The process that reads delivered files, and nothing else: it trusts none of them.

It waits for requests, reads each file in a child of its own under limits, and answers with one
line of JSON. A child that crashes, hangs or grows too large takes nobody with it.
"""

import json
import os
import pickle
import resource
import select
import signal
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.ingest.identifiers.kinds import kinds
from pipeline.ingest.identifiers.scan import findings, sentences
from pipeline.ingest.naming import place
from pipeline.ingest.reading import limits
from pipeline.ingest.reading.formats import READERS
from pipeline.ingest.reading.handover import hand_over, with_single_contents
from pipeline.ingest.reading.options import Reading
from pipeline.ingest.reading.readers import CELLS

LENGTH = 8


class WithoutPandas(MetaPathFinder):
    """Keeps pyarrow from loading pandas, which takes long and which no reader needs."""

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


@dataclass(frozen=True)
class Request:
    """One file to read.

    canonical: columns of the contract by delivered name, as far as known. target: where to hand
    over. size: bytes of the file, which the limits follow.
    """

    path: Path
    format: str
    reading: Reading
    canonical: dict[str, str]
    target: Path
    size: int


def serve() -> None:
    """Answer requests from standard input until it ends."""
    source, answers = sys.stdin.buffer, sys.stdout
    # What every child needs is there before the first.
    sys.meta_path.insert(0, WithoutPandas())
    kinds()
    pa.array(["", None], CELLS).dictionary_decode()
    while (request := _next(source)) is not None:
        answers.write(json.dumps(_in_child(request, source)) + "\n")
        answers.flush()


def _next(source: BinaryIO) -> Request | None:
    head = source.read(LENGTH)
    if len(head) < LENGTH:
        return None
    request: Request = pickle.loads(source.read(int.from_bytes(head, "big")))
    return request


def _in_child(request: Request, source: BinaryIO) -> dict[str, Any]:
    """The answer of a child; how it ended where it gave none."""
    answer, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(answer)
        _read_and_exit(request, told)
    os.close(told)
    text = b""
    with os.fdopen(answer, "rb") as pipe:
        # The one who asked is silent until the answer; if its end of the pipe closes, it is gone.
        while pipe not in select.select([pipe, source], [], [])[0]:
            os.kill(child, signal.SIGKILL)
            sys.exit()
        text = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status or not text:
        return {"ended": status}
    found: dict[str, Any] = json.loads(text)
    return found


def _read_and_exit(request: Request, told: int) -> NoReturn:
    code = 1
    try:
        _limit(request.size)
        os.write(told, json.dumps(_answer(request)).encode())
        code = 0
    finally:
        os._exit(code)


def _answer(request: Request) -> dict[str, Any]:
    """Read, search for direct identifiers, hand over."""
    where = place(request.path)
    try:
        raw = with_single_contents(READERS[request.format](request.path, request.reading))
        found = findings(raw, request.canonical)
        if found:
            return {"problems": sentences(found, raw.columns, request.canonical, where)}
        hand_over(raw, request.target)
    except DeliveryError as error:
        return {"problems": error.problems}
    except MemoryError:
        return {"memory": True}
    except Exception as error:
        # The message may quote a cell; kind and place do not.
        frame = traceback.extract_tb(error.__traceback__)[-1]
        kind = type(error).__name__
        return {"failed": f"{kind}, {Path(frame.filename).name} Zeile {frame.lineno}"}
    return {}


def _limit(size: int) -> None:
    """Set the limits of this process; a system that does not know one goes without it."""
    seconds = limits.seconds(size)
    bounds = {
        resource.RLIMIT_AS: limits.address_space(size),
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: limits.LARGEST_OUTPUT,
        resource.RLIMIT_NOFILE: limits.MOST_OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        with suppress(ValueError, OSError):
            # At the first bound a signal that says why, at the second an end without one.
            resource.setrlimit(kind, (bound, bound + 1))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    signal.alarm(seconds)
