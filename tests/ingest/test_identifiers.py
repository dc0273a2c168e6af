"""Direct identifiers: what is one, what only looks like one, and where they are found."""

import random
import string
from collections.abc import Callable

import pyarrow as pa
import pytest

from pipeline.ingest.identifiers.checks import is_iban, is_steuer_id, is_svnr, svnr_check_digit
from pipeline.ingest.identifiers.kinds import kinds, named_by, named_in
from pipeline.ingest.identifiers.scan import findings, sentences
from pipeline.ingest.naming import printable
from pipeline.ingest.reading.readers import BadLine, RawTable
from tests.ingest.planting import KINDS, digits, planted

CONTRACT = {n: n for n in ("person_id", "stichtag", "geburtsjahr", "stadtbezirk")}


def raw_table(columns: dict[str, list[str]], bad: tuple[BadLine, ...] = ()) -> RawTable:
    """A delivered file; its first row stands in line 2."""
    rows = len(next(iter(columns.values())))
    cells = [pa.array(values, pa.string()).dictionary_encode() for values in columns.values()]
    table = pa.Table.from_arrays(
        [*cells, pa.array(range(2, rows + 2), pa.int32())], names=[*columns, "zeile"]
    )
    return RawTable(table, tuple(columns), bad, "")


def found(column: str, values: list[str]) -> list[tuple[str, int, int]]:
    """Kind, first line and number of cells for the findings in one column."""
    result = findings(raw_table({column: values}), CONTRACT)
    return [(finding.art.id, finding.zeile, finding.zellen) for finding in result]


def test_the_registry_and_the_planted_kinds_are_the_same_ten() -> None:
    assert {kind.id for kind in kinds()} == set(KINDS)


@pytest.mark.parametrize(
    ("check", "good"),
    [
        (is_iban, "DE89370400440532013000"),
        (is_iban, "de89 3704 0044 0532 0130 00"),
        (is_iban, "AT611904300234573201"),
        (is_steuer_id, "36574261809"),
        (is_svnr, "15070649C103"),
        (is_svnr, "65 170839 J 003"),
    ],
)
def test_published_examples_pass_and_any_other_last_digit_does_not(
    check: Callable[[str], bool], good: str
) -> None:
    assert check(good)
    last = good[-1]
    assert not any(check(good[:-1] + digit) for digit in string.digits if digit != last)


def test_the_birthday_in_a_sozialversicherungsnummer_must_be_possible() -> None:
    def with_birthday(day: str) -> bool:
        start = f"12{day}80M00"
        return is_svnr(start + svnr_check_digit(start))

    assert [with_birthday(day) for day in ("0112", "0000", "9512", "9612", "0113")] == [
        True, True, True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("column", ["stadtbezirk", "person_id", "Bemerkung"])
def test_one_identifier_among_clean_cells_is_found_with_line_and_column(
    kind: str, column: str
) -> None:
    clean = [f"P{i:07}" for i in range(50)]
    for text in planted(kind):
        assert found(column, [*clean, text, *clean, text]) == [(kind, 52, 2)]


@pytest.mark.parametrize("kind", KINDS)
def test_one_identifier_as_a_heading_or_in_a_file_name_is_found(kind: str) -> None:
    for text in planted(kind):
        [finding] = findings(raw_table({"person_id": ["P1"], text: ["x"]}), CONTRACT)
        assert (finding.art.id, finding.spalte, finding.zeile, finding.zellen) == (kind, 2, 1, 0)
        in_a_file_name = named_in(f"liste_{text.replace(' ', '_')}.csv")
        assert in_a_file_name is not None
        assert in_a_file_name.id == kind
        assert printable(f"Akte {text}") == "(nicht gezeigt)"


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_that_is_no_row_is_searched_too(kind: str) -> None:
    for text in planted(kind):
        bad = (BadLine(2, "P1;w", 2), BadLine(7, f"P1;{text};x;y", 4))
        [finding] = findings(raw_table({"person_id": ["P1"]}, bad), CONTRACT)
        assert (finding.art.id, finding.spalte, finding.zeile) == (kind, None, 7)


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("name", ["name", "Vorname", "NACHNAME", "Geburtsname", "Name, Vorname", "name_1"]),
        ("geburtsdatum", ["Geburtsdatum", "GEB_DATUM", "geb.", "GebDat", "Geb.-Dat."]),
        ("anschrift", ["Straße", "strasse", "STRASSE", "Haus-Nr.", "hausnummer", "PLZ/Ort", "Ort"]),
        ("telefon", ["Telefon", "tel.", "Telefon 2", "Handy-Nr", "TEL_PRIVAT"]),
        ("email", ["E-Mail", "eMail", "email_adresse", "Mail"]),
        ("iban", ["IBAN", "Konto-Nr."]),
        ("kundennummer", ["KdNr", "KD_NR", "Kundennummer", "Kunden-Nr."]),
        ("bg_nummer", ["BG-Nr", "bg_nummer", "Nummer der Bedarfsgemeinschaft", "Aktenzeichen"]),
        ("svnr", ["SVNR", "SV-Nummer", "Sozialversicherungsnummer", "Rentenversicherungs-Nummer"]),
        ("steuer_id", ["Steuer-ID", "steuer_id", "SteuerIdentifikationsnummer"]),
    ],
)
def test_a_heading_names_its_kind_in_any_spelling(kind: str, headings: list[str]) -> None:
    assert {h: named.id for h in headings if (named := named_by(h))} == dict.fromkeys(
        headings, kind
    )
    # Decomposed umlauts, as some systems write them.
    assert named_by("Stra\u00dfe") == named_by("STRASSE")


@pytest.mark.parametrize(
    "heading",
    ["Geburtsjahr", "Geb.-Jahr", "Maßnahmename", "Name des Trägers", "Arbeitgeber (Ort)",
     "Pseudonym", "person_id", "BG-Typ", "Stadtbezirk", "Alter", "Instrument"],
)  # fmt: skip
def test_a_heading_that_speaks_of_no_person_is_none(heading: str) -> None:
    assert named_by(heading) is None


def test_a_column_of_the_contract_may_be_named_as_it_is() -> None:
    assert findings(raw_table({"person_id": ["P1"], "name": ["x"]}), {"name": "name"}) == []


@pytest.mark.parametrize(
    "cell", ["01.02.1985", "1.2.85", "1985-02-01", "1985-02-01 00:00:00", "01/02/1985", "19850201"]
)
def test_a_date_where_the_year_of_birth_is_due_is_a_date_of_birth(cell: str) -> None:
    assert found("geburtsjahr", ["1985", cell]) == [("geburtsdatum", 3, 1)]
    assert found("Geb.-Jahr", ["1985", cell]) == [("geburtsdatum", 3, 1)]
    assert found("stichtag", ["2024-01-15", cell]) == []


@pytest.mark.parametrize(
    "cells",
    [
        ["Stuttgart-Mitte", "Nord-Ost 2", "Bezirk 12", "Platz der Republik", "Frauen", "70173"],
        ["BAE-2009-02", "0512/2024", "MAT 12-2009", "2024-01-15", "15.01.2024", "39,50", "-1200.5"],
        ["Ausbildungsplatz 3", "Arbeitsweg 12", "Umschulungsweg 2", "3 Plätze"],
        ["DE89370400440532013001", "15070649C104", "36574261808", "123456789", "0049"],
    ],
)
def test_what_only_looks_like_an_identifier_is_none(cells: list[str]) -> None:
    assert found("Bemerkung", cells) == []
    assert found("massnahme_id", cells) == []


def test_a_year_of_birth_is_no_date_of_birth() -> None:
    assert found("geburtsjahr", ["1985", "1985.5", "unbekannt", "19851", "85", ""]) == []


PSEUDONYMS: dict[str, Callable[[random.Random], str]] = {
    "P and seven digits": lambda rng: f"P{digits(rng, 7)}",
    "P and nine digits": lambda rng: f"P{digits(rng, 9)}",
    "ten hexadecimal digits": lambda rng: f"{rng.getrandbits(40):010x}",
    "ten letters and digits": lambda rng: "".join(
        rng.choices(string.digits + string.ascii_uppercase, k=10)
    ),
    "ten digits with leading zeros": lambda rng: f"{rng.randrange(10**9):010}",
    "ten digits": lambda rng: digits(rng, 10),
    "eleven digits": lambda rng: digits(rng, 11),
    "twelve letters and digits": lambda rng: "".join(
        rng.choices(string.digits + string.ascii_uppercase, k=12)
    ),
    "a hash": lambda rng: f"{rng.getrandbits(256):064x}",
    "a UUID": lambda rng: spaced_uuid(f"{rng.getrandbits(128):032x}"),
}


def spaced_uuid(text: str) -> str:
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


@pytest.mark.parametrize("form", PSEUDONYMS)
@pytest.mark.parametrize("persons", [1000, 20_000])
@pytest.mark.parametrize("column", ["person_id", "Pseudonym"])
def test_pseudonyms_raise_no_false_alarm(form: str, persons: int, column: str) -> None:
    rng = random.Random(persons)
    assert found(column, [PSEUDONYMS[form](rng) for _ in range(persons)]) == []


@pytest.mark.parametrize("kind", ["kundennummer", "svnr", "steuer_id", "bg_nummer", "iban"])
def test_numbers_in_place_of_pseudonyms_are_found(kind: str) -> None:
    values = planted(kind)
    assert found("person_id", values) == [(kind, 2, len(values))]


def test_a_sentence_names_file_line_and_column_and_shows_no_foreign_heading() -> None:
    raw = raw_table(
        {"person_id": ["P1", "123A456789"], "Anna Muster": ["x", "a@b.de"], "Vorname": ["", ""]},
        (BadLine(9, "P1;geb. 1.2.1985;x;y", 4),),
    )
    advice = "Spalte weglassen oder durch ein Pseudonym ersetzen und die Datei neu liefern."
    found = findings(raw, CONTRACT)
    assert sentences(found, raw.columns, CONTRACT, "l1/bestand.csv") == [
        "l1/bestand.csv, Zeile 3, Spalte person_id: Die Spalte enthält eine Kundennummer "
        f"(Zellen: 1). {advice}",
        "l1/bestand.csv, Zeile 3, Spalte 2: Die Spalte enthält eine E-Mail-Adresse (Zellen: 1). "
        f"{advice}",
        f"l1/bestand.csv, Zeile 1, Spalte 3: Die Überschrift nennt einen Namen. {advice}",
        "l1/bestand.csv, Zeile 9: Die Zeile enthält ein Geburtsdatum (Zeilen mit falscher Zahl von "
        "Feldern: 1). Datei ohne diese Angaben neu liefern.",
    ]


def test_invisible_characters_and_wide_digits_hide_nothing() -> None:
    assert found("Bemerkung", ["anna\u200b@web.de", "\uff11\uff12\uff13A456789"]) == [
        ("email", 2, 1),
        ("kundennummer", 3, 1),
    ]
