"""Random persons and the attributes they have at a Stichtag."""

import random

from tests.oracle.catalogue import TABLES
from tests.property.cells import Cells

DISTRICTS = (
    "Mitte",
    "Süd",
    "Bad Cannstatt",
    "Mühlhausen",
    "Weilimdorf; Nord",
    'Der "Rain"',
    "Ost,1",
)


def draw_persons(rng: random.Random) -> list[Cells]:
    """15 to 50 persons with ids of one of several styles."""
    style = rng.choice(["P{:03d}", "p-{}", "Ä{}", "hex", "mixed"])
    persons = []
    for number in range(rng.randrange(15, 51)):
        name = style.format(number)
        if style == "hex":
            name = f"{rng.getrandbits(64):016x}"
        elif style == "mixed":  # ids that only differ in case or in leading zeros
            name = ("{}", "0{}", "a{}", "A{}")[number % 4].format(number // 4)
        sex = rng.choices(["w", "m", "d", "o", "u", None], [8, 8, 2, 1, 1, 1])[0]
        persons.append({"person_id": name, "geschlecht": sex, **_draw_attributes(rng)})
    return persons


def change(rng: random.Random, current: Cells, attributes: float, sex: float) -> Cells:
    """The same person later: with these chances other attributes, and another sex."""
    changed = dict(current)
    if rng.random() < attributes:
        changed |= _draw_attributes(rng)
    if rng.random() < sex:
        changed["geschlecht"] = rng.choice("wmdou")
    return changed


def _draw_attributes(rng: random.Random) -> Cells:
    """The attributes of a person that stay until something changes."""
    cells: Cells = {
        "geburtsjahr": rng.choice([None, rng.randrange(1955, 2008)]),
        "juengstes_kind_alter": rng.choice([None, None, 0, 2, 3, rng.randrange(18)]),
        "lzb": rng.choice([None, True, False]),
        "hilfe_67": rng.choice([None, True, False, False]),
        "stadtbezirk": rng.choice([None, *DISTRICTS]),
    }
    for column in TABLES["bestand"]:
        if column.kind == "code" and column.name != "geschlecht":
            cells[column.name] = rng.choice([None, *sorted(column.codes)])
    return cells
