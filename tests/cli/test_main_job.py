"""The main job from outside: what a run says, when it does nothing, what it repairs."""

import json
import shutil
from pathlib import Path

from tests.cli.small import MONTHS, NOTE, PERSONS, Place, write_delivery


def published(place: Place) -> dict[str, bytes]:
    """The published files of the one report by name, without the run record."""
    (report,) = (p for p in place.reports.iterdir() if p.is_dir() and not p.is_symlink())
    return {
        str(p.relative_to(report)): p.read_bytes()
        for p in report.rglob("*")
        if p.is_file() and p.name != "lauf.json"
    }


def times(place: Place) -> dict[Path, int]:
    """When each curated table and report was last written."""
    files = [*place.curated.rglob("*"), *place.reports.rglob("*")]
    return {p: p.stat().st_mtime_ns for p in files if p.is_file() and not p.name.startswith(".")}


def test_a_run_says_what_it_took_and_where_the_report_is(place: Place) -> None:
    done = place.report()
    assert done.returncode == 0, done.stderr
    rows = len(MONTHS) * len(PERSONS)
    assert (
        f"klein/bestand.csv: {rows} Zeilen geliefert = {rows} übernommen + 0 abgewiesen + "
        "0 zusammengeführt"
    ) in done.stdout
    assert "Berichtsmonate 2015-01..2015-04" in done.stdout
    assert "Ohne Gliederung nach massnahme,instrument" in done.stdout
    assert "Ohne K2E4, K3E1, EQ_1 bis EQ_18, FQ, FA_ELB, FA_ALO: Spalte oder" in done.stdout
    assert done.stdout.count("Nicht veröffentlichbar: ") == 3
    last = done.stdout.splitlines()[-1]
    assert last.startswith("Bericht: ")
    assert Path(last.removeprefix("Bericht: ")).is_file()
    record = json.loads((place.curated / "lauf.json").read_text())
    assert record["zusammenfassung"]["lieferungen"] == ["klein"]
    assert set(record["ausgaben_sha256"]) >= {"mart_quote", "pub_quote", "core_personenmonat"}
    beside_the_pages = json.loads((place.reports / "aktuell" / "lauf.json").read_text())
    assert set(beside_the_pages["ausgaben_sha256"]) == {"pub_quote", "pub_angaben"}
    assert "zeilenbilanz" not in beside_the_pages["zusammenfassung"]


def test_without_options_the_folders_are_those_below_the_working_directory(tmp_path: Path) -> None:
    write_delivery(tmp_path / "data" / "raw")
    done = Place(tmp_path).call("report")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "reports" / "aktuell" / "index.html").is_file()
    assert (tmp_path / "data" / "curated" / "mart_quote.parquet").is_file()


def test_a_second_run_does_nothing_and_says_so(computed: Place) -> None:
    before = times(computed)
    done = computed.report()
    assert done.returncode == 0
    assert done.stdout.startswith("Nichts zu tun")
    assert times(computed) == before


def test_a_curated_table_that_was_changed_is_found_and_written_again(computed: Place) -> None:
    expected = published(computed)
    table = computed.curated / "mart_quote.parquet"
    original = table.read_bytes()
    damaged = bytearray(original)
    damaged[len(damaged) // 2] ^= 1
    table.write_bytes(bytes(damaged))
    judged = computed.call("validate", "--curated", str(computed.curated))
    assert judged.returncode == 13
    assert "mart_quote" in judged.stderr
    assert computed.report().returncode == 0
    assert table.read_bytes() == original
    assert published(computed) == expected


def test_a_report_that_was_changed_is_written_again(computed: Place) -> None:
    page = computed.reports / "aktuell" / "index.html"
    original = page.read_bytes()
    page.write_bytes(original + b"<!-- -->")
    assert computed.report().returncode == 0
    assert (computed.reports / "aktuell" / "index.html").read_bytes() == original


def test_validate_judges_the_tables_that_are_there(computed: Place) -> None:
    done = computed.call("validate", "--curated", str(computed.curated))
    assert done.returncode == 0, done.stderr
    assert "Regeln bestanden." in done.stdout


def test_another_place_and_an_earlier_day_give_the_same_bytes(
    computed: Place, tmp_path: Path
) -> None:
    elsewhere = Place(tmp_path)
    shutil.copytree(computed.raw, elsewhere.raw)
    done = elsewhere.report("--as-of", "2015-07-31")
    assert done.returncode == 0
    ours, theirs = published(elsewhere), published(computed)
    assert ours["tabellen/quoten.csv"] == theirs["tabellen/quoten.csv"]


def test_a_real_delivery_is_used_instead_of_a_synthetic_one(place: Place) -> None:
    note = NOTE.replace("klein", "erfunden") + "synthetisch = true\n"
    write_delivery(place.raw, "erfunden", note)
    done = place.report()
    assert done.returncode == 0
    assert "Lieferungen: klein\n" in done.stdout
    assert "erfunden nicht verwendet" in done.stdout


def test_no_value_of_a_person_leaves_the_data_folders(computed: Place) -> None:
    outside = [p for p in computed.reports.rglob("*") if p.is_file()]
    outside += [computed.curated / name for name in ("protokoll.jsonl", "stand.json")]
    outside += [computed.curated / "pruefung.json"]
    for path in outside:
        content = path.read_bytes()
        assert b"KANARIE" not in content, path
        assert b"GEHEIMARBEIT" not in content, path
