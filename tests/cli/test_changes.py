"""What the main job says about the last run, from outside."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.cli.small import MONTHS, NOTE, PERSONS, Place, write_delivery

LATER = NOTE.replace("2015-07-31", "2015-08-31")
LAST = list(PERSONS)[-1]


@pytest.fixture
def again(computed: Place, tmp_path: Path) -> Place:
    """A copy of a place with a report, for a delivery to be added."""
    shutil.copytree(computed.root, tmp_path / "ort", symlinks=True)
    return Place(tmp_path / "ort")


def said(place: Place) -> list[str]:
    """The lines of a run between the months and the verdict of the rules."""
    done = place.report()
    assert done.returncode == 0, done.stdout + done.stderr
    first = ("Änderungen", "Neu", "Anders", "Erstmals", "K2 ")
    lines = done.stdout.replace("\u00a0", " ").splitlines()
    return [line for line in lines if line.startswith(first)]


def supplement(raw: Path) -> None:
    """A Nachlieferung: everyone in May, and the last person born a year later in April."""
    note = LATER.replace("klein", "mai").replace("voll", "nachlieferung")
    folder = write_delivery(raw, "mai", note)
    header = "person_id;stichtag;geschlecht;geburtsjahr;leistungsbezug_seit"
    rows = [f"{p};2015-05-15;{sex};1980;2012-05-15" for p, sex in PERSONS.items()]
    rows.append(f"{LAST};2015-04-15;{PERSONS[LAST]};1981;2012-04-15")
    (folder / "bestand.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def without_last(raw: Path) -> None:
    """A full delivery of the same months in which the last person is missing."""
    folder = write_delivery(raw, "neu", LATER.replace("klein", "neu"))
    stock = folder / "bestand.csv"
    kept = [line for line in stock.read_text("utf-8").splitlines() if LAST not in line]
    stock.write_text("\n".join(kept) + "\n", encoding="utf-8")


def test_the_first_run_records_inside_alone_that_there_was_none_before(computed: Place) -> None:
    record = json.loads((computed.curated / "lauf.json").read_text())
    assert record["zusammenfassung"]["aenderungen"]["stand"] == "erster"
    public = (computed.reports / "aktuell" / "lauf.json").read_text()
    assert "aenderungen" not in public


def test_a_supplement_shows_its_month_the_changed_row_and_the_new_quota(again: Place) -> None:
    assert date(2015, 4, 15) == MONTHS[-1]
    supplement(again.raw)
    rows, figures, *months, before, newest = said(again)
    assert rows == "Änderungen in bestand: 12 Zeilen neu, 1 geändert, 0 weggefallen"
    assert figures.startswith("Änderungen der veröffentlichten Zahlen: ")
    assert months == [
        "Neu im Bestand: Mai 2015",
        "Anders im Bestand als zuvor: April 2015",
        "Erstmals mit K2: Mai 2015",
    ]
    assert before.startswith("K2 April 2015, unverändert: Frauen ")
    assert newest.startswith("K2 Mai 2015, neu: Frauen ")
    record = json.loads((again.curated / "lauf.json").read_text())
    assert record["zusammenfassung"]["aenderungen"]["bestand_neu"] == ["2015-05"]
    assert said(again) == []


def test_a_full_delivery_without_a_person_is_told_also_by_the_run_after_a_kill(
    again: Place,
) -> None:
    memory = again.curated / "vorlauf"
    shutil.copytree(memory, again.root / "zuvor", symlinks=True)
    without_last(again.raw)
    lines = said(again)
    gone = f"Änderungen in bestand: 0 Zeilen neu, 0 geändert, {len(MONTHS)} weggefallen"
    assert lines[0] == gone
    assert "Anders im Bestand als zuvor: Januar 2014 bis April 2015" in lines
    assert "Anders in K2 als zuvor: Januar 2015 bis April 2015" in lines
    assert not any(LAST in line for line in lines)
    shutil.rmtree(memory)
    (again.root / "zuvor").rename(memory)
    assert said(again) == lines
    assert said(again) == []


def test_a_damaged_memory_of_the_last_run_costs_nothing_but_the_comparison(again: Place) -> None:
    kept = (again.curated / "vorlauf" / "aktuell" / "core_bestand.parquet").resolve()
    kept.unlink()
    kept.write_bytes(b"PAR1")
    supplement(again.raw)
    (line,) = said(again)
    assert line.startswith("Änderungen: Kein Vergleich möglich")
    assert said(again) == []
