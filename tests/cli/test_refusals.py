"""Whatever a user can cause ends with a sentence and an exit code, never with a traceback."""

import fcntl
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.small import NOTE, Place, write_delivery


def cut(path: Path, keep: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])


def drop_required_column(place: Place) -> None:
    file = place.raw / "klein" / "bestand.csv"
    file.write_text(file.read_text().replace("geschlecht", "g", 1))


def put_binary(place: Place) -> None:
    (place.raw / "klein" / "bestand.csv").write_bytes(b"\x00\x01\x02" * 50)


def put_broken_parquet(place: Place) -> None:
    (place.raw / "klein" / "bestand.csv").unlink()
    (place.raw / "klein" / "bestand.parquet").write_bytes(b"PAR1 and nothing else")


def empty_file(place: Place) -> None:
    (place.raw / "klein" / "beschaeftigungen.csv").write_bytes(b"")


def remove_placements(place: Place) -> None:
    (place.raw / "klein" / "beschaeftigungen.csv").unlink()


def add_second_carrier(place: Place) -> None:
    write_delivery(place.raw, "zwei", NOTE.replace("jc-1", "jc-2").replace("klein", "zwei"))


def shift_stichtag(place: Place) -> None:
    folder = write_delivery(place.raw, "zwei", NOTE.replace("klein", "zwei"))
    file = folder / "bestand.csv"
    file.write_text(file.read_text().replace("2014-03-15", "2014-03-14"))


def misspell_note(place: Place) -> None:
    (place.raw / "klein" / "lieferung.toml").write_text(NOTE + 'datenstant = "x"\n')


@pytest.mark.parametrize(
    ("damage", "word"),
    [
        (drop_required_column, "geschlecht"),
        (put_binary, "bestand.csv"),
        (put_broken_parquet, "bestand.parquet"),
        (empty_file, "beschaeftigungen.csv"),
        (remove_placements, "beschaeftigungen"),
        (add_second_carrier, "jc-2"),
        (shift_stichtag, "03/2014"),
        (misspell_note, "datenstant"),
    ],
)
def test_a_damaged_delivery_is_refused_with_exit_11(
    place: Place, damage: Callable[[Place], None], word: str
) -> None:
    damage(place)
    before = {p: p.read_bytes() for p in place.raw.rglob("*") if p.is_file()}
    done = place.report()
    assert done.returncode == 11, done.stdout + done.stderr
    assert done.stderr.startswith("Fehler: ")
    assert word in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "KANARIE" not in done.stderr + done.stdout
    assert not (place.reports / "aktuell").exists()
    assert before == {p: p.read_bytes() for p in place.raw.rglob("*") if p.is_file()}


def test_no_delivery_at_all_says_how_to_get_one(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.raw.mkdir()
    done = place.report()
    assert done.returncode == 11
    assert "python -m pipeline demo" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("report", "--as-of", "31.02.2015"), "kein Datum"),
        (("report", "--gibtesnicht",), "gibtesnicht"),
        (("berichte",), "berichte"),
        (("report", "--lang", "fr"), "sprache"),
        (("demo", "--bestand", "0"), "bestand"),
        (("demo", "--form", "ods"), "form"),
    ],
)
def test_a_wrong_command_line_is_exit_10(
    place: Place, arguments: tuple[str, ...], word: str
) -> None:
    done = place.call(*arguments)
    assert done.returncode == 10, done.stdout + done.stderr
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_setting_is_exit_10_and_named(place: Place) -> None:
    (place.root / "pipeline.toml").write_text('rohdaten = "x"\n')
    done = place.report()
    assert done.returncode == 10
    assert "rohdaten" in done.stderr


def test_a_day_before_every_delivery_leaves_nothing_to_compute(place: Place) -> None:
    done = place.report("--as-of", "2015-07-30")
    assert done.returncode == 11
    assert "Datenstand" in done.stderr


def test_a_second_run_is_refused_at_once_while_the_first_holds_the_lock(place: Place) -> None:
    place.curated.mkdir()
    with (place.curated / ".sperre").open("w") as lock:
        lock.write("4711")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        started = time.monotonic()
        done = place.report()
    assert done.returncode == 75
    assert "4711" in done.stderr
    assert time.monotonic() - started < 30


def test_twelve_stichtage_are_too_few_for_a_report(place: Place) -> None:
    file = place.raw / "klein" / "bestand.csv"
    lines = file.read_text().splitlines()
    file.write_text("\n".join(x for x in lines if not x.split(";")[1].startswith("2015")) + "\n")
    done = place.report()
    assert done.returncode == 15
    assert "13 Stichtage" in done.stderr
    assert (place.curated / "mart_quote.parquet").exists()


def test_validate_without_tables_cannot_judge(tmp_path: Path) -> None:
    done = Place(tmp_path).call("validate", "--curated", str(tmp_path / "curated"))
    assert done.returncode == 15
    assert "make report" in done.stderr
