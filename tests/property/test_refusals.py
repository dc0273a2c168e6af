"""What the oracle refuses the product refuses, with a sentence and no marts."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import DeliveryError
from tests.oracle import RefusedError, compute
from tests.oracle.drawing import write_delivery
from tests.property import product

STOCK = "person_id | stichtag | geschlecht\n"
JOBS = "beschaeftigung_id | person_id | beginn | art\n1 | A | 2024-01-20 | sv"


def two_days_in_one_delivery(raw: Path) -> date | None:
    stock = STOCK + "A | 2024-01-15 | w\nB | 2024-01-16 | w"
    write_delivery(raw / "1", "2024-05-01", bestand=stock, beschaeftigungen=JOBS)
    return None


def two_days_of_one_person(raw: Path) -> date | None:
    stock = STOCK + "A | 2024-01-15 | w\nA | 2024-01-16 | w"
    write_delivery(raw / "1", "2024-05-01", bestand=stock, beschaeftigungen=JOBS)
    return None


def two_days_in_two_deliveries(raw: Path) -> date | None:
    first, second = STOCK + "A | 2024-01-15 | w", STOCK + "B | 2024-01-16 | w"
    write_delivery(raw / "1", "2024-05-01", bestand=first, beschaeftigungen=JOBS)
    write_delivery(raw / "2", "2024-06-01", "korrektur", bestand=second)
    return None


def another_day_for_a_row_that_is_replaced(raw: Path) -> date | None:
    first, second = STOCK + "A | 2024-01-15 | w", STOCK + "A | 2024-01-16 | w"
    write_delivery(raw / "1", "2024-05-01", bestand=first, beschaeftigungen=JOBS)
    write_delivery(raw / "2", "2024-06-01", "korrektur", bestand=second)
    return None


SPELLS = "person_id | von | bis | geschlecht\nA | 2024-01-01 | | w"


def write_spells(folder: Path, days: str = "", note: str = "zeitraum_von = 2024-01-01\n") -> None:
    """A delivery of spells known to 1 May 2024, with these Stichtage named."""
    write_delivery(folder, "2024-05-01", bezug=SPELLS, beschaeftigungen=JOBS)
    sheet = folder / "lieferung.toml"
    sheet.write_text(sheet.read_text("utf-8") + note, encoding="utf-8")
    if days:
        lines = ["stichtag", *days.split()]
        (folder / "stichtage.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def spells_without_the_begin_of_their_time(raw: Path) -> date | None:
    write_spells(raw / "1", note="")
    return None


def spells_of_a_time_after_the_datenstand(raw: Path) -> date | None:
    write_spells(raw / "1", note="zeitraum_von = 2024-05-02\n")
    return None


def spells_beside_a_stock(raw: Path) -> date | None:
    write_spells(raw / "1")
    (raw / "1" / "bestand.csv").write_text("person_id;stichtag;geschlecht\n", encoding="utf-8")
    return None


def two_named_days_in_one_month(raw: Path) -> date | None:
    write_spells(raw / "1", "2024-01-15 2024-01-16")
    return None


def a_named_day_beside_that_of_a_stock(raw: Path) -> date | None:
    stock = STOCK + "A | 2024-01-15 | w"
    write_delivery(raw / "1", "2024-04-01", bestand=stock, beschaeftigungen=JOBS)
    write_spells(raw / "2", "2024-01-16 2024-02-15")
    return None


def a_day_by_rule_beside_that_of_a_stock(raw: Path) -> date | None:
    stock = STOCK + "A | 2024-01-31 | w"
    write_delivery(raw / "1", "2024-04-01", bestand=stock, beschaeftigungen=JOBS)
    write_spells(raw / "2")
    return None


def two_bodies(raw: Path) -> date | None:
    for name in ("1", "2"):
        stock = STOCK + f"A | 2024-0{name}-15 | w"
        write_delivery(raw / name, "2024-05-01", bestand=stock, beschaeftigungen=JOBS)
    sheet = raw / "2" / "lieferung.toml"
    sheet.write_text(sheet.read_text("utf-8").replace('"T"', '"X"'), encoding="utf-8")
    return None


def nothing_that_old(raw: Path) -> date | None:
    stock = STOCK + "A | 2024-01-15 | w"
    write_delivery(raw / "1", "2024-05-01", bestand=stock, beschaeftigungen=JOBS)
    return date(2024, 4, 30)


@pytest.mark.parametrize(
    "write",
    [
        two_days_in_one_delivery,
        two_days_of_one_person,
        two_days_in_two_deliveries,
        another_day_for_a_row_that_is_replaced,
        spells_without_the_begin_of_their_time,
        spells_of_a_time_after_the_datenstand,
        spells_beside_a_stock,
        two_named_days_in_one_month,
        a_named_day_beside_that_of_a_stock,
        a_day_by_rule_beside_that_of_a_stock,
        two_bodies,
        nothing_that_old,
    ],
)
def test_both_refuse(write: Callable[[Path], date | None], tmp_path: Path) -> None:
    as_of = write(tmp_path / "raw")
    with pytest.raises(RefusedError):
        compute(tmp_path / "raw", as_of)
    with pytest.raises(DeliveryError) as refused:
        product.build_marts(tmp_path / "raw", tmp_path / "curated", as_of)
    assert refused.value.exit_code == 11
    assert refused.value.problems
    assert not (tmp_path / "curated" / "mart_quote.parquet").exists()
