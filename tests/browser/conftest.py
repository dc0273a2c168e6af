"""Chromium for the tests: one browser, one built page, no network beyond file://."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from pipeline.report import build
from tests.browser import find
from tests.report import example
from tests.report.explorer_page import explorer

FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS = (320, 390, 1280)


@dataclass
class Visit:
    """A page opened from a file, with all requests and console messages it caused."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The German page of the full example."""
    out = tmp_path_factory.mktemp("bericht")
    build(*example.full().write(tmp_path_factory.mktemp("pub")), out)
    return out / "index.html"


@pytest.fixture(scope="session")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The English page of the full example."""
    out = tmp_path_factory.mktemp("report")
    build(*example.full().write(tmp_path_factory.mktemp("pub")), out, "en")
    return out / "index.html"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find.browser()
    if path is None:
        names = ", ".join(find.BROWSERS)
        pytest.fail(f"Kein Browser gefunden ({names}). Bitte Chromium installieren.")
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *sandbox])
        yield browser
        browser.close()


def visit(context: BrowserContext, path: Path) -> Visit:
    """Open a page and record what it asks for and complains about."""
    page = context.new_page()
    seen = Visit(page)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.goto(path.as_uri())
    return seen


@pytest.fixture(scope="session")
def opened(browser: Browser, built: Path) -> Iterator[Visit]:
    """The German page at 1280 pixels with JavaScript allowed; tests must not change it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield visit(context, built)
    context.close()


@pytest.fixture(scope="session")
def table() -> example.Example:
    """The published table that the explorer is built from."""
    return example.full()


@pytest.fixture(scope="session")
def explored(table: example.Example, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The explorer of the full example."""
    folder = tmp_path_factory.mktemp("explorer")
    path = folder / "explorer.html"
    path.write_text(explorer(table, folder), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def exploring(browser: Browser, explored: Path) -> Iterator[Visit]:
    """The page at 1280 pixels; tests choose what they need in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield visit(context, explored)
    context.close()
