"""A made-up pub_quote and pub_angaben: plausible, seedless, every breakdown of the registry.

The quotas follow fixed formulas, so that the page built from them is the same everywhere.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.registries import Breakdown, breakdowns

SCHEMA = pa.schema(
    [
        ("kennzahl", pa.string()),
        ("berichtsmonat", pa.string()),
        ("schnitt", pa.string()),
        ("auspraegung_1", pa.string()),
        ("auspraegung_2", pa.string()),
        ("geschlecht", pa.string()),
        ("zaehler", pa.int64()),
        ("bestand_monate", pa.int64()),
        ("nenner", pa.float64()),
        ("quote", pa.float64()),
        ("status", pa.string()),
        ("untergrenze", pa.float64()),
        ("obergrenze", pa.float64()),
    ]
)
Slot = tuple[str, str, str, tuple[str, ...]]
BEZIRKE = ("Süd", "Mitte", "Ost", "Öhringer Vorstadt", "Nord")
ANGABEN = {
    "lauf": "a1b2c3d4e5f6",
    "berichtsmonat": "2016-08",
    "datenstand": "2016-12-31",
    "traeger": "demo",
    "jobcenter": "Jobcenter Musterstadt",
    "synthetisch": "true",
    "berichtsmonate": "2012-12..2016-08",
    "fehlende_merkmale": "hilfe_67,lzb",
    "nicht_veroeffentlichbar": (
        "2012-11=stichtage_fehlen;2016-09=wartezeit_laeuft;2016-10=wartezeit_laeuft"
    ),
    "geschlecht_zugeordnet": "weniger als 3",
    "version": "0.1.0",
}


def months(first: str, count: int) -> list[str]:
    """`count` months from `first` on, `YYYY-MM`."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    return [f"{(start + i) // 12:04d}-{(start + i) % 12 + 1:02d}" for i in range(count)]


def row(slot: Slot, sex: str, zaehler: int, bestand_monate: int) -> dict[str, Any]:
    """One row with the quota and status that follow from its counts."""
    kennzahl, month, schnitt, codes = slot
    first, second = (*codes, "", "")[:2]
    found = {
        "kennzahl": kennzahl,
        "berichtsmonat": month,
        "schnitt": schnitt,
        "auspraegung_1": first,
        "auspraegung_2": second,
        "geschlecht": sex,
        "zaehler": zaehler,
        "bestand_monate": None if kennzahl == "P1" else bestand_monate,
        "nenner": bestand_monate / 12,
        "quote": None,
        "status": "ok",
        "untergrenze": None,
        "obergrenze": None,
    }
    if bestand_monate == 0:
        return found | {"status": "keine_faelle"}
    found["quote"] = int(12000 * zaehler / bestand_monate + 0.5) / 10
    return found | {"status": "unsicher" if zaehler < 10 else "ok"}


def suppressed(line: dict[str, Any]) -> dict[str, Any]:
    """The row as it stands after suppression."""
    empty = dict.fromkeys(("zaehler", "bestand_monate", "nenner", "quote"))
    return line | empty | {"status": "gesperrt"}


def cell(slot: Slot, share: float, level: float, women: float = 0.62) -> list[dict[str, Any]]:
    """The three rows of a cell: `share` of 14,000 women and 16,000 men.

    The quota of men is about `level`, that of women `women` times as high.
    """
    stock = {"w": int(12 * 14000 * share), "m": int(12 * 16000 * share)}
    hits = {"w": int(14000 * share * level * women), "m": int(16000 * share * level)}
    rows = [row(slot, s, hits[s], stock[s]) for s in ("w", "m")]
    if any(0 < hits[s] < 3 for s in ("w", "m")):
        rows = [suppressed(r) for r in rows]
    return [*rows, row(slot, "insgesamt", sum(hits.values()), sum(stock.values()))]


@dataclass
class Example:
    """A published table under construction; tests change it and write it."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    angaben: dict[str, str] = field(default_factory=lambda: dict(ANGABEN))

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write both Parquet files and return their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        quote, angaben = folder / "pub_quote.parquet", folder / "pub_angaben.parquet"
        pq.write_table(pa.Table.from_pylist(self.rows, SCHEMA), quote)
        facts = [{"schluessel": k, "wert": v} for k, v in self.angaben.items()]
        schema = pa.schema([("schluessel", pa.string()), ("wert", pa.string())])
        pq.write_table(pa.Table.from_pylist(facts, schema), angaben)
        return quote, angaben


def totals(month: str, i: int) -> list[dict[str, Any]]:
    """The totals of one month; women catch up slowly, both dip in the middle."""
    dip = 0.02 * (1 - abs(i - 20) / 20)
    level, women = 0.30 - dip + 0.0002 * i, 0.62 + 0.001 * i
    k2, p1, jfw = ((k, month, "insgesamt", ("insgesamt",)) for k in ("K2", "P1", "K2_JFW"))
    return [
        *cell(k2, 1, level, women),
        *cell(p1, 1.3, level * 0.62, women),
        *cell(jfw, 1, level * int(month[5:]) / 12, women),
    ]


def values(breakdown: Breakdown) -> list[tuple[str, ...]]:
    """All categories of a breakdown."""
    if breakdown.id == "stadtbezirk":
        return [(b,) for b in BEZIRKE]
    if len(breakdown.codes) == 1:
        return [(c.code,) for c in breakdown.codes[0]]
    first, second = breakdown.codes
    return [(a.code, b.code) for a in first for b in second]


def details(month: str, breakdown: Breakdown) -> list[dict[str, Any]]:
    """The rows of one breakdown in a December: large, small, tiny and empty categories."""
    found = []
    for i, codes in enumerate(values(breakdown)):
        share = 0.24 / (1 + i) ** 1.4 if len(breakdown.codes) > 1 else 0.4 / (1 + i) ** 1.6
        if codes[-1] == "unbekannt":
            share = 0 if i % 3 else 0.0004
        level, women = 0.2 + 0.04 * ((i * 5) % 7), 1.1 if i == 3 else 0.62
        found += cell(("K2", month, breakdown.id, codes), share, level, women)
    return found


def full(absent: tuple[str, ...] = ("hilfe_67", "lzb")) -> Example:
    """45 months of totals and four Decembers with all breakdowns but the absent ones."""
    example = Example()
    for i, month in enumerate(months("2012-12", 45)):
        example.rows += totals(month, i)
        if month.endswith("-12"):
            for breakdown in breakdowns():
                if breakdown.id not in ("insgesamt", *absent):
                    example.rows += details(month, breakdown)
    return example
