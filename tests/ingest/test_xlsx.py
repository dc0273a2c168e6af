"""Excel workbooks: the sheet, the header and every kind of cell; damaged ones are refused."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from pipeline.errors import DeliveryError
from pipeline.ingest.reading.options import Reading
from pipeline.ingest.reading.xlsx import read_xlsx
from tests.ingest.building import read_bestand, stage, write
from tests.ingest.forms import bestand_profile, use_profiles

HEADER = ["person_id", "stichtag", "geschlecht"]
DAY = dt.date(2024, 1, 15)
FORMATS = {dt.date: "dd.mm.yyyy", dt.datetime: "dd.mm.yyyy hh:mm", dt.time: "hh:mm"}
NOTE = 'profil = "eigenes"\n'


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook with the given rows per sheet; None is an empty cell, "=x" a formula with 2."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if type(cell) in FORMATS:
                    form = book.add_format({"num_format": FORMATS[type(cell)]})
                    sheet.write_datetime(number, place, cell, form)
                elif isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(number, place, cell, value=2)
                elif cell is not None:
                    sheet.write(number, place, cell)
    book.close()
    return path


def deliver(tmp_path: Path, note: str = "", **sheets: list[list[Any]]) -> Path:
    folder = write(tmp_path / "raw", {}, note=note)
    return workbook(folder / "bestand.xlsx", **sheets)


def refusal(path: Path, reading: Reading | None = None) -> list[str]:
    with pytest.raises(DeliveryError) as caught:
        read_xlsx(path, reading or Reading(tuple(HEADER)))
    return caught.value.problems


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Süd", "Süd"),
        (" 0012", " 0012"),
        (1985, "1985"),
        (1985.0, "1985"),
        (-3, "-3"),
        (39.1, "39.1"),
        (1e20, "1e+20"),
        (True, "true"),
        (False, "false"),
        (DAY, "2024-01-15"),
        (dt.datetime(2024, 1, 15), "2024-01-15"),
        (dt.datetime(2024, 1, 15, 12, 30), "2024-01-15 12:30:00"),
        (dt.time(12, 30), "12:30:00"),
        ("=1+1", "2"),
        (None, ""),
    ],
)
def test_every_kind_of_cell_has_one_canonical_text(tmp_path: Path, cell: Any, text: str) -> None:
    path = workbook(tmp_path / "bestand.xlsx", A=[["Ort", "x"], [cell, "x"]])
    table = read_xlsx(path, Reading(())).table
    assert table.column("Ort").to_pylist() == [text]


def test_one_and_true_in_a_column_stay_apart(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bestand.xlsx", A=[["Ort"], [1], [True], [0], [False], ["1"]])
    column = read_xlsx(path, Reading(())).table.column("Ort")
    assert column.to_pylist() == ["1", "true", "0", "false", "1"]


def test_days_may_be_days_texts_or_serial_numbers(tmp_path: Path) -> None:
    rows = [HEADER, ["A", DAY, "w"], ["B", "15.01.2024", "m"], ["C", 45306, "w"], ["D", 1, "w"]]
    deliver(tmp_path, Tabelle1=rows)
    result = stage(tmp_path / "raw")
    assert result.accepted("zeile", "person_id", "stichtag") == [
        (2, "A", DAY),
        (3, "B", DAY),
        (4, "C", DAY),
    ]
    assert result.rejected() == [(5, "BES-02")]
    assert result.table().format == "xlsx"


def test_the_number_of_a_year_is_no_day(tmp_path: Path) -> None:
    rows = [[*HEADER, "leistungsbezug_seit"], ["A", DAY, "w", 2016], ["B", DAY, "w", 42461]]
    deliver(tmp_path, Tabelle1=rows)
    found = stage(tmp_path / "raw").accepted("leistungsbezug_seit")
    assert found == [(None,), (dt.date(2016, 4, 1),)]


def test_rows_keep_the_numbers_they_have_in_the_sheet(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[], ["Auszug vom 1. Februar"], [], HEADER, [], ["A", DAY, "w"], []]
    path = workbook(tmp_path / "bestand.xlsx", A=[*rows, ["B", DAY, "m"]])
    raw = read_bestand(path)
    assert raw.table.column("zeile").to_pylist() == [6, 8]
    assert raw.columns == tuple(HEADER)


@pytest.mark.parametrize("count", [19_999, 20_000, 20_001])
def test_sheets_of_many_rows_are_read_whole(tmp_path: Path, count: int) -> None:
    rows = [["Nr", "Tag"], *([number, DAY] for number in range(count))]
    table = read_xlsx(workbook(tmp_path / "bestand.xlsx", A=rows), Reading(())).table
    assert table.column("Nr").to_pylist() == [str(number) for number in range(count)]
    assert table.column("zeile").to_pylist() == list(range(2, count + 2))


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["Titel", "a", "b", "c"], ["person_id", "Tag"]], ("person_id", "Tag")),
        ([["Titel"], ["Nr", "Tag"], ["A", "x"]], ("Nr", "Tag")),
        ([["Nr", "Tag"], ["A", "x"]], ("Nr", "Tag")),
    ],
)
def test_the_header_is_the_row_with_the_most_known_names_else_with_the_most_texts(
    tmp_path: Path, rows: list[list[Any]], header: tuple[str, ...]
) -> None:
    path = workbook(tmp_path / "bestand.xlsx", A=rows)
    assert read_xlsx(path, Reading(tuple(HEADER))).columns == header


def test_a_declared_header_row_and_sheet_win(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = bestand_profile(form='blatt = "Zwei"\nkopfzeile = 2')
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=profile.replace(".csv", ".xlsx"))
    folder = write(tmp_path / "raw", {}, note=NOTE)
    foreign = ["Kennung", "Tag", "Sex"]
    two = [foreign, foreign, ["A", DAY, "w"]]
    workbook(folder / "Liste.xlsx", Eins=[["x"]], Zwei=two)
    assert stage(tmp_path / "raw").accepted("zeile", "person_id") == [(3, "A")]


def test_a_workbook_that_somebody_has_open_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = bestand_profile().replace("Liste*.csv", "*.xlsx")
    use_profiles(tmp_path / "profile", monkeypatch, eigenes=profile)
    folder = write(tmp_path / "raw", {"~$Liste.xlsx": "x"}, note=NOTE)
    workbook(folder / "Liste.xlsx", A=[["Kennung", "Tag", "Sex"], ["A", DAY, "w"]])
    assert stage(tmp_path / "raw").accepted("person_id") == [("A",)]


def test_columns_without_a_heading_are_dropped_only_when_empty(tmp_path: Path) -> None:
    rows = [["Nr", None, "Tag"], ["A", None, 1]]
    path = workbook(tmp_path / "bestand.xlsx", A=rows)
    assert read_xlsx(path, Reading(())).columns == ("Nr", "Tag")
    rows[1][1] = "KANARIE"
    assert read_xlsx(workbook(path, A=rows), Reading(())).columns == ("Nr", "", "Tag")


def test_a_sheet_without_rows_is_a_table_without_rows(tmp_path: Path) -> None:
    deliver(tmp_path, Tabelle1=[HEADER])
    assert stage(tmp_path / "raw").table().geliefert == 0


@pytest.mark.parametrize(
    ("sheets", "reading", "sentence"),
    [
        (
            {"A": [["x"]], "B": [["x"]], "C": []},
            Reading(()),
            "Die Mappe hat 2 Blätter mit Inhalt, gelesen wird eines. Im Profil unter blatt nennen, "
            "welches.",
        ),
        (
            {"A": []},
            Reading(()),
            "Die Mappe hat 0 Blätter mit Inhalt, gelesen wird eines. Im Profil unter blatt nennen, "
            "welches.",
        ),
        (
            {"KANARIE": [["x"]]},
            Reading((), sheet="B"),
            "Die Mappe hat kein Blatt mit dem Namen, den das Profil unter blatt nennt. Mappe oder "
            "Profil berichtigen.",
        ),
        (
            {"A": [["x"], [], ["y"]]},
            Reading((), header_row=2),
            "Das Blatt hat keine Kopfzeile an der erwarteten Stelle. Blatt und Kopfzeile prüfen "
            "oder im Profil mit blatt und kopfzeile nennen.",
        ),
        (
            {"A": [["x"]]},
            Reading((), header_row=3),
            "Das Blatt hat keine Kopfzeile an der erwarteten Stelle. Blatt und Kopfzeile prüfen "
            "oder im Profil mit blatt und kopfzeile nennen.",
        ),
        (
            {"A": []},
            Reading((), sheet="A"),
            "Das Blatt hat keine Kopfzeile an der erwarteten Stelle. Blatt und Kopfzeile prüfen "
            "oder im Profil mit blatt und kopfzeile nennen.",
        ),
    ],
)
def test_what_cannot_be_chosen_has_its_sentence(
    tmp_path: Path, sheets: dict[str, list[list[Any]]], reading: Reading, sentence: str
) -> None:
    path = workbook(tmp_path / "bestand.xlsx", **sheets)
    assert refusal(path, reading) == [f"{tmp_path.name}/bestand.xlsx: {sentence}"]


def test_a_workbook_that_counts_days_from_1904_is_refused(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "bestand.xlsx", {"date_1904": True})
    book.add_worksheet().write_row(0, 0, HEADER)
    book.close()
    assert refusal(tmp_path / "bestand.xlsx") == [
        f"{tmp_path.name}/bestand.xlsx: Die Mappe zählt Tage ab 1904; Zahlen statt Tagen wären "
        "mehrdeutig. Als CSV speichern und so liefern."
    ]


DAMAGED = (
    "Die Excel-Mappe ist beschädigt, verschlüsselt oder unvollständig. Datei neu anfordern."
)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda data: b"", "Die Datei ist leer (0 Bytes). Datei neu anfordern."),
        (
            lambda data: b"person_id;stichtag",
            "Die Datei ist keine Excel-Mappe (.xlsx). Format oder Dateiendung berichtigen.",
        ),
        (lambda data: data[:-1], DAMAGED),
        (lambda data: data[: len(data) // 2], DAMAGED),
        (lambda data: data[:2], DAMAGED),
    ],
)
def test_a_file_that_is_no_whole_workbook_is_refused(
    tmp_path: Path, damage: Callable[[bytes], bytes], sentence: str
) -> None:
    path = workbook(tmp_path / "bestand.xlsx", A=[HEADER, *[["A", DAY, "w"]] * 50])
    path.write_bytes(damage(path.read_bytes()))
    assert refusal(path) == [f"{tmp_path.name}/bestand.xlsx: {sentence}"]
