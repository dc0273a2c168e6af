"""The registries: contracts, code lists, breakdowns, parameters. Declared once, read from here.

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
DELIVERED_TABLES = ("bestand", "beschaeftigungen", "teilnahmen")

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
    ablehnen_wenn_unlesbar: bool = False
    nicht_nach_datenstand: bool = False


@dataclass(frozen=True)
class Contract:
    """A delivered table: its key, what one row is, and its columns in contract order."""

    tabelle: str
    kuerzel: str
    zeile: str
    row: str
    schluessel: tuple[str, ...]
    columns: tuple[Column, ...]

    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)


@dataclass(frozen=True)
class Breakdown:
    """A breakdown or cross: `merkmale` are one or two columns of core_personenmonat (none: total).

    codes: per merkmal the codes that always have a row; an empty tuple means values in the data.
    braucht: delivered columns as "table.column" without which the breakdown is absent.
    oberbegriff: id of the coarser breakdown whose categories these make up (column `gruppe` of the
    code list), or empty.
    """

    id: str
    merkmale: tuple[str, ...]
    codes: tuple[tuple[Code, ...], ...]
    braucht: tuple[str, ...]
    kennzahlen: tuple[str, ...]
    titel_de: str
    titel_en: str
    oberbegriff: str = ""

    def titel(self, lang: str) -> str:
        return self.titel_en if lang == "en" else self.titel_de


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


def _read_toml(path: Path) -> dict[str, Any]:
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
    """The contract of a delivered table."""
    raw = _read_toml(HERE / "contracts" / f"{table}.toml")
    return Contract(
        tabelle=raw["tabelle"],
        kuerzel=raw["kuerzel"],
        zeile=raw["zeile"],
        row=raw["row"],
        schluessel=tuple(raw["schluessel"]),
        columns=tuple(Column(**column) for column in raw["spalte"]),
    )


@cache
def breakdowns() -> tuple[Breakdown, ...]:
    """All breakdowns, then all crosses, in registry order."""
    raw = _read_toml(HERE / "breakdowns.toml")
    singles = [
        Breakdown(
            id=entry["id"],
            merkmale=(entry["spalte"],) if "spalte" in entry else (),
            codes=(tuple(c for name in entry["codes"] for c in code_list(name).codes),),
            braucht=tuple(entry["braucht"]),
            kennzahlen=tuple(entry.get("kennzahlen", ["K2"])),
            titel_de=entry["titel_de"],
            titel_en=entry["titel_en"],
            oberbegriff=entry.get("oberbegriff", ""),
        )
        for entry in raw["merkmal"]
    ]
    by_id = {b.id: b for b in singles}
    crosses = []
    for entry in raw["kreuz"]:
        parts = [by_id[part] for part in entry["merkmale"]]
        crosses.append(
            Breakdown(
                id=entry["id"],
                merkmale=tuple(m for part in parts for m in part.merkmale),
                codes=tuple(part.codes[0] for part in parts),
                braucht=tuple(b for part in parts for b in part.braucht),
                kennzahlen=tuple(entry.get("kennzahlen", ["K2"])),
                titel_de=entry["titel_de"],
                titel_en=entry["titel_en"],
            )
        )
    found = (*singles, *crosses)
    for cross in crosses:
        if not all(cross.codes):
            raise UsageError(
                f"breakdowns.toml, {cross.id}: gekreuzt werden nur Merkmale mit einer Codeliste."
            )
    for b in found:
        if b.merkmale and set(b.kennzahlen) != {"K2"}:
            raise UsageError(f"breakdowns.toml, {b.id}: gegliedert wird bisher nur K2.")
    return found


@cache
def parameters() -> dict[str, Parameter]:
    """All dated rules by name."""
    found = {}
    for name, entry in _read_toml(HERE / "parameters.toml").items():
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
