"""Which reader reads which format."""

from collections.abc import Callable
from pathlib import Path

from pipeline.ingest.parquet import read_parquet
from pipeline.ingest.readers import RawTable, read_csv
from pipeline.ingest.reading import Reading

READERS: dict[str, Callable[[Path, Reading], RawTable]] = {
    "csv": read_csv,
    "parquet": read_parquet,
}
