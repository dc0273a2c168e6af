"""The benchmark at a tiny size: everybody computes the same, and a difference is noticed."""

from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("polars")

from benchmarks.bench import Plan, run
from benchmarks.checksum import SUMS, fingerprint
from benchmarks.contenders import CONTENDERS, PRODUCT, TASKS
from benchmarks.peers import add_months, latest_begin
from benchmarks.table import markdown
from tests.benchmarks.files import write_sums

ROWS_IN_MILLIONS = 0.02


def test_contenders_agree_on_twenty_thousand_person_months(tmp_path: Path) -> None:
    said: list[str] = []
    plan = Plan((ROWS_IN_MILLIONS,), TASKS, CONTENDERS, tmp_path, "500MB", 0, repeats=1)

    outcome = run(plan, said.append)

    assert len(outcome.measurements) == len(TASKS) * len(CONTENDERS)
    assert all(not m.state and m.cpu > 0 and m.peak_mb > 0 for m in outcome.measurements)
    assert sum("stimmen überein" in line for line in said) == len(TASKS)
    page = markdown(outcome, "500MB")
    assert page.count(f"| {PRODUCT.title} |") == len(TASKS)


def test_a_single_integration_more_changes_the_fingerprint(tmp_path: Path) -> None:
    right = write_sums(tmp_path / "a.parquet", integrated=7)
    same = write_sums(tmp_path / "b.parquet", integrated=7)
    wrong = write_sums(tmp_path / "c.parquet", integrated=8)

    assert fingerprint(right, SUMS) == fingerprint(same, SUMS)
    assert fingerprint(right, SUMS) != fingerprint(wrong, SUMS)


@pytest.mark.parametrize("end", [date(2012, 2, 28), date(2012, 2, 29), date(2014, 3, 30)])
@pytest.mark.parametrize("months", [3, 6, 12, 48])
def test_the_latest_begin_is_the_last_day_that_reaches_the_months(end: date, months: int) -> None:
    days = [date.fromordinal(end.toordinal() - n) for n in range(1600)]

    assert latest_begin(end, months) == max(d for d in days if add_months(d, months) <= end)
