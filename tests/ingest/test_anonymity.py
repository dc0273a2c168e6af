"""k-anonymity of a delivery: the groups of persons who agree in all quasi-identifiers."""

import json
from datetime import date
from pathlib import Path

from pipeline.ingest.staged import Anonymity, load_staged
from pipeline.registries import contract
from tests.cli.small import Place, write_delivery
from tests.ingest.building import bestand, stage_files

HEADER = "person_id;stichtag;geschlecht;geburtsjahr;stadtbezirk"


def persons(group: str, count: int, day: str = "2024-02-15") -> list[str]:
    """So many persons who are alike; group: geschlecht, geburtsjahr, stadtbezirk."""
    return [f"{group.replace(';', '')}{i};{day};{group}" for i in range(count)]


def figures(tmp_path: Path, *lines: str, header: str = HEADER) -> Anonymity | None:
    return stage_files(tmp_path, {"bestand.csv": bestand(*lines, header=header)}).staged.anonymitaet


def test_groups_are_counted_at_the_newest_stichtag_only(tmp_path: Path) -> None:
    found = figures(
        tmp_path,
        *persons("w;1980;Nord", 5),
        *persons("w;1980;Süd", 4),
        *persons("m;1980;Nord", 1),
        *persons("m;1990;Nord", 6),
        *persons("m;1970;West", 1, day="2024-01-15"),
    )
    assert found == Anonymity(
        stichtag=date(2024, 2, 15),
        merkmale=("geschlecht", "geburtsjahr", "stadtbezirk"),
        personen=16,
        k=1,
        anteil_einzeln=0.0625,
        anteil_unter_5=0.3125,
    )


def test_a_missing_value_is_a_value_and_columns_not_delivered_do_not_count(tmp_path: Path) -> None:
    found = figures(tmp_path, *persons("w;;", 2), *persons("w;1980;", 2))
    assert found is not None
    assert (found.k, found.anteil_einzeln, found.anteil_unter_5) == (2, 0.0, 1.0)


def test_rejected_rows_and_repeated_rows_are_no_persons(tmp_path: Path) -> None:
    rows = persons("w;1980;Nord", 2)
    found = figures(tmp_path, *rows, *rows, "X;kein Tag;w;1980;Nord")
    assert found is not None
    assert (found.personen, found.k) == (2, 2)


def test_without_rows_there_is_no_figure(tmp_path: Path) -> None:
    assert figures(tmp_path) is None


def test_spells_count_at_their_newest_stichtag(tmp_path: Path) -> None:
    lines = ["A;2023-01-01;;w", "B;2023-01-01;2024-01-20;w", "C;2024-02-01;;m"]
    result = stage_files(
        tmp_path,
        {"bezug.csv": bestand(*lines, header="person_id;von;bis;geschlecht")},
        datenstand="2024-02-20",
        note="zeitraum_von = 2024-01-01\n",
    )
    found = result.staged.anonymitaet
    assert found is not None
    assert (found.stichtag, found.merkmale) == (date(2024, 2, 15), ("geschlecht",))
    assert (found.personen, found.k, found.anteil_einzeln) == (2, 1, 1.0)
    assert load_staged(result.out).anonymitaet == found


def test_what_others_may_know_of_a_person_is_declared_in_the_contract() -> None:
    declared = [c.name for c in contract("bestand").columns if c.quasi_identifikator]
    assert declared == [
        "geschlecht", "geburtsjahr", "bg_typ", "staatsangehoerigkeit", "stadtbezirk",
    ]  # fmt: skip


def test_the_record_of_a_run_has_the_figures_and_the_one_beside_the_pages_has_not(
    tmp_path: Path,
) -> None:
    place = Place(tmp_path)
    write_delivery(place.raw)
    done = place.report()
    assert done.returncode == 0, done.stdout + done.stderr
    record = json.loads((place.curated / "lauf.json").read_text())
    assert record["zusammenfassung"]["anonymitaet"] == [
        {
            "lieferung": "klein",
            "stichtag": "2015-04-15",
            "merkmale": ["geschlecht", "geburtsjahr"],
            "personen": 12,
            "k": 6,
            "anteil_einzeln": 0.0,
            "anteil_unter_5": 0.0,
        }
    ]
    beside = json.loads((place.reports / "aktuell" / "lauf.json").read_text())
    assert "anonymitaet" not in beside["zusammenfassung"]
