"""The dated rules, switched: with every other value the product still equals the oracle."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline import registries
from tests.oracle import DEFAULT_RULES, Rules, compute
from tests.oracle.rules import ALWAYS
from tests.property import product
from tests.property.generator import Case, make_case
from tests.property.test_mart_equals_oracle import oracle_differences

SWITCHES = [
    ("zugangsfenster", False),
    ("wartezeit_monate", 1),
    ("weiterbeschaeftigung_zaehlt", True),
    ("arbeitgeberwechsel_zaehlt", False),
    ("massnahme_nachlauf_monate", 2),
    ("detailmonate", [6, 12]),
]
SEEDS = (3, 7, 13)
FIRST_DAY = date(2005, 1, 1)
# A month is published when its Wartezeit is over, so both move together.
MOVES_WITH = {"wartezeit_monate": "veroeffentlichung_nach_monaten"}


def set_rule(monkeypatch: pytest.MonkeyPatch, name: str, entries: list[tuple[date, Any]]) -> None:
    """Replace the entries of one rule in what the product reads of parameters.toml."""
    read = registries._read_toml

    def changed(path: Path) -> dict[str, Any]:
        content = read(path)
        if path.name == "parameters.toml":
            content[name]["gilt"] = [{"ab": day, "wert": value} for day, value in entries]
        return content

    monkeypatch.setattr(registries, "_read_toml", changed)
    registries.parameters.cache_clear()


@pytest.fixture(autouse=True)
def _own_parameters() -> Any:
    yield
    registries.parameters.cache_clear()


@pytest.fixture(scope="module", params=SEEDS)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return make_case(request.param, tmp_path_factory.mktemp("case") / "raw")


def compare(case: Case, rules: Rules, curated: Path) -> None:
    expected = compute(case.raw, case.as_of, rules)
    product.build_marts(case.raw, curated, case.as_of)
    found = oracle_differences(expected, curated)
    assert not found, "\n".join([f"seed {case.seed}, as_of {case.as_of}", *found])


@pytest.mark.parametrize(("name", "value"), SWITCHES)
def test_a_rule_set_to_another_value_for_all_time(
    case: Case, name: str, value: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_rule(monkeypatch, name, [(FIRST_DAY, value)])
    both = {name: value, MOVES_WITH.get(name, name): value}
    compare(case, DEFAULT_RULES.with_values(**both), tmp_path)


@pytest.mark.parametrize(("name", "value"), SWITCHES)
def test_a_rule_that_changes_on_a_stichtag_in_the_middle(
    case: Case, name: str, value: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = sorted(compute(case.raw, case.as_of).merged.stichtage.values())
    day = days[len(days) // 2]
    before = DEFAULT_RULES.at(name, day)
    set_rule(monkeypatch, name, [(FIRST_DAY, before), (day, value)])
    entries = ((ALWAYS, before), (day, value))
    both = {name: entries, MOVES_WITH.get(name, name): entries}
    compare(case, Rules({**DEFAULT_RULES.entries, **both}), tmp_path)
