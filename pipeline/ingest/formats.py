"""Which reader reads which format."""

from collections.abc import Callable
from pathlib import Path

from pipeline.ingest.archive import check_archive
from pipeline.ingest.parquet import read_parquet
from pipeline.ingest.readers import RawTable, read_csv
from pipeline.ingest.reading import Reading
from pipeline.ingest.xlsx import read_xlsx


def _read_workbook(path: Path, reading: Reading) -> RawTable:
    check_archive(path)
    return read_xlsx(path, reading)


def _read_xml(path: Path, reading: Reading) -> RawTable:
    from pipeline.ingest.xml_reader import read_xml

    return read_xml(path, reading)


READERS: dict[str, Callable[[Path, Reading], RawTable]] = {
    "csv": read_csv,
    "parquet": read_parquet,
    "xlsx": _read_workbook,
    "xml": _read_xml,
}
