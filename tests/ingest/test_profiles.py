"""Profiles: what they may say, and one sentence for each thing that cannot be."""

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.ingest.note import READ_TABLES, table_contract
from pipeline.ingest.profiles import profile
from pipeline.ingest.profiles.profile import load_profile, profile_names, profiles_hash
from tests.ingest.forms import bestand_profile, use_profiles


def refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> list[str]:
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=text)
    with pytest.raises(UsageError) as caught:
        load_profile("eigenes")
    assert caught.value.exit_code == 10
    return [problem.removeprefix("profile/eigenes.toml") for problem in caught.value.problems]


@pytest.mark.parametrize("name", profile_names())
def test_every_shipped_profile_is_right_and_says_what_it_is_for(name: str) -> None:
    assert load_profile(name).beschreibung


def test_the_shipped_profiles_are_the_documented_ones() -> None:
    readme = (profile.PROFILES / "README.md").read_text(encoding="utf-8")
    assert {"kanonisch", "deutsch", "demo_deutsch", "excel", "demo_xml"} <= set(profile_names())
    assert [name for name in profile_names() if f"`{name}`" not in readme] == []


def test_kanonisch_names_every_column_of_every_table_as_it_is() -> None:
    tables = load_profile("kanonisch").tabelle
    assert tuple(tables) == READ_TABLES
    for name, table in tables.items():
        assert table.spalten == {n: n for n in table_contract(name).names()}


def test_deutsch_knows_every_column_of_every_table() -> None:
    for name, table in load_profile("deutsch").tabelle.items():
        assert tuple(table.spalten.values()) == table_contract(name).names()


def test_a_profile_of_one_table_is_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=bestand_profile())
    assert list(load_profile("eigenes").tabelle) == ["bestand"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("x = \ny = 1\n", [", Zeile 1: Das ist kein gültiges TOML. Datei prüfen."]),
        (
            'art = "x"\n' + bestand_profile(form="farbe = 1"),
            [
                ", tabelle.bestand.farbe: Diese Angabe gibt es nicht. Streichen oder den Namen "
                "berichtigen.",
                ", art: Diese Angabe gibt es nicht. Streichen oder den Namen berichtigen.",
            ],
        ),
        (
            bestand_profile(form='trennzeichen = "x"\nkopfzeile = 0\nignoriert = "a"'),
            [
                ", tabelle.bestand.kopfzeile: Der Wert hat nicht die erwartete Art. "
                "docs/anleitung/profile.md nennt sie.",
                ", tabelle.bestand.trennzeichen: Diesen Wert gibt es nicht. "
                "docs/anleitung/profile.md nennt die zulässigen.",
                ", tabelle.bestand.ignoriert: Der Wert hat nicht die erwartete Art. "
                "docs/anleitung/profile.md nennt sie.",
            ],
        ),
        ("", [": Das Profil nennt keine Tabelle. [tabelle.bestand] ergänzen."]),
        (
            "[tabelle.personen]\n",
            [
                ", tabelle: Unbekannte Tabellen: personen. Es gibt bestand, bezug, "
                "beschaeftigungen, teilnahmen, stichtage."
            ],
        ),
        (
            "[tabelle.stichtage]\n",
            [
                ", tabelle.stichtage.spalten: Für Pflichtspalten fehlt die Quelle: stichtag. "
                "Spalte zuordnen oder unter konstanten einen Wert nennen."
            ],
        ),
        (
            bestand_profile(form='datei = "Liste.docx"').replace('datei = "Liste*.csv"\n', ""),
            [
                ", tabelle.bestand.datei: Das Muster muss mit .* oder einer Endung enden, die "
                "gelesen wird (csv, parquet, xlsx, xml). Berichtigen."
            ],
        ),
        (
            bestand_profile(form='datumsformat = ["TT.MM.JJJJ", "TT.MM.JJ"]'),
            [
                ", tabelle.bestand.datumsformat: TT.MM.JJ ist keine Schreibweise eines Tages. "
                "Erlaubt sind T, TT, M, MM und JJJJ mit Trennzeichen, dahinter hh:mm oder "
                "hh:mm:ss, etwa TT.MM.JJJJ, JJJJMMTT oder MM/TT/JJJJ hh:mm."
            ],
        ),
        (
            bestand_profile(form='dezimalzeichen = "."\ntausenderzeichen = "."'),
            [
                ", tabelle.bestand.tausenderzeichen: Es muss ein anderes sein als das "
                "Dezimalzeichen. Berichtigen."
            ],
        ),
        (
            bestand_profile(spalten='"S" = "sex"\n"G" = "geschlecht"'),
            [
                ", tabelle.bestand.spalten: Diese Spalten hat bestand nicht: sex. Es gibt "
                f"{', '.join(table_contract('bestand').names())}.",
                ", tabelle.bestand.spalten: Mehrere Spalten werden zu geschlecht. Nur eine "
                "zuordnen.",
            ],
        ),
        (
            bestand_profile(form='ignoriert = ["Tag", "x"]'),
            [
                ", tabelle.bestand.ignoriert: Diese Spalten sind auch zugeordnet: Tag. Eines "
                "streichen."
            ],
        ),
        (
            bestand_profile(
                mehr='[tabelle.bestand.codes.geschlecht]\n"1" = "f"\n'
                '[tabelle.bestand.codes.geburtsjahr]\n"1" = "1"'
            ),
            [
                ", tabelle.bestand.codes.geschlecht: Diese Codes gibt es nicht: f. Es gibt w, m, "
                "d, o, u.",
                ", tabelle.bestand.codes.geburtsjahr: Übersetzt werden nur Spalten von bestand "
                "mit Codes oder Text. Streichen.",
            ],
        ),
        (
            bestand_profile(
                mehr='[tabelle.bestand.konstanten]\nbg_typ = "paar"\nlzb = "ja"\nhilfe_67 = false\n'
                'stichtag = 2024-01-15\ngeburtsjahr = "1985"\nfarbe = "x"'
            ),
            [
                ", tabelle.bestand.konstanten.bg_typ: Der Wert passt nicht zum Typ code. "
                "docs/woerterbuch.md nennt die zulässigen.",
                ", tabelle.bestand.konstanten.stichtag: Die Spalte ist auch zugeordnet. Eines "
                "streichen.",
                ", tabelle.bestand.konstanten.geburtsjahr: Der Wert passt nicht zum Typ ganzzahl. "
                "docs/woerterbuch.md nennt die zulässigen.",
                ", tabelle.bestand.konstanten.farbe: Diese Spalte hat bestand nicht. Streichen.",
            ],
        ),
    ],
)
def test_each_mistake_has_its_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, problems: list[str]
) -> None:
    assert refusal(tmp_path, monkeypatch, text) == problems


@pytest.mark.parametrize("name", ["fehlt", "../profile/eigenes", "", "Eigenes"])
def test_an_unknown_profile_is_named_with_those_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=bestand_profile())
    with pytest.raises(UsageError) as caught:
        load_profile(name)
    assert caught.value.problems == [f"Das Profil {name} gibt es nicht. Es gibt: eigenes."]


def test_the_hash_is_that_of_the_named_profile_or_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "profile"
    use_profiles(folder, monkeypatch, a=bestand_profile(), b=bestand_profile())
    before = {name: profiles_hash(name) for name in ("a", "b", None)}
    (folder / "b.toml").write_text(bestand_profile(form="kopfzeile = 2"), encoding="utf-8")
    changed = {name for name in before if profiles_hash(name) != before[name]}
    assert changed == {"b", None}
