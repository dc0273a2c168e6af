"""Mistakes in delivered rows: other accounts of a key, bad cells, the future, contradictions."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tests.oracle.catalogue import NOT_WITH_SV, TABLES, Column
from tests.property.cells import Cells

# The day of a row, by which a delivery chooses what it brings.
DAY_OF = {
    "bestand": "stichtag",
    "bezug": "von",
    "beschaeftigungen": "beginn",
    "teilnahmen": "eintritt",
}
BAD_CELLS = {
    "date": (
        "2020-02-30",
        "31.04.2021",
        "gestern",
        "2021/05/01",
        "12.2020",
        "2020-1-5",
        "5.1.2020",
    ),
    "integer": ("zwölf", "1.5.", "19 80", "1980.4", "1e3", "1_980"),
    "decimal": ("viel", "1,2,3", "1e3", "nan", "inf"),
    "boolean": ("vielleicht", "2", "unbekannt"),
    "code": ("???", "X9", "unbekannt", "W", "SV", "fbw"),
}


@dataclass(frozen=True)
class BadCell:
    """A text that is no value of its column, to be written as it stands."""

    text: str


def retold(rng: random.Random, table: str, row: Cells) -> Cells:
    """The same key with one other value."""
    column = rng.choice(TABLES[table])
    changed = dict(row)
    if column.kind == "code":
        changed[column.name] = rng.choice(sorted(column.codes))
    elif column.kind == "boolean":
        changed[column.name] = not row[column.name]
    elif column.name in {"ende", "austritt", "bis"}:
        changed[column.name] = row[DAY_OF[table]] + timedelta(days=rng.randrange(-40, 100))
    elif column.name in {"beginn", "eintritt", "von"}:
        changed[column.name] = row[column.name] - timedelta(days=rng.choice([1, 20, 60]))
    elif not column.required:
        changed[column.name] = None
    return changed


def add_mistakes(
    rng: random.Random, table: str, rows: list[Cells], datenstand: date, share: float
) -> None:
    """Copies, rivals of one key, bad and empty cells, the future, contradictions and orphans."""
    for row in list(rows):
        if rng.random() < share:
            rows += [dict(row)] * rng.choice([1, 1, 2])
        if rng.random() < share:
            rivals = [_rival(rng, table, row) for _ in range(rng.choice([1, 1, 2]))]
            rows += rivals + [dict(rivals[0])] * rng.choice([0, 0, 1])
    for row in rows:
        if rng.random() < 2 * share:
            column = rng.choice(TABLES[table])
            row[column.name] = _bad_value(rng, column, datenstand)
    if table not in {"bestand", "bezug"}:
        for row in rng.sample(rows, min(len(rows), round(len(rows) * share))):
            row["person_id"] = rng.choice(["niemand", "P"])
    if table == "beschaeftigungen":
        for row in rows:
            if rng.random() < share:
                row["foerderung"] = rng.choice(sorted(NOT_WITH_SV))


def _rival(rng: random.Random, table: str, row: Cells) -> Cells:
    """The same key on the same Stichtag with other content; of bezug one more spell."""
    while True:
        rival = retold(rng, table, row)
        if table != "bestand" or rival["stichtag"] == row["stichtag"]:
            return rival


def _bad_value(rng: random.Random, column: Column, datenstand: date) -> object:
    if column.kind == "date" and rng.random() < 0.3:
        return (
            datenstand + timedelta(days=rng.choice([1, 100])) if column.name != "stichtag" else None
        )
    if rng.random() < 0.2 or column.kind == "text":
        return None
    return BadCell(rng.choice(BAD_CELLS[column.kind]))
