"""The registries: contracts, code lists, parameters. Declared once, read from here.

Each loader reads its TOML or CSV files once per process and returns frozen values.
"""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import UsageError

HERE = Path(__file__).parent
DELIVERED_TABLES = ("bestand", "bezug", "beschaeftigungen", "teilnahmen")

Typ = Literal["text", "datum", "ganzzahl", "dezimal", "boolean", "code"]
Wert = bool | int | tuple[int, ...]


@dataclass(frozen=True)
class Code:
    """One line of a code list. `extra` holds the columns only this list has."""

    code: str
    label_de: str
    label_en: str
    rank: int
    valid_from: date | None
    valid_to: date | None
    extra: dict[str, str]

    def label(self, lang: str) -> str:
        return self.label_en if lang == "en" else self.label_de


@dataclass(frozen=True)
class CodeList:
    """A code list in rank order, with the spellings (`aliases`) that stand for a code."""

    name: str
    codes: tuple[Code, ...]
    aliases: dict[str, str]

    def values(self) -> tuple[str, ...]:
        return tuple(c.code for c in self.codes)


@dataclass(frozen=True)
class Column:
    """One column of a delivered table.

    name, titel, beschreibung: identifier, short label and description (German).
    typ: datum, ganzzahl, dezimal, text, boolean (three-valued ja/nein/unbekannt) or code.
    pflicht: the column must be delivered and a bad cell rejects the row.
    ablehnen_wenn_unlesbar: a bad cell rejects the row although the column is optional.
    nicht_nach_datenstand: a date after the delivery's datenstand rejects the row.
    quasi_identifikator: others may know it of a person; with further ones it can tell who it is.
    volle_monate_bis: a later date of the row; the Kennzahlen need of this one only the full months
    up to there.
    leer: the value that an empty cell stands for; None means empty (NULL), for codes `unbekannt`.
    """

    name: str
    typ: Typ
    pflicht: bool
    titel: str
    beschreibung: str
    codes: str | None = None
    leer: str | None = None
    personenbezogen: bool = False
    quasi_identifikator: bool = False
    ablehnen_wenn_unlesbar: bool = False
    nicht_nach_datenstand: bool = False
    volle_monate_bis: str | None = None


@dataclass(frozen=True)
class Contract:
    """A delivered table: its key, what one row is, and its columns in contract order.

    ersetzt: the table that this one may be delivered in place of; it has the same attributes. Else
    empty.
    """

    tabelle: str
    kuerzel: str
    zeile: str
    row: str
    schluessel: tuple[str, ...]
    columns: tuple[Column, ...]
    ersetzt: str = ""

    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)


@dataclass(frozen=True)
class Geltung:
    """One dated value: valid from `ab` (inclusive) until `bis` (exclusive, None = open)."""

    ab: date
    bis: date | None
    wert: Wert


@dataclass(frozen=True)
class Parameter:
    """A dated rule with the source that justifies it."""

    name: str
    titel_de: str
    beschreibung: str
    quelle: str
    gilt: tuple[Geltung, ...]

    def at(self, day: date) -> Wert:
        for g in self.gilt:
            if g.ab <= day and (g.bis is None or day < g.bis):
                return g.wert
        raise UsageError(f"parameters.toml, {self.name}: kein Eintrag gilt am {day:%d.%m.%Y}.")


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file of the project."""
    with path.open("rb") as file:
        return tomllib.load(file)


@cache
def code_list(name: str) -> CodeList:
    """The code list codes/<name>.csv with its aliases."""
    standard = {"code", "label_de", "label_en", "rank", "valid_from", "valid_to"}
    path = HERE / "codes" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    codes = [
        Code(
            code=line["code"],
            label_de=line["label_de"],
            label_en=line["label_en"],
            rank=int(line["rank"]),
            valid_from=date.fromisoformat(line["valid_from"]) if line["valid_from"] else None,
            valid_to=date.fromisoformat(line["valid_to"]) if line["valid_to"] else None,
            extra={k: v for k, v in line.items() if k not in standard},
        )
        for line in lines
    ]
    aliases: dict[str, str] = {}
    alias_path = HERE / "codes" / f"{name}.aliases.csv"
    if alias_path.exists():
        with alias_path.open(encoding="utf-8", newline="") as file:
            aliases = {line["alias"]: line["code"] for line in csv.DictReader(file)}
    return CodeList(name, tuple(sorted(codes, key=lambda c: c.rank)), aliases)


@cache
def code_list_names() -> tuple[str, ...]:
    """The names of all code lists, sorted."""
    files = (HERE / "codes").glob("*.csv")
    return tuple(sorted(f.stem for f in files if not f.name.endswith(".aliases.csv")))


@cache
def contract(table: str) -> Contract:
    """The contract of a delivered table; without a key of its own, the whole row is the key."""
    raw = read_toml(HERE / "contracts" / f"{table}.toml")
    columns = tuple(Column(**column) for column in raw["spalte"])
    ersetzt = raw.get("ersetzt", "")
    if ersetzt:
        replaced = contract(ersetzt)
        columns += tuple(c for c in replaced.columns if c.name not in replaced.schluessel)
    return Contract(
        tabelle=raw["tabelle"],
        kuerzel=raw["kuerzel"],
        zeile=raw["zeile"],
        row=raw["row"],
        schluessel=tuple(raw.get("schluessel", (c.name for c in columns))),
        columns=columns,
        ersetzt=ersetzt,
    )


def table_meant(table: str) -> str:
    """The table whose place a delivered table takes: that of bezug is bestand, else itself."""
    return contract(table).ersetzt or table


@cache
def parameters() -> dict[str, Parameter]:
    """All dated rules by name."""
    found = {}
    for name, entry in read_toml(HERE / "parameters.toml").items():
        dated = sorted(entry["gilt"], key=lambda g: g["ab"])
        ends = [g["ab"] for g in dated[1:]] + [None]
        gilt = tuple(
            Geltung(g["ab"], end, tuple(g["wert"]) if isinstance(g["wert"], list) else g["wert"])
            for g, end in zip(dated, ends, strict=True)
        )
        found[name] = Parameter(
            name, entry["titel_de"], entry["beschreibung"], entry["quelle"], gilt
        )
    return found
