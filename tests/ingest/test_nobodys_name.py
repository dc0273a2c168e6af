"""No delivery that names a person is taken in, and what names the person is shown nowhere.

A normal run plants ten identifiers of each kind and takes two clean deliveries; `KAMPAGNE=voll`
plants fifty of each kind and takes twelve.
"""

import os
from pathlib import Path

import pytest

from pipeline.demo import write_demo
from pipeline.demo.write import Form
from pipeline.errors import DeliveryError
from pipeline.ingest.identifiers.kinds import kinds
from tests.cli.small import Place
from tests.ingest.building import BESTAND, bestand, stage, stage_files, write
from tests.ingest.planting import EACH, KINDS, planted

FULL = os.environ.get("KAMPAGNE") == "voll"
A, B = "A;2024-01-15;w", "B;2024-01-15;m"
PLACES = ("text column", "pseudonym", "unmapped column", "heading", "file name", "no row")


def delivered(place: str, text: str) -> tuple[dict[str, str | bytes], str]:
    """The files of a delivery with an identifier in it, and what lieferung.toml adds."""
    if place == "text column":
        lines = (f"{A};Nord", f"{B};{text}")
        return {"bestand.csv": bestand(*lines, header=f"{BESTAND};stadtbezirk")}, ""
    if place == "pseudonym":
        return {"bestand.csv": bestand(A, f"{text};2024-01-15;m")}, ""
    if place == "unmapped column":
        lines = (f"{A};x;", f"{B};{text};")
        return {"bestand.csv": bestand(*lines, header=f"{BESTAND};Bemerkung;Rest")}, ""
    if place == "heading":
        return {"bestand.csv": bestand(f"{A};x", header=f"{BESTAND};{text}")}, ""
    if place == "file name":
        name = f"Akte {text.replace('/', '-')}.csv"
        return {name: bestand(A)}, f'\n[[datei]]\nname = "{name}"\ntabelle = "bestand"\n'
    return {"bestand.csv": bestand(A, f"B;{text};2024;m;x")}, ""


def holds(folder: Path, text: str) -> bool:
    """Whether any file below the folder, or its name, holds the text."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return any(text.encode() in path.read_bytes() or text in path.name for path in files)


@pytest.mark.parametrize("kind", KINDS)
def test_an_identifier_anywhere_refuses_the_delivery_and_is_shown_nowhere(
    tmp_path: Path, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    texts = planted(kind)[: EACH if FULL else 10]
    for number, text in enumerate(texts):
        place = PLACES[number % len(PLACES)]
        files, note = delivered(place, text)
        target = tmp_path / str(number)
        with pytest.raises(DeliveryError) as caught:
            stage_files(target, files, note=note)
        assert caught.value.exit_code == 11
        titles = {k.id: k.titel_de for k in kinds()}
        assert any(titles[kind] in problem for problem in caught.value.problems), place
        assert text not in "\n".join(caught.value.problems)
        assert not holds(target / "raw-stg", text)
    shown = capfd.readouterr()
    assert not [text for text in texts if text in shown.out + shown.err]


def test_a_run_over_a_delivery_full_of_identifiers_keeps_and_says_none(tmp_path: Path) -> None:
    place = Place(tmp_path)
    texts = [planted(kind)[0] for kind in KINDS]
    header = ";".join([BESTAND, *(f"Spalte_{i}" for i in range(len(texts)))])
    lines = [f"{A};{';'.join(texts)}", f"{B};{';'.join(texts)}", ";".join(texts)]
    write(place.raw, {"bestand.csv": bestand(*lines, header=header)})
    done = place.report()
    assert done.returncode == 11
    said = done.stdout + done.stderr
    assert sum(kind.titel_de in said for kind in kinds()) == len(texts)
    assert not [text for text in texts if text in said or holds(place.curated, text)]


@pytest.mark.parametrize("seed", range(1, 13 if FULL else 3))
def test_clean_deliveries_raise_no_false_alarm(tmp_path: Path, seed: int) -> None:
    form: Form = ("csv", "parquet", "bezug")[seed % 3]
    write_demo(tmp_path / "raw" / "demo", bestand=300, seed=seed, monate=12, form=form)
    staged = stage(tmp_path / "raw").staged
    assert sum(table.geliefert for table in staged.tabellen.values()) > 300


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_of_a_file_that_is_not_read_is_not_shown(tmp_path: Path, kind: str) -> None:
    name = f"{planted(kind)[0].replace('/', '-')}.txt"
    write(tmp_path / "raw", {"bestand.csv": bestand(A), name: ""})
    assert stage(tmp_path / "raw").staged.warnings == ("l1: Nicht gelesen: (nicht gezeigt).",)


def test_a_folder_named_after_a_person_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "raw", {"bestand.csv": bestand(A)}, folder="123A456789")
    with pytest.raises(DeliveryError) as caught:
        stage(tmp_path / "raw")
    assert caught.value.problems == [
        "Der Name eines Ordners enthält eine Kundennummer. Ordner umbenennen."
    ]
