"""One page built from the made-up published table, shared by the tests of the report."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.report import build
from tests.report import example
from tests.report.html import Page, parse

Builder = Callable[[example.Example], Page]


@pytest.fixture(scope="session")
def full() -> example.Example:
    return example.full()


@pytest.fixture(scope="session")
def built(full: example.Example, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory with index.html and tabellen/ of the full example."""
    out = tmp_path_factory.mktemp("bericht")
    build(*full.write(tmp_path_factory.mktemp("pub")), out)
    return out


@pytest.fixture(scope="session")
def page(built: Path) -> Page:
    return parse(built / "index.html")


@pytest.fixture
def build_page(tmp_path: Path) -> Builder:
    """Build the page of another table and parse it."""

    def run(table: example.Example, lang: str = "de") -> Page:
        out = tmp_path / "out"
        out.mkdir()
        build(*table.write(tmp_path / "pub"), out, lang)
        return parse(out / "index.html")

    return run
