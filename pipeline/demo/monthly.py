"""Monthly deliveries cut out of one history: what is new or changed since the one before."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv

from pipeline.demo import demo_tables
from pipeline.demo.state import History
from pipeline.demo.write import TRAEGER, last_day

KEYS = {
    "bestand": ["person_id", "stichtag"],
    "beschaeftigungen": ["beschaeftigung_id"],
    "teilnahmen": ["teilnahme_id"],
}
Tables = dict[str, pa.Table]


@dataclass(frozen=True)
class Delivery:
    """One delivery: its kind, the day after which it knows nothing, its rows by table."""

    name: str
    art: str
    datenstand: date
    tables: Tables


def month_ends(history: History, count: int) -> list[date]:
    """The last days of the newest `count` months of a history, oldest first."""
    days = [last_day(history)]
    while len(days) < count:
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    return days[::-1]


def full(history: History, day: date) -> Delivery:
    """Everything that is known on a day."""
    return Delivery(f"voll-{day:%Y-%m}", "voll", day, demo_tables(history, day))


def monthly(history: History, before: date, day: date) -> Delivery:
    """The rows that are new or changed between two days, as a Nachlieferung.

    Raises ValueError where a row of the earlier day is gone: a Nachlieferung cannot delete.
    """
    earlier, now = demo_tables(history, before), demo_tables(history, day)
    rows = {name: changed_rows(earlier[name], now[name], key) for name, key in KEYS.items()}
    return Delivery(f"monat-{day:%Y-%m}", "nachlieferung", day, rows)


def changed_rows(earlier: pa.Table, now: pa.Table, key: list[str]) -> pa.Table:
    """The rows of `now` whose content is not that of the row with the same key in `earlier`."""
    old, new = as_text(earlier), as_text(now)
    if set(old.set_index(key).index) - set(new.set_index(key).index):
        raise ValueError("the history takes a row back")
    known = set(old.itertuples(index=False, name=None))
    is_new = [row not in known for row in new.itertuples(index=False, name=None)]
    return now.filter(pa.array(is_new))


def as_text(table: pa.Table) -> pd.DataFrame:
    """Every cell as text, so that empty ones are equal."""
    cells: pd.DataFrame = table.to_pandas()
    return cells.astype(object).astype(str)


def put(delivery: Delivery, raw: Path) -> None:
    """Write a delivery in canonical CSV."""
    folder = raw / delivery.name
    folder.mkdir(parents=True)
    for name, table in delivery.tables.items():
        pa_csv.write_csv(table, folder / f"{name}.csv", pa_csv.WriteOptions(delimiter=";"))
    (folder / "lieferung.toml").write_text(
        f'lieferung = "{delivery.name}"\ndatenstand = {delivery.datenstand}\n'
        f'traeger = "{TRAEGER}"\nart = "{delivery.art}"\nsynthetisch = true\n',
        encoding="utf-8",
    )

