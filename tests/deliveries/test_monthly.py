"""One delivery a month comes to the marts of one full delivery at the end, byte for byte.

A normal run takes 120 people in stock; `KAMPAGNE=voll` takes 3 000 and runs the rules every month.
Compared is what figures are read from; the core tables name the delivery of each row.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from pipeline import runner
from pipeline.demo import demo_history, demo_tables
from pipeline.demo.monthly import KEYS, Delivery, full, month_ends, monthly, put
from pipeline.demo.state import History
from pipeline.errors import DeliveryError
from pipeline.lock import locked
from pipeline.settings import Settings
from pipeline.stages import MARTS, STAGES, file_name

FULL = os.environ.get("KAMPAGNE") == "voll"
BESTAND, MONATE = (3000, 60) if FULL else (120, 30)
ORDERS = range(5 if FULL else 1)
MONTHS = 12
COMPARED = (*MARTS, "mart_veroeffentlichung", "mart_anteil", "pub_quote")
# The month that is delivered wrong, and the one after which the correction arrives.
WRONG, RIGHTED = 4, 8
WRONG_PERSONS = 20
Results = dict[str, bytes]


@pytest.fixture(scope="module", autouse=True)
def without_the_rules() -> Iterator[None]:
    """The rules take three quarters of a small run; a normal test run runs them once."""
    with pytest.MonkeyPatch.context() as patch:
        if not FULL:
            patch.setattr(runner, "STAGES", tuple(s for s in STAGES if s.name != "pruefen"))
        yield


@pytest.fixture(scope="module")
def history() -> History:
    return demo_history(bestand=BESTAND, seed=5, von=date(2012, 4, 1), monate=MONATE)


@pytest.fixture(scope="module")
def deliveries(history: History) -> list[Delivery]:
    """What was known a year before the end, and twelve months after it."""
    days = month_ends(history, MONTHS + 1)
    return [full(history, days[0]), *(monthly(history, *two) for two in pairwise(days))]


@pytest.fixture(scope="module")
def at_once(history: History, tmp_path_factory: pytest.TempPathFactory) -> Results:
    """The tables of the one full delivery of the end."""
    root = tmp_path_factory.mktemp("voll")
    put(full(history, month_ends(history, 1)[0]), root / "raw")
    found = built(root)
    assert pq.read_table(root / "curated" / "mart_quote.parquet").num_rows > 100
    assert pq.read_table(root / "curated" / "pub_quote.parquet").num_rows > 100
    return found


@pytest.fixture(scope="module")
def in_order(
    deliveries: list[Delivery], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, list[Results]]:
    """The folder and the tables after each delivery, the pipeline run again each time."""
    root = tmp_path_factory.mktemp("monatlich")
    return root, [arrives(root, delivery) for delivery in deliveries]


def built(root: Path) -> Results:
    """Run the product over what was delivered so far; the tables compared, by name."""
    settings = Settings(raw=root / "raw", curated=root / "curated", reports=root / "reports")
    with locked(settings.curated), runner.build(settings):
        pass
    return {name: (settings.curated / file_name(name)).read_bytes() for name in COMPARED}


def staged_files(root: Path) -> dict[Path, tuple[int, int]]:
    """Which files hold what was read of each delivery, and when they were written."""
    files = [path for path in (root / "curated" / "stg").glob("*/*") if path.is_file()]
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in files}


def arrives(root: Path, *new: Delivery) -> Results:
    """Put deliveries beside the earlier ones and run again; only the new ones are read."""
    for delivery in new:
        put(delivery, root / "raw")
    before = staged_files(root)
    found = built(root)
    after = staged_files(root)
    assert before.items() <= after.items()
    assert len({path.parent for path in after.keys() - before.keys()}) == len(new)
    return found


def differing(ours: Results, theirs: Results) -> list[str]:
    return [name for name in COMPARED if ours[name] != theirs[name]]


def test_the_history_changes_rows_of_earlier_months(deliveries: list[Delivery]) -> None:
    base, *later = deliveries
    for name in ("beschaeftigungen", "teilnahmen"):
        known = set(base.tables[name][KEYS[name][0]].to_pylist())
        assert any(known & set(d.tables[name][KEYS[name][0]].to_pylist()) for d in later)


def test_twelve_months_one_after_the_other_come_to_the_full_delivery(
    in_order: tuple[Path, list[Results]], at_once: Results
) -> None:
    _, after = in_order
    assert len({found["mart_quote"] for found in after}) == MONTHS + 1
    assert differing(after[-1], at_once) == []


def test_every_month_comes_to_the_full_delivery_of_that_month(
    history: History, in_order: tuple[Path, list[Results]], tmp_path: Path
) -> None:
    _, after = in_order
    days = month_ends(history, MONTHS + 1)
    for number in range(1, MONTHS) if FULL else (RIGHTED,):
        root = tmp_path / str(number)
        put(full(history, days[number]), root / "raw")
        assert differing(after[number], built(root)) == []


def test_the_rules_pass_over_all_deliveries_together(
    in_order: tuple[Path, list[Results]], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, after = in_order
    monkeypatch.setattr(runner, "STAGES", STAGES)
    assert differing(built(root), after[-1]) == []
    assert (root / "curated" / "pruefung.json").is_file()


def touched(delivery: Delivery) -> tuple[set[str], str]:
    """The persons and the take-up that are delivered wrong."""
    persons = delivery.tables["bestand"]["person_id"].to_pylist()
    return set(persons[:WRONG_PERSONS]), delivery.tables["beschaeftigungen"][
        "beschaeftigung_id"
    ].to_pylist()[-1]


def wrong(delivery: Delivery) -> Delivery:
    """A month with sex and household of some persons and the begin of a take-up wrong."""
    persons, job = touched(delivery)
    changed = {
        "bestand": [
            row
            | {
                "geschlecht": "m" if row["geschlecht"] == "w" else "w",
                "bg_typ": "sonstige" if row["bg_typ"] != "sonstige" else "alleinstehend",
            }
            if row["person_id"] in persons
            else row
            for row in delivery.tables["bestand"].to_pylist()
        ],
        "beschaeftigungen": [
            row | {"beginn": row["beginn"] - timedelta(days=100)}
            if row["beschaeftigung_id"] == job
            else row
            for row in delivery.tables["beschaeftigungen"].to_pylist()
        ],
    }
    tables = {
        name: pa.Table.from_pylist(rows, delivery.tables[name].schema)
        for name, rows in changed.items()
    }
    return replace(delivery, tables=delivery.tables | tables)


def correction(history: History, of: Delivery, day: date) -> Delivery:
    """The rows that `wrong` touches, as they are known on a later day."""
    persons, job = touched(of)
    stichtag, now = of.tables["bestand"]["stichtag"][0], demo_tables(history, day)
    of_persons = pc.is_in(now["bestand"]["person_id"].cast("string"), pa.array(sorted(persons)))
    of_month = pc.equal(now["bestand"]["stichtag"], stichtag)
    of_job = pc.equal(now["beschaeftigungen"]["beschaeftigung_id"], job)
    tables = {
        "bestand": now["bestand"].filter(pc.and_(of_persons, of_month)),
        "beschaeftigungen": now["beschaeftigungen"].filter(of_job),
    }
    return Delivery(f"{of.name}-korrektur", "korrektur", day, tables)


def test_a_correction_puts_a_wrong_month_right(
    history: History,
    deliveries: list[Delivery],
    in_order: tuple[Path, list[Results]],
    tmp_path: Path,
) -> None:
    _, after = in_order
    arrives(tmp_path, *deliveries[:WRONG])
    arrives(tmp_path, wrong(deliveries[WRONG]))
    spoilt = arrives(tmp_path, *deliveries[WRONG + 1 : RIGHTED + 1])
    assert {"mart_quote", "pub_quote"} <= set(differing(spoilt, after[RIGHTED]))
    righted = correction(history, deliveries[WRONG], deliveries[RIGHTED].datenstand)
    assert differing(arrives(tmp_path, righted), after[RIGHTED]) == []
    assert differing(arrives(tmp_path, *deliveries[RIGHTED + 1 :]), after[-1]) == []


@pytest.mark.parametrize("seed", ORDERS)
def test_the_order_of_arrival_does_not_matter(
    deliveries: list[Delivery], at_once: Results, tmp_path: Path, seed: int
) -> None:
    shuffled = random.Random(seed).sample(deliveries, len(deliveries))
    found: Results | None = None
    for number, delivery in enumerate(shuffled, start=1):
        put(delivery, tmp_path / "raw")
        if not FULL and number % 3 != 1:
            continue
        try:
            found = built(tmp_path)
        except DeliveryError as refused:
            found = None
            assert all(problem.endswith(".") for problem in refused.problems)
    assert found is not None
    assert differing(found, at_once) == []
