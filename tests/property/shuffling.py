"""The same deliveries with the rows of every file in another order."""

import random
import shutil
from pathlib import Path

import pyarrow.parquet as pq


def copy_shuffled(rng: random.Random, raw: Path, target: Path) -> None:
    """Copy the folders of `raw` to `target`, rows permuted, hashes of files not declared."""
    shutil.copytree(raw, target)
    for path in sorted(target.rglob("*.*")):
        if path.suffix == ".csv":
            header, *lines = path.read_bytes().splitlines()
            rng.shuffle(lines)
            path.write_bytes(b"\n".join([header, *lines]) + b"\n")
        elif path.suffix == ".parquet":
            table = pq.read_table(path)
            order = list(range(table.num_rows))
            rng.shuffle(order)
            pq.write_table(table.take(order), path)
        elif path.name == "lieferung.toml":
            declared = path.read_text(encoding="utf-8").partition("[[datei]]")[0]
            path.write_text(declared, encoding="utf-8")
