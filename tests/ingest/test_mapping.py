"""Foreign files → canonical columns: headings, codes, days, numbers; nothing by guess."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.errors import DeliveryError
from pipeline.ingest.profiles.day_formats import is_day_format, rewrite_days, rewrite_serials
from tests.ingest.building import Result, bestand, stage, write
from tests.ingest.forms import bestand_profile, use_profiles

HEADER = "Kennung;Tag;Sex"
NOTE = 'profil = "eigenes"\n'


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Stage a file under a profile of its own."""

    def _read(
        profile: str, *lines: str, header: str = HEADER, note: str = NOTE, name: str = "Liste.csv"
    ) -> Result:
        use_profiles(tmp_path / "profile", monkeypatch, eigenes=profile)
        content = "\n".join([header, *lines]) + "\n"
        write(tmp_path / "raw", {name: content.encode("cp1252")}, note=note)
        return stage(tmp_path / "raw")

    return _read


def test_columns_are_found_under_their_own_headings(read) -> None:
    result = read(bestand_profile(), "A;2024-01-15;w", "B;15.01.2024;m")
    assert result.accepted("zeile", "person_id", "stichtag", "geschlecht") == [
        (2, "A", date(2024, 1, 15), "w"),
        (3, "B", date(2024, 1, 15), "m"),
    ]
    assert result.table().datei == "Liste.csv"


def test_codes_are_translated_on_top_of_lists_and_aliases(read) -> None:
    translated = '[tabelle.bestand.codes.geschlecht]\n"1" = "m"\n"Ä" = "d"\n"-" = "o"'
    result = read(
        bestand_profile(mehr=translated),
        "A;2024-01-15;1",
        "B;2024-01-15; Ä ",
        "C;2024-01-15;weiblich",
        "D;2024-01-15;-",
        "E;2024-01-15;2",
    )
    assert result.accepted("person_id", "geschlecht") == [
        ("A", "m"),
        ("B", "d"),
        ("C", "w"),
        ("D", "o"),
    ]
    assert result.rejected() == [(6, "BES-02")]


def test_an_empty_cell_may_mean_a_code(read) -> None:
    translated = '[tabelle.bestand.codes.bg_typ]\n"" = "sonstige"'
    result = read(
        bestand_profile(form='leer = ["k. A."]', spalten='"BG" = "bg_typ"', mehr=translated),
        "A;2024-01-15;w;",
        "B;2024-01-15;w;k. A.",
        "C;2024-01-15;w;alleinstehend",
        header=f"{HEADER};BG",
    )
    assert result.accepted("bg_typ") == [("sonstige",), ("sonstige",), ("alleinstehend",)]


def test_what_stands_for_empty_is_no_bad_cell(read) -> None:
    profile = bestand_profile(form='leer = ["NULL", "-"]', spalten='"Jahr" = "geburtsjahr"')
    result = read(
        profile, "A;2024-01-15;w;NULL", "B;2024-01-15;w;-", "C;2024-01-15;w;x",
        header=f"{HEADER};Jahr",
    )  # fmt: skip
    assert result.accepted("geburtsjahr") == [(None,)] * 3
    assert result.table().unbekannt == {"geburtsjahr": 1}


def test_texts_can_be_translated_too(read) -> None:
    translated = '[tabelle.bestand.codes.stadtbezirk]\n"01" = "Mitte"'
    result = read(
        bestand_profile(spalten='"Bezirk" = "stadtbezirk"', mehr=translated),
        "A;2024-01-15;w;01", "B;2024-01-15;w;1",
        header=f"{HEADER};Bezirk",
    )  # fmt: skip
    assert result.accepted("stadtbezirk") == [("Mitte",), ("1",)]


def test_a_constant_fills_a_column_that_no_file_has(read) -> None:
    constants = "[tabelle.bestand.konstanten]\nlzb = true\ngeburtsjahr = 1985\nbg_typ = 'sonstige'"
    result = read(bestand_profile(mehr=constants), "A;2024-01-15;w", "B;2024-01-15;m")
    assert result.accepted("geburtsjahr", "bg_typ", "lzb") == [(1985, "sonstige", "ja")] * 2
    assert result.table().spalten == (
        "person_id", "stichtag", "geschlecht", "geburtsjahr", "bg_typ", "lzb",
    )  # fmt: skip


def test_ignored_columns_are_not_taken(read) -> None:
    result = read(
        bestand_profile(form='ignoriert = ["Team", ""]'), "A;2024-01-15;w;x;y",
        header=f"{HEADER};Team;",
    )  # fmt: skip
    assert result.table().spalten == ("person_id", "stichtag", "geschlecht")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1.234,50", Decimal("1234.5")),
        ("1234,5", Decimal("1234.5")),
        ("-12.345.678,9", Decimal("-12345678.9")),
        ("7", Decimal(7)),
        ("1.234", Decimal(1234)),
        ("12.34", None),
        ("1234.5", None),
        ("1.23,4", None),
        (",5", None),
    ],
)
def test_decimals_are_read_in_the_declared_spelling_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str, number: Decimal | None
) -> None:
    declared = """\
[tabelle.teilnahmen]
datei = "T.csv"
dezimalzeichen = ","
tausenderzeichen = "."
[tabelle.teilnahmen.spalten]
"Nr" = "teilnahme_id"
"Wer" = "person_id"
"Was" = "instrument"
"Ab" = "eintritt"
"EUR" = "kosten_eur"
"""
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=declared)
    row = f"T1;A;FBW;2024-01-15;{cell}"
    write(tmp_path / "raw", {"T.csv": f"Nr;Wer;Was;Ab;EUR\n{row}\n"}, note=NOTE)
    result = stage(tmp_path / "raw")
    assert result.accepted("kosten_eur", table="teilnahmen") == [(number,)]
    assert result.table("teilnahmen").unbekannt["kosten_eur"] == (number is None)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("TT.MM.JJJJ", True),
        ("JJJJMMTT", True),
        ("M/T/JJJJ hh:mm", True),
        ("TT.MM.JJ", False),
        ("TT.MM", False),
        ("TT.TT.JJJJ", False),
        ("TT MMM JJJJ", False),
        ("", False),
    ],
)
def test_a_spelling_of_days_has_one_day_month_and_year(text: str, good: bool) -> None:
    assert is_day_format(text) is good


@pytest.mark.parametrize(
    ("formats", "cell", "day"),
    [
        (["TT.MM.JJJJ"], "05.04.2016", "2016-04-05"),
        (["T.M.JJJJ"], "5.4.2016", "2016-04-05"),
        (["T.M.JJJJ"], "15.14.2016", "2016-14-15"),  # no day: judged like any other cell
        (["MM/TT/JJJJ"], "04/05/2016", "2016-04-05"),
        (["JJJJMMTT"], "20160405", "2016-04-05"),
        (["JJJJMMTT"], "2016040", "2016040"),
        (["TT.MM.JJJJ hh:mm:ss"], "05.04.2016 13:45:10", "2016-04-05"),
        (["TT.MM.JJJJ"], "05.04.2016 13:45:10", "05.04.2016 13:45:10"),
        (["JJJJ-MM-TT hh:mm:ss"], "2016-04-05 12:00:00.000000", "2016-04-05"),
        (["TT.MM.JJJJ", "TT/MM/JJJJ"], "05/04/2016", "2016-04-05"),
        (["TT/MM/JJJJ", "MM/TT/JJJJ"], "05/04/2016", "2016-04-05"),  # the first that fits
        (["TT.MM.JJJJ"], "", ""),
    ],
)
def test_days_are_rewritten_from_the_declared_spellings(
    formats: list[str], cell: str, day: str
) -> None:
    assert rewrite_days(pa.array([cell]), formats).to_pylist() == [day]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("14610", "14610"),
        ("14611", "1940-01-01"),
        ("42461", "2016-04-01"),
        ("2958465", "9999-12-31"),
        ("2958466", "2958466"),
        ("42461.5", "42461.5"),
        ("2016", "2016"),
        ("99999999999", "99999999999"),
    ],
)
def test_serial_numbers_are_days_since_1940(cell: str, day: str) -> None:
    assert rewrite_serials(pa.array([cell])).to_pylist() == [day]


def refusal(raw: Path) -> list[str]:
    with pytest.raises(DeliveryError) as caught:
        stage(raw)
    assert caught.value.exit_code == 11
    return caught.value.problems


def test_an_unmapped_column_refuses_the_file_by_name_and_never_by_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=bestand_profile())
    content = f"{HEADER};Team;12345\nA;2024-01-15;w;KANARIE;KANARIE\n"
    write(tmp_path / "raw", {"Liste.csv": content}, note=NOTE)
    assert refusal(tmp_path / "raw") == [
        "l1/Liste.csv: Nicht zugeordnete Spalten: Team, Spalte 5. Im Profil eigenes unter spalten "
        "zuordnen oder unter ignoriert nennen (Entwurf: `python -m pipeline profile suggest "
        "DATEI`)."
    ]


def test_a_required_column_that_the_file_lacks_is_named_as_it_is_delivered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=bestand_profile())
    write(tmp_path / "raw", {"Liste.csv": "Kennung;Tag;Tag\n"}, note=NOTE)
    assert refusal(tmp_path / "raw") == [
        "l1/Liste.csv: Mehrfach vorhandene Spalten: Tag. Jede Spalte nur einmal liefern.",
        "l1/Liste.csv: Fehlende Pflichtspalten: Sex. Spalten ergänzen lassen oder im Profil "
        "eigenes anders zuordnen.",
    ]


def test_without_a_name_the_one_fitting_profile_is_taken(read) -> None:
    assert read(bestand_profile(), "A;2024-01-15;w", note=LISTED).accepted("person_id") == [("A",)]


LISTED = '[[datei]]\nname = "Liste.csv"\ntabelle = "bestand"\n'


@pytest.mark.parametrize(
    ("profiles", "start"),
    [
        (("a", "b"), "l1/Liste.csv: Mehrere Profile passen (a, b). In lieferung.toml mit profil "),
        ((), "l1/Liste.csv: Die Datei nennt keine Spalte der Tabelle bestand. Spaltennamen "),
    ],
)
def test_without_a_name_none_or_several_fitting_profiles_refuse_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, profiles: tuple[str, ...], start: str
) -> None:
    texts = dict.fromkeys(profiles, bestand_profile())
    use_profiles(tmp_path / "profile", monkeypatch, **texts)
    write(tmp_path / "raw", {"Liste.csv": f"{HEADER}\n"}, note=LISTED)
    [problem] = refusal(tmp_path / "raw")
    assert problem.startswith(start)


def test_a_profile_that_knows_not_every_column_does_not_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profiles(tmp_path / "profile", monkeypatch, a=bestand_profile())
    write(tmp_path / "raw", {"Liste.csv": f"{HEADER};Team\n"}, note=LISTED)
    [problem] = refusal(tmp_path / "raw")
    assert "profile suggest" in problem


def test_canonical_headings_need_no_profile_whatever_the_note_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stichtage = '[tabelle.stichtage]\n[tabelle.stichtage.spalten]\n"Tag" = "stichtag"\n'
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=stichtage)
    write(tmp_path / "raw", {"bestand.csv": bestand("A;2024-01-15;w")}, note=NOTE)
    assert stage(tmp_path / "raw").accepted("person_id") == [("A",)]


def test_a_delivery_that_names_an_unknown_profile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profiles(tmp_path / "profile", monkeypatch, a=bestand_profile())
    write(tmp_path / "raw", {"bestand.csv": bestand()}, note=NOTE)
    assert refusal(tmp_path / "raw") == [
        "l1/lieferung.toml: Das Profil eigenes gibt es nicht. Es gibt: a."
    ]


def test_a_folder_without_a_file_that_fits_names_the_patterns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=bestand_profile())
    write(tmp_path / "raw", {"anders.csv": HEADER}, note=NOTE)
    assert refusal(tmp_path / "raw") == [
        "l1: Der Ordner enthält keine Tabelle. Erwartet wird mindestens eine Datei Liste*.csv."
    ]


def test_two_files_of_one_pattern_are_one_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=bestand_profile())
    write(tmp_path / "raw", {"Liste1.csv": HEADER, "liste2.CSV": HEADER}, note=NOTE)
    [problem] = refusal(tmp_path / "raw")
    assert "Die Tabelle bestand ist mehrfach geliefert (Liste1.csv, liste2.CSV)" in problem


def test_declared_encoding_and_separator_win_over_what_the_bytes_look_like(read) -> None:
    profile = bestand_profile(
        form='kodierung = "windows-1252"\ntrennzeichen = "|"', spalten='"Bezirk;x" = "stadtbezirk"'
    )
    # In UTF-8 these two bytes would be one letter.
    result = read(profile, "A|2024-01-15|w|Ã¤", header="Kennung|Tag|Sex|Bezirk;x")
    assert result.accepted("stadtbezirk") == [("Ã¤",)]
