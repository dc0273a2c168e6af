"""The explorer for everyone: axe, keyboard, every width, paper, no JavaScript, nothing outside."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.explore import build as build_internal
from tests.browser.conftest import WIDTHS, Visit, visit
from tests.browser.exploring import CONTROLS, VIEWS, cells, go
from tests.browser.test_page import axe, violations
from tests.report.explorer_page import k2, mart


def test_the_page_asks_for_nothing_and_the_console_is_silent(exploring: Visit) -> None:
    for view in VIEWS:
        go(exploring.page, view)
    assert [r for r in exploring.requests if not r.startswith(("file:", "blob:null"))] == []
    assert len([r for r in exploring.requests if r.startswith("file:")]) == 1
    assert exploring.complaints == []


def test_no_button_link_or_toolbar_leads_to_a_cloud(exploring: Visit) -> None:
    page = exploring.page
    assert page.locator(".modebar-btn, .modebar-group, .js-plotly-plot a").count() == 0
    assert [b.inner_text() for b in page.locator("button").all()] == ["Tabelle als CSV"]
    assert "cloud.plotly.com" not in page.content()
    links = [link.get_attribute("href") for link in page.locator("a").all()]
    assert links == ["#inhalt", "index.html"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("view", [VIEWS[1], VIEWS[2], VIEWS[4]])
def test_axe_finds_no_violation(view: str, width: int, browser: Browser, explored: Path) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = visit(context, explored).page
    go(page, view)
    result = axe(context, page)
    context.close()
    assert violations(result) == []
    assert {i["id"] for i in result["incomplete"]} <= {"color-contrast"}  # text in SVG


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways_but_the_table(
    width: int, browser: Browser, explored: Path
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = visit(context, explored).page
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
    view: str, width: int, browser: Browser, explored: Path
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = visit(context, explored).page
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
    browser: Browser, explored: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = visit(context, explored).page
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


def test_a_choice_is_made_with_the_arrow_keys(browser: Browser, explored: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = visit(context, explored).page
    before = page.inner_text("#titel")
    page.focus("#monat")
    page.keyboard.press("ArrowDown")
    assert page.inner_text("#titel") != before
    assert "monat=2016-07" in page.url
    assert page.evaluate("document.activeElement.id") == "monat"
    context.close()


def test_on_paper_stands_the_table_and_no_control(browser: Browser, explored: Path) -> None:
    context = browser.new_context(viewport={"width": 1030, "height": 700})
    page = visit(context, explored).page
    go(page, VIEWS[2])
    page.emulate_media(media="print")
    assert page.locator("#tabelle").is_visible() and page.locator("#titel").is_visible()
    assert not any(page.locator(f"#{control}").is_visible() for control in (*CONTROLS, "csv"))
    wide = page.eval_on_selector(".tabelle", "t => t.scrollWidth > t.clientWidth + 1")
    context.close()
    assert not wide


def test_without_javascript_the_page_says_where_the_figures_are(
    browser: Browser, explored: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = visit(context, explored).page
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
