"""Files with bytes changed at random: read completely or refused with a sentence, nothing else.

A normal run takes 300 files of each kind; `KAMPAGNE=voll` takes 10 000.
"""

import datetime as dt
import os
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import DeliveryError
from tests.ingest.building import BESTAND, read_bestand

FILES = 10_000 if os.environ.get("KAMPAGNE") == "voll" else 300
EDGES = b'";,\n\r\0\xff\x81\xc3 a'


def damaged(rng: random.Random, original: bytes, replacements: bytes) -> bytes:
    changed = bytearray(original)
    for _ in range(rng.choice([1, 1, 3, 20])):
        changed[rng.randrange(len(changed))] = rng.choice(replacements)
    return bytes(changed[: rng.randrange(len(changed))] if rng.random() < 0.2 else changed)


def lines_with_content(content: bytes) -> list[int]:
    """The lines that must come back, as rows or as bad lines; the header is line 1."""
    lines = content.removesuffix(b"\n").split(b"\n")
    return [n for n, line in enumerate(lines, start=1) if n > 1 and line not in (b"", b"\r")]


def test_a_damaged_csv_is_read_line_by_line_or_refused(tmp_path: Path) -> None:
    rng = random.Random(1)
    rows = "".join(f'P{i};2024-01-15;w;"Köln; {i}"\n' for i in range(40))
    original = f"{BESTAND};stadtbezirk\n{rows}".encode()
    path = tmp_path / "bestand.csv"
    taken = 0
    for _ in range(FILES):
        content = damaged(rng, original, EDGES)
        path.write_bytes(content)
        try:
            raw = read_bestand(path)
        except DeliveryError:
            continue
        taken += 1
        found = [*raw.table.column("zeile").to_pylist(), *(line.zeile for line in raw.bad_lines)]
        assert sorted(found) == lines_with_content(content)
    assert 0 < taken < FILES


def test_a_damaged_parquet_is_read_or_refused(tmp_path: Path) -> None:
    rng = random.Random(1)
    table = pa.table(
        {
            "person_id": [f"P{i}" for i in range(200)],
            "stichtag": [dt.date(2024, 1, 15)] * 200,
            "geschlecht": pa.array(["w", "m"] * 100).dictionary_encode(),
            "geburtsjahr": pa.array(range(200), pa.float64()),
        }
    )
    path = tmp_path / "bestand.parquet"
    taken = 0
    for number in range(FILES):
        pq.write_table(table, path, compression=("none", "zstd", "snappy")[number % 3])
        path.write_bytes(damaged(rng, path.read_bytes(), bytes(range(256))))
        try:
            read_bestand(path)
        except DeliveryError:
            continue
        taken += 1
    assert 0 < taken < FILES
