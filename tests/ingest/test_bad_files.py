"""Bad files, by accident or on purpose: each refused with its sentence, in seconds and in bounds.

A normal run takes small ones; `KAMPAGNE=voll` takes them at the size that would hurt.
"""

import gzip
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from xlsxwriter import Workbook

from pipeline.errors import DeliveryError
from pipeline.ingest.delivery import discover
from pipeline.ingest.reading import limits
from pipeline.ingest.reading.limits import check_expansion
from tests.cli.small import PROJECT
from tests.ingest.building import BESTAND, bestand, stage, write

FULL = os.environ.get("KAMPAGNE") == "voll"
A, B = "A;2024-01-15;w", "B;2024-01-15;m"
MOST_MEGABYTES = 500
MOST_SECONDS = 20 if FULL else 5
EXPANDS = (
    "l1/bestand.parquet: Die Datei ist entpackt um ein Vielfaches größer als üblich und wird nicht "
    "gelesen. Datei neu anfordern, als CSV oder nach Zeiträumen geteilt."
)
TOO_WIDE = (
    ": Die Datei hat mehr als 1000 Spalten. Trennzeichen und Kopfzeile prüfen; Datei neu anfordern."
)
NO_PARQUET = (
    "l1/bestand.parquet: Die Parquet-Datei ist beschädigt oder unvollständig. Datei neu anfordern."
)


def no_text(what: str) -> str:
    return (
        f"l1/bestand.csv: Die Datei ist keine Textdatei, sondern {what}. Als CSV UTF-8 neu "
        "anfordern oder die Dateiendung berichtigen."
    )


def other_row(line: int) -> str:
    return (
        f"l1/bestand.csv, Zeile {line}: Die Zeile trennt ihre Felder anders als die Kopfzeile. "
        "Datei mit einem einzigen Trennzeichen neu anfordern."
    )


def repeated(path: Path, start: bytes, part: bytes, times: int) -> None:
    """A file of `start` and then `part` again and again."""
    with path.open("wb") as file:
        file.write(start)
        for _ in range(times):
            file.write(part)


def workbook() -> bytes:
    target = BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.add_worksheet().write_row(0, 0, BESTAND.split(";"))
    book.close()
    return target.getvalue()


def archive(content: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bestand.csv", content)
    return target.getvalue()


SMALL: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "l1/bestand.csv: Die Datei ist leer (0 Bytes). Datei neu anfordern."),
    "ends within a row": (
        f"{BESTAND}\n{A}\nB;2024-0".encode(),
        "l1/bestand.csv, Zeile 3: Die Datei bricht mitten in dieser Zeile ab. Datei neu anfordern.",
    ),
    "ends within the first row": (
        f"{BESTAND}\nA".encode(),
        "l1/bestand.csv, Zeile 2: Die Datei bricht mitten in dieser Zeile ab. Datei neu anfordern.",
    ),
    "another separator from line 3 on": (
        bestand(A, B.replace(";", ",")).encode(),
        other_row(3),
    ),
    "another separator than the heading": (
        bestand(A, B, header=BESTAND.replace(";", ",")).encode(),
        other_row(2),
    ),
    "NUL": (
        bestand(A, "\0").encode(),
        "l1/bestand.csv, Zeile 3: Die Datei enthält NUL-Zeichen und ist keine Textdatei in UTF-8 "
        "oder Windows-1252. Datei als CSV UTF-8 neu anfordern.",
    ),
    "wrong encoding": (
        bestand(A).encode() + b"B;2024-01-15;\x81\n",
        "l1/bestand.csv, Zeile 3: Die Datei ist weder in UTF-8 noch in Windows-1252 geschrieben. "
        "Datei als CSV UTF-8 neu anfordern.",
    ),
    "renamed workbook": (workbook(), no_text("ein ZIP-Archiv oder eine Excel-Mappe")),
    "renamed old workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        no_text("eine alte Excel-Mappe (.xls)"),
    ),
    "zip": (archive(bestand(A).encode()), no_text("ein ZIP-Archiv oder eine Excel-Mappe")),
    "zip in a zip": (
        archive(archive(bestand(A).encode())),
        no_text("ein ZIP-Archiv oder eine Excel-Mappe"),
    ),
    "gzip": (gzip.compress(bestand(A).encode()), no_text("ein gzip-Archiv")),
}


def refusal(raw: Path) -> list[str]:
    """The sentences with which the only delivery is refused; nothing of it stays."""
    with pytest.raises(DeliveryError) as caught:
        stage(raw)
    assert caught.value.exit_code == 11
    assert list((raw.parent / f"{raw.name}-stg").iterdir()) == []
    return caught.value.problems


@pytest.mark.parametrize("case", SMALL)
def test_a_bad_file_is_refused_with_its_sentence(tmp_path: Path, case: str) -> None:
    content, sentence = SMALL[case]
    write(tmp_path / "raw", {"bestand.csv": content})
    assert refusal(tmp_path / "raw") == [sentence]


def test_the_last_row_may_end_without_a_newline(tmp_path: Path) -> None:
    write(tmp_path / "raw", {"bestand.csv": f"{BESTAND}\n{A}\n{B}"})
    assert stage(tmp_path / "raw").table().angenommen == 2


@pytest.mark.parametrize(
    "name", ["../andere/bestand.csv", "/etc/passwd", "verweis.csv", "ordner/../../bestand.csv"]
)
def test_a_path_that_leaves_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "bestand.csv"
    outside.write_text(bestand(A))
    note = f'\n[[datei]]\nname = "{name}"\ntabelle = "bestand"\n'
    folder = write(tmp_path / "raw", {}, note=note)
    (folder / "verweis.csv").symlink_to(outside)
    with pytest.raises(DeliveryError) as caught:
        discover(tmp_path / "raw")
    assert caught.value.problems == [
        f"l1/{name}: Die Datei liegt außerhalb des Lieferordners. Datei in den Ordner legen."
    ]


# What is large, how it is written, and the sentence.
LARGE: dict[str, tuple[str, Callable[[Path], None], str]] = {}


def large(case: str, name: str, sentence: str) -> Callable[[Callable[[Path], None]], None]:
    def register(function: Callable[[Path], None]) -> None:
        LARGE[case] = (name, function, f"{name}{sentence}" if sentence[0] in ",:" else sentence)

    return register


@large(
    "one line",
    "l1/bestand.csv",
    ", Zeile 2: Die Zeile ist länger als 16 MiB. Zeilenenden prüfen; Datei neu anfordern.",
)
def _one_line(path: Path) -> None:
    repeated(path, f"{BESTAND}\n".encode(), b"x" * (1 << 20), 1024 if FULL else 33)


@large("a million columns", "l1/bestand.csv", TOO_WIDE)
def _columns(path: Path) -> None:
    path.write_text(f"{BESTAND}{';' * 1_000_000}\n{A}\n")


@large(
    "NUL only",
    "l1/bestand.csv",
    ", Zeile 1: Die Datei enthält NUL-Zeichen und ist keine Textdatei in UTF-8 oder Windows-1252. "
    "Datei als CSV UTF-8 neu anfordern.",
)
def _nul(path: Path) -> None:
    path.touch()
    os.truncate(path, 1 << 30)


@large(
    "larger than any delivery",
    "l1/bestand.csv",
    ": Die Datei ist größer als 2 GiB. Lieferung nach Zeiträumen teilen.",
)
def _too_large(path: Path) -> None:
    path.touch()
    os.truncate(path, limits.LARGEST_FILE + 1)


@large(
    "no line is a row",
    "l1/bestand.csv",
    ", Zeile 2: Von hier an haben mehr als 100000 Zeilen nicht so viele Felder wie die Kopfzeile. "
    "Trennzeichen und Kopfzeile prüfen; Datei neu anfordern.",
)
def _no_rows(path: Path) -> None:
    repeated(path, f"{BESTAND}\n".encode(), b"x|y\n" * 100_001, 100 if FULL else 1)


@large(
    "a quote that is never closed",
    "l1/bestand.csv",
    ", Zeile 2: Ein Anführungszeichen wird in der Zeile nicht geschlossen. Anführungszeichen "
    "schließen oder Zeilenumbrüche in Zellen entfernen lassen.",
)
def _open_quote(path: Path) -> None:
    lines = (f"{A}\n" * 10_000).encode()
    repeated(path, f'{BESTAND}\n"{A}\n'.encode(), lines, 600 if FULL else 20)


@large("rows without bytes", "l1/bestand.parquet", EXPANDS)
def _rows(path: Path) -> None:
    empty = pa.table({name: pa.nulls(10_000_000, pa.string()) for name in BESTAND.split(";")})
    with pq.ParquetWriter(path, empty.schema) as writer:
        for _ in range(30 if FULL else 1):
            writer.write_table(empty)


@large("a cell that unpacks to a gigabyte", "l1/bestand.parquet", EXPANDS)
def _cell(path: Path) -> None:
    cell = pa.array([b"x" * (limits.SMALL_BYTES + 1)])
    table = pa.table({"person_id": cell, "stichtag": ["2024-01-15"], "geschlecht": ["w"]})
    options = {"compression": "zstd", "use_dictionary": False, "write_statistics": False}
    with pq.ParquetWriter(path, table.schema, **options) as writer:
        for _ in range(5 if FULL else 1):
            writer.write_table(table)


@large("too many columns in Parquet", "l1/bestand.parquet", TOO_WIDE)
def _wide_parquet(path: Path) -> None:
    write_columns(path, 1001)


@large("two hundred thousand columns in Parquet", "l1/bestand.parquet", NO_PARQUET)
def _very_wide_parquet(path: Path) -> None:
    write_columns(path, 200_000 if FULL else 100_001)


def write_columns(path: Path, count: int) -> None:
    names = [f"s{i}" for i in range(count)]
    pq.write_table(pa.Table.from_arrays([pa.nulls(1, pa.string())] * len(names), names), path)


# Stages a delivery and says the exit code, the peak memory in kilobytes, the seconds of work, and
# the sentences.
STAGE = """\
import os, resource, sys
from pathlib import Path
from pipeline.errors import DeliveryError
from pipeline.ingest.reading import isolated
from tests.ingest.building import stage
try:
    stage(Path(sys.argv[1]))
except DeliveryError as error:
    isolated._process(os.getpid()).communicate()
    used = [resource.getrusage(w) for w in (resource.RUSAGE_CHILDREN, resource.RUSAGE_SELF)]
    work = sum(one.ru_utime + one.ru_stime for one in used)
    status = Path("/proc/self/status").read_text().split()
    own = int(status[status.index("VmHWM:") + 1])
    print(error.exit_code, max(used[0].ru_maxrss, own), work, *error.problems, sep="\\n")
"""


@pytest.mark.parametrize("case", LARGE)
def test_a_large_bad_file_is_refused_in_seconds_and_in_little_memory(
    tmp_path: Path, case: str
) -> None:
    name, create, sentence = LARGE[case]
    folder = write(tmp_path / "raw", {})
    create(folder / Path(name).name)
    run = subprocess.run(
        [sys.executable, "-c", STAGE, str(tmp_path / "raw")],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    code, kilobytes, work, *problems = run.stdout.splitlines()
    assert (code, problems) == ("11", [sentence])
    assert float(work) < MOST_SECONDS
    assert int(kilobytes) < MOST_MEGABYTES * 1000
    assert list((tmp_path / "raw-stg").iterdir()) == []


@pytest.mark.parametrize(
    ("size", "unpacked", "rows", "columns", "refused"),
    [
        (1000, limits.SMALL_BYTES, 1, 1, False),
        (1000, limits.SMALL_BYTES + 1, 1, 1, True),
        (10_000_000, 1_000_000_000, 1, 1, False),
        (10_000_000, 1_000_000_001, 1, 1, True),
        (1000, 1, limits.SMALL_CELLS // 10, 10, False),
        (1000, 1, limits.SMALL_CELLS // 10 + 1, 10, True),
        (10_000_000, 1, 10_000_000, 100, False),
        (10_000_000, 1, 10_000_001, 100, True),
        (1_000_000_000, 1, limits.MOST_ROWS, 1, False),
        (1_000_000_000, 1, limits.MOST_ROWS + 1, 1, True),
    ],
)
def test_a_compressed_file_may_hold_a_hundred_cells_and_bytes_per_byte(
    size: int, unpacked: int, rows: int, columns: int, refused: bool
) -> None:
    if refused:
        with pytest.raises(DeliveryError, match="um ein Vielfaches größer"):
            check_expansion(size, unpacked, rows, columns, "l1/bestand.parquet")
    else:
        check_expansion(size, unpacked, rows, columns, "l1/bestand.parquet")
