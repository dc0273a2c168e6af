"""Quality beside quantity: one chart per unit, each figure with its month, guarded sentences."""

import re
from typing import Any

import pytest

from tests.report import example
from tests.report.conftest import Builder
from tests.report.html import Page, cells, text

MONTH = "2016-03"


def one_month(*names: str) -> example.Example:
    """K2 with its two, and the other Kennzahlen named, in one month."""
    table = example.Example()
    table.rows += example.totals(MONTH, 0)
    for name in names:
        table.rows += example.more_totals(name, MONTH)
    return table


def with_total(table: example.Example, name: str, women: int, men: int) -> example.Example:
    """The total of a Kennzahl as so many of 1,000 for each sex; below zero it is suppressed."""
    slot = (name, MONTH, "insgesamt", ("insgesamt",))
    rows: list[dict[str, Any]] = []
    for sex, count in (("w", women), ("m", men), ("insgesamt", max(women, 0) + max(men, 0))):
        line = example.row(slot, sex, max(count, 0), 12 * 1000)
        rows.append(line if count >= 0 else example.suppressed(line))
    return example.Example([*example.without(table.rows, name), *rows], table.angaben)


def test_each_unit_has_a_chart_of_its_own(page: Page) -> None:
    charts = [text(svg) for svg in page.by_id("qualitaet").findall(".//svg")]
    units = [
        "Integrationen je 100 Leistungsberechtigte",
        "Eintritte je 100 Leistungsberechtigte",
        "Prozent der Integrationen in sozialversicherungspflichtige Beschäftigung",
        "Prozent der Integrationen",
    ]
    assert len(charts) == len(units)
    for chart, unit in zip(charts, units, strict=True):
        assert unit in chart


def test_each_row_names_its_own_newest_month(page: Page) -> None:
    months = {
        re.sub(r" (K2|K2E\d|M1): .*", "", row[0]): row[1]
        for row in cells(page.by_id("tabelle-qualitaet"))
    }
    assert months == {
        "Integrationsquote": "August 2016",
        "Integrationsquote der Alleinerziehenden": "August 2016",
        "Eintritte in geringfügige Beschäftigung": "August 2016",
        "Eintritte in öffentlich geförderte Beschäftigung": "August 2016",
        "Kontinuierliche Beschäftigung nach Integration": "Februar 2016",
        "Integrationen mit Ende des Leistungsbezugs (bedarfsdeckend)": "Mai 2016",
    }
    block = text(page.by_id("qualitaet"))
    assert "Integration, bis Februar 2016" in block
    assert "Der Berichtsmonat dieser Zahlen liegt deshalb weiter zurück." in block


def test_one_month_for_all_needs_no_word_on_months(build_page: Builder) -> None:
    block = text(build_page(one_month("K2E1", "M1")).by_id("qualitaet"))
    assert "weiter zurück" not in block and ", bis " not in block


def test_with_k2_alone_there_is_no_section(build_page: Builder) -> None:
    ids = [b.attrib["id"] for b in build_page(one_month()).blocks]
    assert ids == ["verlauf", "jahr"]


def test_the_years_are_those_with_breakdowns_newest_first(page: Page) -> None:
    rows = cells(page.by_id("tabelle-qualitaet-jahre"))
    years = [f"Dezember {year}" for year in (2015, 2014, 2013, 2012)]
    assert [row[0] for row in rows] == years * 6


def test_without_a_december_there_is_no_table_of_years(build_page: Builder) -> None:
    ids = [b.attrib["id"] for b in build_page(one_month("K2E1")).blocks]
    assert "qualitaet" in ids and "qualitaet-jahre" not in ids


@pytest.mark.parametrize(
    ("women", "men", "headline"),
    [
        (476, 514, "bei Frauen nach 47,6, bei Männern nach 51,4 von 100 Integrationen"),
        (0, 514, "bei Frauen nach 0,0, bei Männern nach 51,4 von 100 Integrationen"),
        (-1, 514, "Was K2 auslässt und was auf eine Integration folgt"),
        (476, -1, "Was K2 auslässt und was auf eine Integration folgt"),
    ],
)
def test_the_headline_needs_both_quotas(
    women: int, men: int, headline: str, build_page: Builder
) -> None:
    table = with_total(one_month("K2E1", "M1"), "M1", women, men)
    assert headline in text(build_page(table).by_id("titel-qualitaet"))


def test_a_suppressed_figure_has_no_sentence_but_a_row_that_says_so(build_page: Builder) -> None:
    table = with_total(one_month("K2E1", "K2E2"), "K2E1", -1, 50)
    page = build_page(table)
    prose = " ".join(text(p) for p in page.by_id("qualitaet").findall("p[@class='lesen']"))
    assert "Minijobs" not in prose and "öffentlich geförderte" in prose
    row = next(r for r in cells(page.by_id("tabelle-qualitaet")) if "K2E1" in r[0])
    assert row[2:4] == ["geheim gehalten", "5,0"]


CAVEATS = {
    "K2E3": "folgt der Definition vom 22. März 2019, hier auf alle Monate angewandt",
    "M1": "steht hier für das Ende des Regelleistungsbezugs",
    "K2E4": "zählt dieselben Personen wie die Gruppe „alleinerziehend“",
}


@pytest.mark.parametrize("name", CAVEATS)
def test_each_caveat_stands_beside_its_figure_and_only_there(
    name: str, build_page: Builder
) -> None:
    block = text(build_page(one_month("K2E1", name)).by_id("qualitaet"))
    assert [n for n, words in CAVEATS.items() if words in block] == [name]


def test_all_caveats_stand_beside_all_figures(page: Page) -> None:
    block = text(page.by_id("qualitaet"))
    assert all(words in block for words in CAVEATS.values())
