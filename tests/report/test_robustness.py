"""Missing, suppressed and hostile data: the page is built, says so in words, and leaks nothing."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.errors import DisclosureError, UsageError
from pipeline.report import build
from tests.report import example
from tests.report.html import Page, cells, text

ROOT = Path(__file__).parents[2]


def one_month(month: str = "2016-03") -> example.Example:
    table = example.Example()
    table.rows += example.totals(month, 0)
    return table


def test_one_month_outside_the_calendar_gives_totals_and_says_why(build_page) -> None:
    page = build_page(one_month())
    body = text(page.root)
    assert "Bisher ist ein einziger Monat veröffentlicht" in body
    assert "Ein solcher Monat liegt noch nicht vor" in body
    assert "nicht möglich: Zahlen dafür sind nicht veröffentlicht" in body
    assert [b.attrib["id"] for b in page.blocks] == ["verlauf", "jahr"]


def test_no_month_at_all_gives_a_page_with_the_reason(build_page) -> None:
    page = build_page(example.Example())
    assert "noch kein Berichtsmonat zu veröffentlichen" in text(page.root)
    assert "K2, P1 (September 2016 bis Oktober 2016): Die Wartezeit" in text(page.root)


def test_no_facts_at_all_are_named_as_not_given(build_page) -> None:
    table = one_month()
    table.angaben = {}
    page = build_page(table)
    rows = {row[0]: row[1] for row in cells(page.by_id("tabelle-stand"))}
    assert rows["Jobcenter"] == rows["Lauf"] == rows["Datenstand"] == "nicht angegeben"


def test_everything_suppressed_gives_words_and_no_number(full, build_page) -> None:
    table = example.Example([example.suppressed(r) for r in full.rows])
    page = build_page(table)
    assert "Die Quoten von Frauen und Männern sind für diesen Monat nicht auszuweisen." in text(
        page.root
    )
    for block in page.blocks:
        for row in cells(block.findall(".//table")[0]):
            assert not any(c[:1].isdigit() and "," in c for c in row)


def test_a_sex_without_persons_is_said_in_words(build_page) -> None:
    table = one_month()
    codes = ("insgesamt",)
    table.rows = [r for r in table.rows if (r["kennzahl"], r["geschlecht"]) != ("K2", "m")]
    table.rows.append(example.row(("K2", "2016-03", "insgesamt", codes), "m", 0, 0))
    page = build_page(table)
    assert "Die andere Quote: keine Fälle." in text(page.root)
    assert cells(page.by_id("tabelle-wichtig"))[0][1:4] != ["", "", ""]


def test_a_cell_with_one_suppressed_sex_shows_the_other_and_no_gap(build_page) -> None:
    table = one_month("2015-12")
    rows = example.cell(("K2", "2015-12", "alter", ("unter_25",)), 0.5, 0.3)
    table.rows += [example.suppressed(rows[0]), *rows[1:]]
    page = build_page(table)
    (row,) = cells(page.by_id("tabelle-alter"))
    assert row[1] == "geheim gehalten" and row[2] == "30,0"
    assert row[4:6] == ["entfällt", "entfällt"]
    chart = page.by_id("alter").findall(".//svg[@class='bild schmal']")[0]
    assert "Frauen: geheim gehalten" in text(chart)


def test_few_cases_are_marked_in_table_and_chart(build_page) -> None:
    table = one_month("2015-12")
    for sex, hits in (("w", 9), ("m", 10), ("insgesamt", 19)):
        row = example.row(("K2", "2015-12", "alter", ("unter_25",)), sex, hits, 1200)
        table.rows.append(row)
    page = build_page(table)
    (row,) = cells(page.by_id("tabelle-alter"))
    assert row[0] == "unter 25 Jahre kleine Fallzahl: Frauen"
    chart = page.by_id("alter").findall(".//svg[@class='bild schmal']")[0]
    assert "kleine Fallzahl" in text(chart)
    assert "Keine Gruppe hat genug Fälle für einen Vergleich" in text(page.by_id("alter"))


@pytest.mark.parametrize("kennzahl", ["P1", "K2_JFW"])
def test_a_missing_kennzahl_is_left_out_or_said(kennzahl: str, build_page) -> None:
    table = one_month()
    table.rows = [r for r in table.rows if r["kennzahl"] != kennzahl]
    page = build_page(table)
    assert ("nicht auszuweisen" in text(page.root)) == (kennzahl == "P1")
    assert [b.attrib["id"] for b in page.blocks] == (
        ["verlauf", "jahr"] if kennzahl == "P1" else ["verlauf"]
    )


def test_a_suppressed_row_with_a_figure_stops_the_build(tmp_path: Path) -> None:
    table = one_month()
    table.rows[0] |= {"status": "gesperrt"}
    with pytest.raises(DisclosureError, match="1 geheim gehaltene Zeilen enthalten Zahlen"):
        build(*table.write(tmp_path / "pub"), tmp_path)
    assert not (tmp_path / "index.html").exists()


def test_an_unknown_language_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        build(*one_month().write(tmp_path / "pub"), tmp_path, "fr")
    assert not (tmp_path / "tabellen").exists()


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "</style><script>alert(2)</script>",
    "javascript:alert(3)",
)


def test_markup_in_names_is_shown_as_text(build_page) -> None:
    table = one_month("2015-12")
    for name in HOSTILE:
        table.rows += example.cell(("K2", "2015-12", "stadtbezirk", (name,)), 0.2, 0.3)
    page = build_page(table)
    assert harmless(page)
    shown = {row[0] for row in cells(page.by_id("tabelle-stadtbezirk"))}
    assert shown == set(HOSTILE)


@pytest.mark.parametrize("value", [*HOSTILE, '"; } body { display: none } /*', "a\\b\nc"])
def test_markup_in_the_facts_is_shown_as_text(value: str, build_page) -> None:
    table = one_month()
    table.angaben |= dict.fromkeys(
        ("lauf", "datenstand", "jobcenter", "traeger", "nicht_veroeffentlichbar", "version"), value
    )
    page = build_page(table)
    assert harmless(page)
    style = page.one(".//style").text or ""
    assert "display: none } /*" not in style


def harmless(page: Page) -> bool:
    attributes = [name for n in page.root.iter() for name in n.attrib]
    sources = page.all(".//script") + page.all(".//img") + page.all(".//*[@style]")
    links = [a.attrib["href"] for a in page.all(".//a")]
    beside = ("#", "https://", "tabellen/", "explorer.html", "pruefbericht")
    return (
        not sources
        and not any(name.startswith("on") for name in attributes)
        and all(link.startswith(beside) for link in links)
    )


def test_the_same_rows_give_the_same_bytes_whatever_order_seed_zone_or_place(
    full: example.Example, built: Path, tmp_path: Path
) -> None:
    rows, facts = list(full.rows), list(full.angaben.items())
    random.Random(1).shuffle(rows)
    random.Random(2).shuffle(facts)
    pub = example.Example(rows, dict(facts)).write(tmp_path / "pub")
    out = tmp_path / "anderswo"
    out.mkdir()
    program = "import sys; from pathlib import Path; from pipeline.report import build; "
    program += "build(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))"
    environment = os.environ | {"PYTHONHASHSEED": "77", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    command = [sys.executable, "-c", program, *map(str, pub), str(out)]
    subprocess.run(command, check=True, cwd=ROOT, env=environment)
    tables = ("quoten.xlsx", "quoten.csv", "quoten_excel.csv")
    for name in ("index.html", "explorer.html", *(f"tabellen/{table}" for table in tables)):
        assert (out / name).read_bytes() == (built / name).read_bytes(), name


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", "Keine."),
        ("2015-12=wartezeit_laeuft", "Dezember 2015: Die Wartezeit"),
        (
            "2015-12=wartezeit_laeuft;2016-01=wartezeit_laeuft;2016-03=wartezeit_laeuft",
            "Dezember 2015 bis Januar 2016, März 2016: Die Wartezeit",
        ),
        ("2016-01=neuer_grund", "Januar 2016: neuer_grund"),
        ("irgendetwas", "irgendetwas"),
        ("2016-13=stichtage_fehlen", "2016-13: Die nötigen Stichtage"),
    ],
)
def test_unpublishable_months_are_joined_to_ranges_by_reason(
    given: str, expected: str, build_page
) -> None:
    table = one_month()
    table.angaben["nicht_veroeffentlichbar"] = given
    assert expected in text(build_page(table).root)


def test_a_quota_above_one_hundred_is_explained(build_page) -> None:
    table = one_month("2015-12")
    table.rows += example.cell(("K2", "2015-12", "alter", ("unter_25",)), 0.01, 1.0)
    assert "Eine Quote über 100" not in text(build_page(table).root)


def test_a_quota_above_one_hundred_is_explained_where_it_occurs(build_page) -> None:
    table = one_month("2015-12")
    table.rows += example.cell(("K2", "2015-12", "alter", ("unter_25",)), 0.01, 1.01)
    assert "Eine Quote über 100 ist möglich" in text(build_page(table).by_id("alter"))


def test_a_trend_shorter_than_a_year_compares_nothing(build_page) -> None:
    table = one_month("2016-03")
    table.rows += example.totals("2016-04", 1)
    block = text(build_page(table).by_id("verlauf"))
    assert "Ein Vergleich mit demselben Monat eines früheren Jahres ist nicht möglich" in block
    assert "änderte sich" not in block


def test_unknown_categories_are_shown_but_not_compared(build_page) -> None:
    table = one_month("2015-12")
    for code in ("unter_25", "25_bis_unter_35", "unbekannt"):
        table.rows += example.cell(("K2", "2015-12", "alter", (code,)), 0.3, 0.3)
    block = build_page(table).by_id("alter")
    assert "In beiden vergleichbaren Gruppen" in text(block)
    assert [row[0] for row in cells(block)][-1] == "unbekannt"


def test_the_ratio_of_integrations_is_not_given_for_persons(page: Page) -> None:
    *_, persons = cells(page.by_id("tabelle-wichtig"))
    assert "P1" in persons[0] and persons[-1] == "entfällt"
