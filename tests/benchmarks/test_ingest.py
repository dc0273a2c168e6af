"""The measurement of reading at a tiny size: every figure is there, every aim is judged."""

from pathlib import Path

import pytest

from benchmarks.ingest import Plan, read, run
from benchmarks.ingest_page import Month, Reading, page
from pipeline.errors import VerificationError

FULL = {"bestand": 30_000, "monate": 60}


def test_a_tiny_demo_is_read_and_a_month_added(tmp_path: Path) -> None:
    said: list[str] = []
    plan = Plan(tmp_path, bestand=30, monate=18, forms=("deutsch",), repeats=1)

    readings, month = run(plan, said.append)

    (reading,) = readings
    assert reading.rows > 18 * 20
    assert min(reading.seconds, reading.cpu, reading.together_mb, reading.reader_mb) > 0
    assert reading.together_mb > max(reading.stage_mb, reading.reader_mb) / 2
    assert month.seconds > month.to_the_marts > 0
    assert month.unchanged > 0
    assert page(readings, month).count("| CSV aus Excel (Profil) | 30 |") == 1
    assert len(said) == 2


def test_deliveries_are_kept_for_the_next_run_of_the_same_size(tmp_path: Path) -> None:
    def written(bestand: int) -> int:
        read(Plan(tmp_path, bestand=bestand, monate=2, repeats=1), "csv", str)
        return (tmp_path / "csv" / "raw" / "demo" / "bestand.csv").stat().st_mtime_ns

    first = written(20)
    assert written(20) == first
    assert written(21) != first


def test_a_refused_delivery_is_no_measurement(tmp_path: Path) -> None:
    plan = Plan(tmp_path, bestand=20, monate=2, repeats=1)
    read(plan, "csv", str)
    (tmp_path / "csv" / "raw" / "demo" / "bestand.csv").write_bytes(b"")
    with pytest.raises(VerificationError, match=r"bestand\.csv"):
        read(plan, "csv", str)


@pytest.mark.parametrize(
    ("form", "seconds", "memory", "reached"),
    [
        ("csv", 7.9, 1499.0, ["erreicht", "erreicht"]),
        ("csv", 8.0, 1499.0, ["verfehlt", "erreicht"]),
        ("csv", 7.9, 1500.0, ["erreicht", "verfehlt"]),
        ("xml", 50.0, 1499.0, ["erreicht", "erreicht"]),
        ("xml", 50.1, 1499.0, ["verfehlt", "erreicht"]),
        ("parquet", 99.0, 1499.0, ["erreicht"]),
    ],
)
def test_the_aims_of_a_form(form: str, seconds: float, memory: float, reached: list[str]) -> None:
    reading = Reading(form, 30_000, 100.0, 1_000_000, seconds, 1.0, memory, 9e9, 9e9)
    assert verdicts(page([reading], Month(**FULL, seconds=1, to_the_marts=1, unchanged=1))) == [
        *reached, "erreicht", "erreicht", "erreicht",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("month", "reached"),
    [
        ((45.0, 8.0, 3.0), ["erreicht", "erreicht", "erreicht"]),
        ((45.1, 8.1, 3.1), ["verfehlt", "verfehlt", "verfehlt"]),
    ],
)
def test_the_aims_of_a_month_more(month: tuple[float, float, float], reached: list[str]) -> None:
    assert verdicts(page([], Month(30_000, 60, *month))) == reached
    assert verdicts(page([], Month(29_999, 60, *month))) == []


def verdicts(text: str) -> list[str]:
    """The last cells of the table of aims."""
    rows = [line.split(" | ")[-1].removesuffix(" |") for line in text.splitlines() if "|" in line]
    return [cell for cell in rows if cell in ("erreicht", "verfehlt")]
