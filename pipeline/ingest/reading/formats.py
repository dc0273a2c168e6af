"""Which reader reads which format."""

from collections.abc import Callable
from pathlib import Path

from pipeline.ingest.reading.archive import check_archive
from pipeline.ingest.reading.options import Reading
from pipeline.ingest.reading.parquet import read_parquet
from pipeline.ingest.reading.readers import RawTable, read_csv
from pipeline.ingest.reading.xlsx import read_xlsx


def _read_workbook(path: Path, reading: Reading) -> RawTable:
    check_archive(path)
    return read_xlsx(path, reading)


def _read_xml(path: Path, reading: Reading) -> RawTable:
    from pipeline.ingest.reading.xml_reader import read_xml

    return read_xml(path, reading)


READERS: dict[str, Callable[[Path, Reading], RawTable]] = {
    "csv": read_csv,
    "parquet": read_parquet,
    "xlsx": _read_workbook,
    "xml": _read_xml,
}
