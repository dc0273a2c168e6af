"""The page printed by Chromium: notices on every page, headings with their figures."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import find
from tests.browser.conftest import visit


@pytest.fixture(scope="module")
def pages(browser: Browser, built: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each printed page."""
    reader = find.pdf_reader()
    if reader is None:
        pytest.fail(f"{find.PDF_READER} fehlt. Bitte poppler-utils installieren.")
    pdf = tmp_path_factory.mktemp("papier") / "bericht.pdf"
    context = browser.new_context()
    visit(context, built).page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    context.close()
    done = subprocess.run([reader, "-layout", pdf, "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")[:-1]


def lines(pages: list[str]) -> Iterator[tuple[int, str]]:
    for number, page in enumerate(pages, start=1):
        for line in page.splitlines():
            yield number, " ".join(line.split())


def test_every_printed_page_carries_the_notices_the_run_and_its_number(pages: list[str]) -> None:
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        assert "Geheimhaltung vorläufig – nicht veröffentlichen" in page
        assert "§ 48a SGB II – nicht amtlich" in page
        assert "Synthetische Daten" in page
        assert re.search(rf"Lauf a1b2c3d4e5f6 · Berichtsmonat August.2016 · Seite {number}\b", page)


def test_every_table_row_is_printed(pages: list[str]) -> None:
    printed = " ".join(line for _, line in lines(pages))
    for words in ("Dezember 2012", "Öhringer", "Einstiegsgeld", "4 Jahre und mehr"):
        assert words in printed


def test_a_headline_stands_on_the_page_of_its_figure(pages: list[str]) -> None:
    headline = next(n for n, line in lines(pages) if line.startswith("Dauer des Leistungsbezugs: "))
    chart = next(
        n for n, line in lines(pages) if n >= headline and line.startswith("4 Jahre und mehr")
    )
    assert headline == chart


def test_no_heading_is_the_last_line_of_a_page(pages: list[str]) -> None:
    for page in pages:
        body = [" ".join(line.split()) for line in page.splitlines() if line.strip()]
        last = body[-2]
        assert not re.match(
            r"(Abbildung|Tabelle) \d+$|Tabelle mit allen Zahlen|So gerechnet$", last
        )
