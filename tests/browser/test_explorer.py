"""The explorer in Chromium: what is drawn is what is listed is what is published."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit, visit
from tests.browser.exploring import (
    MEN,
    NUMBERS,
    VIEWS,
    WOMEN,
    cells,
    drawn,
    expected,
    go,
    published,
)
from tests.report import example
from tests.report.explorer_page import explorer


@pytest.mark.parametrize("view", VIEWS)
def test_chart_and_table_show_the_published_rows(
    view: str, exploring: Visit, table: example.Example
) -> None:
    page = exploring.page
    go(page, view)
    shown = [row[1:4] + row[6:9] for row in cells(page)]
    wanted = published(table, view)
    assert shown and sorted(shown) == sorted(expected(rows) for rows in wanted)
    chart = drawn(page)
    for sex, color in (("w", WOMEN), ("m", MEN)):
        quotas = [r[sex]["quote"] for r in wanted if r[sex]["quote"] is not None]
        assert sorted(chart.get(color, [])) == sorted(quotas)
    column = [row[1] for row in cells(page) if row[1][0].isdigit()]
    in_order = [NUMBERS.rate(v) for v in chart[WOMEN]]
    assert column == (in_order[::-1] if "verlauf" in view else in_order)


def test_gap_and_ratio_follow_from_the_published_quotas(exploring: Visit) -> None:
    go(exploring.page, "kennzahl=K2&schnitt=insgesamt&ansicht=verlauf")
    for row in cells(exploring.page):
        w, m, gap, ratio = (
            float(row[i].replace(",", ".").replace("\u2212", "-")) for i in (1, 2, 4, 5)
        )
        assert round(m - w, 1) == gap
        assert abs(10 * w / m - ratio) <= 0.0501


def test_words_stand_where_a_figure_is_not_shown(exploring: Visit) -> None:
    go(exploring.page, "kennzahl=K2&schnitt=massnahme_x_bezugsdauer&monat=2015-12&eins=kommunal")
    status = {row[-1] for row in cells(exploring.page)}
    text = " ".join(cell for row in cells(exploring.page) for cell in row)
    assert "geheim gehalten" in text and "entfällt" in text
    assert any("kleine Fallzahl" in words for words in status)
    chart = exploring.page.locator("#diagramm").text_content() or ""
    assert "geheim gehalten" in chart


def test_a_change_of_a_control_changes_chart_table_sentence_name_and_address(
    exploring: Visit,
) -> None:
    page = exploring.page
    go(page, "kennzahl=K2&schnitt=insgesamt&ansicht=monat&monat=2016-08&eins=insgesamt")
    seen = []
    for control, value in (
        ("schnitt", "alter"),
        ("monat", "2013-12"),
        ("ansicht", "verlauf"),
        ("gruppe", '["25_bis_unter_35",""]'),
        ("kennzahl", "K2_JFW"),
        ("ansicht", "monat"),
    ):
        page.select_option(f"#{control}", value)
        seen.append(
            page.evaluate(
                """() => [location.hash, document.getElementById('ansage').textContent,
                    document.getElementById('titel').textContent,
                    document.getElementById('diagramm').getAttribute('aria-label'),
                    document.getElementById('tabelle').textContent]"""
            )
        )
    for parts in zip(*seen, strict=True):
        assert all(parts) and len(set(parts)) == len(seen), parts
    assert page.get_attribute("#ansage", "aria-live") == "polite"


def test_the_address_opens_the_same_view_in_another_window(
    browser: Browser, explored: Path, exploring: Visit
) -> None:
    go(exploring.page, VIEWS[4])
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    other = context.new_page()
    other.goto(exploring.page.url)
    assert other.inner_text(".ergebnis") == exploring.page.inner_text(".ergebnis")
    context.close()


@pytest.mark.parametrize("view", ["kennzahl=gibtesnicht&schnitt=x&monat=1", "%%%", "monat=2016-08"])
def test_an_address_that_names_nothing_opens_what_is_nearest(view: str, exploring: Visit) -> None:
    go(exploring.page, view)
    title = exploring.page.locator("#titel").text_content()
    assert title == "K2 · Integrationsquote: August\u00a02016"
    assert exploring.complaints == []


def test_the_file_holds_the_rows_of_the_table(exploring: Visit) -> None:
    page = exploring.page
    go(page, VIEWS[5])
    with page.expect_download() as download:
        page.click("#csv")
    raw = Path(download.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert download.value.suggested_filename == "K2_bg_typ_x_alter_unter_25_2015-12.csv"
    lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    shown = cells(page)
    plain = [[c.replace("\u2212", "-").replace(".", "") for c in row] for row in shown]
    whole = [i for i, title in enumerate(lines[0]) if title.startswith("Nenner")]
    assert len(lines) == 1 + len(plain)
    for line, row in zip(lines[1:], plain, strict=True):
        assert line[:2] == ["K2", "Haushaltstyp und Alter"]
        assert line[2:4] == ["Dezember\u00a02015", "Alter: unter 25 Jahre"]
        for i, cell in enumerate(line[4:]):
            if i + 4 not in whole:
                assert cell == row[i]
            elif cell[0].isdigit():
                assert abs(float(cell.replace(",", ".")) - float(row[i].replace(",", "."))) <= 0.5


def test_names_from_the_data_are_shown_as_they_stand(browser: Browser, tmp_path: Path) -> None:
    names = ['<a href="https://example.org">x</a>', "<b>fett</b>&amp;", '=1+1;"', "Nord"]
    table = example.Example(example.totals("2015-12", 0))
    for name in names:
        table.rows += example.cell(("K2", "2015-12", "stadtbezirk", (name,)), 0.3, 0.3)
    path = tmp_path / "explorer.html"
    path.write_text(explorer(table, tmp_path), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    seen = visit(context, path)
    go(seen.page, "kennzahl=K2&schnitt=stadtbezirk&monat=2015-12")
    assert sorted(row[0] for row in cells(seen.page)) == sorted(names)
    labels = seen.page.locator("#diagramm .ytick text").all_text_contents()
    # Where a label breaks into lines, the blank is gone.
    assert sorted(x.replace(" ", "") for x in labels) == sorted(x.replace(" ", "") for x in names)
    assert seen.page.locator("#diagramm a").count() == 0
    with seen.page.expect_download() as download:
        seen.page.click("#csv")
    text = Path(download.value.path()).read_text("utf-8-sig")
    assert [r[3] for r in csv.reader(io.StringIO(text), delimiter=";") if r[3].startswith("'")] == [
        "'" + names[2]
    ]
    assert seen.complaints == []
    context.close()
