"""Would the generated deliveries notice a misreading? Each of these must change some result.

A mutant is the oracle with one piece of text exchanged. It is noticed when, within the seeds a
normal test run uses, it comes to anything else than the oracle: figures, counts, rejected rows or
balance.
"""

import importlib
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import tests.oracle
from tests.property.generator import Case, make_case

SEEDS = 25
ORACLE = Path(tests.oracle.__file__).parent

MUTANTS = [
    ("person_months", "stock_day < start <= this_day", "stock_day <= start <= this_day"),
    ("person_months", "stock_day < start <= this_day", "stock_day < start < this_day"),
    ("person_months", "earlier_day < start <= stock_day", "earlier_day <= start <= stock_day"),
    ("person_months", "earlier_day < start <= stock_day", "earlier_day < start < stock_day"),
    ("person_months", "and month - 2 not in merged.stock[person_id]", ""),
    (
        "person_months",
        "and earlier_day is not None",
        "and (earlier_day := earlier_day or date.min)",
    ),
    ("person_months", "recorded <= add_months", "recorded < add_months"),
    ("person_months", 'this_day, rules.at("wartezeit', 'date(1, 1, 1), rules.at("wartezeit'),
    ("person_months", 'other["beginn"] < row["beginn"]', "other is not row"),
    ("person_months", '>= row["beginn"] - ONE_DAY', '>= row["beginn"]'),
    ("person_months", '>= row["beginn"] - ONE_DAY', '>= row["beginn"] - 2 * ONE_DAY'),
    ("person_months", 'other["ende"] is None or ', 'other["ende"] is not None and '),
    ("person_months", 'if other["art"] in COUNTABLE_ARTS', "if True"),
    ("person_months", 'row["arbeitgeber_id"] is not None and ', ""),
    ("features", "since > stichtag", "since >= stichtag"),
    ("features", "if months <= reached", "if months < max(reached, 1)"),
    ("features", "if years <= age", "if years < age"),
    ("features", "youngest < 3", "youngest <= 3"),
    ("features", '"nein" if bg_typ in', '"unbekannt" if bg_typ in'),
    ("features", 'if one["instrument"] in ONE_OFF', "if False"),
    ("features", 'one["eintritt"] > stichtag', 'one["eintritt"] >= stichtag'),
    ("features", ' or one["eintritt"] > stichtag', ""),
    ("features", "left >= stichtag\n", "left > stichtag\n"),
    (
        "features",
        "add_months(left, after_run) >= stichtag",
        "add_months(left, after_run) > stichtag",
    ),
    ("features", "(left is None, left or date.max),", ""),
    ("features", "(left is None, left or date.max),", "left or date.min,"),
    ("features", '                one["eintritt"],\n', ""),
    ("features", 'one["teilnahme_id"].encode("utf-8")', 'one["instrument"]'),
    ("features", 'one["teilnahme_id"].encode("utf-8")', 'int("0" + one["teilnahme_id"][1:])'),
    ("quotas", "rules.at(wait, day)) <= merged", "rules.at(wait, day)) < merged"),
    ("quotas", "range(WINDOW + 1)", "range(WINDOW)"),
    ("quotas", "digest()[0] % 2 == 0", "digest()[-1] % 2 == 0"),
    ("quotas", ".month < row.month", ".month > row.month"),
    ("quotas", "for back in range(so_far)", "for back in range(WINDOW)"),
    ("merging", "first <= key[1] <= last", "first <= key[1] < last"),
    ("merging", "first <= key[1] <= last", "first < key[1] <= last"),
    ("merging", 'one.art == "voll" and days', 'one.art != "voll" and days'),
    ("merging", "located.row[start] >= min(days)", "located.row[start] > min(days)"),
    ("merging", "located.row[start] >= min(days)", "located.row[start] <= max(days)"),
    ("merging", "return min(newest)", "return max(newest)"),
    ("merging", "for key in orphans:\n        del store[key]", "orphans = {}"),
    ("merging", "one.datenstand <= as_of", "one.datenstand < as_of"),
    ("checking", "greatest = max(", "greatest = min("),
    ("checking", "value > datenstand", "value >= datenstand"),
    ("checking", "column.required or column.name in REJECTING_IF_BAD", "column.required"),
    ("checking", 'value = "u"', 'value = "o"'),
    ("checking", 'values["art"] == "sv"', "False"),
    ("checking", "if is_category else", "if False else"),
]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("cases")
    return [make_case(seed, folder / str(seed)) for seed in range(SEEDS)]


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


def outcome(oracle: ModuleType, case: Case) -> tuple[object, ...]:
    """Everything a run comes to, or that it is refused."""
    try:
        result = oracle.compute(case.raw, case.as_of)
    except oracle.RefusedError:
        return ("refused",)
    return result.mart_quote, result.mart_veroeffentlichung, result.rejected, result.balance


@cache
def expected(case: Case) -> tuple[object, ...]:
    return outcome(tests.oracle, case)


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
