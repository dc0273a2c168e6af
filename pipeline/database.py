"""The one way to a DuckDB connection: in memory, hardened, with nothing left to chance."""

import os
from collections.abc import Iterable
from pathlib import Path

import duckdb


def literal(text: str) -> str:
    """A text, such as a name of a registry or a path, as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def connect(
    *, read_from: Iterable[Path], temp: Path, threads: int | None = None, memory_limit: str = "2GB"
) -> duckdb.DuckDBPyConnection:
    """Open an in-memory database that reaches only `read_from` and `temp` (directories).

    No extension, no network, no other file, no replacement scan of Python variables. The
    configuration is locked last, so that no SQL can widen it again.
    """
    con = duckdb.connect(":memory:")
    allowed = [str(Path(p).resolve()) for p in (*read_from, temp)]
    temp.mkdir(parents=True, exist_ok=True)
    quoted = ", ".join(map(literal, allowed))
    settings = [
        f"set allowed_directories = [{quoted}]",
        f"set temp_directory = {literal(str(temp.resolve()))}",
        f"set memory_limit = '{memory_limit}'",
        f"set threads = {threads or os.cpu_count() or 1}",
        "set TimeZone = 'UTC'",
        "set enable_progress_bar = false",
        "set autoinstall_known_extensions = false",
        "set autoload_known_extensions = false",
        "set allow_community_extensions = false",
        "set allow_unsigned_extensions = false",
        "set python_enable_replacements = false",
        "set allow_persistent_secrets = false",
        "set allow_extension_repositories = 'forbidden'",
        "set enable_external_access = false",
        "set lock_configuration = true",
    ]
    for statement in settings:
        con.execute(statement)
    return con
