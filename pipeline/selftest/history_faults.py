"""Faults that only show over time: against the months and the deliveries before."""

import hashlib
import random
import shutil
from datetime import date, timedelta
from pathlib import Path

from pipeline.selftest.fault import Inject, Place
from pipeline.selftest.files import TABLES, Csv, any_of, change_note, load, restate, some_of

STOCK = "c/bestand.csv"


def saved(raw: Path, file: Csv) -> tuple[Place, ...]:
    """Write the file with an honest note."""
    file.write()
    restate(raw, file.path.parent.name)
    return (Place(f"{file.path.parent.name}/{file.path.name}"),)


def month_missing(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A month was left out of the export."""
    file = load(raw, "a", "bestand")
    months = sorted({file.cell(row, "stichtag") for row in range(len(file.rows))})
    gone = draw.choice(months[1:-1])
    file.rows = [row for row in file.rows if row[file.column("stichtag")] != gone]
    return saved(raw, file)


def delivery_missing(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A monthly delivery never arrived."""
    shutil.rmtree(raw / "b")
    return (Place("b"),)


def newest_months_missing(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A full delivery ends months before its datenstand."""
    file = load(raw, "a", "bestand")
    months = sorted({file.cell(row, "stichtag") for row in range(len(file.rows))})
    kept = set(months[: -draw.randint(2, 4)])
    file.rows = [row for row in file.rows if row[file.column("stichtag")] in kept]
    return saved(raw, file)


def pseudonyms_renewed(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The newest delivery was pseudonymised with another key."""
    salt = str(draw.random())
    for table in TABLES:
        renamed(load(raw, "c", table), salt)
    restate(raw, "c")
    return tuple(Place(f"c/{table}.csv", None, "person_id") for table in TABLES)


def renamed(file: Csv, salt: str) -> None:
    """Give every person another pseudonym."""
    for row in range(len(file.rows)):
        text = hashlib.sha256((salt + file.cell(row, "person_id")).encode()).hexdigest()
        file.set(row, "person_id", f"P{int(text[:10], 16) % 10**7:07d}")
    file.write()


def third_missing(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """Part of the persons was not exported."""
    file = load(raw, "c", "bestand")
    gone = set(some_of(draw, range(len(file.rows)), draw.uniform(0.25, 0.4)))
    file.rows = [row for number, row in enumerate(file.rows) if number not in gone]
    return saved(raw, file)


def district_missing(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A branch office did not export."""
    file = load(raw, "c", "bestand")
    column = file.column("stadtbezirk")
    names = [row[column] for row in file.rows]
    before = load(raw, "b", "bestand")
    there = [before.cell(row, "stadtbezirk") for row in range(len(before.rows))]
    large = sorted({n for n in names if n and names.count(n) >= 20 and there.count(n) >= 20})
    gone = draw.choice(large)
    file.rows = [row for row in file.rows if row[column] != gone]
    return saved(raw, file)


def recoded(column: str, share: float, change: dict[str, str]) -> Inject:
    """A fault: in a share of the rows codes of the newest month are replaced."""

    def inject(raw: Path, draw: random.Random) -> tuple[Place, ...]:
        file = load(raw, "c", "bestand")
        fits = file.where(lambda cells: cells[column] in change)
        for row in some_of(draw, fits, share):
            file.set(row, column, change[file.cell(row, column)])
        return saved(raw, file)

    return inject


def emptied(column: str, share: float) -> Inject:
    """A fault: a share of the rows of the newest month has no entry any more."""

    def inject(raw: Path, draw: random.Random) -> tuple[Place, ...]:
        file = load(raw, "c", "bestand")
        for row in some_of(draw, file.where(lambda cells: bool(cells[column])), share):
            file.set(row, column, "")
        return saved(raw, file)

    return inject


def scaled(table: str, column: str, factor: int) -> Inject:
    """A fault: a column of the newest delivery is in another unit."""

    def inject(raw: Path, draw: random.Random) -> tuple[Place, ...]:
        file = load(raw, "c", table)
        for row in file.where(lambda cells: bool(cells[column])):
            file.set(row, column, f"{float(file.cell(row, column)) * factor:.2f}")
        return saved(raw, file)

    return inject


def take_ups_missing(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A filter of the export dropped the take-ups of the newest months."""
    first = load(raw, "b", "bestand").cell(0, "stichtag")[:7] + "-01"
    for delivery in ("b", "c"):
        file = load(raw, delivery, "beschaeftigungen")
        file.rows = [row for row in file.rows if row[file.column("beginn")] < first]
        saved(raw, file)
    return (Place("b/beschaeftigungen.csv"), Place("c/beschaeftigungen.csv"))


def large_late_revision(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A fifth of the old take-ups comes again with another content."""
    old, file = load(raw, "a", "beschaeftigungen"), load(raw, "c", "beschaeftigungen")
    have = {file.cell(row, "beschaeftigung_id") for row in range(len(file.rows))}
    fits = old.where(lambda cells: cells["beschaeftigung_id"] not in have)
    for row in some_of(draw, fits, draw.uniform(0.2, 0.3)):
        old.set(row, "wochenstunden", str(draw.randint(41, 55)))
        file.rows.append(list(old.rows[row]))
    return saved(raw, file)


def day_and_month_exchanged(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A known participation comes again, its entry in another form of day."""
    old, file = load(raw, "a", "teilnahmen"), load(raw, "c", "teilnahmen")
    have = {file.cell(row, "teilnahme_id") for row in range(len(file.rows))}

    def swapped(day: str) -> str:
        return f"{day[:4]}-{day[8:]}-{day[5:7]}"

    fits = old.where(
        lambda cells: (
            cells["teilnahme_id"] not in have
            and cells["eintritt"][8:] <= "12"
            and cells["eintritt"] > swapped(cells["eintritt"]) > "2012-06"
        )
    )
    row = any_of(draw, fits)
    file.rows.append(list(old.rows[row]))
    file.set(len(file.rows) - 1, "eintritt", swapped(old.cell(row, "eintritt")))
    return saved(raw, file)


def full_again(raw: Path) -> None:
    """A later full delivery «d» that says the same as «a»."""
    shutil.copytree(raw / "a", raw / "d")
    newest = date.fromisoformat(load(raw, "c", "bestand").cell(0, "stichtag"))
    change_note(raw, "d", "lieferung", '"d"')
    change_note(raw, "d", "datenstand", str(newest + timedelta(days=30)))


def persons_vanished(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A later full delivery no longer carries some of the persons."""
    full_again(raw)
    file = load(raw, "d", "bestand")
    column = file.column("person_id")
    persons = sorted({row[column] for row in file.rows})
    gone = {persons[n] for n in some_of(draw, range(len(persons)), draw.uniform(0.1, 0.2))}
    file.rows = [row for row in file.rows if row[column] not in gone]
    return saved(raw, file)


def take_ups_vanished(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A later full delivery no longer carries some of the take-ups."""
    full_again(raw)
    file = load(raw, "d", "beschaeftigungen")
    gone = set(some_of(draw, range(len(file.rows)), draw.uniform(0.1, 0.2)))
    file.rows = [row for number, row in enumerate(file.rows) if number not in gone]
    return saved(raw, file)


def persons_changed(column: str) -> Inject:
    """A fault: a later full delivery tells another sex or year of birth of some persons."""

    def inject(raw: Path, draw: random.Random) -> tuple[Place, ...]:
        full_again(raw)
        file = load(raw, "d", "bestand")
        number = file.column("person_id")
        persons = sorted({row[number] for row in file.rows})
        other = {persons[n] for n in some_of(draw, range(len(persons)), draw.uniform(0.05, 0.1))}
        for row in file.where(lambda cells: cells["person_id"] in other and bool(cells[column])):
            now = file.cell(row, column)
            file.set(row, column, str(int(now) + 1) if now.isdigit() else "mw"[now == "m"])
        return saved(raw, file)

    return inject


def pseudonyms_renewed_in_full(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A later full delivery was pseudonymised with another key."""
    full_again(raw)
    salt = str(draw.random())
    for table in TABLES:
        renamed(load(raw, "d", table), salt)
    restate(raw, "d")
    return tuple(Place(f"d/{table}.csv", None, "person_id") for table in TABLES)


def month_rewritten(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The newest delivery rewrites a month of last year."""
    old, file = load(raw, "a", "bestand"), load(raw, "c", "bestand")
    months = sorted({old.cell(row, "stichtag") for row in range(len(old.rows))})
    month = draw.choice(months[-14:-2])
    for row in old.where(lambda cells: cells["stichtag"] == month):
        if draw.random() < 0.3:
            before = old.cell(row, "arbeitsmarktstatus")
            other = "erwerbstaetig" if before == "arbeitslos" else "arbeitslos"
            old.set(row, "arbeitsmarktstatus", other)
        file.rows.append(list(old.rows[row]))
    return saved(raw, file)


def delivered_again_in_full(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """Two monthly deliveries are sent once more as one correction."""
    shutil.copytree(raw / "b", raw / "d")
    change_note(raw, "d", "lieferung", '"d"')
    change_note(raw, "d", "art", '"korrektur"')
    # Without a new datenstand it ranks right after the delivery it repeats.
    return (Place("d"),)
