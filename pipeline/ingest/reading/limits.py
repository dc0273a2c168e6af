"""The bounds of a delivered file and of the process that reads it, stated here and nowhere else.

They are far from what a Jobcenter delivers (60 Stichtage with 30 000 persons: 184 MB of CSV, 1.8
million rows of 13 columns) and near enough to keep a hostile file from taking the machine.
"""

from pipeline.errors import DeliveryError

LARGEST_FILE = 2 << 30
# Bytes of a line, the header included.
LONGEST_LINE = 16 << 20
MOST_COLUMNS = 1000
# Lines that are no rows are kept with their text.
MOST_BAD_LINES = 100_000
MOST_ROWS = 50_000_000
# How much a compressed file may hold per byte, once it is more than a small one holds: cells, and
# bytes after unpacking.
MOST_PER_BYTE = 100
SMALL_CELLS = 5_000_000
SMALL_BYTES = 200_000_000

# The process that reads: address space (half of it is what the libraries reserve and never use),
# seconds, bytes it may write, open files.
ADDRESS_SPACE = 3 << 30
ADDRESS_SPACE_PER_BYTE = 4
SECONDS = 60
BYTES_PER_SECOND = 1 << 19
LARGEST_OUTPUT = 8 << 30
MOST_OPEN_FILES = 64


def address_space(size: int) -> int:
    """Bytes that the reader of a file of `size` bytes may map."""
    return ADDRESS_SPACE + ADDRESS_SPACE_PER_BYTE * size


def seconds(size: int) -> int:
    """Seconds that reading a file of `size` bytes may take."""
    return SECONDS + size // BYTES_PER_SECOND


def check_size(size: int, where: str) -> None:
    """Refuse a file that is empty or larger than any delivery."""
    if not size:
        raise DeliveryError(f"{where}: Die Datei ist leer (0 Bytes). Datei neu anfordern.")
    if size > LARGEST_FILE:
        raise DeliveryError(
            f"{where}: Die Datei ist größer als {LARGEST_FILE >> 30} GiB. Lieferung nach "
            "Zeiträumen teilen."
        )


def check_columns(count: int, where: str) -> None:
    """Refuse a table with more columns than any delivery has."""
    if count > MOST_COLUMNS:
        raise DeliveryError(
            f"{where}: Die Datei hat mehr als {MOST_COLUMNS} Spalten. Trennzeichen und Kopfzeile "
            "prüfen; Datei neu anfordern."
        )


def check_expansion(size: int, unpacked: int, rows: int, columns: int, where: str) -> None:
    """Refuse a compressed file that claims to hold far more than its size suggests."""
    cells = rows * columns
    if (
        rows > MOST_ROWS
        or unpacked > max(SMALL_BYTES, MOST_PER_BYTE * size)
        or cells > max(SMALL_CELLS, MOST_PER_BYTE * size)
    ):
        raise DeliveryError(
            f"{where}: Die Datei ist entpackt um ein Vielfaches größer als üblich und wird nicht "
            "gelesen. Datei neu anfordern, als CSV oder nach Zeiträumen geteilt."
        )
