"""Would the generated deliveries notice a misreading? Each of these must change some result.

A mutant is the oracle with one piece of text exchanged. It is noticed when, within the seeds a
normal test run uses, it comes to anything else than the oracle: figures, counts, rejected rows or
balance.
"""

import importlib
import shutil
import sys
from collections.abc import Iterator, Sized
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import tests.oracle
from tests.property.generator import Case, make_case
from tests.property.misreadings import MUTANTS

SEEDS = 25
ORACLE = Path(tests.oracle.__file__).parent


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the oracle under another name, to be changed and imported."""
    folder = tmp_path / "mutant_oracle"
    shutil.copytree(ORACLE, folder, ignore=shutil.ignore_patterns("test_*", "__pycache__"))
    for path in folder.glob("*.py"):
        text = path.read_text(encoding="utf-8").replace("tests.oracle", "mutant_oracle")
        path.write_text(text, encoding="utf-8")
    catalogue = folder / "catalogue.py"
    text = catalogue.read_text(encoding="utf-8").replace(
        "Path(__file__)", f"Path({str(ORACLE)!r}, '_')"
    )
    catalogue.write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [name for name in sys.modules if name.startswith("mutant_oracle")]:
        del sys.modules[name]


def outcome(oracle: ModuleType, case: Case) -> tuple[Sized, ...]:
    """Everything a run comes to, or that it is refused."""
    try:
        result = oracle.compute(case.raw, case.as_of)
    except oracle.RefusedError:
        return ("refused",)
    marts = (result.mart_quote, result.mart_veroeffentlichung, result.mart_anteil)
    return *marts, result.rejected, result.balance


@cache
def expected(case: Case) -> tuple[Sized, ...]:
    return outcome(tests.oracle, case)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    """The cases with few figures first: most misreadings are noticed by one of these."""
    folder = tmp_path_factory.mktemp("cases")
    made = [make_case(seed, folder / str(seed)) for seed in range(SEEDS)]
    return sorted(made, key=lambda case: len(expected(case)[0]))


@pytest.mark.parametrize(("module", "old", "new"), MUTANTS)
def test_a_misreading_of_the_rules_is_noticed(
    cases: list[Case], package: Path, module: str, old: str, new: str
) -> None:
    path = package / f"{module}.py"
    text = path.read_text(encoding="utf-8")
    assert old in text, "the oracle has changed: bring the mutant up to date"
    path.write_text(text.replace(old, new), encoding="utf-8")
    mutant = importlib.import_module("mutant_oracle")
    assert any(outcome(mutant, case) != expected(case) for case in cases)
