"""python -m pipeline explore: where the unsuppressed view goes, and where it must not."""

import json
import stat
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.explore import MARTS
from pipeline.files import hash_path
from pipeline.runner import STATE
from pipeline.stages import file_name
from tests.cli.small import Place
from tests.report.explorer_page import data_of, figures, k2, mart

SHARE = ("FA_ELB", "2015-12", "insgesamt", "insgesamt", "", "w", 3, None, 8.0)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder with the marts of a run: K2 of two women in a hundred, and a share."""
    place = Place(tmp_path)
    place.curated.mkdir()
    tables = {"mart_quote": mart(k2("2015-12", "w", 2, 1200)), "mart_anteil": mart(SHARE)}
    for name in MARTS:
        pq.write_table(tables[name], place.curated / file_name(name))
    facts = {"schluessel": ["jobcenter", "datenstand"], "wert": ["Jobcenter Süd", "2016-03-31"]}
    pq.write_table(pa.table(facts), place.curated / file_name("pub_angaben"))
    hashes = {name: hash_path(place.curated / file_name(name)) for name in MARTS}
    (place.curated / STATE).write_text(json.dumps({"rechnen": {"ausgaben": hashes}}))
    return place


def explore(place: Place, *more: str) -> tuple[int, str]:
    done = place.call("explore", "--curated", str(place.curated), *more)
    assert "Traceback" not in done.stderr + done.stdout
    return done.returncode, done.stdout + done.stderr


def test_the_view_goes_to_data_intern_for_its_owner_alone(place: Place) -> None:
    code, said = explore(place)
    page = place.root / "data" / "intern" / "explorer.html"
    assert (code, said) == (
        0,
        "Interne Ansicht, nicht weitergeben: data/intern/explorer.html\n",
    )
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert [p.name for p in page.parent.iterdir()] == ["explorer.html"]
    assert not place.reports.exists()


def test_the_view_holds_what_would_be_suppressed_from_every_mart(place: Place) -> None:
    explore(place)
    html = (place.root / "data" / "intern" / "explorer.html").read_text(encoding="utf-8")
    total = ("insgesamt", "insgesamt", "")
    shown = figures(data_of(html))
    assert shown["K2", "2015-12", *total, "w"] == ("unsicher", 2, 100, 20)
    assert len(shown) == len(MARTS)
    assert "Jobcenter Süd" in html and "31.\u00a0März\u00a02016" in html


def test_another_folder_can_be_chosen_and_an_older_view_is_replaced(place: Place) -> None:
    folder = place.root / "anderswo"
    folder.mkdir()
    (folder / "explorer.html").write_text("alt")
    (folder / "explorer.html").chmod(0o644)
    code, _ = explore(place, "--intern", str(folder), "--lang", "en")
    page = folder / "explorer.html"
    assert code == 0 and "For official use only" in page.read_text(encoding="utf-8")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600


def test_the_same_marts_give_the_same_bytes(place: Place) -> None:
    pages = []
    for name in ("eins", "zwei"):
        explore(place, "--intern", str(place.root / name))
        pages.append((place.root / name / "explorer.html").read_bytes())
    assert pages[0] == pages[1]


@pytest.mark.parametrize("folder", ["reports", "reports/2015-12-abc", "verweis/tiefer"])
def test_nothing_unsuppressed_goes_below_the_reports(place: Place, folder: str) -> None:
    place.reports.mkdir()
    (place.root / "verweis").symlink_to(place.reports)
    code, said = explore(place, "--intern", str(place.root / folder))
    assert code == 10
    assert "liegt im Ordner der Berichte" in said and "--intern" in said
    assert list(place.reports.iterdir()) == []


def test_the_folder_of_reports_is_the_one_of_the_settings(place: Place) -> None:
    (place.root / "pipeline.toml").write_text('reports = "berichte"\n')
    assert explore(place, "--intern", str(place.root / "berichte"))[0] == 10
    assert not (place.root / "berichte").exists()


@pytest.mark.parametrize("name", MARTS)
def test_without_a_mart_it_cannot_be_judged_and_says_what_to_do(place: Place, name: str) -> None:
    (place.curated / file_name(name)).unlink()
    code, said = explore(place)
    assert code == 15
    assert name in said and "make report" in said
    assert not (place.root / "data").exists()


def test_without_any_table_it_cannot_be_judged(tmp_path: Path) -> None:
    code, said = explore(Place(tmp_path))
    assert code == 15 and "make report" in said


def test_a_mart_that_was_changed_since_the_run_is_refused(place: Place) -> None:
    pq.write_table(mart(k2("2015-12", "w", 3, 1200)), place.curated / "mart_quote.parquet")
    code, said = explore(place)
    assert code == 13 and "mart_quote" in said
    assert not (place.root / "data").exists()


def test_marts_without_a_row_give_a_view_that_says_so(place: Place) -> None:
    for name in MARTS:
        path = place.curated / file_name(name)
        pq.write_table(pq.read_table(path).slice(0, 0), path)
    hashes = {name: hash_path(place.curated / file_name(name)) for name in MARTS}
    (place.curated / STATE).write_text(json.dumps({"rechnen": {"ausgaben": hashes}}))
    code, _ = explore(place)
    html = (place.root / "data" / "intern" / "explorer.html").read_text(encoding="utf-8")
    assert code == 0 and "noch keine Zahlen" in html and "<script" not in html
    assert "Nur für den Dienstgebrauch" in html
