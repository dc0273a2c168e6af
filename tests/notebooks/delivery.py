"""A made-up delivery: forty persons, sixteen months, two measures, one job for some."""

import csv
from datetime import date
from pathlib import Path

MONTHS = [date(2013 + (11 + m) // 12, (11 + m) % 12 + 1, 15) for m in range(16)]
PERSONS = {f"E{n:02d}": ("w" if n % 2 else "m") for n in range(40)}
NOTE = (
    'lieferung = "erfunden"\ndatenstand = 2015-07-31\ntraeger = "jc-1"\nart = "voll"\n'
    "synthetisch = true\n"
)


def write_delivery(raw: Path) -> None:
    """Every fourth person takes up work, every second one leaves a measure before that.

    Person 3 is neither a woman nor a man by the register.
    """
    folder = raw / "erfunden"
    folder.mkdir(parents=True)
    (folder / "lieferung.toml").write_text(NOTE, encoding="utf-8")
    sexes = PERSONS | {"E03": "d"}
    numbers = {person: n for n, person in enumerate(PERSONS)}
    _write(
        folder / "bestand.csv",
        "person_id stichtag geschlecht leistungsbezug_seit",
        [
            [person, day, sexes[person], date(2014 - n % 5, 1 + n % 11, 1)]
            for day in MONTHS
            for person, n in numbers.items()
        ],
    )
    _write(
        folder / "beschaeftigungen.csv",
        "beschaeftigung_id person_id beginn art",
        [
            [f"B{person}", person, date(2014, 2 + n // 4, 20), "sv"]
            for person, n in numbers.items()
            if n % 4 < 2
        ],
    )
    _write(
        folder / "teilnahmen.csv",
        "teilnahme_id person_id instrument eintritt austritt",
        [
            [f"T{person}", person, ("MAT", "FBW")[n % 3 > 0], date(2014, 1, 7), date(2014, 3, n)]
            for person, n in numbers.items()
            if 0 < n < 31
        ],
    )


def _write(path: Path, header: str, rows: list[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header.split(), *rows])
