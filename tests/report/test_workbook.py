"""The workbook holds the published table, cell by cell, and words where a figure is suppressed."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pipeline.breakdowns import breakdowns
from pipeline.registries import code_list
from pipeline.report.numbers import Numbers
from pipeline.report.pub import SEXES, Pub, read
from pipeline.report.sentences import Voice
from pipeline.report.texts import texts
from pipeline.report.workbook import workbook
from pipeline.report.workbook.sheets import LONGEST_NAME, sheet_name
from tests.report import example

HEAD_ROW = 3
GROUPS = {b.id: len(b.merkmale) for b in breakdowns()}
Sheets = dict[str, list[list[Any]]]
Cell = tuple[str, ...]
Published = dict[Cell, dict[str, dict[str, Any]]]


def with_intervals(full: example.Example) -> example.Example:
    """The full example with an interval for K2."""
    table = example.Example([dict(row) for row in full.rows])
    for row in table.rows:
        if row["kennzahl"] == "K2" and row["quote"] is not None:
            row |= {"untergrenze": row["quote"] - 1.3, "obergrenze": row["quote"] + 1.4}
    return table


def pub_of(table: example.Example, folder: Path) -> Pub:
    return read(*table.write(folder))


def build(pub: Pub, lang: str = "de") -> bytes:
    return workbook(pub, Voice(texts(lang), Numbers(lang)))


def read_back(data: bytes) -> Sheets:
    """Rows by sheet, from the first cell on."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


@pytest.fixture(scope="module")
def pub(full: example.Example, tmp_path_factory: pytest.TempPathFactory) -> Pub:
    return pub_of(with_intervals(full), tmp_path_factory.mktemp("pub"))


@pytest.fixture(scope="module")
def data(pub: Pub) -> bytes:
    return build(pub)


@pytest.fixture(scope="module")
def sheets(data: bytes) -> Sheets:
    return read_back(data)


@pytest.fixture
def book_of(tmp_path: Path) -> Callable[..., Sheets]:
    def run(table: example.Example, lang: str = "de") -> Sheets:
        return read_back(build(pub_of(table, tmp_path / "pub"), lang))

    return run


def words(column: str, code: str) -> str:
    """The German label of a code in one column of a breakdown."""
    breakdown, _, place = column.rpartition(" ")
    lists = next(b for b in breakdowns() if b.id == breakdown).codes
    return next((c.label("de") for c in lists[int(place)] if c.code == code), code)


def rows_of(sheet: str, sheets: Sheets) -> dict[Cell, dict[str, Any]]:
    """The rows of a sheet by month, Kennzahl and labels of the groups; head → value."""
    family, schnitt = sheet.split(" ", 1)
    labels = {c.label("de"): c.code for c in code_list("kennzahl").codes}
    head, *rows = sheets[sheet][HEAD_ROW:]
    found = {}
    for row in rows:
        line = dict(zip(head, row, strict=True))
        names = row[1 : head.index("Quote Frauen")]
        kennzahl = labels[names.pop(0)] if head[1] == "Kennzahl" else family
        assert len(names) == GROUPS[schnitt]
        assert isinstance(row[0], date)
        found[(f"{row[0]:%Y-%m}", kennzahl, schnitt, *names)] = line
    assert len(found) == len(rows)
    return found


def all_rows(sheets: Sheets) -> dict[Cell, dict[str, Any]]:
    found: dict[Cell, dict[str, Any]] = {}
    for sheet in list(sheets)[2:]:
        found |= rows_of(sheet, sheets)
    return found


def cells_of(pub: Pub) -> Published:
    """The published rows by the same key as in the workbook, and sex."""
    found: Published = {}
    for row in pub.rows:
        codes = [row["auspraegung_1"], row["auspraegung_2"]][: GROUPS[row["schnitt"]]]
        names = [words(f"{row['schnitt']} {i}", code) for i, code in enumerate(codes)]
        key = (row["berichtsmonat"], row["kennzahl"], row["schnitt"], *names)
        found.setdefault(key, {})[row["geschlecht"]] = row
    return found


@pytest.fixture(scope="module")
def published(pub: Pub) -> Published:
    return cells_of(pub)


def in_head(sex: str) -> str:
    return {"w": "Frauen", "m": "Männer", "insgesamt": "insgesamt"}[sex]


def test_every_published_figure_stands_in_its_row_and_nothing_else(
    published: Published, sheets: Sheets
) -> None:
    shown = all_rows(sheets)
    assert set(shown) <= set(published)
    columns = {"quote": "Quote", "zaehler": "Zähler", "nenner": "Nenner"}
    limits = {"untergrenze": "Untergrenze", "obergrenze": "Obergrenze"}
    compared = 0
    for key, line in shown.items():
        for sex, row in published[key].items():
            for column, title in (columns | limits).items():
                value = line.get(f"{title} {in_head(sex)}")
                if row[column] is not None:
                    # Excel keeps 16 digits of a number, pub_quote 17.
                    assert value == pytest.approx(row[column], rel=1e-15), (key, column)
                    compared += 1
                elif value is not None:
                    assert isinstance(value, str) and not any(c.isdigit() for c in value)
    assert compared > 5000


def test_only_rows_that_nobody_belongs_to_are_left_out(
    published: Published, sheets: Sheets
) -> None:
    left_out = set(published) - set(all_rows(sheets))
    assert left_out
    statuses = {row["status"] for key in left_out for row in published[key].values()}
    assert statuses == {"keine_faelle"}


def test_a_suppressed_figure_has_words_everywhere_and_a_number_nowhere(
    published: Published, sheets: Sheets
) -> None:
    suppressed = [
        (key, sex)
        for key, rows in published.items()
        for sex, row in rows.items()
        if row["status"] == "gesperrt"
    ]
    shown = all_rows(sheets)
    assert suppressed
    for key, sex in suppressed:
        mine = [v for head, v in shown[key].items() if head.endswith(f" {in_head(sex)}")]
        assert len(mine) in (3, 5) and set(mine) == {"geheim gehalten"}
        if sex != "insgesamt":
            assert shown[key]["Abstand"] == "entfällt"


def test_the_gap_is_men_minus_women_of_the_rounded_quotas(sheets: Sheets) -> None:
    checked = 0
    for line in all_rows(sheets).values():
        women, men = line["Quote Frauen"], line["Quote Männer"]
        if isinstance(women, float) and isinstance(men, float):
            assert line["Abstand"] == float(Decimal(str(men)) - Decimal(str(women)))
            checked += 1
    assert checked > 200


def test_few_cases_are_said_in_the_row(published: Published, sheets: Sheets) -> None:
    shown = all_rows(sheets)
    assert {line["Hinweis"] for line in shown.values()} > {"", "kleine Fallzahl: Frauen"}
    for key, line in shown.items():
        few = [in_head(s) for s in SEXES if published[key][s]["status"] == "unsicher"]
        assert line["Hinweis"] == (f"kleine Fallzahl: {', '.join(few)}" if few else "")


def test_there_is_one_sheet_per_family_and_breakdown_after_two_that_explain(
    sheets: Sheets,
) -> None:
    names = list(sheets)
    assert names[:3] == ["Inhalt", "Hinweise", "K2 insgesamt"]
    assert "K2 massnahme_x_bezugsdauer" in names
    assert [n for n in names if n.startswith(("EQ", "FQ", "M1"))] == [
        "M1 insgesamt",
        "EQ insgesamt",
        "EQ massnahme",
        "EQ instrument",
        "EQ massnahmedauer",
        "EQ instrument_x_massnahmedauer",
        "FQ insgesamt",
        "FQ massnahme",
        "FQ instrument",
    ]


def test_the_newest_month_comes_first_and_categories_in_the_order_of_the_list(
    sheets: Sheets,
) -> None:
    head, *rows = sheets["K2 alter"][HEAD_ROW:]
    months = [row[0] for row in rows]
    assert months == sorted(months, reverse=True) and months[0] == date(2015, 12, 1)
    newest = [row[1] for row in rows if row[0] == months[0]]
    listed = [c.label("de") for c in code_list("alter").codes]
    assert newest == [label for label in listed if label in newest]
    assert head[:2] == ["Berichtsmonat", "Alter"]


def test_the_contents_name_run_place_and_warnings_and_every_sheet(sheets: Sheets) -> None:
    contents = sheets["Inhalt"]
    flat = [str(cell) for row in contents for cell in row]
    for expected in (
        "Synthetische Daten: Alle Personen und Zahlen sind erfunden.",
        "Geheimhaltung vorläufig – nicht veröffentlichen",
        "Jobcenter Musterstadt",
        "a1b2c3d4e5f6",
    ):
        assert expected in flat
    listed = {row[0]: row[2] for row in contents[-(len(sheets) - 2) :]}
    assert list(listed) == list(sheets)[2:]
    for name, count in listed.items():
        assert count == len(sheets[name]) - HEAD_ROW - 1


def test_the_notes_say_for_each_kennzahl_what_is_counted_against_what(sheets: Sheets) -> None:
    notes = dict(row[:2] for row in sheets["Hinweise"])
    assert notes["EQ_6: Eingliederungsquote 6 Monate nach Austritt"] == (
        "Prozent der Austritte aus Maßnahmen. Nenner: alle Austritte aus Maßnahmen. "
        "Zähler: davon am Ende der Frist sozialversicherungspflichtig beschäftigt."
    )
    assert not any(name.startswith("K3E1:") for name in notes)


def test_every_sheet_carries_the_warnings_and_says_its_unit(sheets: Sheets) -> None:
    for name in list(sheets)[2:]:
        assert "Geheimhaltung vorläufig" in sheets[name][2][1]
        assert sheets[name][1][0].startswith("Quote: ")
    assert "Austritte" in sheets["EQ insgesamt"][1][0]


def test_real_data_are_not_called_synthetic(full: example.Example, book_of) -> None:
    table = example.Example(full.rows[:9], full.angaben | {"synthetisch": "false"})
    shown = book_of(table)
    assert not any("Synthetische Daten:" in str(c) for s in shown.values() for r in s for c in r)


def test_links_lead_to_sheets_that_exist(data: bytes, sheets: Sheets) -> None:
    found = parts(data, "xl/worksheets/sheet1.xml")
    for name in list(sheets)[1:]:
        assert f"location=\"'{name}'!A1\"" in found


def parts(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def test_every_sheet_of_figures_is_frozen_filtered_and_set_up_for_paper(
    data: bytes, sheets: Sheets
) -> None:
    book = parts(data, "xl/workbook.xml")
    for i, name in enumerate(sheets, start=1):
        sheet = parts(data, f"xl/worksheets/sheet{i}.xml")
        assert 'orientation="landscape"' in sheet and 'paperSize="9"' in sheet
        if i > 2:
            assert 'ySplit="4"' in sheet and "<autoFilter" in sheet
            assert f"'{name}'!$1:$4</definedName>" in book
        assert len(name) <= LONGEST_NAME


def test_no_cell_is_a_formula_and_no_part_names_a_person_or_a_time(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.infolist():
            content = archive.read(part)
            assert b"<f>" not in content and b"<f " not in content
            assert part.date_time == (1980, 1, 1, 0, 0, 0)
    core = parts(data, "docProps/core.xml")
    assert "<dc:creator></dc:creator>" in core
    assert core.count("1980-01-01T00:00:00Z") == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "{="])
def test_text_that_looks_like_a_formula_stays_text(start: str, book_of) -> None:
    table = example.Example(angaben=example.ANGABEN | {"jobcenter": f"{start}1+1"})
    table.rows += example.totals("2015-12", 0)
    table.rows += example.cell(("K2", "2015-12", "stadtbezirk", (f"{start}1+1",)), 0.5, 0.3)
    shown = book_of(table)
    assert shown["K2 stadtbezirk"][-1][1] == f"{start}1+1"
    assert f"{start}1+1" in [row[1] for row in shown["Inhalt"]]


def test_the_same_rows_give_the_same_bytes(pub: Pub, data: bytes) -> None:
    assert build(pub) == data


def test_no_month_at_all_still_gives_a_book_that_can_be_opened(book_of) -> None:
    assert list(book_of(example.Example())) == ["Inhalt", "Hinweise"]


def test_the_english_book_speaks_english(full: example.Example, book_of) -> None:
    shown = book_of(example.Example(full.rows[:9], full.angaben), "en")
    assert list(shown)[:3] == ["Contents", "Notes", "K2 insgesamt"]
    assert shown["K2 insgesamt"][HEAD_ROW][:3] == ["Reporting month", "Rate, Women", "Rate, Men"]


@pytest.mark.parametrize(
    ("length", "expected"), [(30, "x" * 30), (31, "x" * 31), (32, "x" * 31), (40, "x" * 31)]
)
def test_a_sheet_name_is_cut_to_31_characters(length: int, expected: str) -> None:
    assert sheet_name("x" * length, set()) == expected


def test_a_cut_name_that_is_taken_gets_a_number() -> None:
    taken = {"x" * 31}
    assert sheet_name("X" * 40, taken) == "X" * 29 + " 2"
    assert sheet_name("X" * 40, taken | {"x" * 29 + " 2"}) == "X" * 29 + " 3"


def test_the_page_links_the_book_with_its_size(built: Path) -> None:
    page = (built / "index.html").read_text(encoding="utf-8")
    size = -(-(built / "tabellen/quoten.xlsx").stat().st_size // 1000)
    assert f'<a href="tabellen/quoten.xlsx" download>Excel-Mappe ({size}\u00a0kB)</a>' in page
