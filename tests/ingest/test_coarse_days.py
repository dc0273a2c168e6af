"""monatsgenau: a day that no Kennzahl needs is not stored, and no Kennzahl changes."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.demo import demo_history
from pipeline.demo.write import write_delivery
from pipeline.ingest.delivery import discover
from pipeline.ingest.staging import stage_delivery
from tests.ingest.building import Result, bestand, write
from tests.property.product import build_marts


def stored(tmp_path: Path, since: str, stichtag: str) -> date | None:
    header = "person_id;stichtag;geschlecht;leistungsbezug_seit"
    write(tmp_path / "raw", {"bestand.csv": bestand(f"A;{stichtag};w;{since}", header=header)})
    [delivery] = discover(tmp_path / "raw")
    out = tmp_path / "stg"
    out.mkdir()
    staged = stage_delivery(delivery, out, threads=1, memory_limit="500MB", monatsgenau=True)
    [(found,)] = Result(staged, out).accepted("leistungsbezug_seit")
    return found


@pytest.mark.parametrize(
    ("since", "stichtag", "kept"),
    [
        ("2023-10-14", "2024-01-15", date(2023, 10, 15)),
        ("2023-10-15", "2024-01-15", date(2023, 10, 15)),
        ("2023-10-16", "2024-01-15", date(2023, 11, 15)),
        ("2024-01-14", "2024-01-15", date(2024, 1, 15)),
        ("2024-01-15", "2024-01-15", date(2024, 1, 15)),
        ("2024-01-16", "2024-01-15", date(2024, 1, 16)),
        ("2024-05-01", "2024-01-15", date(2024, 1, 16)),
        ("2024-02-29", "2024-03-31", date(2024, 2, 29)),
        ("2024-02-28", "2024-03-31", date(2024, 2, 29)),
        ("", "2024-01-15", None),
    ],
)
def test_of_the_begin_of_receipt_the_full_months_up_to_the_stichtag_are_stored(
    tmp_path: Path, since: str, stichtag: str, kept: date | None
) -> None:
    assert stored(tmp_path, since, stichtag) == kept


def test_the_marts_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    history = demo_history(bestand=150, seed=3, von=date(2013, 4, 1), monate=20)
    write_delivery(history, tmp_path / "raw" / "demo")
    found = []
    for coarse in (False, True):
        curated = tmp_path / str(coarse)
        curated.mkdir()
        build_marts(tmp_path / "raw", curated, monatsgenau=coarse)
        marts = sorted(curated.glob("mart_*.parquet"))
        assert len(marts) > 5
        found.append([path.read_bytes() for path in marts])
    assert found[0] == found[1]
    stocks = [(tmp_path / str(c) / "core_bestand.parquet").read_bytes() for c in (False, True)]
    assert stocks[0] != stocks[1]
