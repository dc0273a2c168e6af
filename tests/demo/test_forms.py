"""Whatever the form of the demo, it comes to the same marts, byte for byte.

A normal run takes 300 people in stock; `KAMPAGNE=voll` takes 3 000.
"""

import os
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pyarrow.parquet as pq
import pytest

from pipeline.demo import demo_history, demo_tables, excel_form
from pipeline.demo.foreign_form import foreign_table, write_csv
from pipeline.demo.state import History
from pipeline.demo.write import Form, write_delivery
from pipeline.errors import UsageError
from pipeline.ingest.profiles.profile import load_profile
from tests.property.product import build_marts

FULL = os.environ.get("KAMPAGNE") == "voll"
BESTAND, MONATE = (3000, 60) if FULL else (300, 30)
MARTS = ("mart_quote", "mart_veroeffentlichung")
FOREIGN = [form for form in get_args(Form) if form != "csv"]


@pytest.fixture(scope="module")
def history() -> History:
    return demo_history(bestand=BESTAND, seed=5, von=date(2012, 4, 1), monate=MONATE)


def marts(history: History, form: Form, root: Path) -> list[bytes]:
    write_delivery(history, root / "raw" / "demo", form=form)
    return built(root)


def built(root: Path) -> list[bytes]:
    curated = root / "curated"
    curated.mkdir()
    build_marts(root / "raw", curated)
    return [(curated / f"{name}.parquet").read_bytes() for name in MARTS]


@pytest.fixture(scope="module")
def canonical(history: History, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The marts of the demo in canonical CSV."""
    folder = tmp_path_factory.mktemp("kanonisch")
    found = marts(history, "csv", folder)
    assert pq.read_table(folder / "curated" / "mart_quote.parquet").num_rows > 100
    return found


@pytest.mark.parametrize("form", FOREIGN)
def test_every_form_comes_to_the_marts_of_the_canonical_one(
    history: History, canonical: list[bytes], form: Form, tmp_path: Path
) -> None:
    assert marts(history, form, tmp_path) == canonical


def test_the_german_form_is_german(history: History, tmp_path: Path) -> None:
    write_delivery(history, tmp_path / "demo", form="deutsch")
    raw = (tmp_path / "demo" / "Personenbestand.csv").read_bytes()
    lines = raw.decode("cp1252").split("\r\n")
    assert lines[0].startswith("Pseudonym;Statistischer Stichtag;Geschlecht;Jahr der Geburt;")
    assert re.fullmatch(r"P\d{7};\d\d\.\d\d\.\d{4};(weiblich|männlich|divers|);.*", lines[1])
    assert "männlich" not in raw.decode("utf-8", errors="replace")


@pytest.mark.parametrize("form", FOREIGN)
def test_the_same_arguments_give_the_same_bytes(
    history: History, form: Form, tmp_path: Path
) -> None:
    written = []
    for name in ("a", "b"):
        folder = tmp_path / name / "demo"
        write_delivery(history, folder, form=form)
        written.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert written[0] == written[1]


@pytest.mark.parametrize("form", FOREIGN)
def test_an_earlier_demo_of_any_form_is_replaced_and_nothing_else(
    history: History, form: Form, tmp_path: Path
) -> None:
    folder = tmp_path / "demo"
    write_delivery(history, folder, form=form)
    write_delivery(history, folder, form="csv")
    assert (folder / "bestand.csv").is_file() and len(list(folder.iterdir())) == 4
    (folder / "eigenes.csv").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="wird nichts überschrieben"):
        write_delivery(history, folder, form=form)


def test_a_stock_that_no_sheet_holds_is_refused_and_leaves_nothing(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(excel_form, "ROWS_OF_A_SHEET", 1000)
    with pytest.raises(UsageError) as caught:
        write_delivery(history, tmp_path / "demo", form="excel")
    [problem] = caught.value.problems
    assert re.fullmatch(
        r"Demo: Die Tabelle bestand hat \d+ Zeilen, ein Blatt von Excel fasst 997\. Mit --bestand "
        r"einen kleineren Bestand wählen oder eine andere Form\.",
        problem,
    )
    assert list(tmp_path.iterdir()) == []


def test_the_profile_deutsch_is_chosen_by_itself_for_files_that_look_so(
    history: History, canonical: list[bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "raw" / "demo"
    write_delivery(history, folder, form="csv")
    for name, table in demo_tables(history).items():
        declared = load_profile("deutsch").tabelle[name]
        write_csv(foreign_table(table, declared), declared, folder / f"{name}.csv")
    assert (folder / "bestand.csv").read_bytes().startswith(b"Personen-ID;Stichtag;Geschlecht;")
    assert built(tmp_path) == canonical


def test_the_profile_kanonisch_changes_nothing(
    history: History, canonical: list[bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "raw" / "demo"
    write_delivery(history, folder, form="csv")
    with (folder / "lieferung.toml").open("a", encoding="utf-8") as note:
        note.write('profil = "kanonisch"\n')
    assert built(tmp_path) == canonical
