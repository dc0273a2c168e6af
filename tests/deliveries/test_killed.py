"""A run that is killed at any moment and run again ends as if nothing had happened.

A normal run kills four times; `KAMPAGNE=voll` a hundred times.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline import files
from tests.cli.small import NOTE, PERSONS, PROJECT, Place, write_delivery

FULL = os.environ.get("KAMPAGNE") == "voll"
KILLS = range(100 if FULL else 4)
# What the record of a run says about when and as which process it ran.
TIMES = {"zeit", "prozess", "sekunden"}
LOG, LOCK = "protokoll.jsonl", ".sperre"
# Long enough for any machine: what takes longer hangs.
PATIENCE = 60.0
Hashes = dict[str, str]


@dataclass(frozen=True)
class Undisturbed:
    """A place after a run nobody disturbed, and how long it took.

    before: the place before the run. hashes: of all it left. seconds: wall.
    """

    before: Place
    hashes: Hashes
    seconds: float


def digest(path: Path) -> str:
    """What a link points to, or the hash of a file; of records without the times of the run."""
    if path.is_symlink():
        return str(path.readlink())
    content = path.read_bytes()
    if path.name in ("lauf.json", "stand.json"):
        record = json.loads(content)
        # The hash of the report is one of its lauf.json too.
        record.get("berichten", {}).pop("sha256", None)
        summary = record.get("zusammenfassung", {})
        # A first run that had computed everything before it was killed does not say it again.
        if (summary.get("aenderungen") or {}).get("stand") in (None, "erster"):
            summary.pop("aenderungen", None)
        content = json.dumps({k: v for k, v in record.items() if k not in TIMES}).encode()
    return hashlib.sha256(content).hexdigest()


def hashes(folder: Path) -> Hashes:
    """Everything below a folder but the log and the lock, by its path in it."""
    found = [p for p in folder.rglob("*") if p.name not in (LOG, LOCK)]
    return {
        p.relative_to(folder).as_posix(): "" if p.is_dir() and not p.is_symlink() else digest(p)
        for p in sorted(found)
    }


def outcome(place: Place) -> Hashes:
    """Everything a run leaves, hidden files and empty folders too."""
    return {
        f"{folder.name}/{name}": value
        for folder in (place.curated, place.reports)
        for name, value in hashes(folder).items()
    }


def add_month(raw: Path) -> None:
    """One more Stichtag, and one more person who takes up work."""
    folder = raw / "klein-2"
    folder.mkdir()
    note = NOTE.replace("klein", "klein-2").replace("2015-07-31", "2015-08-31")
    (folder / "lieferung.toml").write_text(note.replace("voll", "nachlieferung"))
    stock = [f"{name};2015-05-15;{sex};1980;2012-05-15" for name, sex in PERSONS.items()]
    header = "person_id;stichtag;geschlecht;geburtsjahr;leistungsbezug_seit"
    (folder / "bestand.csv").write_text("\n".join([header, *stock]) + "\n")
    job = f"B99;{list(PERSONS)[1]};2015-04-20;sv;GEHEIMARBEIT99"
    header = "beschaeftigung_id;person_id;beginn;art;arbeitgeber_id"
    (folder / "beschaeftigungen.csv").write_text(f"{header}\n{job}\n")


def copy(place: Place, root: Path) -> Place:
    """The same place elsewhere."""
    shutil.copytree(place.root, root, symlinks=True, dirs_exist_ok=True)
    return Place(root)


def undisturbed(before: Place, root: Path) -> Undisturbed:
    place = copy(before, root)
    started = time.monotonic()
    done = place.report()
    seconds = time.monotonic() - started
    assert done.returncode == 0, done.stdout + done.stderr
    return Undisturbed(before, outcome(place), seconds)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """The first run over a delivery."""
    before = Place(tmp_path_factory.mktemp("neu"))
    write_delivery(before.raw)
    return undisturbed(before, before.root.with_name("erster"))


@pytest.fixture(scope="module")
def second(first: Undisturbed, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """The run after a month was added to a finished state."""
    before = copy(Place(first.before.root.with_name("erster")), tmp_path_factory.mktemp("mehr"))
    add_month(before.raw)
    return undisturbed(before, before.root.with_name("zweiter"))


def start(place: Place) -> "subprocess.Popen[str]":
    """A report in a process group of its own."""
    folders = ["--raw", place.raw, "--curated", place.curated, "--out", place.reports]
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "report", *map(str, folders)],
        cwd=place.root,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def descendants(pid: int) -> set[int]:
    """The processes below a process."""
    found = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = {int(child) for child in task.read_text().split()}
        except OSError:
            continue
        found |= children.union(*map(descendants, children))
    return found


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def report_files(hashes: Hashes) -> set[tuple[str, str]]:
    """Name and hash of the files of the report that `aktuell` points to."""
    newest = f"reports/{hashes['reports/aktuell']}/"
    return {(k.removeprefix(newest), v) for k, v in hashes.items() if k.startswith(newest)}


def kill(place: Place, wait: float, whole_group: bool) -> None:
    """Start a run and kill it; `aktuell` never points to nothing; no child stays."""
    current = place.reports / "aktuell"
    had_report = current.exists()
    process = start(place)
    until = time.monotonic() + wait
    while time.monotonic() < until and process.poll() is None:
        assert not had_report or (current / "lauf.json").is_file()
        time.sleep(0.005)
    children = descendants(process.pid)
    # A machine that has become faster may have finished.
    if process.poll() is None:
        (os.killpg if whole_group else os.kill)(process.pid, signal.SIGKILL)
    process.communicate()
    limit = time.monotonic() + PATIENCE
    while left := {pid for pid in children if is_alive(pid)}:
        assert time.monotonic() < limit, f"{len(left)} processes outlive the run"
        time.sleep(0.02)


@pytest.mark.parametrize("number", KILLS)
def test_a_killed_run_repeated_ends_as_an_undisturbed_one(
    first: Undisturbed, second: Undisturbed, tmp_path: Path, number: int
) -> None:
    run = (first, second)[number % 2]
    place = copy(run.before, tmp_path / "ort")
    chance = random.Random(number)
    kill(place, chance.uniform(0, run.seconds), whole_group=number % 4 < 2)

    complete = [report_files(known.hashes) for known in (first, second)]
    assert run is first or (place.reports / "aktuell").exists()
    if (place.reports / "aktuell").exists():
        assert set(hashes((place.reports / "aktuell").resolve()).items()) in complete

    done = place.report()
    assert done.returncode == 0, done.stdout + done.stderr
    assert outcome(place) == run.hashes


def test_what_is_compared_tells_the_two_runs_apart(
    first: Undisturbed, second: Undisturbed
) -> None:
    assert report_files(first.hashes) != report_files(second.hashes)
    assert first.hashes["curated/mart_quote.parquet"] != second.hashes["curated/mart_quote.parquet"]
    hidden = [name for name in second.hashes if "/." in name]
    assert hidden == []


def test_of_two_runs_at_once_one_works_and_the_other_names_it(
    first: Undisturbed, tmp_path: Path
) -> None:
    place = copy(first.before, tmp_path / "ort")
    runs = [start(place), start(place)]
    said = [run.communicate()[1] for run in runs]
    ended = sorted((run.returncode, run.pid, line) for run, line in zip(runs, said, strict=True))
    assert [code for code, _, _ in ended] == [0, 75], said
    (_, winner, _), (_, _, refusal) = ended
    assert f"Prozess {winner})" in refusal
    assert outcome(place) == first.hashes


def test_what_a_killed_process_left_of_a_record_or_a_link_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(files.os, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            files.write_json(tmp_path / "stand.json", {"a": 1})
        with pytest.raises(KeyboardInterrupt):
            files.point_to(tmp_path / "aktuell", tmp_path / "eins")
    monkeypatch.setattr(files.os, "getpid", lambda: -1)
    files.write_json(tmp_path / "stand.json", {"a": 2})
    files.point_to(tmp_path / "aktuell", tmp_path / "zwei")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["aktuell", "stand.json"]
    assert (tmp_path / "aktuell").readlink() == Path("zwei")
