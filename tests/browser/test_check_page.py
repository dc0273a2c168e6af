"""The page about the rules in Chromium: accessible, fitting every width, silent."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipeline.report.check_page import pages
from tests.browser.conftest import WIDTHS, visit
from tests.browser.test_page import axe, violations
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
