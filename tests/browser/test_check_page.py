"""The page about the rules in Chromium: accessible, fitting every width, silent."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.report.check_page import pages
from tests.browser.conftest import WIDTHS, visit
from tests.browser.test_page import A4_WITHOUT_MARGINS, axe, violations
from tests.report import check_example


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both pages, with broken rules and a history."""
    made = check_example.write(
        tmp_path_factory.mktemp("geprueft"), {"BES-21": 2, "ZB-21": 30}, runs=5
    )
    for name, html in pages(made).items():
        (made / name).write_text(html, encoding="utf-8")
    return made


@pytest.mark.parametrize("name", ["pruefbericht.html", "pruefbericht.en.html"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_is_accessible_still_and_fits(
    name: str, width: int, folder: Path, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    seen = visit(context, folder / name)
    seen.page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
    result = axe(context, seen.page)
    wide = seen.page.evaluate("document.documentElement.scrollWidth")
    asked, complaints = seen.requests, seen.complaints
    context.close()
    assert violations(result) == []
    assert {i["id"] for i in result["incomplete"]} <= {"color-contrast"}
    assert wide == width
    assert asked == [(folder / name).as_uri()]
    assert complaints == []


@pytest.mark.parametrize("name", ["pruefbericht.html", "pruefbericht.en.html"])
def test_the_keyboard_reaches_everything_downwards_and_opens_the_folded_rules(
    name: str, folder: Path, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = visit(context, folder / name).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "sprunglink"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhalt"
    expected = page.evaluate(
        """[...document.querySelectorAll('main a, main summary, main .tabelle')]
            .filter(e => e.checkVisibility()).length"""
    )
    tops = []
    for _ in range(expected):
        page.keyboard.press("Tab")
        outline, top = page.evaluate(
            """() => { const e = document.activeElement;
                return [getComputedStyle(e).outlineStyle,
                    e.getBoundingClientRect().top + scrollY]; }"""
        )
        assert outline != "none"
        tops.append(top)
    assert tops == sorted(tops)
    details = page.locator("details").first
    assert not details.locator("table").is_visible()
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    assert details.locator("table").is_visible()
    context.close()


@pytest.mark.parametrize("name", ["pruefbericht.html", "pruefbericht.en.html"])
def test_on_paper_every_rule_is_open_and_fits_the_page(
    name: str, folder: Path, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": A4_WITHOUT_MARGINS, "height": 1000})
    page = visit(context, folder / name).page
    page.emulate_media(media="print")
    hidden = page.eval_on_selector_all(
        "table", "all => all.filter(t => !t.checkVisibility()).map(t => t.id)"
    )
    wide = page.eval_on_selector_all(
        ".tabelle",
        "all => all.filter(t => t.scrollWidth > t.clientWidth + 1).map(t => t.ariaLabel)",
    )
    context.close()
    assert hidden == wide == []


def test_without_javascript_the_page_is_the_same(folder: Path, browser: Browser) -> None:
    seen = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts, offline=not scripts)
        page = visit(context, folder / "pruefbericht.html").page
        seen.append(page.locator("main").inner_text())
        page.locator("details summary").first.click()
        assert page.locator("details table").first.is_visible()
        context.close()
    assert seen[0] == seen[1]
