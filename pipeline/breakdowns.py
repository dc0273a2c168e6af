"""The registry of breakdowns and crosses: what each Kennzahl is broken down by."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError
from pipeline.registries import Code, code_list, read_toml

PATH = Path(__file__).parent / "breakdowns.toml"
# Families of Kennzahlen that are broken down; the others exist as totals.
GROUPED = ("K2", "EQ", "FQ")


@dataclass(frozen=True)
class Breakdown:
    """A breakdown or cross: `merkmale` are the one or two columns it groups by (none: total).

    codes: per merkmal the codes that always have a row; an empty tuple means values in the data.
    nur_bestand: those of the codes that only persons in stock can have, that is only K2.
    intern: not published unless the settings name it.
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
    nur_bestand: frozenset[str] = frozenset()
    intern: bool = False

    def categories(self, kennzahl: str) -> tuple[tuple[Code, ...], ...]:
        """`codes` as far as this Kennzahl can have them."""
        if kennzahl == "K2":
            return self.codes
        return tuple(
            tuple(c for c in codes if c.code not in self.nur_bestand) for codes in self.codes
        )

    def titel(self, lang: str) -> str:
        return self.titel_en if lang == "en" else self.titel_de


@cache
def breakdowns() -> tuple[Breakdown, ...]:
    """All breakdowns, then all crosses, in registry order."""
    raw = read_toml(PATH)
    singles = [
        Breakdown(
            id=entry["id"],
            merkmale=(entry["spalte"],) if "spalte" in entry else (),
            codes=(_codes(entry["codes"]) + _codes(entry.get("nur_bestand", [])),),
            braucht=tuple(entry["braucht"]),
            kennzahlen=_kennzahlen(entry),
            titel_de=entry["titel_de"],
            titel_en=entry["titel_en"],
            oberbegriff=entry.get("oberbegriff", ""),
            nur_bestand=frozenset(c.code for c in _codes(entry.get("nur_bestand", []))),
            intern=entry.get("intern", False),
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
                braucht=tuple(dict.fromkeys(b for part in parts for b in part.braucht)),
                kennzahlen=_kennzahlen(entry),
                titel_de=entry["titel_de"],
                titel_en=entry["titel_en"],
                nur_bestand=frozenset().union(*(part.nur_bestand for part in parts)),
                intern=any(part.intern for part in parts),
            )
        )
    found = (*singles, *crosses)
    for cross in crosses:
        if not all(cross.codes):
            raise UsageError(
                f"breakdowns.toml, {cross.id}: gekreuzt werden nur Merkmale mit einer Codeliste."
            )
    for b in found:
        refused = sorted(k for k in b.kennzahlen if b.merkmale and _family(k) not in GROUPED)
        if refused:
            raise UsageError(
                f"breakdowns.toml, {b.id}: {', '.join(refused)} gibt es nur insgesamt; gegliedert "
                f"werden {', '.join(GROUPED)}."
            )
    return found


def _codes(names: list[str]) -> tuple[Code, ...]:
    return tuple(c for name in names for c in code_list(name).codes)


def _family(kennzahl: str) -> str:
    return next(c.extra["familie"] for c in code_list("kennzahl").codes if c.code == kennzahl)


def _kennzahlen(entry: dict[str, Any]) -> tuple[str, ...]:
    """The Kennzahlen of an entry; a family stands for all its members."""
    named = entry.get("kennzahlen", ["K2"])
    codes = code_list("kennzahl").codes
    unknown = sorted(set(named) - {n for c in codes for n in (c.code, c.extra["familie"])})
    if unknown:
        raise UsageError(
            f"breakdowns.toml, {entry['id']}: {', '.join(unknown)} steht nicht in "
            "codes/kennzahl.csv."
        )
    return tuple(c.code for c in codes if c.code in named or c.extra["familie"] in named)


def breakdowns_of(kennzahl: str) -> tuple[Breakdown, ...]:
    """The breakdowns and crosses of one Kennzahl, the total among them, in registry order."""
    return tuple(b for b in breakdowns() if kennzahl in b.kennzahlen)
