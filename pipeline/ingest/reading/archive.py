"""What a ZIP archive, such as a workbook, says of itself before anything in it is unpacked."""

import zipfile
from pathlib import Path

from pipeline.ingest.naming import place
from pipeline.ingest.reading import limits


def check_archive(path: Path) -> None:
    """Refuse an archive that unpacks to far more than its size suggests.

    What is no archive or cannot be opened is left to the reader.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        size = path.stat().st_size
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return
    limits.check_expansion(size, unpacked, 0, 0, place(path))
