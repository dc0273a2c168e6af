"""The tables that the notebooks read, computed once."""

from pathlib import Path

import pytest

from tests.notebooks.delivery import write_delivery
from tests.property.product import build_report


@pytest.fixture(scope="session")
def curated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The computed tables of the made-up delivery."""
    folder = tmp_path_factory.mktemp("notizbuch")
    write_delivery(folder / "raw")
    build_report(folder / "lauf", folder / "raw", threads=2)
    return folder / "lauf" / "curated"
