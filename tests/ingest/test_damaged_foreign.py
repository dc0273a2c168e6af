"""Workbooks and XML with bytes changed at random: read or refused with a sentence, nothing else.

A normal run takes 300 files of each kind; `KAMPAGNE=voll` takes 10 000.
"""

import io
import random
import zipfile
from pathlib import Path

from pipeline.errors import DeliveryError
from pipeline.ingest.reading.options import Reading
from pipeline.ingest.reading.xlsx import read_xlsx
from pipeline.ingest.reading.xml_reader import read_xml
from tests.ingest.test_damaged_bytes import FILES, damaged
from tests.ingest.test_xlsx import DAY, HEADER, workbook
from tests.ingest.test_xml import JOINED

PARTS = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml")
MARKUP = b'<>"/&!?0129a= \0\xff'
PERSON = "<person><id>{}</id><bg>1</bg></person>"


def damaged_inside(rng: random.Random, original: bytes) -> bytes:
    """The archive with one of its parts changed."""
    target = io.BytesIO()
    part = rng.choice(PARTS)
    with zipfile.ZipFile(io.BytesIO(original)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, damaged(rng, content, MARKUP) if name == part else content)
    return target.getvalue()


def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path) -> None:
    rng = random.Random(1)
    rows = [HEADER, *([f"P{number}", DAY, "w"] for number in range(40))]
    path = workbook(tmp_path / "bestand.xlsx", A=rows)
    original, taken = path.read_bytes(), 0
    for number in range(FILES):
        inside = number % 2
        changed = damaged_inside(rng, original) if inside else damaged(
            rng, original, bytes(range(256))
        )  # fmt: skip
        path.write_bytes(changed)
        try:
            read_xlsx(path, Reading(tuple(HEADER)))
        except DeliveryError:
            continue
        taken += 1
    assert 0 < taken < FILES


def test_a_damaged_xml_is_read_or_refused(tmp_path: Path) -> None:
    rng = random.Random(1)
    persons = "".join(map(PERSON.format, range(3)))
    bg = "<gemeinschaft><nr>1</nr><typ>x</typ></gemeinschaft>"
    original = f"<a>{bg}{persons}</a>".encode()
    path, taken = tmp_path / "liste.xml", 0
    for _ in range(FILES):
        path.write_bytes(damaged(rng, original, MARKUP))
        try:
            read_xml(path, Reading((), records=JOINED))
        except DeliveryError:
            continue
        taken += 1
    assert 0 < taken < FILES
