"""One full demo and one small one for all tests of the folder."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pyarrow as pa
import pytest

from pipeline.demo import demo_history, demo_tables
from pipeline.demo.state import History
from tests.demo.k2 import person_months


@pytest.fixture(scope="session")
def full() -> dict[str, pa.Table]:
    """The default demo: 30 000 people, 60 Stichtage, seed 1."""
    return demo_tables(demo_history())


@pytest.fixture(scope="session")
def months(full: dict[str, pa.Table]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The full demo as person-months (tests.demo.k2)."""
    con = person_months(full)
    yield con
    con.close()


@pytest.fixture(scope="session")
def small() -> History:
    """500 people over 30 Stichtage from April 2013."""
    return demo_history(bestand=500, seed=7, von=date(2013, 4, 1), monate=30)
