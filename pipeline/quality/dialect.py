"""A SQLAlchemy dialect that lets Great Expectations run on a DuckDB connection the program owns.

It calls itself postgresql, so that Great Expectations takes its PostgreSQL paths; DuckDB
understands the SQL these produce (`~` is a partial match since DuckDB 2.0). Great Expectations
fetches a result after it has closed the connection, therefore closing and rolling back do nothing
here and every DBAPI cursor holds a DuckDB cursor of its own, which streams.

The differential test in tests/quality/test_dialect.py guards the reliance on these paths.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.engine.url import URL

SCHEME = "gxduck"
NUMBERS = {
    "TINYINT": sa.SmallInteger,
    "SMALLINT": sa.SmallInteger,
    "INTEGER": sa.Integer,
    "BIGINT": sa.BigInteger,
    "HUGEINT": sa.BigInteger,
    "DOUBLE": sa.Float,
    "FLOAT": sa.Float,
    "DATE": sa.Date,
    "BOOLEAN": sa.Boolean,
}

# SQLAlchemy opens connections by URL only; this is where the URL's name finds its connection.
_lent: dict[str, duckdb.DuckDBPyConnection] = {}


@contextmanager
def lend(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """The URL under which SQLAlchemy reaches `con` inside the with block."""
    name = str(id(con))
    registry.register(SCHEME, __name__, "DuckDBDialect")
    _lent[name] = con
    try:
        yield f"{SCHEME}:///{name}"
    finally:
        del _lent[name]


class Cursor:
    """A DBAPI cursor over one DuckDB cursor; its result outlives the SQLAlchemy connection."""

    rowcount = -1
    arraysize = 1

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._cursor = con.cursor()

    @property
    def description(self) -> Any:
        return self._cursor.description

    def execute(self, sql: str, parameters: Sequence[Any] | None = None) -> None:
        self._cursor.execute(sql, list(parameters) if parameters else None)

    def fetchone(self) -> Any:
        return self._cursor.fetchone()

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return self._cursor.fetchmany(size or self.arraysize)

    def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    def close(self) -> None:
        """Nothing: the result is still to be fetched."""


class Connection:
    """A DBAPI connection that only hands out cursors; the program owns the real one."""

    def __init__(self, name: str) -> None:
        self._name = name

    def cursor(self) -> Cursor:
        return Cursor(_lent[self._name])

    def commit(self) -> None:
        """Nothing: rules only read."""

    def rollback(self) -> None:
        """Nothing: a rollback would drop a result still to be fetched."""

    def close(self) -> None:
        """Nothing: closing the DuckDB connection would kill its cursors."""


class Dbapi:
    """The module-level names of a DBAPI that SQLAlchemy asks for."""

    paramstyle = "qmark"
    apilevel = "2.0"
    threadsafety = 1
    Error = duckdb.Error
    DatabaseError = duckdb.DatabaseError
    OperationalError = duckdb.OperationalError
    ProgrammingError = duckdb.ProgrammingError
    InterfaceError = duckdb.Error
    InternalError = duckdb.InternalError
    IntegrityError = duckdb.IntegrityError
    DataError = duckdb.DataError
    NotSupportedError = duckdb.NotSupportedError
    connect = Connection


class DuckDBDialect(PGDialect):
    """PostgreSQL's dialect without its catalogue: what GX reflects comes from `describe`."""

    driver = SCHEME
    default_paramstyle = "qmark"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Any:
        return Dbapi

    def create_connect_args(self, url: URL) -> Any:
        return [url.database], {}

    def initialize(self, connection: sa.Connection) -> None:
        self.server_version_info = (15, 0)
        self.default_schema_name = "main"

    def get_isolation_level_values(self, dbapi_connection: Any) -> list[str]:  # type: ignore[override]
        return ["SERIALIZABLE"]

    def get_columns(
        self, connection: sa.Connection, table_name: str, schema: str | None = None, **kw: Any
    ) -> Any:
        rows = connection.exec_driver_sql(f'describe "{table_name}"').fetchall()
        return [
            {"name": row[0], "type": _type(row[1]), "nullable": True, "default": None}
            for row in rows
        ]

    def get_pk_constraint(
        self, connection: sa.Connection, table_name: str, schema: str | None = None, **kw: Any
    ) -> Any:
        return {"constrained_columns": [], "name": None}

    def get_schema_names(self, connection: sa.Connection, **kw: Any) -> Any:
        return ["main"]

    def has_table(
        self, connection: sa.Connection, table_name: str, schema: str | None = None, **kw: Any
    ) -> bool:
        return any(table_name == row[0] for row in connection.exec_driver_sql("show tables"))


def _type(duckdb_type: str) -> Any:
    if duckdb_type.startswith("DECIMAL"):
        return sa.Numeric()
    return NUMBERS.get(duckdb_type, sa.String)()
