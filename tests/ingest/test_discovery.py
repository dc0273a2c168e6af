"""Delivery folders and lieferung.toml: what is accepted, and one sentence for each mistake."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import DeliveryError
from pipeline.ingest.delivery import discover
from tests.ingest.building import EMPTY_TABLES, write

CSV = {"bestand.csv": EMPTY_TABLES["bestand"]}


def refusal(raw: Path) -> list[str]:
    with pytest.raises(DeliveryError) as caught:
        discover(raw)
    assert caught.value.exit_code == 11
    return caught.value.problems


def test_a_delivery_is_a_folder_with_a_note_and_tables(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"teilnahmen.csv": EMPTY_TABLES["teilnahmen"], **CSV},
        folder="2024-03",
        datenstand="2024-03-31",
        note="zeitraum_von = 2024-01-01\nsynthetisch = true\n",
    )
    [delivery] = discover(tmp_path)
    assert (delivery.id, delivery.datenstand) == ("2024-03", date(2024, 3, 31))
    assert (delivery.traeger, delivery.art, delivery.synthetisch) == ("jc-1", "voll", True)
    assert delivery.zeitraum_von == date(2024, 1, 1)
    assert [(f.tabelle, f.name, f.format) for f in delivery.files] == [
        ("bestand", "bestand.csv", "csv"),
        ("teilnahmen", "teilnahmen.csv", "csv"),
    ]
    assert delivery.warnings == ()


def test_without_a_note_the_folder_names_the_delivery(tmp_path: Path) -> None:
    write(tmp_path, CSV, folder="2024-03", datenstand=None)
    [delivery] = discover(tmp_path)
    assert (delivery.id, delivery.datenstand, delivery.art) == ("2024-03", None, "voll")
    assert (delivery.traeger, delivery.synthetisch) == (None, False)
    assert delivery.warnings == (
        "2024-03: lieferung.toml fehlt. Angenommen: Lieferung 2024-03, Art voll, Datenstand ist "
        "der neueste gelieferte Tag.",
    )


def test_deliveries_come_in_the_order_of_their_folders_and_hidden_ones_are_skipped(
    tmp_path: Path,
) -> None:
    for name in ("b", "a", ".versteckt"):
        write(tmp_path, CSV, folder=name)
    (tmp_path / "README.md").write_text("x", encoding="utf-8")
    assert [delivery.folder.name for delivery in discover(tmp_path)] == ["a", "b"]


def test_other_files_are_named_in_a_warning(tmp_path: Path) -> None:
    write(tmp_path, {**CSV, "notiz.txt": "geheim", "Bestand.csv": "geheim", ".x": ""})
    [delivery] = discover(tmp_path)
    assert delivery.warnings == ("l1: Nicht gelesen: Bestand.csv, notiz.txt.",)


def test_a_note_can_name_the_files(tmp_path: Path) -> None:
    entry = '[[datei]]\nname = "export 1.csv"\ntabelle = "bestand"\nzeilen = 0\n'
    write(tmp_path, {"export 1.csv": EMPTY_TABLES["bestand"]}, note=entry)
    [delivery] = discover(tmp_path)
    [file] = delivery.files
    assert (file.tabelle, file.name, file.zeilen, file.sha256) == (
        "bestand",
        "export 1.csv",
        0,
        None,
    )
    assert delivery.warnings == ()


def test_a_missing_or_empty_raw_folder_says_what_to_do(tmp_path: Path) -> None:
    advice = (
        "Lieferung dort ablegen oder mit `python -m pipeline demo` eine Demolieferung erzeugen."
    )
    assert refusal(tmp_path / "raw")[0].endswith(f"raw fehlt. {advice}")
    assert refusal(tmp_path)[0].endswith(f"enthält keine Lieferung. {advice}")


def test_tables_directly_in_raw_are_explained(tmp_path: Path) -> None:
    (tmp_path / "bestand.csv").write_text("x", encoding="utf-8")
    [sentence] = refusal(tmp_path)
    assert "bestand.csv liegt nicht in einem Unterordner. Jede Lieferung ist ein" in sentence


@pytest.mark.parametrize(
    ("files", "note", "sentence"),
    [
        (
            {},
            "",
            "l1: Der Ordner enthält keine Tabelle. Erwartet wird mindestens eine Datei bestand.csv "
            "oder bezug.csv oder beschaeftigungen.csv oder teilnahmen.csv (auch .parquet oder "
            ".xlsx).",
        ),
        (
            {**CSV, "bestand.parquet": "x"},
            "",
            "l1: Die Tabelle bestand ist mehrfach geliefert (bestand.csv, bestand.parquet). Nur "
            "eine Datei je Tabelle liefern.",
        ),
        (
            {**CSV, "b2.csv": "x"},
            '[[datei]]\nname = "b2.csv"\ntabelle = "bestand"\n',
            "l1: Die Tabelle bestand ist mehrfach geliefert (b2.csv, bestand.csv). Nur eine Datei "
            "je Tabelle liefern.",
        ),
        (
            CSV,
            '[[datei]]\nname = "fehlt.csv"\ntabelle = "teilnahmen"\n',
            "l1/fehlt.csv: Die in lieferung.toml genannte Datei fehlt. Datei ergänzen oder Eintrag "
            "streichen.",
        ),
        (
            {**CSV, "x.ods": "x"},
            '[[datei]]\nname = "x.ods"\ntabelle = "teilnahmen"\n',
            "l1/x.ods: Gelesen werden nur .csv, .parquet, .xlsx und .xml. Datei umwandeln.",
        ),
        (
            {"stichtage.csv": "x"},
            "",
            "l1: Der Ordner enthält keine Tabelle. Erwartet wird mindestens eine Datei bestand.csv "
            "oder bezug.csv oder beschaeftigungen.csv oder teilnahmen.csv (auch .parquet oder "
            ".xlsx).",
        ),
        (
            {"bezug.csv": "x"},
            "",
            "l1: bezug braucht zeitraum_von in lieferung.toml: den Tag, von dem an die Zeiträume "
            "vollständig sind. Angabe ergänzen.",
        ),
        (
            {**CSV, "bezug.csv": "x"},
            "zeitraum_von = 2024-01-01\n",
            "l1: bestand und bezug schließen sich aus. Den Bestand entweder je Stichtag oder als "
            "Zeiträume liefern.",
        ),
        (
            {"bezug.csv": "x"},
            "zeitraum_von = 2025-01-01\n",
            "l1/lieferung.toml: zeitraum_von liegt nach dem datenstand. Wert berichtigen.",
        ),
        (
            {"bezug.csv": "x", "stichtage.csv": "x", "stichtage.parquet": "x"},
            "zeitraum_von = 2024-12-31\n",
            "l1: Die Tabelle stichtage ist mehrfach geliefert (stichtage.csv, stichtage.parquet). "
            "Nur eine Datei je Tabelle liefern.",
        ),
    ],
)
def test_each_mistake_in_a_folder_has_its_sentence(
    tmp_path: Path, files: dict[str, str | bytes], note: str, sentence: str
) -> None:
    write(tmp_path, files, note=note)
    assert refusal(tmp_path) == [sentence]


@pytest.mark.parametrize("name", ["../secret.csv", "/etc/passwd.csv", "sub/../../secret.csv"])
def test_files_outside_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.csv").write_text(EMPTY_TABLES["bestand"], encoding="utf-8")
    write(tmp_path / "raw", {}, note=f'[[datei]]\nname = "{name}"\ntabelle = "bestand"\n')
    assert refusal(tmp_path / "raw") == [
        f"l1/{name}: Die Datei liegt außerhalb des Lieferordners. Datei in den Ordner legen."
    ]


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text(EMPTY_TABLES["bestand"], encoding="utf-8")
    folder = write(tmp_path / "raw", {})
    (folder / "bestand.csv").symlink_to(tmp_path / "secret.csv")
    assert refusal(tmp_path / "raw") == [
        "l1/bestand.csv: Die Datei liegt außerhalb des Lieferordners. Datei in den Ordner legen."
    ]


def test_a_folder_named_like_a_table_is_refused(tmp_path: Path) -> None:
    (write(tmp_path, {}) / "bestand.csv").mkdir()
    assert refusal(tmp_path) == ["l1/bestand.csv: Das ist keine Datei. Als Datei liefern."]


@pytest.mark.parametrize(
    ("note", "sentences"),
    [
        ("\nart = x\n", ["l1/lieferung.toml, Zeile 2: Das ist kein gültiges TOML. Datei prüfen."]),
        (
            "",
            [
                "l1/lieferung.toml: Fehlende Angaben: lieferung, datenstand, traeger, art. Angaben "
                "ergänzen."
            ],
        ),
        (
            'lieferung = 7\ndatenstand = "2024-03-31"\ntraeger = ""\nart = "neu"\n'
            'synthetisch = "ja"\ndatei = 1\nfoo = 1\n',
            [
                "l1/lieferung.toml: Unbekannte Angaben: foo. Erlaubt sind lieferung, datenstand, "
                "traeger, art, zeitraum_von, synthetisch, profil, pseudonym, datei.",
                "l1/lieferung.toml: lieferung muss ein nicht leerer Text in Anführungszeichen "
                "sein. Wert berichtigen.",
                "l1/lieferung.toml: datenstand muss ein Datum ohne Anführungszeichen, etwa "
                "2026-03-31, sein. Wert berichtigen.",
                "l1/lieferung.toml: traeger muss ein nicht leerer Text in Anführungszeichen sein. "
                "Wert berichtigen.",
                "l1/lieferung.toml: synthetisch muss true oder false sein. Wert berichtigen.",
                "l1/lieferung.toml: datei muss eine Liste von Einträgen [[datei]] sein. Wert "
                "berichtigen.",
                "l1/lieferung.toml: art kennt nur voll, nachlieferung, korrektur. Wert "
                "berichtigen.",
            ],
        ),
        (
            'lieferung = "x"\ndatenstand = 2024-03-31T12:00:00\ntraeger = "t"\nart = "voll"\n'
            '[[datei]]\nname = "x.csv"\ntabelle = "kunden"\nzeilen = -1\nsha256 = "abc"\n',
            [
                "l1/lieferung.toml: datenstand muss ein Datum ohne Anführungszeichen, etwa "
                "2026-03-31, sein. Wert berichtigen.",
                "l1/lieferung.toml, [[datei]] Nr. 1: zeilen muss eine Zahl ab 0 sein. Wert "
                "berichtigen.",
                "l1/lieferung.toml, [[datei]] Nr. 1: tabelle kennt nur bestand, bezug, "
                "beschaeftigungen, teilnahmen, stichtage. Wert berichtigen.",
                "l1/lieferung.toml, [[datei]] Nr. 1: sha256 braucht 64 Zeichen aus 0-9 und a-f. "
                "Wert berichtigen.",
            ],
        ),
    ],
)
def test_each_mistake_in_the_note_has_its_sentence(
    tmp_path: Path, note: str, sentences: list[str]
) -> None:
    folder = write(tmp_path, CSV, datenstand=None)
    (folder / "lieferung.toml").write_text(note, encoding="utf-8")
    assert refusal(tmp_path) == sentences


def test_a_note_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, CSV, datenstand=None)
    (folder / "lieferung.toml").write_bytes('traeger = "Köln"'.encode("cp1252"))
    assert refusal(tmp_path) == ["l1/lieferung.toml: Die Datei ist nicht in UTF-8. Neu speichern."]


def test_problems_of_all_deliveries_are_shown_together(tmp_path: Path) -> None:
    write(tmp_path, {}, folder="a")
    write(tmp_path, {**CSV, "bezug.csv": "x"}, folder="b")
    folders = [sentence.split(":")[0] for sentence in refusal(tmp_path)]
    assert folders == ["a", "b", "b"]


def test_spells_need_a_note(tmp_path: Path) -> None:
    write(tmp_path, {"bezug.csv": "x"}, datenstand=None)
    assert refusal(tmp_path) == [
        "l1: bezug braucht zeitraum_von in lieferung.toml: den Tag, von dem an die Zeiträume "
        "vollständig sind. Angabe ergänzen."
    ]


def test_a_note_that_cannot_be_read_is_not_blamed_for_what_it_may_say(tmp_path: Path) -> None:
    folder = write(tmp_path, {"bezug.csv": "x"}, datenstand=None)
    (folder / "lieferung.toml").write_text("zeitraum_von = \n", encoding="utf-8")
    assert refusal(tmp_path) == [
        "l1/lieferung.toml, Zeile 1: Das ist kein gültiges TOML. Datei prüfen."
    ]


@pytest.mark.parametrize("listed", [True, False])
def test_a_list_of_stichtage_belongs_to_the_spells(tmp_path: Path, listed: bool) -> None:
    name = "tage.csv" if listed else "stichtage.csv"
    entry = f'[[datei]]\nname = "{name}"\ntabelle = "stichtage"\n' if listed else ""
    note = "zeitraum_von = 2024-12-31\n" + entry
    write(tmp_path, {"bezug.csv": "x", name: "x"}, note=note)
    [delivery] = discover(tmp_path)
    assert [file.tabelle for file in delivery.files] == ["bezug"]
    assert delivery.stichtage is not None and delivery.stichtage.name == name
    assert delivery.warnings == ()


def test_a_list_of_stichtage_without_spells_is_not_read_and_said_so(tmp_path: Path) -> None:
    write(tmp_path, {**CSV, "stichtage.csv": "x"})
    [delivery] = discover(tmp_path)
    assert delivery.stichtage is None
    assert delivery.warnings == ("l1: Nicht gelesen: stichtage.csv.",)


def test_two_deliveries_with_one_id_are_refused(tmp_path: Path) -> None:
    write(tmp_path, CSV, folder="a")
    write(tmp_path, CSV, folder="b", datenstand=None)
    note = (tmp_path / "a" / "lieferung.toml").read_text(encoding="utf-8")
    (tmp_path / "b" / "lieferung.toml").write_text(note, encoding="utf-8")
    assert refusal(tmp_path) == [
        "Die Lieferung a gibt es mehrfach (Ordner a, b). Jede Lieferung braucht eine eigene "
        "Kennung."
    ]
