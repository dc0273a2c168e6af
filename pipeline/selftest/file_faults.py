"""Faults of whole files: what happens on the way, or when the wrong thing is sent."""

import random
import shutil
from datetime import date, timedelta
from pathlib import Path

from pipeline.selftest.fault import Place
from pipeline.selftest.files import any_of, change_note, load, restate

STOCK = "c/bestand.csv"


def truncated_within_a_line(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The transfer broke off."""
    content = (raw / STOCK).read_bytes()
    (raw / STOCK).write_bytes(content[: draw.randrange(len(content) // 2, len(content) - 20)])
    return (Place(STOCK),)


def truncated_between_lines(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The transfer broke off at the end of a line: the file looks whole."""
    lines = (raw / STOCK).read_bytes().splitlines(keepends=True)
    (raw / STOCK).write_bytes(b"".join(lines[: draw.randrange(2, len(lines) - 1)]))
    return (Place(STOCK),)


def one_digit_changed(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A byte changed on the way, and the cell is still readable."""
    file = load(raw, "c", "bestand")
    row = any_of(draw, file.where(lambda cells: cells["geburtsjahr"].isdigit()))
    year = int(file.cell(row, "geburtsjahr"))
    file.set(row, "geburtsjahr", str(year + 1 if year % 10 < 9 else year - 1))
    file.write()
    return (Place(STOCK),)


def nul_byte(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A damaged disk or transfer left a NUL byte."""
    content = bytearray((raw / STOCK).read_bytes())
    content[draw.randrange(len(content) // 2, len(content))] = 0
    (raw / STOCK).write_bytes(content)
    restate(raw, "c")
    return (Place(STOCK),)


def empty_file(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The export wrote nothing."""
    name = draw.choice(("bestand", "beschaeftigungen", "teilnahmen"))
    (raw / "c" / f"{name}.csv").write_bytes(b"")
    restate(raw, "c")
    return (Place(f"c/{name}.csv"),)


def heading_renamed(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A new version of the source system calls a column something else."""
    file = load(raw, "c", "bestand")
    column = draw.choice(("person_id", "stichtag", "geschlecht"))
    file.header[file.column(column)] = f"{column}_neu"
    file.write()
    restate(raw, "c")
    return (Place(STOCK, 1, column),)


def column_added(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The source sends a column that nobody agreed on."""
    file = load(raw, "c", "teilnahmen")
    file.header.append(f"zusatz_{draw.randrange(100)}")
    for row in file.rows:
        row.append("")
    file.write()
    restate(raw, "c")
    return (Place("c/teilnahmen.csv", 1),)


def other_table(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The file of one table was saved under the name of another."""
    one, other = draw.sample(("bestand", "beschaeftigungen", "teilnahmen"), 2)
    shutil.copyfile(raw / "c" / f"{one}.csv", raw / "c" / f"{other}.csv")
    restate(raw, "c")
    return (Place(f"c/{other}.csv"),)


def other_traeger(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The delivery of another Jobcenter was put beside one's own."""
    change_note(raw, "c", "traeger", f'"jc-{draw.randrange(1000)}"')
    return (Place("c/lieferung.toml"),)


def datenstand_too_early(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The note names a day before the rows end."""
    stichtag = date.fromisoformat(load(raw, "c", "bestand").cell(0, "stichtag"))
    day = stichtag - timedelta(days=draw.randrange(1, 10))
    change_note(raw, "c", "datenstand", day.isoformat())
    return (Place("c/lieferung.toml"),)


def period_of_another_year(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The note states a period that is not that of the rows."""
    file = load(raw, "a", "bestand")
    first = date.fromisoformat(min(file.cell(row, "stichtag") for row in range(len(file.rows))))
    begin = first + timedelta(days=draw.choice((-200, -100, 1, 60, 200)))
    note = raw / "a" / "lieferung.toml"
    head, mark, files = note.read_text("utf-8").partition("\n[[datei]]")
    note.write_text(f"{head}\nzeitraum_von = {begin}\n{mark}{files}", encoding="utf-8")
    return (Place("a/lieferung.toml"),)


def sent_twice(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """Last month's delivery was sent again under this month's name."""
    shutil.rmtree(raw / "c")
    shutil.copytree(raw / "b", raw / "c")
    change_note(raw, "c", "lieferung", '"c"')
    later = date.fromisoformat(load(raw, "b", "bestand").cell(0, "stichtag"))
    change_note(raw, "c", "datenstand", str(later + timedelta(days=40 + draw.randrange(5))))
    return (Place(STOCK),)


def table_not_sent(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """One of the files was forgotten."""
    name = draw.choice(("beschaeftigungen", "teilnahmen"))
    (raw / "c" / f"{name}.csv").unlink()
    restate(raw, "c")
    return (Place(f"c/{name}.csv"),)


def person_named(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A mail address stands in a text column."""
    file = load(raw, "c", "bestand")
    row = draw.randrange(len(file.rows))
    file.set(row, "stadtbezirk", f"p{draw.randrange(1000)}.muster@example.org")
    file.write()
    restate(raw, "c")
    return (Place(STOCK, row + 2, "stadtbezirk"),)


def headings_exchanged(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """Two date columns exchanged their headings."""
    name, pair = draw.choice(
        (("beschaeftigungen", ("beginn", "ende")), ("teilnahmen", ("eintritt", "austritt")))
    )
    file = load(raw, "a", name)
    one, other = map(file.column, pair)
    file.header[one], file.header[other] = file.header[other], file.header[one]
    file.write()
    restate(raw, "a")
    return (Place(f"a/{name}.csv", 1),)


def columns_reordered(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The source sends the columns in another order."""
    file = load(raw, "c", "bestand")
    order = list(range(len(file.header)))
    while order == sorted(order):
        draw.shuffle(order)
    file.header = [file.header[n] for n in order]
    file.rows = [[row[n] for n in order] for row in file.rows]
    file.write()
    restate(raw, "c")
    return (Place(STOCK),)


def rows_reordered(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The source sends the rows in another order."""
    file = load(raw, "c", "bestand")
    draw.shuffle(file.rows)
    file.write()
    restate(raw, "c")
    return (Place(STOCK),)
