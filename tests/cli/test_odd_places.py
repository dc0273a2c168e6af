"""Odd but possible: minimal columns, links, nested folders, shared folders, damaged state."""

import fcntl
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.breakdowns import breakdowns
from pipeline.errors import UsageError
from pipeline.settings import load_settings
from tests.cli.small import NOTE, Place, write_delivery

MINIMAL = 3


def test_a_delivery_with_nothing_but_the_required_columns_makes_a_report(place: Place) -> None:
    file = place.raw / "klein" / "bestand.csv"
    lines = [";".join(line.split(";")[:MINIMAL]) for line in file.read_text().splitlines()]
    file.write_text("\n".join(lines) + "\n")
    done = place.report()
    assert done.returncode == 0, done.stderr
    present = set(pq.read_table(place.curated / "mart_quote.parquet")["schnitt"].to_pylist())
    assert present == {"insgesamt"}
    absent = ",".join(b.id for b in breakdowns() if b.id != "insgesamt")
    assert f"Ohne Gliederung nach {absent}: Spalte nicht geliefert." in done.stdout


def test_one_stichtag_far_away_does_not_stop_the_others(place: Place) -> None:
    with (place.raw / "klein" / "bestand.csv").open("a") as file:
        file.write("KANARIE000;1915-06-15;w;1980;1914-01-01\n")
    done = place.report()
    assert done.returncode == 0, done.stderr
    assert "Berichtsmonate 2015-01..2015-04" in done.stdout


def test_a_change_behind_a_linked_delivery_folder_is_noticed(tmp_path: Path) -> None:
    place = Place(tmp_path)
    outside = write_delivery(tmp_path / "freigabe")
    place.raw.mkdir()
    (place.raw / "verweis").symlink_to(outside)
    assert place.report().returncode == 0
    lines = (outside / "beschaeftigungen.csv").read_text().splitlines()
    (outside / "beschaeftigungen.csv").write_text("\n".join(lines[:-1]) + "\n")
    done = place.report()
    assert "Nichts zu tun" not in done.stdout
    assert "beschaeftigungen.csv: 3 Zeilen geliefert" in done.stdout


def test_a_renamed_delivery_is_called_by_its_new_name(place: Place) -> None:
    (place.raw / "klein" / "lieferung.toml").unlink()
    assert place.report().returncode == 0
    (place.raw / "klein").rename(place.raw / "Juni 1")
    assert "Lieferungen: Juni 1\n" in place.report().stdout


@pytest.mark.parametrize(
    ("raw", "curated", "reports"),
    [("a", "a", "b"), ("a", "a/b", "c"), ("a/b", "a", "c"), ("a", "b", "b"), ("a", "b", "a/c")],
)
def test_folders_that_lie_in_one_another_are_refused(raw: str, curated: str, reports: str) -> None:
    with pytest.raises(UsageError, match="liegen ineinander"):
        load_settings(raw=Path(raw), curated=Path(curated), reports=Path(reports))


def test_two_runs_on_one_reports_folder_are_one_too_many(computed: Place, tmp_path: Path) -> None:
    with (computed.reports / ".sperre").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folders = ["--raw", computed.raw, "--curated", tmp_path / "c", "--out", computed.reports]
        done = computed.call("report", *map(str, folders))
    assert done.returncode == 75


@pytest.mark.parametrize("state", ["null", "[]", '{"einlesen": 1}', "{"])
def test_a_damaged_record_of_the_state_only_costs_time(computed: Place, state: str) -> None:
    (computed.curated / "stand.json").write_text(state)
    done = computed.report()
    assert done.returncode == 0, done.stderr
    assert json.loads((computed.curated / "stand.json").read_text())["einlesen"]


@pytest.mark.parametrize("value", ["threads = -1", 'memory_limit = "viel"', "memory_limit = 2"])
def test_an_impossible_setting_is_exit_10(place: Place, value: str) -> None:
    (place.root / "pipeline.toml").write_text(value + "\n")
    done = place.report()
    assert done.returncode == 10
    assert value.partition(" ")[0] in done.stderr


def test_a_link_that_leads_nowhere_is_exit_11(place: Place) -> None:
    (place.raw / "klein" / "bestand.csv").unlink()
    (place.raw / "klein" / "bestand.csv").symlink_to("gibt-es-nicht.csv")
    done = place.report()
    assert done.returncode == 11, done.stderr
    assert "Traceback" not in done.stderr


def test_rejected_rows_are_told_with_rule_and_remedy(place: Place) -> None:
    file = place.raw / "klein" / "bestand.csv"
    lines = file.read_text().splitlines()
    lines[1] = lines[1].replace(";m;", ";q;").replace(";w;", ";q;")
    lines[2] = lines[2].replace(";1980;", ";neunzehn;")
    file.write_text("\n".join(lines) + "\n")
    done = place.report()
    assert done.returncode == 0, done.stderr
    assert "klein/bestand: 1 Zeilen abgewiesen (BES-02): " in done.stdout
    assert "klein/bestand, Spalte geburtsjahr: 1 Zellen nicht lesbar" in done.stdout


def test_a_look_back_leaves_the_newest_report_in_its_place(place: Place) -> None:
    assert place.report().returncode == 0
    newest = (place.reports / "aktuell").resolve()
    note = NOTE.replace("2015-07-31", "2015-08-31").replace("voll", "nachlieferung")
    write_delivery(place.raw, "zwei", note.replace("klein", "zwei"))
    assert place.report("--as-of", "2015-07-31").returncode == 0
    assert (place.reports / "aktuell").resolve() == newest


def test_the_demo_is_written_only_where_nothing_was_delivered(tmp_path: Path) -> None:
    place = Place(tmp_path)
    write_delivery(place.raw)
    assert place.report("--demo-wenn-leer").returncode == 0
    assert [p.name for p in place.raw.iterdir()] == ["klein"]


def test_deliveries_with_pseudonyms_of_their_own_are_not_linked_and_the_page_says_so(
    place: Place,
) -> None:
    later = NOTE.replace("klein", "spaeter").replace("2015-07-31", "2015-08-31")
    write_delivery(place.raw, "spaeter", later + 'pseudonym = "je_lieferung"\n')
    wrong = (
        "[[korrektur]]",
        'lieferung = "spaeter"',
        'tabelle = "beschaeftigungen"',
        'wo = {person_id = "KANARIE000"}',
        'spalte = "beginn"',
        "expect = 2014-03-20",
        'wert = "21.03.2014"',
        'grund = "Zahlendreher."',
        'informiert = "Fachverfahren"',
    )
    (place.raw / "corrections.toml").write_text("\n".join(wrong), encoding="utf-8")
    done = place.report()
    assert done.returncode == 0, done.stderr
    assert "Lieferungen: spaeter\n" in done.stdout
    assert "klein nicht verwendet: Pseudonyme gelten nur innerhalb einer Lieferung" in done.stdout
    assert "spaeter/beschaeftigungen, Spalte beginn: 1 Zeilen berichtigt" in done.stdout
    page = (place.reports / "aktuell" / "index.html").read_text(encoding="utf-8")
    assert "Die Pseudonyme gelten nur innerhalb einer Lieferung." in page
    public = (place.reports / "aktuell" / "lauf.json").read_text(encoding="utf-8")
    assert "Zahlendreher" not in public
