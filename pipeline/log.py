"""The one writer of structured logs: append-only JSON lines that cannot hold a cell's content."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

# Every field a line may have. Names, counts, rule ids and hashes only: no value of a person.
FIELDS = {
    "ereignis", "stufe", "tabelle", "lieferung", "datei", "regel", "zeilen", "geliefert",
    "uebernommen", "abgewiesen", "zusammengefuehrt", "sekunden", "sha256", "lauf", "rueckgabewert",
    "berichtsmonat",
}  # fmt: skip


def append(path: Path, **fields: str | int | float | None) -> None:
    """Append one line to the log `path`. Unknown fields are a bug and raise."""
    unknown = set(fields) - FIELDS
    if unknown:
        raise ValueError(f"log fields not on the list: {sorted(unknown)}")
    line = {"zeit": datetime.now(UTC).isoformat(timespec="milliseconds"), **fields}
    data = (json.dumps(line, ensure_ascii=True) + "\n").encode()
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, data)
    finally:
        os.close(handle)
