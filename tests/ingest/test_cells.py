"""What a cell may look like, and what becomes of one that cannot be read."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ingest.building import bestand, stage_files

JOBS = "beschaeftigung_id;person_id;beginn;ende;art;foerderung;wochenstunden;erfasst_am"
MEASURES = "teilnahme_id;person_id;instrument;eintritt;austritt_geplant;austritt;kosten_eur"
REJECTED = "rejected"


def read_cell(tmp_path: Path, column: str, cell: str):
    """The stored value of an optional or required bestand cell, or REJECTED."""
    cells = {"person_id": "A", "stichtag": "2024-01-15", "geschlecht": "w", column: cell}
    content = bestand(";".join(cells.values()), header=";".join(cells))
    result = stage_files(tmp_path, {"bestand.csv": content})
    found = result.accepted(column)
    if not found:
        assert result.rejected() == [(2, "BES-02")]
        return REJECTED
    counted = result.table().unbekannt.get(column, 0)
    return (found[0][0], "counted") if counted else found[0][0]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        ("29.02.2024", date(2024, 2, 29)),
        (" 29.02.2024\t", date(2024, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2023-02-29", REJECTED),
        ("2100-02-29", REJECTED),
        ("31.04.2024", REJECTED),
        ("12.31.2024", REJECTED),
        ("01.02.24", REJECTED),
        ("1.2.2024", REJECTED),
        ("2024-1-02", REJECTED),
        ("20240102", REJECTED),
        ("2024-01-02 00:00:00", REJECTED),
        ("01/02/2024", REJECTED),
        ("1899-12-31", REJECTED),
        ("45678", REJECTED),
        ("", REJECTED),
        ("NULL", REJECTED),
        ("２024-01-02", REJECTED),
    ],
)
def test_dates_are_iso_or_german_existing_days(tmp_path: Path, cell: str, value: object) -> None:
    assert read_cell(tmp_path, "stichtag", cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("w", "w"),
        (" w ", "w"),
        ("weiblich", "w"),
        ("", "u"),
        ("  ", "u"),
        ("u", "u"),
        ("o", "o"),
        ("W", REJECTED),
        ("q", REJECTED),
    ],
)
def test_an_empty_geschlecht_is_u_and_an_unknown_one_rejects(
    tmp_path: Path, cell: str, value: str
) -> None:
    assert read_cell(tmp_path, "geschlecht", cell) == value


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("geburtsjahr", "1985", 1985),
        ("geburtsjahr", "1985.0", 1985),
        ("geburtsjahr", "1985,00", 1985),
        ("geburtsjahr", "", None),
        ("geburtsjahr", "1985.5", (None, "counted")),
        ("geburtsjahr", "-5", (None, "counted")),
        ("geburtsjahr", "1E3", (None, "counted")),
        ("geburtsjahr", "99999999999", (None, "counted")),
        ("bg_typ", "paar_mit_kind", "paar_mit_kind"),
        ("bg_typ", "", "unbekannt"),
        ("bg_typ", "unbekannt", "unbekannt"),
        ("bg_typ", "Paar_mit_Kind", ("unbekannt", "counted")),
        ("leistungsbezug_seit", "01.02.2020", date(2020, 2, 1)),
        ("leistungsbezug_seit", "2025-01-01", date(2025, 1, 1)),  # after the datenstand: stays
        ("leistungsbezug_seit", "", None),
        ("leistungsbezug_seit", "gestern", (None, "counted")),
        ("lzb", "", "unbekannt"),
        ("lzb", "wahr", ("unbekannt", "counted")),
        ("lzb", "2", ("unbekannt", "counted")),
        ("stadtbezirk", "", "unbekannt"),
        ("stadtbezirk", " Köln\u00a0", "Köln"),
    ],
)
def test_a_bad_cell_in_an_optional_column_is_unknown_and_counted(
    tmp_path: Path, column: str, cell: str, value: object
) -> None:
    assert read_cell(tmp_path, column, cell) == value


@pytest.mark.parametrize("spelling", ["true", "ja", "j", "1", "TRUE", "Ja", "J"])
def test_true_in_each_spelling(tmp_path: Path, spelling: str) -> None:
    assert read_cell(tmp_path, "lzb", spelling) == "ja"


@pytest.mark.parametrize("spelling", ["false", "nein", "n", "0", "FALSE", "Nein", "N"])
def test_false_in_each_spelling(tmp_path: Path, spelling: str) -> None:
    assert read_cell(tmp_path, "hilfe_67", spelling) == "nein"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("38.5", Decimal("38.5000")),
        ("38,5", Decimal("38.5000")),
        ("40", Decimal("40.0000")),
        ("-3,25", Decimal("-3.2500")),
        ("1.234,5", None),
        ("38,5 h", None),
        (",5", None),
        ("1e3", None),
        ("", None),
    ],
)
def test_decimals_have_a_point_or_a_comma_and_no_thousands_separator(
    tmp_path: Path, cell: str, value: Decimal | None
) -> None:
    content = f"{JOBS}\n1;A;2024-01-15;;sv;;{cell};\n"
    result = stage_files(tmp_path, {"beschaeftigungen.csv": content})
    assert result.accepted("wochenstunden", table="beschaeftigungen") == [(value,)]
    counted = result.table("beschaeftigungen").unbekannt["wochenstunden"]
    assert counted == (1 if cell and value is None else 0)


def test_columns_that_are_not_delivered_are_unknown_but_not_counted(tmp_path: Path) -> None:
    result = stage_files(tmp_path, {"bestand.csv": bestand("A;2024-01-15;w")})
    columns = ("geburtsjahr", "bg_typ", "lzb", "leistungsbezug_seit", "stadtbezirk")
    assert result.accepted(*columns) == [(None, "unbekannt", "unbekannt", None, "unbekannt")]
    assert result.table().spalten == ("person_id", "stichtag", "geschlecht")
    assert result.table().unbekannt == {}


@pytest.mark.parametrize(
    ("ende", "erfasst_am", "regel"),
    [
        ("", "", None),
        ("2030-01-01", "", None),  # a fixed term may end after the datenstand
        ("31.12.9999", "", None),  # how some systems write an open end
        ("31.12.2024", "2024-12-30", None),
        ("", "2024-12-31", None),
        ("", "2025-01-01", "BSC-04"),
        ("offen", "", "BSC-03"),
        ("", "offen", "BSC-03"),
        ("offen", "2025-01-01", "BSC-03"),
    ],
)
def test_ende_and_erfasst_am_reject_when_unreadable(
    tmp_path: Path, ende: str, erfasst_am: str, regel: str | None
) -> None:
    content = f"{JOBS}\n1;A;2024-01-15;{ende};sv;;;{erfasst_am}\n"
    result = stage_files(tmp_path, {"beschaeftigungen.csv": content})
    expected = [] if regel is None else [(2, regel)]
    assert result.rejected(table="beschaeftigungen") == expected


@pytest.mark.parametrize(
    ("geplant", "austritt", "regel"),
    [
        ("2030-01-01", "2030-01-01", None),
        ("offen", "", None),
        ("", "offen", "TEI-03"),
    ],
)
def test_a_planned_exit_never_rejects_an_unreadable_exit_does(
    tmp_path: Path, geplant: str, austritt: str, regel: str | None
) -> None:
    content = f"{MEASURES}\n1;A;MAT;2024-01-15;{geplant};{austritt};\n"
    result = stage_files(tmp_path, {"teilnahmen.csv": content})
    expected = [] if regel is None else [(2, regel)]
    assert result.rejected(table="teilnahmen") == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-12-30", []), ("2024-12-31", []), ("2025-01-01", [(2, "BES-04")])],
)
def test_a_stichtag_after_the_datenstand_rejects(
    tmp_path: Path, day: str, expected: list[tuple[int, str]]
) -> None:
    result = stage_files(tmp_path, {"bestand.csv": bestand(f"A;{day};w")})
    assert result.rejected() == expected


def test_rejected_rows_keep_their_cells_as_delivered(tmp_path: Path) -> None:
    content = bestand("A; 31.04.2024 ;w;x", header="person_id;stichtag;geschlecht;geburtsjahr")
    result = stage_files(tmp_path, {"bestand.csv": content})
    assert result.rejected("person_id", "stichtag", "geburtsjahr", "bg_typ", "rohzeile") == [
        ("A", " 31.04.2024 ", "x", None, None)
    ]
