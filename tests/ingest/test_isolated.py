"""A reader that crashes, hangs, grows or writes without end takes nobody with it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.errors import DeliveryError
from pipeline.ingest.reading import isolated
from pipeline.ingest.reading.isolated import read_isolated
from pipeline.ingest.reading.options import Reading
from tests.cli.small import PROJECT
from tests.ingest.building import bestand
from tests.ingest.hostile_readers import FORMS, SECONDS, SECRET

HOSTILE = (
    "import runpy, sys; sys.path.insert(0, sys.argv[2]); "
    "runpy.run_module('tests.ingest.hostile_readers', run_name='__main__')"
)
AGAIN = "Datei prüfen und neu anfordern"
ENDS = {
    "crash": "Das Lesen brach ab (Signal 11): Die Datei ist beschädigt, oder der Speicher reicht "
    f"nicht. {AGAIN}.",
    "leave": "Das Lesen brach ab (Signal 0): Die Datei ist beschädigt, oder der Speicher reicht "
    f"nicht. {AGAIN}.",
    "hang": f"Das Lesen dauerte länger als {SECONDS} Sekunden und wurde abgebrochen. {AGAIN} oder "
    "nach Zeiträumen teilen.",
    "compute": f"Das Lesen dauerte länger als {SECONDS} Sekunden und wurde abgebrochen. {AGAIN} "
    "oder nach Zeiträumen teilen.",
    "grow": f"Das Lesen braucht mehr Speicher, als einer Datei dieser Größe zusteht. {AGAIN} oder "
    "nach Zeiträumen teilen.",
    "write": "Das Lesen brach ab (Signal 25): Die Datei ist beschädigt, oder der Speicher reicht "
    f"nicht. {AGAIN}.",
    "open_files": "Das Lesen ist gescheitert (OSError, pathlib.py Zeile 0). "
    f"{AGAIN}.",
    "fail": f"Das Lesen ist gescheitert (ValueError, hostile_readers.py Zeile 0). {AGAIN}.",
    "look_around": "Das Lesen ist gescheitert (ValueError, hostile_readers.py Zeile 0). "
    f"{AGAIN}.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A delivery folder with a good file."""
    (tmp_path / "l1").mkdir()
    (tmp_path / "l1" / "bestand.csv").write_text(bestand("A;2024-01-15;w"))
    return tmp_path / "l1"


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A reading process with the hostile readers, and the real one again afterwards."""
    isolated._process.cache_clear()
    command = (sys.executable, "-c", HOSTILE, str(SECONDS), str(PROJECT))
    monkeypatch.setattr(isolated, "COMMAND", command)
    monkeypatch.setattr(isolated.limits, "SECONDS", SECONDS)
    yield
    isolated._process.cache_clear()


def read(folder: Path, form: str) -> int:
    """The rows of bestand.csv read in the given form."""
    raw = read_isolated(folder / "bestand.csv", form, Reading(("person_id",)), {}, folder.parent)
    return raw.table.num_rows


@pytest.mark.usefixtures("hostile")
@pytest.mark.parametrize("form", FORMS)
def test_whatever_a_reader_does_ends_with_a_sentence_and_the_next_file_is_read(
    folder: Path, form: str
) -> None:
    started = time.monotonic()
    with pytest.raises(DeliveryError) as caught:
        read(folder, form)
    assert time.monotonic() - started < SECONDS + 3
    [sentence] = caught.value.problems
    assert re.sub(r"Zeile \d+", "Zeile 0", sentence) == f"l1/bestand.csv: {ENDS[form]}"
    assert SECRET not in str(caught.value)
    assert [path.name for path in folder.parent.iterdir()] == ["l1"]
    assert read(folder, "csv") == 1


@pytest.mark.usefixtures("hostile")
def test_the_environment_of_a_reader_holds_nothing_of_the_users(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHEIM", "x")
    with pytest.raises(DeliveryError):
        read(folder, "look_around")
    names = (folder / "bestand.umgebung").read_text().split()
    assert set(names) <= {"OPENBLAS_NUM_THREADS", "LC_CTYPE"}


def test_a_killed_reading_process_is_started_anew(folder: Path) -> None:
    assert read(folder, "csv") == 1
    isolated._process(os.getpid()).kill()
    with pytest.raises(DeliveryError, match="der Leseprozess endete mit Rückgabewert -9"):
        read(folder, "csv")
    assert read(folder, "csv") == 1


@pytest.mark.usefixtures("hostile")
def test_a_reader_does_not_outlive_the_run(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from pipeline.ingest.reading import isolated\n"
        "from pipeline.ingest.reading.options import Reading\n"
        f"isolated.COMMAND = {(*isolated.COMMAND[:3], '1000', str(PROJECT))!r}\n"
        "file = Path(sys.argv[1])\n"
        "isolated.read_isolated(file, 'hang', Reading(()), {}, file.parent)\n"
    )
    command = [sys.executable, "-c", program, str(folder / "bestand.csv")]
    run = subprocess.Popen(command, cwd=PROJECT)
    note = folder / "bestand.pid"
    wait_until(note.exists)
    reader = int(note.read_text())
    assert alive(reader)
    run.send_signal(signal.SIGKILL)
    run.wait()
    wait_until(lambda: not alive(reader))


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for what must happen within ten seconds."""
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("nothing happened for ten seconds")
