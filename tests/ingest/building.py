"""Small deliveries for the ingest tests, drawn as tables or given as bytes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.ingest.delivery import discover
from pipeline.ingest.profiles.mapping import file_at, reading_of, to_canonical
from pipeline.ingest.reading.formats import READERS
from pipeline.ingest.reading.readers import RawTable
from pipeline.ingest.staged import StagedDelivery, StagedTable
from pipeline.ingest.staging import stage_delivery
from pipeline.registries import contract

NOTE = """\
lieferung = "{id}"
datenstand = {datenstand}
traeger = "jc-1"
art = "voll"
"""
BESTAND = "person_id;stichtag;geschlecht"
EMPTY_TABLES = {
    "bestand": "person_id;stichtag;geschlecht\n",
    "bezug": "person_id;von;bis;geschlecht\n",
    "beschaeftigungen": "beschaeftigung_id;person_id;beginn;art\n",
    "teilnahmen": "teilnahme_id;person_id;instrument;eintritt\n",
}


@dataclass(frozen=True)
class Result:
    """A staged delivery and the folder it was written to."""

    staged: StagedDelivery
    out: Path

    def table(self, name: str = "bestand") -> StagedTable:
        return self.staged.tabellen[name]

    def accepted(self, *columns: str, table: str = "bestand") -> list[tuple[Any, ...]]:
        """The accepted rows, only the named columns."""
        return rows(self.out / f"stg_{table}.parquet", columns)

    def rejected(self, *columns: str, table: str = "bestand") -> list[tuple[Any, ...]]:
        """The rejected rows, only the named columns; zeile and regel when none is named."""
        return rows(self.out / f"stg_{table}_abgewiesen.parquet", columns or ("zeile", "regel"))


def read_bestand(path: Path) -> RawTable:
    """A file of the table bestand as staging sees it."""
    table, file = contract("bestand"), file_at(path, "bestand")
    return to_canonical(READERS[file.format](path, reading_of(file, table)), file, table)


def rows(path: Path, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return [tuple(row[c] for c in columns) for row in pq.read_table(path).to_pylist()]


def write(
    raw: Path,
    files: dict[str, str | bytes],
    *,
    folder: str = "l1",
    datenstand: str | None = "2024-12-31",
    note: str = "",
) -> Path:
    """A delivery folder; without a datenstand it has no lieferung.toml."""
    target = raw / folder
    target.mkdir(parents=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (target / name).write_bytes(data)
    if datenstand is not None:
        text = NOTE.format(id=folder, datenstand=datenstand) + note
        (target / "lieferung.toml").write_text(text, encoding="utf-8")
    return target


def stage(raw: Path, *, threads: int | None = 1) -> Result:
    """Stage the only delivery under `raw`."""
    [delivery] = discover(raw)
    out = raw.parent / f"{raw.name}-stg"
    out.mkdir()
    return Result(stage_delivery(delivery, out, threads=threads, memory_limit="500MB"), out)


def stage_files(tmp_path: Path, files: dict[str, str | bytes], **note: Any) -> Result:
    write(tmp_path / "raw", files, **note)
    return stage(tmp_path / "raw")


def bestand(*lines: str, header: str = BESTAND) -> str:
    """A bestand.csv with the given data lines."""
    return "\n".join([header, *lines]) + "\n"
