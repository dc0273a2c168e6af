"""Neither the order of delivered rows nor the number of threads changes a published byte."""

import random
from pathlib import Path

import pytest

from tests.property.generator import make_case
from tests.property.product import build_report
from tests.property.shuffling import copy_shuffled

SEED = 21


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """One delivery as generated with two threads, and shuffled with one."""
    folder = tmp_path_factory.mktemp("builds")
    case = make_case(SEED, folder / "raw")
    copy_shuffled(random.Random(SEED), case.raw, folder / "shuffled")
    return (
        build_report(folder / "one", case.raw, threads=2),
        build_report(folder / "two", folder / "shuffled", threads=1),
    )


def test_the_published_table_is_byte_identical(
    builds: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    assert builds[0]["pub_quote.parquet"] == builds[1]["pub_quote.parquet"]


def test_pages_and_tables_are_byte_identical(
    builds: tuple[dict[str, bytes], dict[str, bytes]],
) -> None:
    assert {Path(name).suffix for name in builds[0]} >= {".html", ".csv"}
    assert sorted(builds[0]) == sorted(builds[1])
    different = [name for name in builds[0] if builds[0][name] != builds[1][name]]
    assert not different
