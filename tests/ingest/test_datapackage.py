"""datapackage.json: the same Note as lieferung.toml gives, and one sentence for each mistake."""

import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import DeliveryError
from pipeline.ingest.datapackage import KINDS, read_datapackage
from pipeline.ingest.delivery import discover
from pipeline.ingest.note import LARGEST_NOTE, Note, read_note
from tests.ingest.building import EMPTY_TABLES, bestand, stage, write

CSV = bestand("A;2024-01-15;w", "B;2024-01-15;m")
SHA = hashlib.sha256(CSV.encode()).hexdigest()
WHERE = "l1/datapackage.json"
PACKAGE: dict[str, Any] = {
    "name": "l1",
    "x-datenstand": "2024-12-31",
    "x-traeger": "jc-1",
    "x-art": "voll",
    "resources": [],
}
RESOURCE: dict[str, Any] = {"name": "bestand", "path": "bestand.csv"}


def folder_with(tmp_path: Path, package: Any, files: dict[str, str | bytes] | None = None) -> Path:
    """The raw folder of one delivery; package as JSON, or as it is when it is bytes."""
    content = package if isinstance(package, bytes) else json.dumps(package).encode()
    given: dict[str, str | bytes] = {"bestand.csv": CSV} if files is None else files
    write(tmp_path / "raw", {**given, "datapackage.json": content}, datenstand=None)
    return tmp_path / "raw"


def refusal(raw: Path) -> list[str]:
    with pytest.raises(DeliveryError) as caught:
        discover(raw)
    return caught.value.problems


def changed(**properties: Any) -> dict[str, Any]:
    """The package with these properties, _ standing for -; None takes one away."""
    given = {key.replace("_", "-"): value for key, value in properties.items()}
    return {key: value for key, value in {**PACKAGE, **given}.items() if value is not None}


def listing_one(**properties: Any) -> dict[str, Any]:
    """The package that lists one resource with these properties."""
    given = {key.replace("_", "-"): value for key, value in properties.items()}
    resource = {key: value for key, value in {**RESOURCE, **given}.items() if value is not None}
    return {**PACKAGE, "resources": [resource]}


TOML_ALL = f"""\
lieferung = "2024-03"
datenstand = 2024-12-31
traeger = "Stadt Köln"
art = "nachlieferung"
zeitraum_von = 2024-01-01
synthetisch = true
profil = "eigenes"
pseudonym = "je_lieferung"
[[datei]]
name = "teil/export 1.csv"
tabelle = "bezug"
zeilen = 2
sha256 = "{SHA}"
[[datei]]
name = "stichtage.csv"
tabelle = "stichtage"
"""
JSON_ALL = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "2024-03",
    "x-datenstand": "2024-12-31",
    "x-traeger": "Stadt Köln",
    "x-art": "nachlieferung",
    "x-zeitraum-von": "2024-01-01",
    "x-synthetisch": True,
    "x-profil": "eigenes",
    "x-pseudonym": "je_lieferung",
    "resources": [
        {
            "name": "export-1",
            "path": ["./teil/export 1.csv"],
            "x-tabelle": "bezug",
            "x-zeilen": 2,
            "hash": f"sha256:{SHA.upper()}",
        },
        {"name": "stichtage", "path": "stichtage.csv"},
    ],
}
TOML_LEAST = 'lieferung = "l1"\ndatenstand = 2024-12-31\ntraeger = "jc-1"\nart = "voll"\n'


@pytest.mark.parametrize(
    ("toml", "package"),
    [
        (TOML_ALL, JSON_ALL),
        (TOML_LEAST, PACKAGE),
        (TOML_LEAST, {**changed(name=None), "id": "l1"}),
        (TOML_LEAST, {**PACKAGE, "id": "urn:uuid:1"}),
        (TOML_LEAST + 'pseudonym = "stabil"\n', changed(x_pseudonym="stabil")),
    ],
)
def test_one_delivery_described_either_way_is_the_same_note(
    tmp_path: Path, toml: str, package: dict[str, Any]
) -> None:
    (tmp_path / "lieferung.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert read_note(tmp_path / "lieferung.toml") == read_datapackage(tmp_path / "datapackage.json")


def test_what_only_the_standard_names_is_allowed_and_changes_nothing(tmp_path: Path) -> None:
    plain, full = tmp_path / "plain.json", tmp_path / "full.json"
    more = dict.fromkeys(("title", "description", "homepage", "version", "created", "image"), "x")
    lists = {key: ["x"] for key in ("contributors", "keywords", "licenses", "sources")}
    of_file: dict[str, Any] = {"dialect": {"delimiter": "|"}, "schema": {"fields": []}}
    of_file |= dict.fromkeys(("type", "title", "description", "format", "mediatype"), "x")
    of_file["encoding"] = "latin-1"
    plain.write_text(json.dumps({**PACKAGE, "resources": [RESOURCE]}), encoding="utf-8")
    full.write_text(
        json.dumps({**PACKAGE, **more, **lists, "resources": [{**RESOURCE, **of_file}]}),
        encoding="utf-8",
    )
    assert read_datapackage(plain) == read_datapackage(full)


def test_a_data_package_stages_like_lieferung_toml(tmp_path: Path) -> None:
    package = listing_one(hash=f"sha256:{SHA}", bytes=len(CSV), x_zeilen=2)
    by_json = stage(folder_with(tmp_path / "json", package))
    entry = f'[[datei]]\nname = "bestand.csv"\ntabelle = "bestand"\nzeilen = 2\nsha256 = "{SHA}"\n'
    write(tmp_path / "toml" / "raw", {"bestand.csv": CSV}, note=entry)
    by_toml = stage(tmp_path / "toml" / "raw")
    assert by_json.staged == by_toml.staged
    assert by_json.staged.warnings == ()


@pytest.mark.parametrize("said", [None, "stabil", "je_lieferung"])
@pytest.mark.parametrize("form", ["toml", "json"])
def test_the_delivery_carries_whether_its_pseudonyms_last(
    tmp_path: Path, form: str, said: str | None
) -> None:
    if form == "json":
        raw = folder_with(tmp_path, changed(x_pseudonym=said))
    else:
        raw = tmp_path / "raw"
        write(raw, {"bestand.csv": CSV}, note=f'pseudonym = "{said}"\n' if said else "")
    [delivery] = discover(raw)
    assert delivery.pseudonym == (said or "stabil")


def test_the_word_on_pseudonyms_is_one_of_two(tmp_path: Path) -> None:
    write(tmp_path, {"bestand.csv": CSV}, note='pseudonym = "neu"\n')
    assert refusal(tmp_path) == [
        "l1/lieferung.toml: pseudonym kennt nur stabil, je_lieferung. Wert berichtigen."
    ]


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ({"x_zeilen": 3}, "Die Datei hat 2 Zeilen"),
        ({"hash": "sha256:" + "0" * 64}, "Die Prüfsumme stimmt nicht"),
    ],
)
def test_rows_and_hash_are_held_against_the_package(
    tmp_path: Path, stated: dict[str, Any], words: str
) -> None:
    raw = folder_with(tmp_path, listing_one(**stated))
    with pytest.raises(DeliveryError, match=words) as caught:
        stage(raw)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_the_size_is_held_against_the_package(tmp_path: Path, more: int) -> None:
    raw = folder_with(tmp_path, listing_one(bytes=len(CSV) + more))
    if more == 0:
        assert len(discover(raw)) == 1
    else:
        assert refusal(raw) == [
            f"l1/bestand.csv: Die Datei hat {len(CSV)} Bytes, datapackage.json nennt "
            f"{len(CSV) + more}. Datei neu anfordern."
        ]


def test_two_notes_in_one_folder_are_refused(tmp_path: Path) -> None:
    raw = folder_with(tmp_path, PACKAGE)
    (raw / "l1" / "lieferung.toml").write_text(TOML_LEAST, encoding="utf-8")
    assert refusal(raw) == [
        "l1: lieferung.toml und datapackage.json liegen nebeneinander. Nur einen Lieferschein "
        "behalten."
    ]


def test_each_mistake_of_the_package_has_its_sentence(tmp_path: Path) -> None:
    package = {
        "resources": {},
        "x-datenstand": "2024-02-30",
        "x-traeger": " ",
        "x-art": "neu",
        "x-pseudonym": "neu",
        "x-synthetisch": "ja",
        "x-zeitraum-von": 2024,
        "x-ersetzt": "l0",
        "lieferung": "l1",
    }
    properties = ", ".join(KINDS)
    assert refusal(folder_with(tmp_path, package)) == [
        f"{WHERE}: Unbekannte Angaben: x-ersetzt, lieferung. Erlaubt sind {properties} und die "
        "übrigen des Standards.",
        f"{WHERE}: Fehlende Angaben: name. Angaben ergänzen.",
        f"{WHERE}: resources muss eine Liste von Dateien sein. Wert berichtigen.",
        f'{WHERE}: x-datenstand muss ein Datum als Text, etwa "2026-03-31", sein. Wert '
        "berichtigen.",
        f"{WHERE}: x-traeger muss ein nicht leerer Text in Anführungszeichen sein. Wert "
        "berichtigen.",
        f'{WHERE}: x-zeitraum-von muss ein Datum als Text, etwa "2026-03-31", sein. Wert '
        "berichtigen.",
        f"{WHERE}: x-synthetisch muss true oder false sein. Wert berichtigen.",
        f"{WHERE}: x-art kennt nur voll, nachlieferung, korrektur. Wert berichtigen.",
        f"{WHERE}: x-pseudonym kennt nur stabil, je_lieferung. Wert berichtigen.",
    ]


@pytest.mark.parametrize(
    ("resource", "sentence"),
    [
        ("bestand.csv", "Das ist kein Eintrag mit name und path. Eintrag berichtigen."),
        (
            {"name": "bestand", "data": [["KANARIE"]]},
            "Zeilen in data werden nicht gelesen. Als Datei liefern und in path nennen.",
        ),
        (
            {**RESOURCE, "path": ["a.csv", "b.csv"]},
            "path nennt mehrere Dateien. Je Tabelle eine Datei liefern.",
        ),
        (
            {**RESOURCE, "path": []},
            "path muss ein nicht leerer Text in Anführungszeichen sein. Wert berichtigen.",
        ),
        ({"name": "bestand"}, "Fehlende Angaben: path. Angaben ergänzen."),
        (
            {**RESOURCE, "path": "https://example.org/bestand.csv"},
            "path ist eine Adresse im Netz. Datei in den Lieferordner legen und dort nennen.",
        ),
        (
            {**RESOURCE, "name": "kunden"},
            "name nennt keine der Tabellen bestand, bezug, beschaeftigungen, teilnahmen, "
            "stichtage. Tabelle in x-tabelle nennen.",
        ),
        (
            {**RESOURCE, "x-tabelle": "kunden"},
            "x-tabelle kennt nur bestand, bezug, beschaeftigungen, teilnahmen, stichtage. Wert "
            "berichtigen.",
        ),
        (
            {**RESOURCE, "x-tabelle": "bezug"},
            "name und x-tabelle nennen verschiedene Tabellen (bestand, bezug). Eine Angabe "
            "berichtigen.",
        ),
        *[
            (
                {**RESOURCE, "hash": stated},
                'hash muss "sha256:" mit 64 Zeichen aus 0-9 und a-f (andere Prüfsummen beweisen '
                "nichts) sein. Wert berichtigen.",
            )
            for stated in ("0" * 32, "md5:" + "0" * 32, "sha256:" + "0" * 63, SHA, 7, None)
        ],
        ({**RESOURCE, "bytes": -1}, "bytes muss eine Zahl ab 0 sein. Wert berichtigen."),
        ({**RESOURCE, "x-zeilen": True}, "x-zeilen muss eine Zahl ab 0 sein. Wert berichtigen."),
        (
            {**RESOURCE, "zeilen": 1},
            "Unbekannte Angaben: zeilen. Erlaubt sind name, path, hash, bytes, x-tabelle, x-zeilen "
            "und die übrigen des Standards.",
        ),
    ],
)
def test_each_mistake_of_a_resource_has_its_sentence(
    tmp_path: Path, resource: Any, sentence: str
) -> None:
    package = {**PACKAGE, "resources": [resource]}
    assert refusal(folder_with(tmp_path, package)) == [f"{WHERE}, resources Nr. 1: {sentence}"]


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd.csv", "sub/../../secret.csv"])
def test_files_outside_the_folder_are_refused(tmp_path: Path, path: str) -> None:
    assert refusal(folder_with(tmp_path, listing_one(path=path), files={})) == [
        f"l1/{path}: Die Datei liegt außerhalb des Lieferordners. Datei in den Ordner legen."
    ]


def test_messages_name_the_properties_of_the_package(tmp_path: Path) -> None:
    raw = folder_with(tmp_path, listing_one(path="fehlt.csv", x_tabelle="bestand"), files={})
    assert refusal(raw) == [
        "l1/fehlt.csv: Die in datapackage.json genannte Datei fehlt. Datei ergänzen oder Eintrag "
        "streichen."
    ]
    spells: dict[str, str | bytes] = {"bezug.csv": EMPTY_TABLES["bezug"]}
    assert refusal(folder_with(tmp_path / "2", PACKAGE, spells)) == [
        "l1: bezug braucht x-zeitraum-von in datapackage.json: den Tag, von dem an die Zeiträume "
        "vollständig sind. Angabe ergänzen."
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"name": "a",\n}', ", Zeile 2: Das ist kein gültiges JSON. Datei prüfen."),
        (b"", ", Zeile 1: Das ist kein gültiges JSON. Datei prüfen."),
        (b"[]", ": Das ist kein Data Package, sondern ein anderes JSON. Datei prüfen."),
        ('"Köln"'.encode("cp1252"), ": Die Datei ist nicht in UTF-8. Neu speichern."),
        (b'{"name": "a", "name": "b"}', ": Doppelte Angaben: name. Eine davon streichen."),
        (b'{"a": {"b": 1, "b": 1}}', ": Doppelte Angaben: b. Eine davon streichen."),
        (b'{"bytes": NaN}', ": NaN ist in JSON keine Zahl. Datei prüfen."),
        (b'{"bytes": ' + b"9" * 5000 + b"}", ": Eine Zahl ist zu lang. Datei prüfen."),
        (b"[" * 400_000, ": Zu tief verschachtelt. Datei prüfen."),
        (
            b" " * (LARGEST_NOTE + 1),
            ": Die Datei ist größer als 1 MB. Datei prüfen.",
        ),
    ],
)
def test_what_is_no_package_has_its_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    assert refusal(folder_with(tmp_path, content)) == [f"{WHERE}{sentence}"]


def test_a_note_may_be_as_large_as_the_limit_in_either_form(tmp_path: Path) -> None:
    package = json.dumps(PACKAGE).encode()
    raw = folder_with(tmp_path, package + b" " * (LARGEST_NOTE - len(package)))
    assert len(discover(raw)) == 1
    toml = tmp_path / "lieferung.toml"
    toml.write_text(TOML_LEAST.ljust(LARGEST_NOTE, "\n"), encoding="utf-8")
    assert read_note(toml).id == "l1"
    toml.write_text(TOML_LEAST.ljust(LARGEST_NOTE + 1, "\n"), encoding="utf-8")
    with pytest.raises(DeliveryError, match="größer als 1 MB"):
        read_note(toml)


@pytest.mark.parametrize("content", ["x = " + "[" * 100_000, "x = " + "9" * 5000])
def test_a_toml_that_overburdens_its_reader_has_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "lieferung.toml").write_text(content, encoding="utf-8")
    with pytest.raises(DeliveryError, match=r"verschachtelt|kein gültiges TOML"):
        read_note(tmp_path / "lieferung.toml")


def test_a_folder_named_like_a_note_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, {"bestand.csv": CSV}, datenstand=None)
    (folder / "datapackage.json").mkdir()
    assert refusal(tmp_path) == [f"{WHERE}: Die Datei lässt sich nicht lesen. Rechte prüfen."]


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
WORDS = st.sampled_from(["bestand", "bestand.csv", "voll", "2024-12-31", "sha256:" + "a" * 64])
VALUE = ANY_JSON | WORDS
RESOURCES = st.lists(
    st.dictionaries(
        st.sampled_from(["name", "path", "hash", "bytes", "x-tabelle", "x-zeilen", "schema"]),
        VALUE,
    ),
    max_size=3,
)
PROPERTIES = st.fixed_dictionaries(
    {}, optional=dict.fromkeys([*KINDS, "id", "x"], VALUE | RESOURCES)
)
PACKAGES = PROPERTIES | PROPERTIES.map(lambda properties: {**PACKAGE, **properties})


@settings(max_examples=200)
@given(content=st.binary() | (ANY_JSON | PACKAGES).map(lambda value: json.dumps(value).encode()))
def test_any_document_is_a_note_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "datapackage.json"
    path.write_bytes(content)
    try:
        note = read_datapackage(path)
    except DeliveryError as error:
        assert error.problems
        assert all(problem.isprintable() for problem in error.problems)
    else:
        assert isinstance(note, Note)
        assert isinstance(note.datenstand, date)


def test_the_size_is_the_only_thing_lieferung_toml_cannot_state(tmp_path: Path) -> None:
    path = tmp_path / "datapackage.json"
    path.write_text(json.dumps(listing_one(bytes=1)), encoding="utf-8")
    [file] = read_datapackage(path).files
    (tmp_path / "lieferung.toml").write_text(
        TOML_LEAST + '[[datei]]\nname = "bestand.csv"\ntabelle = "bestand"\n', encoding="utf-8"
    )
    assert read_note(tmp_path / "lieferung.toml").files == (replace(file, bytes=None),)


def test_the_example_of_the_guide_is_accepted(tmp_path: Path) -> None:
    guide = Path(__file__).parents[2] / "docs" / "anleitung" / "lieferung.md"
    [example] = re.findall(r"```json\n(.*?)```", guide.read_text(encoding="utf-8"), flags=re.S)
    (tmp_path / "datapackage.json").write_text(example, encoding="utf-8")
    note = read_datapackage(tmp_path / "datapackage.json")
    assert [file.tabelle for file in note.files] == ["bestand", "beschaeftigungen"]
