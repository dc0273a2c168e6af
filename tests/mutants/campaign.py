"""Running the tests against each mutant, in a process of its own that has everything loaded."""

import os
import random
import resource
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb  # noqa: F401  loaded once for all children
import pytest

from pipeline.quotas import steps
from tests.mutants.operators import Mutant, candidates, mutant, rendered

ROOT = Path(__file__).parents[2]
SPECS = ROOT / "tests" / "sql"
ORACLE = ROOT / "tests" / "property" / "test_mart_equals_oracle.py"
# Named one by one: how many seeds the file takes otherwise depends on the environment.
SEEDS = (0, 7, 10, 17, 20)
LISTED = Path(__file__).parent / "survivors.toml"
QUIET = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist")
PER_FILE = 8
FEW = 8
# All specs and seeds need about a tenth; more is SQL that does not end.
CPU_SECONDS = 240


def tables() -> list[str]:
    """The names of the SQL files that are mutated."""
    return sorted(path.stem for path in steps.SQL.glob("*.sql"))


def listed() -> dict[str, str]:
    """The mutants that no test can tell from the original: id → reason."""
    entries = tomllib.loads(LISTED.read_text("utf-8"))["mutant"]
    return {entry["id"]: entry["reason"] for entry in entries}


def sample(per_file: int = PER_FILE, seed: int = 1) -> list[Mutant]:
    """Mutants of every file, drawn with a seed; of each kind of change one in turn."""
    return [one for table in tables() for one in sample_of(table, per_file, seed)]


def sample_of(table: str, per_file: int = PER_FILE, seed: int = 1) -> list[Mutant]:
    """The mutants of one file; fewer where it has not so many places to change."""
    draw = random.Random(f"{seed}-{table}")
    sql = (steps.SQL / f"{table}.sql").read_text("utf-8")
    by_kind: dict[str, list[int]] = {}
    for place, what in candidates(sql):
        by_kind.setdefault(what, []).append(place)
    for places in by_kind.values():
        draw.shuffle(places)
    found: list[Mutant] = []
    while len(found) < per_file and any(by_kind.values()):
        for what in sorted(by_kind):
            made = by_kind[what] and mutant(table, sql, by_kind[what].pop(), what)
            if made and len(found) < per_file:
                found.append(made)
    return found


def few(seed: int = 1) -> list[Mutant]:
    """Some of the sample that tests can kill, each of another file and another kind of change."""
    known = listed()
    drawn = [one for one in sample() if one.id not in known]
    random.Random(seed).shuffle(drawn)
    chosen: list[Mutant] = []
    for one in drawn:
        other = all(one.table != c.table and one.what != c.what for c in chosen)
        if other and len(chosen) < FEW:
            chosen.append(one)
    return chosen


def outcomes(chosen: Iterable[Mutant]) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant and whether it survived all tests."""
    for one in chosen:
        yield one, all(passes({one.table: one.sql}, tests) for tests in suites(one.table))


def near(table: str) -> list[str]:
    """The specs of a file."""
    return sorted(map(str, SPECS.glob(f"test_{table}*.py")))


def oracle() -> list[str]:
    """A few generated deliveries on which the product and the naive oracle must agree."""
    return [f"{ORACLE}::test_the_marts_equal_the_oracle_row_by_row[{seed}]" for seed in SEEDS]


def suites(table: str) -> tuple[list[str], ...]:
    """Which tests look at a file, the nearest first."""
    rest = sorted(set(map(str, SPECS.glob("test_*.py"))) - set(near(table)))
    return tuple(tests for tests in (near(table), rest, oracle()) if tests)


def round_trip_passes(only: Iterable[str] = ()) -> bool:
    """Whether the tests pass when files are written the way the mutants are.

    only: the files to write so, held against their own specs; else all, against all tests.
    """
    some = sorted(only)
    tests = [spec for table in some for spec in near(table)] or [str(SPECS), *oracle()]
    files = {
        table: rendered((steps.SQL / f"{table}.sql").read_text("utf-8"))
        for table in some or tables()
    }
    return passes(files, tests)


def passes(files: dict[str, str], tests: list[str]) -> bool:
    """Whether the tests pass with other SQL in some files. Endless SQL does not."""
    child = os.fork()
    if child == 0:
        _test_and_exit(files, tests)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _test_and_exit(files: dict[str, str], tests: list[str]) -> None:
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        out = os.open(os.devnull, os.O_WRONLY)
        os.dup2(out, 1)
        os.dup2(out, 2)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for path in steps.SQL.glob("*.sql"):
                sql = files.get(path.stem) or path.read_text("utf-8")
                (folder / path.name).write_text(sql, "utf-8")
            steps.SQL = folder
            for outer in [n for n in os.environ if n.startswith("PYTEST_")]:
                del os.environ[outer]
            code = int(pytest.main([*QUIET, *tests]))
    finally:
        os._exit(min(code, 1))
