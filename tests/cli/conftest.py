"""Places for the command line: an empty one, one with a delivery, and one already computed."""

from pathlib import Path

import pytest

from tests.cli.small import Place, write_delivery


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder with one good delivery, nothing computed yet."""
    place = Place(tmp_path)
    write_delivery(place.raw)
    return place


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A folder whose report was built once; tests must leave it able to be built again."""
    place = Place(tmp_path_factory.mktemp("gerechnet"))
    write_delivery(place.raw)
    done = place.report()
    assert done.returncode == 0, done.stdout + done.stderr
    return place
