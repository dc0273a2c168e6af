"""Faults of rows and between tables: doubled, torn, out of order, belonging to nobody."""

import random
from datetime import date, timedelta
from pathlib import Path

from pipeline.selftest.fault import Inject, Place
from pipeline.selftest.files import Csv, any_of, load, restate


def done(raw: Path, file: Csv, *places: tuple[int, str | None]) -> tuple[Place, ...]:
    """Write the file with an honest note; the damaged rows as places."""
    file.write()
    delivery = file.path.parent.name
    restate(raw, delivery)
    name = f"{delivery}/{file.path.name}"
    return tuple(Place(name, row + 2, column) for row, column in places)


def added(file: Csv, row: int, **changes: str) -> int:
    """A copy of a row with other contents at the end of the file; its number."""
    file.rows.append(list(file.rows[row]))
    for column, content in changes.items():
        file.set(len(file.rows) - 1, column, content)
    return len(file.rows) - 1


def shifted(day: str, days: int) -> str:
    return str(date.fromisoformat(day) + timedelta(days=days))


def row_doubled(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A row was exported twice, cell by cell the same."""
    file = load(raw, "c", draw.choice(("bestand", "teilnahmen")))
    return done(raw, file, (added(file, draw.randrange(len(file.rows))), None))


def key_with_two_contents(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A person is exported twice for a Stichtag, with different entries."""
    file = load(raw, "c", "bestand")
    known = ("ohne", "betrieblich")
    row = any_of(draw, file.where(lambda cells: cells["berufsabschluss"] in known))
    other = "betrieblich" if file.cell(row, "berufsabschluss") == "ohne" else "ohne"
    return done(raw, file, (row, None), (added(file, row, berufsabschluss=other), None))


def cell_missing(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A separator is missing: all cells after it stand one column too far left."""
    file = load(raw, "c", draw.choice(("bestand", "beschaeftigungen", "teilnahmen")))
    row = draw.randrange(len(file.rows))
    del file.rows[row][draw.randrange(len(file.header))]
    return done(raw, file, (row, None))


def cell_too_many(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A separator inside a text was not quoted."""
    file = load(raw, "c", draw.choice(("bestand", "beschaeftigungen", "teilnahmen")))
    row = draw.randrange(len(file.rows))
    file.rows[row].insert(draw.randrange(1, len(file.header)), "x")
    return done(raw, file, (row, None))


def participation_overlapping(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A participation was entered a second time, with another identifier."""
    file = load(raw, "c", "teilnahmen")
    row = any_of(draw, file.where(lambda cells: bool(cells["massnahme_id"])))
    eintritt = file.cell(row, "eintritt")
    new = added(file, row, teilnahme_id=f"T99{draw.randrange(10**6):06d}", eintritt=eintritt)
    return done(raw, file, (new, "eintritt"), (row, "eintritt"))


def employment_overlapping(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A take-up with the same employer while the first one goes on."""
    file = load(raw, "c", "beschaeftigungen")
    fits = file.where(
        lambda cells: (
            bool(cells["arbeitgeber_id"])
            and (cells["ende"] == "" or cells["ende"] > shifted(cells["beginn"], 5))
            and shifted(cells["beginn"], 10) <= cells["erfasst_am"]
        )
    )
    row = any_of(draw, fits)
    begin = shifted(file.cell(row, "beginn"), draw.randint(1, 5))
    new = added(file, row, beschaeftigung_id=f"B99{draw.randrange(10**6):06d}", beginn=begin)
    return done(raw, file, (new, "beginn"))


def take_up_twice(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A take-up was entered a second time, with another identifier."""
    file = load(raw, "c", "beschaeftigungen")
    row = draw.randrange(len(file.rows))
    name = f"B99{draw.randrange(10**6):06d}"
    return done(raw, file, (added(file, row, beschaeftigung_id=name), "beschaeftigung_id"))


def other_sex_once(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The sex of a person was mistyped for one month."""
    file = load(raw, "c", "bestand")
    row = known(raw, draw, file)
    new = "m" if file.cell(row, "geschlecht") == "w" else "w"
    file.set(row, "geschlecht", new)
    return done(raw, file, (row, "geschlecht"))


def other_birth_year_once(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The year of birth of a person was mistyped for one month."""
    file = load(raw, "c", "bestand")
    row = known(raw, draw, file)
    year = int(file.cell(row, "geburtsjahr"))
    file.set(row, "geburtsjahr", str(year + draw.choice((-1, 1))))
    return done(raw, file, (row, "geburtsjahr"))


def known(raw: Path, draw: random.Random, file: Csv) -> int:
    """The row of a person whom the full delivery carries at least three times."""
    column = load(raw, "a", "bestand")
    seen = [column.cell(row, "person_id") for row in range(len(column.rows))]
    often = {person for person in set(seen) if seen.count(person) >= 3}
    return any_of(
        draw, file.where(lambda cells: cells["person_id"] in often and bool(cells["geburtsjahr"]))
    )


def reason_without_exit(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The day of an exit got lost."""
    file = load(raw, "c", "teilnahmen")
    fits = file.where(lambda cells: bool(cells["austritt"]) and bool(cells["austrittsgrund"]))
    row = any_of(draw, fits)
    file.set(row, "austritt", "")
    return done(raw, file, (row, "austritt"))


def two_stichtage(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """Rows of two Stichtage of one month lie in one file."""
    file = load(raw, "c", "bestand")
    row = draw.randrange(len(file.rows))
    file.set(row, "stichtag", shifted(file.cell(row, "stichtag"), draw.choice((-1, 1))))
    return done(raw, file, (row, "stichtag"))


def end_of_month(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """Not the statistical Stichtag but the end of the month was exported."""
    file, day = load(raw, "c", "bestand"), draw.choice(("23", "28", "30"))
    for row in range(len(file.rows)):
        file.set(row, "stichtag", file.cell(row, "stichtag")[:8] + day)
    return done(raw, file)


def orphan(table: str) -> Inject:
    """A fault: a row of somebody who is in no stock."""

    def inject(raw: Path, draw: random.Random) -> tuple[Place, ...]:
        file = load(raw, "c", table)
        row = draw.randrange(len(file.rows))
        file.set(row, "person_id", f"P99{draw.randrange(10**5):05d}")
        return done(raw, file, (row, "person_id"))

    return inject


def subsidy_excludes_sv(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A work opportunity was entered as employment subject to social insurance."""
    file = load(raw, "c", "beschaeftigungen")
    row = any_of(draw, file.where(lambda cells: cells["art"] == "sv"))
    file.set(row, "foerderung", draw.choice(("agh16d", "fav16e_alt")))
    return done(raw, file, (row, "foerderung"))


def subsidy_does_not_fit(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """Support for the self-employed stands with somebody who is employed."""
    file = load(raw, "c", "beschaeftigungen")
    row = any_of(draw, file.where(lambda cells: cells["art"] in ("sv", "geringfuegig")))
    file.set(row, "foerderung", "les")
    return done(raw, file, (row, "foerderung"))


def subsidy_not_in_force(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A code of a law that came years later."""
    file = load(raw, "c", "beschaeftigungen")
    row = any_of(draw, file.where(lambda cells: cells["art"] == "sv"))
    file.set(row, "foerderung", "evl16e")
    return done(raw, file, (row, "foerderung"))


def lone_parent_without_child(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The age of the youngest child got lost."""
    file = load(raw, "c", "bestand")
    fits = file.where(
        lambda cells: cells["bg_typ"] == "alleinerziehend" and bool(cells["juengstes_kind_alter"])
    )
    row = any_of(draw, fits)
    file.set(row, "juengstes_kind_alter", "")
    return done(raw, file, (row, "juengstes_kind_alter"))


def child_older_than_possible(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """The age of a lone parent's youngest child is that of a grown-up."""
    file = load(raw, "c", "bestand")

    def years(cells: dict[str, str]) -> int:
        return int(cells["stichtag"][:4]) - int(cells["geburtsjahr"])

    fits = file.where(
        lambda cells: (
            cells["bg_typ"] == "alleinerziehend"
            and cells["geburtsjahr"].isdigit()
            and years(cells) <= 35
        )
    )
    row = any_of(draw, fits)
    file.set(row, "juengstes_kind_alter", "24")
    return done(raw, file, (row, "juengstes_kind_alter"))


def participation_outside_receipt(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A participation lies long after the receipt of benefits ended."""
    file = load(raw, "c", "teilnahmen")
    day = long_after_receipt(raw, draw, 215, file)
    row = draw.randrange(len(file.rows))
    person, eintritt = day
    for column in ("austritt_geplant", "austritt", "austrittsgrund", "erfasst_am"):
        file.set(row, column, "")
    file.set(row, "person_id", person)
    file.set(row, "eintritt", eintritt)
    return done(raw, file, (row, "eintritt"))


def take_up_without_stock(raw: Path, draw: random.Random) -> tuple[Place, ...]:
    """A take-up lies long after the receipt of benefits ended."""
    file = load(raw, "c", "beschaeftigungen")
    person, begin = long_after_receipt(raw, draw, 400, file)
    row = draw.randrange(len(file.rows))
    file.set(row, "person_id", person)
    file.set(row, "beginn", begin)
    file.set(row, "ende", "")
    file.set(row, "erfasst_am", "")
    return done(raw, file, (row, "beginn"))


def long_after_receipt(raw: Path, draw: random.Random, days: int, file: Csv) -> tuple[str, str]:
    """Somebody who left the stock long ago, and a day so many days later."""
    last: dict[str, str] = {}
    for delivery in ("a", "b", "c"):
        stock = load(raw, delivery, "bestand")
        for row in range(len(stock.rows)):
            person, stichtag = stock.cell(row, "person_id"), stock.cell(row, "stichtag")
            last[person] = max(stichtag, last.get(person, ""))
    newest = max(last.values())
    gone = sorted(person for person, day in last.items() if shifted(day, days) < newest)
    if not gone:
        raise ValueError("nobody has left the stock long ago")
    person = draw.choice(gone)
    return person, shifted(last[person], days - draw.randrange(5))
