"""Drafting a profile from a file, and looking at a file through a profile; no person is shown."""

import tomllib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from pipeline.errors import DeliveryError, UsageError
from pipeline.ingest.profiles.guess import Delivered, best_columns, day_formats, separators
from pipeline.ingest.profiles.profile import read_profile
from pipeline.ingest.profiles.profile_commands import check, suggest
from pipeline.registries import contract
from tests.ingest.forms import bestand_profile, use_profiles
from tests.ingest.test_xlsx import DAY, workbook

LINES = [
    "Kunden-Pseudonym;Stichtag;Geschlecht;Jahrgang;Haushaltstyp;Team",
    "P0000001;15.01.2024;weiblich;1985;Single;Nord",
    "P0000002;15.01.2024;männlich;-;Paar mit Kindern;Süd",
    "P0000003;15.01.2024;KANARIE;1990;KANARIE;Süd",
]


def file(tmp_path: Path, *lines: str, name: str = "Personen_2024-01.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def drafted(path: Path, tabelle: str | None = None, blatt: str | None = None) -> str:
    said: list[str] = []
    suggest([path], tabelle, blatt, None, said.append)
    [text] = said
    return text


def checked(path: Path, tabelle: str | None = None) -> list[str]:
    said: list[str] = []
    check(path, "eigenes", tabelle, said.append)
    return said


def test_a_draft_maps_by_headings_and_contents_and_comments_what_is_open(tmp_path: Path) -> None:
    assert drafted(file(tmp_path, *LINES)).splitlines()[3:] == [
        "",
        "[tabelle.bestand]",
        'datei = "Personen_*.csv"',
        'leer = ["-"]',
        "# Ohne erkanntes Ziel. Wird nichts davon gebraucht, gilt die nächste Zeile ohne #.",
        '# ignoriert = ["Team"]',
        "",
        "[tabelle.bestand.spalten]",
        '"Kunden-Pseudonym" = "person_id"',
        '"Stichtag" = "stichtag"',
        '"Geschlecht" = "geschlecht"',
        '"Jahrgang" = "geburtsjahr"',
        '"Haushaltstyp" = "bg_typ"',
        "",
        "[tabelle.bestand.codes.geschlecht]",
        '# Unbekannt, 1 Zeilen, beginnt mit: "KAN…"',
        "",
        "[tabelle.bestand.codes.bg_typ]",
        '"Paar mit Kindern" = "paar_mit_kind"',
        '"Single" = "alleinstehend"',
        '# Unbekannt, 1 Zeilen, beginnt mit: "KAN…"',
    ]


def test_a_draft_is_a_profile_that_can_be_read(tmp_path: Path) -> None:
    out = tmp_path / "entwurf.toml"
    suggest([file(tmp_path, *LINES)], None, None, out, lambda _: None)
    assert list(read_profile(out).tabelle["bestand"].spalten) == LINES[0].split(";")[:5]


def test_a_draft_overwrites_nothing(tmp_path: Path) -> None:
    out = file(tmp_path, "x", name="entwurf.toml")
    with pytest.raises(UsageError, match="Die Datei gibt es schon"):
        suggest([file(tmp_path, *LINES)], None, None, out, lambda _: None)
    assert out.read_text(encoding="utf-8") == "x\n"


@pytest.mark.parametrize(
    ("header", "table"),
    [
        ("Pseudonym;Stichtag;Geschlecht", "bestand"),
        ("Pseudonym;Bezug von;Bezug bis;Geschlecht", "bezug"),
        ("Aufnahme-Nr.;Pseudonym;Arbeitsbeginn;Art der Aufnahme", "beschaeftigungen"),
        ("Teilnahme-Nr.;Pseudonym;Maßnahmeart;Eintrittsdatum", "teilnahmen"),
        ("Stichtag", "stichtage"),
    ],
)
def test_the_table_is_the_one_whose_columns_the_file_shows(
    tmp_path: Path, header: str, table: str
) -> None:
    draft = tomllib.loads(drafted(file(tmp_path, header, name="export.csv")))
    assert list(draft["tabelle"]) == [table]
    assert len(draft["tabelle"][table]["spalten"]) == len(header.split(";"))


def test_a_named_table_wins_and_what_it_lacks_is_said(tmp_path: Path) -> None:
    text = drafted(file(tmp_path, *LINES), tabelle="teilnahmen")
    assert "# Pflicht, aber nicht gefunden: teilnahme_id, instrument, eintritt" in text


def test_two_files_of_one_table_are_drafted_one_by_one(tmp_path: Path) -> None:
    paths = [file(tmp_path, *LINES, name=f"{n}.csv") for n in "ab"]
    with pytest.raises(UsageError, match="sehen nach der Tabelle bestand aus"):
        suggest(paths, None, None, None, lambda _: None)


def test_a_sheet_of_a_workbook_can_be_drafted(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Bericht"], LINES[0].split(";"), ["P1", DAY, "w", 1985, "x", "y"]]
    path = workbook(tmp_path / "Auszug.xlsx", Eins=[["x"]], Zwei=rows)
    draft = tomllib.loads(drafted(path, blatt="Zwei"))["tabelle"]["bestand"]
    assert (draft["datei"], draft["blatt"]) == ("Auszug.xlsx", "Zwei")
    assert draft["spalten"]["Stichtag"] == "stichtag"


def test_xml_cannot_be_drafted(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Für XML lässt sich kein Profil entwerfen"):
        drafted(file(tmp_path, "<a/>", name="x.xml"))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda p: drafted(p / "x.docx"), "x.docx: Gelesen werden nur .csv, .parquet, .xlsx, .xml"),
        (lambda p: drafted(p / "fehlt.csv"), "fehlt.csv: Die Datei gibt es nicht. Pfad prüfen."),
        (lambda p: drafted(file(p, "x"), tabelle="x"), "--tabelle kennt nur bestand, bezug, "),
    ],
)
def test_a_wrong_call_has_its_sentence(tmp_path: Path, call: Any, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        call(tmp_path)
    assert sentence in caught.value.problems[0]


@pytest.mark.parametrize(
    "lines",
    [
        ["Pseudonym;Stichtag;Geschlecht;Mail", "P1;15.01.2024;w;klara.muster@example.org"],
        ["Pseudonym;Stichtag;Geschlecht;Nachname", "P1;15.01.2024;w;Muster"],
    ],
)
def test_a_file_that_names_a_person_is_not_drafted(tmp_path: Path, lines: list[str]) -> None:
    with pytest.raises(DeliveryError) as caught:
        drafted(file(tmp_path, *lines))
    assert "uster" not in "".join(caught.value.problems)


def test_contents_of_unmapped_columns_and_of_texts_are_never_in_a_draft(tmp_path: Path) -> None:
    lines = ["Pseudonym;Stichtag;Geschlecht;Bezirk;Team", "KANARIE1;15.01.2024;w;KANARIE;KANARIE"]
    assert "KAN" not in drafted(file(tmp_path, *lines))


@pytest.mark.parametrize(
    ("cells", "formats"),
    [
        (["2024-01-15", "15.01.2024"], []),
        (["5.1.2024", "15.01.2024"], ["T.M.JJJJ"]),
        (["15.01.2024 00:00:00"], ["TT.MM.JJJJ hh:mm:ss"]),
        (["20240115"], ["JJJJMMTT"]),
        (["05/04/2024", "15/04/2024"], ["TT/MM/JJJJ"]),
        (["04/05/2024", "04/15/2024"], ["MM/TT/JJJJ"]),
        (["x"], []),
    ],
)
def test_spellings_of_days_are_recognised(cells: list[str], formats: list[str]) -> None:
    assert day_formats([pa.array(cells)]) == formats


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        (["7", "12"], ("", "")),
        (["7,5"], (",", "")),
        (["7.5"], (".", "")),
        (["1.234,5"], (",", ".")),
        (["1,234.50"], (".", ",")),
        (["1.234"], ("", "")),  # a thousand or one and a bit
    ],
)
def test_separators_of_numbers_are_recognised(cells: list[str], marks: tuple[str, str]) -> None:
    assert separators([pa.array(cells)]) == marks


def test_contents_decide_where_headings_say_nothing() -> None:
    sexes = Delivered("Merkmal 7", pa.array(["weiblich", "männlich"]), pa.array([1, 1]))
    other = Delivered("Geschlecht", pa.array(["1985", "1990"]), pa.array([1, 1]))
    found = best_columns([other, sexes], contract("bestand"))
    assert {place: name for place, (name, _) in found.items()} == {1: "geschlecht"}


def test_a_check_shows_what_maps_what_is_empty_and_the_first_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = bestand_profile(
        form='ignoriert = ["Team"]',
        spalten='"Jahr" = "geburtsjahr"\n"Ort" = "stadtbezirk"\n"BG" = "bg_typ"',
        mehr="[tabelle.bestand.konstanten]\nlzb = true",
    )
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=profile)
    rows = [f"P{n};1{n}.01.2024;w;19x5;;GEHEIM{n % 2}" for n in range(1, 8)]
    path = file(tmp_path, "Kennung;Tag;Sex;Jahr;Team;BG", *rows, name="Liste1.csv")
    assert checked(path) == [
        f"{tmp_path.name}/Liste1.csv als bestand, Profil eigenes",
        "  Zeilen: 7",
        "  Zugeordnet:",
        "    Kennung -> person_id (text): leer 0, unlesbar 0",
        "    Tag -> stichtag (datum): leer 0, unlesbar 0",
        "    Sex -> geschlecht (code): leer 0, unlesbar 0",
        "    Jahr -> geburtsjahr (ganzzahl): leer 0, unlesbar 7",
        "    BG -> bg_typ (code): leer 0, unlesbar 7",
        "    (Konstante) -> lzb (boolean): leer 0, unlesbar 0",
        "  Nicht zugeordnet: keine",
        "  Ignoriert: Team",
        "  Im Profil, aber nicht in der Datei: Ort",
        "  Unbekannte Codes:",
        "    bg_typ: GEH… (4), GEH… (3)",
        "  Die ersten 5 Zeilen ohne kennzeichnende Spalten:",
        "    stichtag | geschlecht | bg_typ | lzb",
        *[f"    2024-01-1{n} | w |  | ja" for n in range(1, 6)],
    ]


def test_a_check_refuses_what_a_run_would_refuse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=bestand_profile())
    path = file(tmp_path, "Kennung;Tag;Team", "P1;15.01.2024;KANARIE", name="Liste.csv")
    said: list[str] = []
    with pytest.raises(DeliveryError) as caught:
        check(path, "eigenes", None, said.append)
    assert "  Nicht zugeordnet: Team" in said
    assert [problem.split(": ")[1] for problem in caught.value.problems] == [
        "Nicht zugeordnete Spalten",
        "Fehlende Pflichtspalten",
    ]
    assert "KANARIE" not in "".join([*said, *caught.value.problems])


def test_a_check_needs_to_know_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=bestand_profile())
    path = file(tmp_path, "Kennung;Tag;Sex", "P1;15.01.2024;w", name="anders.csv")
    with pytest.raises(UsageError, match="sagt nicht, welche Tabelle das ist"):
        checked(path)
    assert checked(path, tabelle="bestand")[1] == "  Zeilen: 1"


def test_a_check_of_a_broken_profile_is_a_wrong_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=bestand_profile(form="farbe = 1"))
    with pytest.raises(UsageError, match=r"tabelle\.bestand\.farbe"):
        checked(file(tmp_path, "Kennung", name="Liste.csv"))
