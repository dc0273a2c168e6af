"""The explorer in Chromium: what is drawn is what is listed is what is published, by keyboard."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from pipeline.explore import build as build_internal
from pipeline.report.numbers import Numbers
from tests.browser.conftest import WIDTHS, Visit, visit
from tests.browser.test_page import axe, violations
from tests.report import example
from tests.report.explorer_page import explorer, k2, mart

NUMBERS = Numbers("de")
WOMEN, MEN = "#f46a25", "#ffffff"
CONTROLS = ("kennzahl", "schnitt", "ansicht", "monat", "gruppe")
VIEWS = (
    "kennzahl=K2&schnitt=insgesamt&monat=2014-06",
    "kennzahl=K2&schnitt=insgesamt&ansicht=verlauf",
    "kennzahl=K2&schnitt=instrument&monat=2013-12",
    "kennzahl=K2&schnitt=bg_typ&ansicht=verlauf&eins=alleinerziehend",
    "kennzahl=K2&schnitt=bg_typ_x_alter&monat=2015-12&eins=alleinstehend",
    "kennzahl=K2&schnitt=bg_typ_x_alter&monat=2015-12&zwei=unter_25",
    "kennzahl=K2&schnitt=massnahme_x_bezugsdauer&ansicht=verlauf"
    "&eins=kommunal&zwei=unter_3_monate",
    "kennzahl=P1&schnitt=insgesamt&monat=2016-08",
)


@pytest.fixture(scope="session")
def table() -> example.Example:
    return example.full()


@pytest.fixture(scope="session")
def built(table: example.Example, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explorer")
    path = folder / "explorer.html"
    path.write_text(explorer(table, folder), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def opened(browser: Browser, built: Path) -> Iterator[Visit]:
    """The page at 1280 pixels; tests choose what they need in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield visit(context, built)
    context.close()


def go(page: Page, view: str) -> None:
    """Choose a view by its address and wait until it is drawn."""
    page.evaluate(
        """view => new Promise(done => {
            const chart = document.getElementById('diagramm');
            if (location.hash === '#' + view) return done();
            window.addEventListener('hashchange', () => setTimeout(done, 0), {once: true});
            location.hash = view;
        })""",
        view,
    )


def cells(page: Page) -> list[list[str]]:
    """The body of the table as shown."""
    found: list[list[str]] = page.eval_on_selector_all(
        "#tabelle tbody tr", "rows => rows.map(r => [...r.children].map(c => c.textContent))"
    )
    return found


def drawn(page: Page) -> dict[str, list[float]]:
    """The quotas in the chart, women and men, as Plotly has them: top down or oldest first."""
    traces: list[dict[str, Any]] = page.evaluate(
        """() => document.getElementById('diagramm').data.map(t => ({
            mode: t.mode, color: t.line && t.line.color || t.marker && t.marker.line.color,
            x: [...t.x], y: [...t.y]}))"""
    )
    over_time = "ansicht=verlauf" in page.url
    found = {}
    for trace in traces:
        if "markers" in trace["mode"]:
            values = trace["y"] if over_time else trace["x"]
            found[trace["color"]] = [v for v in values if v is not None]
    return found


def published(table: example.Example, view: str) -> list[dict[str, dict[str, Any]]]:
    """The rows of pub_quote that a view must show, per category or month, by sex."""
    asked = dict(part.split("=") for part in view.split("&"))
    over_time = asked.get("ansicht") == "verlauf"
    groups: dict[tuple[str, ...], dict[str, dict[str, Any]]] = {}
    for row in table.rows:
        same = row["kennzahl"] == asked["kennzahl"] and row["schnitt"] == asked["schnitt"]
        same = same and (over_time or row["berichtsmonat"] == asked["monat"])
        same = same and asked.get("eins", row["auspraegung_1"]) == row["auspraegung_1"]
        if same and asked.get("zwei", row["auspraegung_2"]) == row["auspraegung_2"]:
            key = (row["berichtsmonat"], row["auspraegung_1"], row["auspraegung_2"])
            groups.setdefault(key, {})[row["geschlecht"]] = row
    return [g for g in groups.values() if any(r["status"] != "keine_faelle" for r in g.values())]


def expected(rows: dict[str, dict[str, Any]]) -> list[str]:
    """The first cells of a table row as they must read: three quotas, then three counts."""
    words = {"gesperrt": "geheim gehalten", "keine_faelle": "keine Personen"}
    quotas, counts = [], []
    for sex in ("w", "m", "insgesamt"):
        row = rows[sex]
        shown = row["status"] in ("ok", "unsicher")
        quotas.append(NUMBERS.rate(row["quote"]) if shown else words[row["status"]])
        none = words[row["status"]] if row["status"] == "gesperrt" else "0"
        counts.append(NUMBERS.count(row["zaehler"]) if shown else none)
    return quotas + counts


@pytest.mark.parametrize("view", VIEWS)
def test_chart_and_table_show_the_published_rows(
    view: str, opened: Visit, table: example.Example
) -> None:
    page = opened.page
    go(page, view)
    shown = [row[1:4] + row[6:9] for row in cells(page)]
    wanted = published(table, view)
    assert shown and sorted(shown) == sorted(expected(rows) for rows in wanted)
    chart = drawn(page)
    for sex, color in (("w", "#f46a25"), ("m", "#12436d")):
        quotas = [r[sex]["quote"] for r in wanted if r[sex]["quote"] is not None]
        assert sorted(chart.get(color, [])) == sorted(quotas)
    column = [row[1] for row in cells(page) if row[1][0].isdigit()]
    in_order = [NUMBERS.rate(v) for v in chart["#f46a25"]]
    assert column == (in_order[::-1] if "verlauf" in view else in_order)


def test_gap_and_ratio_follow_from_the_published_quotas(opened: Visit) -> None:
    go(opened.page, "kennzahl=K2&schnitt=insgesamt&ansicht=verlauf")
    for row in cells(opened.page):
        w, m, gap, ratio = (
            float(row[i].replace(",", ".").replace("\u2212", "-")) for i in (1, 2, 4, 5)
        )
        assert round(m - w, 1) == gap
        assert abs(10 * w / m - ratio) <= 0.0501


def test_words_stand_where_a_figure_is_not_shown(opened: Visit) -> None:
    go(opened.page, "kennzahl=K2&schnitt=massnahme_x_bezugsdauer&monat=2015-12&eins=kommunal")
    status = {row[-1] for row in cells(opened.page)}
    text = " ".join(cell for row in cells(opened.page) for cell in row)
    assert "geheim gehalten" in text and "entfällt" in text
    assert any("kleine Fallzahl" in words for words in status)
    chart = opened.page.locator("#diagramm").text_content() or ""
    assert "geheim gehalten" in chart


def test_a_change_of_a_control_changes_chart_table_sentence_name_and_address(
    opened: Visit,
) -> None:
    page = opened.page
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
    browser: Browser, built: Path, opened: Visit
) -> None:
    go(opened.page, VIEWS[4])
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    other = context.new_page()
    other.goto(opened.page.url)
    assert other.inner_text(".ergebnis") == opened.page.inner_text(".ergebnis")
    context.close()


@pytest.mark.parametrize("view", ["kennzahl=gibtesnicht&schnitt=x&monat=1", "%%%", "monat=2016-08"])
def test_an_address_that_names_nothing_opens_what_is_nearest(view: str, opened: Visit) -> None:
    go(opened.page, view)
    title = opened.page.locator("#titel").text_content()
    assert title == "K2 · Integrationsquote: August\u00a02016"
    assert opened.complaints == []


def test_the_page_asks_for_nothing_and_the_console_is_silent(opened: Visit) -> None:
    for view in VIEWS:
        go(opened.page, view)
    assert [r for r in opened.requests if not r.startswith(("file:", "blob:null"))] == []
    assert len([r for r in opened.requests if r.startswith("file:")]) == 1
    assert opened.complaints == []


def test_no_button_link_or_toolbar_leads_to_a_cloud(opened: Visit) -> None:
    page = opened.page
    assert page.locator(".modebar-btn, .modebar-group, .js-plotly-plot a").count() == 0
    assert [b.inner_text() for b in page.locator("button").all()] == ["Tabelle als CSV"]
    assert "cloud.plotly.com" not in page.content()
    links = [link.get_attribute("href") for link in page.locator("a").all()]
    assert links == ["#inhalt", "index.html"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("view", [VIEWS[1], VIEWS[2], VIEWS[4]])
def test_axe_finds_no_violation(view: str, width: int, browser: Browser, built: Path) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = visit(context, built).page
    go(page, view)
    result = axe(context, page)
    context.close()
    assert violations(result) == []
    assert {i["id"] for i in result["incomplete"]} <= {"color-contrast"}  # text in SVG


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways_but_the_table(width: int, browser: Browser, built: Path) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = visit(context, built).page
    for view in VIEWS:
        go(page, view)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        frame = page.locator("#diagramm").bounding_box()
        assert frame and frame["x"] >= 0 and frame["x"] + frame["width"] <= width
        cut = page.eval_on_selector_all(
            "#diagramm text",
            """texts => texts.filter(t => {
                const frame = document.getElementById('diagramm').getBoundingClientRect();
                const box = t.getBoundingClientRect();
                return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1);
            }).map(t => t.textContent)""",
        )
        assert cut == [], view
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("view", VIEWS)
def test_no_two_texts_of_the_chart_overlap(
    view: str, width: int, browser: Browser, built: Path
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = visit(context, built).page
    go(page, view)
    hits = page.eval_on_selector_all(
        "#diagramm text",
        """texts => texts.flatMap((one, i) => texts.slice(i + 1).filter(other => {
            const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
            const x = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const y = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            return x > 1 && y > 3;
        }).map(other => one.textContent + ' | ' + other.textContent))""",
    )
    context.close()
    assert hits == []


def test_the_keyboard_reaches_every_control_and_the_table_and_sees_where_it_is(
    browser: Browser, built: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = visit(context, built).page
    go(page, VIEWS[4])
    reached = []
    for _ in range(10):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => { const e = document.activeElement, s = getComputedStyle(e);
                    return [e.id || e.className || e.tagName, s.outlineStyle]; }"""
            )
        )
    context.close()
    names = [name for name, _ in reached]
    assert names[0] == "sprunglink"
    assert names[2:9] == [*CONTROLS, "csv", "bereich"]
    assert all(outline != "none" for name, outline in reached if name != "BODY")


def test_a_choice_is_made_with_the_arrow_keys(browser: Browser, built: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = visit(context, built).page
    before = page.inner_text("#titel")
    page.focus("#monat")
    page.keyboard.press("ArrowDown")
    assert page.inner_text("#titel") != before
    assert "monat=2016-07" in page.url
    assert page.evaluate("document.activeElement.id") == "monat"
    context.close()


def test_the_file_holds_the_rows_of_the_table(opened: Visit) -> None:
    page = opened.page
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


def test_on_paper_stands_the_table_and_no_control(browser: Browser, built: Path) -> None:
    context = browser.new_context(viewport={"width": 1030, "height": 700})
    page = visit(context, built).page
    go(page, VIEWS[2])
    page.emulate_media(media="print")
    assert page.locator("#tabelle").is_visible() and page.locator("#titel").is_visible()
    assert not any(page.locator(f"#{control}").is_visible() for control in (*CONTROLS, "csv"))
    wide = page.eval_on_selector(".tabelle", "t => t.scrollWidth > t.clientWidth + 1")
    context.close()
    assert not wide


def test_without_javascript_the_page_says_where_the_figures_are(
    browser: Browser, built: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = visit(context, built).page
    assert "braucht JavaScript" in page.inner_text("main")
    assert not page.locator("#kennzahl").is_visible()
    assert page.locator("a[href='index.html']").is_visible()
    context.close()


def test_the_internal_view_shows_its_mark_on_screen_and_on_paper(
    browser: Browser, tmp_path: Path
) -> None:
    rows = [k2("2015-12", sex, 2, 1200) for sex in ("w", "m", "insgesamt")]
    path = tmp_path / "explorer.html"
    path.write_text(build_internal(mart(*rows), {}, "de"), encoding="utf-8")
    context = browser.new_context(viewport={"width": 390, "height": 900})
    seen = visit(context, path)
    for media in ("screen", "print"):
        seen.page.emulate_media(media=media)
        mark = seen.page.evaluate(
            """() => { const box = document.querySelector('.wasserzeichen');
                const s = getComputedStyle(box, '::after');
                return [s.content, s.display, Number(s.opacity) > 0]; }"""
        )
        assert mark[0] == '"Nur für den Dienstgebrauch"' and mark[1] != "none" and mark[2]
        assert seen.page.locator(".geheim").inner_text() == "Nur für den Dienstgebrauch"
    seen.page.emulate_media(media="screen")
    assert cells(seen.page)[0][1] == "2,0"
    assert cells(seen.page)[0][-1] == "nur intern, kleine Fallzahl"
    assert violations(axe(context, seen.page)) == []
    assert seen.complaints == []
    context.close()
