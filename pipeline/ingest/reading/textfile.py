"""The bytes of a text file: encoding, lines, quotes. Checked before anything is parsed."""

import codecs
import csv
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import place
from pipeline.ingest.reading import limits

Bytes = bytes | bytearray

# At most the longest line: then only a line across chunks can be longer.
CHUNK = 1 << 24
OTHER_FORMATS = {
    b"PK\x03\x04": "ein ZIP-Archiv oder eine Excel-Mappe",
    b"PK\x05\x06": "ein leeres ZIP-Archiv",
    b"\x1f\x8b": "ein gzip-Archiv",
    b"BZh": "ein bzip2-Archiv",
    b"\xfd7zXZ": "ein xz-Archiv",
    b"7z\xbc\xaf": "ein 7z-Archiv",
    b"(\xb5/\xfd": "ein zstd-Archiv",
    b"\xd0\xcf\x11\xe0": "eine alte Excel-Mappe (.xls)",
    b"PAR1": "eine Parquet-Datei",
    b"%PDF": "ein PDF",
}
# Ä Ö Ü ß ä ö ü in UTF-8. As windows-1252 the same bytes would read Ã¤ and the like, which no
# German text holds: a file with them is UTF-8 with damage, not windows-1252.
UMLAUT_IN_UTF8 = re.compile(rb"\xc3[\x84\x96\x9c\x9f\xa4\xb6\xbc]")


@dataclass(frozen=True)
class TextFile:
    """A text file as UTF-8 without a byte order mark.

    content: what is parsed. sha256: of the bytes as delivered. lines: physical lines, the header
    included. header: the first line as text. blank: numbers of the empty lines (header = 1).
    """

    content: Bytes
    sha256: str
    lines: int
    header: str
    blank: tuple[int, ...]


def read_text_file(path: Path, encoding: str = "") -> TextFile:
    """Read and check a text file; raises DeliveryError with one sentence.

    encoding: `utf-8` or `cp1252` where it is declared, else both are tried.
    """
    where = place(path)
    raw, digest = _load(path, where)
    content = _as_utf8(raw, where, encoding)
    lone = _lone_carriage_return(content)
    if lone is not None:
        raise DeliveryError(
            f"{where}, Zeile {_line_of(content, lone)}: Ein Wagenrücklauf ohne Zeilenvorschub "
            "trennt keine Zeilen. Datei mit den Zeilenenden LF oder CRLF neu anfordern."
        )
    header = content[: _end_of_first_line(content)].decode("utf-8").rstrip("\r")
    lines = content.count(b"\n") + (not content.endswith(b"\n"))
    return TextFile(content, digest, lines, header, _blank_lines(content))


def _load(path: Path, where: str) -> tuple[Bytes, str]:
    """The bytes of a file and their SHA-256; what is no text is refused as soon as that shows."""
    digest, raw = hashlib.sha256(), bytearray()
    start_of_line = 0
    try:
        with path.open("rb", buffering=0) as file:
            limits.check_size(os.fstat(file.fileno()).st_size, where)
            while chunk := file.read(CHUNK):
                start, end = len(raw), len(raw) + len(chunk)
                raw += chunk
                digest.update(chunk)
                if not start:
                    _refuse_other_formats(raw, where)
                _refuse_nul(raw, start, where)
                _refuse_long_line(raw, start_of_line, raw.find(b"\n", start), end, where)
                start_of_line = max(start_of_line, raw.rfind(b"\n", start) + 1)
    except OSError as error:
        raise DeliveryError(unreadable(where, error)) from None
    return raw, digest.hexdigest()


def _refuse_other_formats(raw: Bytes, where: str) -> None:
    for magic, what in OTHER_FORMATS.items():
        if raw.startswith(magic):
            raise DeliveryError(
                f"{where}: Die Datei ist keine Textdatei, sondern {what}. Als CSV UTF-8 neu "
                "anfordern oder die Dateiendung berichtigen."
            )


def _refuse_nul(raw: Bytes, start: int, where: str) -> None:
    nul = raw.find(b"\0", start)
    if nul >= 0:
        raise DeliveryError(
            f"{where}, Zeile {_line_of(raw, nul)}: Die Datei enthält NUL-Zeichen und ist keine "
            "Textdatei in UTF-8 oder Windows-1252. Datei als CSV UTF-8 neu anfordern."
        )


def _refuse_long_line(raw: Bytes, start: int, newline: int, end: int, where: str) -> None:
    """Refuse a line from `start` to `newline` (-1: not before `end`) that no delivery holds."""
    if (newline if newline >= 0 else end) - start > limits.LONGEST_LINE:
        raise DeliveryError(
            f"{where}, Zeile {_line_of(raw, start)}: Die Zeile ist länger als "
            f"{limits.LONGEST_LINE >> 20} MiB. Zeilenenden prüfen; Datei neu anfordern."
        )


def unreadable(where: str, error: OSError) -> str:
    """The sentence for a file the operating system does not hand out."""
    cause = error.strerror or type(error).__name__
    return f"{where}: Die Datei lässt sich nicht öffnen ({cause}). Rechte und Ablage prüfen."


def line_with_odd_quotes(content: Bytes) -> int | None:
    """The first line (header = 1) with an odd number of quotes."""
    data = np.frombuffer(content, dtype=np.uint8)
    quotes = np.flatnonzero(data == ord('"'))
    ends = np.append(np.flatnonzero(data == ord("\n")), len(data))
    counts = np.diff(np.searchsorted(quotes, ends), prepend=0)
    odd = np.flatnonzero(counts % 2)
    return int(odd[0]) + 1 if len(odd) else None


def last_line_is_open(content: Bytes, separator: str) -> bool:
    """Whether a quote opened in the last line with content is never closed."""
    end = len(content)
    while end and content[end - 1] in b"\r\n":
        end -= 1
    last = content[content.rfind(b"\n", 0, end) + 1 : end].decode("utf-8")
    if last.count('"') % 2 == 0:
        return False
    try:
        list(csv.reader([last], delimiter=separator, strict=True))
    except csv.Error:
        return True
    return False


def _as_utf8(raw: Bytes, where: str, encoding: str) -> Bytes:
    """The same text in UTF-8: delivered so, else as windows-1252; both strictly."""
    if encoding == "cp1252":
        return _from_cp1252(raw, where, "nicht in Windows-1252")
    marked = raw.startswith(codecs.BOM_UTF8)
    if marked:
        raw = raw[len(codecs.BOM_UTF8) :]
    bad = None if _is_utf8(raw) else _first_bad_byte(raw, "utf-8")
    if bad is None:
        return raw
    if encoding == "utf-8" or UMLAUT_IN_UTF8.search(raw):
        raise DeliveryError(
            f"{where}, Zeile {_line_of(raw, bad)}: Die Datei ist in UTF-8 geschrieben, aber an "
            "dieser Stelle nicht lesbar. Datei als CSV UTF-8 neu anfordern."
        )
    if marked:
        raise _wrong_encoding(raw, bad, where, "weder in UTF-8 noch in Windows-1252")
    return _from_cp1252(raw, where, "weder in UTF-8 noch in Windows-1252")


def _from_cp1252(raw: Bytes, where: str, what: str) -> bytes:
    bad = _first_bad_byte(raw, "cp1252")
    if bad is not None:
        raise _wrong_encoding(raw, bad, where, what)
    return b"".join(
        raw[start : start + CHUNK].decode("cp1252").encode("utf-8")
        for start in range(0, len(raw), CHUNK)
    )


def _wrong_encoding(raw: Bytes, bad: int, where: str, what: str) -> DeliveryError:
    return DeliveryError(
        f"{where}, Zeile {_line_of(raw, bad)}: Die Datei ist {what} geschrieben. Datei als CSV "
        "UTF-8 neu anfordern."
    )


def _is_utf8(raw: Bytes) -> bool:
    """Whether all of it is UTF-8: Arrow looks faster than a decoder, but does not say where."""
    offsets = pa.array([0, len(raw)], pa.int64()).buffers()[1]
    whole = pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(raw)])
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _first_bad_byte(raw: Bytes, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    for start in range(0, len(raw), CHUNK):
        chunk = raw[start : start + CHUNK]
        try:
            decoder.decode(chunk, final=start + CHUNK >= len(raw))
        except UnicodeDecodeError as error:
            return min(start + max(error.start, 0), len(raw) - 1)
    return None


def _lone_carriage_return(content: Bytes) -> int | None:
    """The place of the first CR that is not followed by LF."""
    if b"\r" not in content or content.count(b"\r") == content.count(b"\r\n"):
        return None
    data = np.frombuffer(content, dtype=np.uint8)
    returns = np.flatnonzero(data == ord("\r"))
    following = np.append(data, 0)[returns + 1]
    return int(returns[following != ord("\n")][0])


def _blank_lines(content: Bytes) -> tuple[int, ...]:
    """Numbers of the lines without any character, the header line aside."""
    if b"\n\n" not in content and (b"\r" not in content or b"\n\r\n" not in content):
        return ()
    data = np.frombuffer(content, dtype=np.uint8)
    ends = np.flatnonzero(data == ord("\n"))
    starts = np.append(0, ends + 1)
    if starts[-1] == len(data):
        starts = starts[:-1]
    stops = np.append(ends, len(data))[: len(starts)]
    length = stops - starts
    carriage_only = (length == 1) & (data[np.minimum(starts, len(data) - 1)] == ord("\r"))
    numbers = np.flatnonzero((length == 0) | carriage_only) + 1
    return tuple(int(number) for number in numbers if number > 1)


def _end_of_first_line(content: Bytes) -> int:
    end = content.find(b"\n")
    return len(content) if end < 0 else end


def _line_of(content: Bytes, offset: int) -> int:
    return content.count(b"\n", 0, offset) + 1
