"""The catalogue of faults: each is a real change, the same for the same seed, where it says."""

import random
import shutil
from pathlib import Path

import pytest

from pipeline.files import hash_path
from pipeline.ingest.rules import rejections, rule_id
from pipeline.quality.suite import suite
from pipeline.quality.wellformed import LAYERS
from pipeline.registries import DELIVERED_TABLES, contract
from pipeline.selftest.base import NAMES, clean
from pipeline.selftest.catalogue import FAULTS, UNCATCHABLE
from pipeline.selftest.fault import HINT, REFUSED, Fault, Place
from pipeline.selftest.files import load

IDS = [fault.id for fault in FAULTS]


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sauber")
    clean(folder, 1)
    return folder


def damaged(raw: Path, target: Path, fault: Fault, seed: int) -> tuple[Path, tuple[Place, ...]]:
    """A copy of the deliveries with the fault in it, and its places."""
    shutil.copytree(raw, target)
    return target, fault.inject(target, random.Random(seed))


def test_there_are_enough_classes_in_every_layer_with_ids_of_their_own() -> None:
    real = [fault for fault in FAULTS if not fault.harmlos]
    assert len(real) >= 35
    assert len(set(IDS)) == len(IDS)
    assert {fault.ebene for fault in real} == set(LAYERS) - {"kennzahlen"}
    assert all(len(set(entry)) == 4 for entry in UNCATCHABLE)


def test_what_should_speak_exists() -> None:
    known = {rule.id for rule in suite()} | {REFUSED, HINT} | {"BES-08", "BSC-08", "TEI-08"}
    known |= {
        rule_id(contract(table), rule.nummer) for table in DELIVERED_TABLES for rule in rejections()
    }
    for fault in FAULTS:
        assert set(fault.erwartet) <= known, fault.id
        assert bool(fault.erwartet) != fault.harmlos, fault.id


@pytest.mark.parametrize("fault", FAULTS, ids=IDS)
def test_a_fault_changes_deliveries_the_same_way_for_the_same_seed(
    fault: Fault, raw: Path, tmp_path: Path
) -> None:
    one, places = damaged(raw, tmp_path / "1", fault, 1)
    again, same = damaged(raw, tmp_path / "2", fault, 1)
    assert places == same
    assert hash_path(one) == hash_path(again) != hash_path(raw)


@pytest.mark.parametrize(
    "fault", [f for f in FAULTS if f.zeilenweise and f.ebene == "spalte"],
    ids=[f.id for f in FAULTS if f.zeilenweise and f.ebene == "spalte"],
)  # fmt: skip
def test_the_damaged_cell_and_no_other_differs(fault: Fault, raw: Path, tmp_path: Path) -> None:
    folder, (place,) = damaged(raw, tmp_path / "1", fault, 1)
    delivery, _, name = place.datei.partition("/")
    before = load(raw, delivery, name.removesuffix(".csv"))
    after = load(folder, delivery, name.removesuffix(".csv"))
    different = [
        (row + 2, column)
        for row in range(len(before.rows))
        for column in before.header
        if before.cell(row, column) != after.cell(row, column)
    ]
    assert different == [(place.zeile, place.spalte)]


def test_another_seed_makes_other_deliveries(raw: Path, tmp_path: Path) -> None:
    clean(tmp_path / "a", 1)
    clean(tmp_path / "b", 2)
    assert hash_path(tmp_path / "a") == hash_path(raw) != hash_path(tmp_path / "b")
    assert sorted(path.name for path in raw.iterdir()) == list(NAMES)
