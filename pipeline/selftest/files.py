"""Deliveries as text: pick a row, change a cell, bring the note up to date."""

import csv
import hashlib
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Row = list[str]
NOTE = "lieferung.toml"
TABLES = ("bestand", "beschaeftigungen", "teilnahmen")


@dataclass
class Csv:
    """A delivered file: its header, its rows, and where it lies. Row 0 stands in line 2."""

    path: Path
    header: Row
    rows: list[Row]

    def column(self, name: str) -> int:
        return self.header.index(name)

    def cell(self, row: int, name: str) -> str:
        return self.rows[row][self.column(name)]

    def set(self, row: int, name: str, value: str) -> None:
        self.rows[row][self.column(name)] = value

    def where(self, test: Callable[[dict[str, str]], bool]) -> list[int]:
        """The rows whose cells, by column name, fulfil a test."""
        named = (dict(zip(self.header, row, strict=True)) for row in self.rows)
        return [number for number, row in enumerate(named) if test(row)]

    def write(self) -> None:
        with self.path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";", lineterminator="\n")
            writer.writerows([self.header, *self.rows])


def load(raw: Path, delivery: str, table: str) -> Csv:
    """A file of a delivery."""
    path = raw / delivery / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, delimiter=";")
    return Csv(path, header, rows)


def any_of(draw: random.Random, rows: Sequence[int]) -> int:
    """One of the rows. Raises ValueError when none fits: a fault must be a change."""
    if not rows:
        raise ValueError("no row fits this fault")
    return rows[draw.randrange(len(rows))]


def some_of(draw: random.Random, rows: Sequence[int], share: float) -> list[int]:
    """A share of the rows, at least one."""
    return sorted(draw.sample(list(rows), max(1, round(share * len(rows)))))


def restate(raw: Path, delivery: str) -> None:
    """Let the note state rows and hashes of the files as they are now: a fault of the source."""
    note = raw / delivery / NOTE
    text = note.read_text(encoding="utf-8").partition("\n[[datei]]")[0].rstrip("\n") + "\n"
    for table in TABLES:
        path = raw / delivery / f"{table}.csv"
        if path.is_file():
            content = path.read_bytes()
            rows = len(content.decode("utf-8", errors="replace").splitlines()) - 1
            digest = hashlib.sha256(content).hexdigest()
            text += (
                f'\n[[datei]]\nname = "{path.name}"\ntabelle = "{table}"\n'
                f'zeilen = {rows}\nsha256 = "{digest}"\n'
            )
    note.write_text(text, encoding="utf-8")


def change_note(raw: Path, delivery: str, key: str, value: str) -> None:
    """Let the note say something else under a key."""
    note = raw / delivery / NOTE
    text = note.read_text(encoding="utf-8")
    note.write_text(re.sub(rf"^{key} = .*$", f"{key} = {value}", text, flags=re.M), "utf-8")
