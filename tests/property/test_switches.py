"""The dated rules, switched: with every other value the product still equals the oracle."""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pipeline import registries
from tests.oracle import DEFAULT_RULES, Expected, Rules, compute
from tests.oracle.rules import ALWAYS
from tests.property import product
from tests.property.generator import Case, make_case, make_whole_case
from tests.property.test_mart_equals_oracle import oracle_differences

SWITCHES = [
    ("zugangsfenster", False),
    ("wartezeit_monate", 1),
    ("weiterbeschaeftigung_zaehlt", True),
    ("arbeitgeberwechsel_zaehlt", False),
    ("massnahme_nachlauf_monate", 2),
    ("detailmonate", [6, 12]),
    ("detailmonate", []),
    ("eq_zaehlt_ausbildung", False),
]
SEEDS = (8, 9, 18)
# Spells without a list of Stichtage, the one case in which stichtag_tag is asked.
SPELL_SEED = 5
FIRST_DAY = date(2005, 1, 1)
# A month is published when its Wartezeit is over, so both move together.
MOVES_WITH = {"wartezeit_monate": "veroeffentlichung_nach_monaten"}


def set_rule(monkeypatch: pytest.MonkeyPatch, name: str, entries: list[tuple[date, Any]]) -> None:
    """Replace the entries of one rule in what the product reads of parameters.toml."""
    read = registries.read_toml

    def changed(path: Path) -> dict[str, Any]:
        content = read(path)
        if path.name == "parameters.toml":
            content[name]["gilt"] = [{"ab": day, "wert": value} for day, value in entries]
        return content

    monkeypatch.setattr(registries, "read_toml", changed)
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


@cache
def middle_stichtag(case: Case) -> date:
    """A Stichtag in the middle of a run."""
    days = sorted(compute(case.raw, case.as_of).merged.stichtage.values())
    return days[len(days) // 2]


def entries_from_the_middle(
    case: Case, name: str, value: Any, later: timedelta = timedelta(0)
) -> tuple[tuple[date, Any], tuple[date, Any]]:
    """The default until a Stichtag in the middle of the run, so much later another value."""
    day = middle_stichtag(case) + later
    return (ALWAYS, DEFAULT_RULES.at(name, day)), (day, value)


def compare_from_the_middle(
    case: Case,
    name: str,
    entries: tuple[tuple[date, Any], tuple[date, Any]],
    curated: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (_, before), change = entries
    set_rule(monkeypatch, name, [(FIRST_DAY, before), change])
    both = {name: entries, MOVES_WITH.get(name, name): entries}
    compare(case, Rules({**DEFAULT_RULES.entries, **both}), curated)


@pytest.mark.parametrize(("name", "value"), SWITCHES)
def test_a_rule_that_changes_on_a_stichtag_in_the_middle(
    case: Case, name: str, value: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = entries_from_the_middle(case, name, value)
    compare_from_the_middle(case, name, entries, tmp_path, monkeypatch)


def test_the_calendar_of_an_eq_is_asked_on_the_last_day_of_its_month(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every_month = list(range(1, 13))
    entries = entries_from_the_middle(case, "detailmonate", every_month, timedelta(days=1))
    compare_from_the_middle(case, "detailmonate", entries, tmp_path, monkeypatch)


@pytest.mark.parametrize("from_the_middle", [False, True])
def test_the_day_of_spells_without_a_list_of_stichtage(
    from_the_middle: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_whole_case(SPELL_SEED, tmp_path / "raw", with_spells=True)
    name, value = "stichtag_tag", 31
    entries = entries_from_the_middle(case, name, value)
    if not from_the_middle:
        entries = ((ALWAYS, value), (FIRST_DAY, value))
    compare_from_the_middle(case, name, entries, tmp_path / "curated", monkeypatch)


@pytest.fixture(scope="module")
def by_default(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Case, Expected]]:
    """All cases of this module and what they come to without a switch."""
    folder = tmp_path_factory.mktemp("all")
    cases = [make_case(seed, folder / str(seed)) for seed in SEEDS]
    cases.append(make_whole_case(SPELL_SEED, folder / "spells", with_spells=True))
    return [(case, compute(case.raw, case.as_of)) for case in cases]


@pytest.mark.parametrize(("name", "value"), [*SWITCHES, ("stichtag_tag", 31)])
def test_every_switch_is_felt(
    by_default: list[tuple[Case, Expected]], name: str, value: Any
) -> None:
    """Without this the tests above could compare two readings that ignore the rule."""

    def felt(case: Case, before: Expected) -> bool:
        entries = entries_from_the_middle(case, name, value)
        after = compute(case.raw, case.as_of, Rules({**DEFAULT_RULES.entries, name: entries}))
        return (before.mart_quote, before.mart_veroeffentlichung) != (
            after.mart_quote,
            after.mart_veroeffentlichung,
        )

    assert any(felt(case, before) for case, before in by_default)
