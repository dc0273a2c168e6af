"""The fixture with which every spec here runs."""

from collections.abc import Iterator

import duckdb
import pytest

from pipeline.database import connect
from tests.sql.running import Spec


@pytest.fixture(scope="session")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """One hardened connection, as the stages use it, that reaches no file."""
    opened = connect(read_from=[], temp=tmp_path_factory.mktemp("duckdb"), threads=1)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def spec(con: duckdb.DuckDBPyConnection) -> Spec:
    return Spec(con)
