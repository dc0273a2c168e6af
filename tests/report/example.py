"""A made-up pub_quote and pub_angaben: plausible, seedless, every breakdown of the registry.

The quotas follow fixed formulas, so that the page built from them is the same everywhere.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.breakdowns import Breakdown, breakdowns_of
from pipeline.registries import Code, code_list

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
    "fehlende_kennzahlen": "K3E1",
    "nicht_veroeffentlichbar": (
        "K2,P1:2012-11=stichtage_fehlen;K2,P1:2016-09=wartezeit_laeuft;"
        "K2,P1:2016-10=wartezeit_laeuft;M1:2016-08=verbleib_offen;"
        "EQ_6:2016-06=verbleib_offen;EQ_6:2016-07=verbleib_offen;EQ_9:2016-03=verbleib_offen"
    ),
    "geschlecht_zugeordnet": "weniger als 3",
    "version": "0.1.0",
}


# Of the totals but K2, P1 and K2_JFW: share of 14,000 women and 16,000 men, level of men, and how
# high women are beside them. EQ rises with the months after the exit.
TOTALS = {
    "K2E1": (1, 0.06, 1.25),
    "K2E2": (1, 0.05, 0.6),
    "K2E3": (0.2, 0.6, 0.98),
    "K2E4": (0.1, 0.21, 0.7),
    "K3E1": (0.6, 0.2, 0.63),
    "M1": (0.25, 0.51, 0.93),
    "EQ_1": (0.35, 0.11, 0.66),
    "EQ_3": (0.35, 0.17, 0.66),
    "EQ_6": (0.35, 0.22, 0.67),
    "EQ_9": (0.35, 0.23, 0.68),
    "EQ_12": (0.35, 0.24, 0.68),
    "EQ_18": (0.35, 0.25, 0.7),
}
# Women's share by Kennzahl, of the persons at twelve Stichtage.
SHARES = {"FQ": (0.43, 38_000), "FA_ELB": (0.505, 360_000), "FA_ALO": (0.496, 165_000)}
# Nobody is in these measures.
EMPTY = ("VB", "BOP", "EVL", "TAAM", "P16H", "P16K", "besondere_gruppen")


def kennzahl(code: str) -> Code:
    return next(c for c in code_list("kennzahl").codes if c.code == code)


def months(first: str, count: int) -> list[str]:
    """`count` months from `first` on, `YYYY-MM`."""
    start = int(first[:4]) * 12 + int(first[5:]) - 1
    return [f"{(start + i) // 12:04d}-{(start + i) % 12 + 1:02d}" for i in range(count)]


def by_stock(name: str) -> bool:
    """Whether the denominator of a Kennzahl is an average stock."""
    return kennzahl(name).extra["art"] == "bestand"


def row(slot: Slot, sex: str, zaehler: int, bestand_monate: int) -> dict[str, Any]:
    """One row with the quota and status that follow from its counts."""
    name, month, schnitt, codes = slot
    first, second = (*codes, "", "")[:2]
    average = by_stock(name)
    nenner = bestand_monate / 12 if average else bestand_monate // 12
    found = {
        "kennzahl": name,
        "berichtsmonat": month,
        "schnitt": schnitt,
        "auspraegung_1": first,
        "auspraegung_2": second,
        "geschlecht": sex,
        "zaehler": zaehler,
        "bestand_monate": bestand_monate if average else None,
        "nenner": nenner,
        "quote": None,
        "status": "ok",
        "untergrenze": None,
        "obergrenze": None,
    }
    if nenner == 0:
        return found | {"status": "keine_faelle"}
    found["quote"] = int(1000 * zaehler / nenner + 0.5) / 10
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


def parts(slot: Slot, women: float, persons: int) -> list[dict[str, Any]]:
    """The three rows of a share of all persons: `women` of them, and the other men."""
    hits = int(persons * women)
    counts = {"w": hits, "m": persons - hits, "insgesamt": persons}
    return [row(slot, sex, count, 12 * persons) for sex, count in counts.items()]


def without(rows: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    """The rows of all other Kennzahlen."""
    return [r for r in rows if r["kennzahl"] not in names]


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
    """K2, P1 and K2_JFW of one month; women catch up slowly, both dip in the middle."""
    dip = 0.02 * (1 - abs(i - 20) / 20)
    level, women = 0.30 - dip + 0.0002 * i, 0.62 + 0.001 * i
    k2, p1, jfw = ((k, month, "insgesamt", ("insgesamt",)) for k in ("K2", "P1", "K2_JFW"))
    return [
        *cell(k2, 1, level, women),
        *cell(p1, 1.3, level * 0.62, women),
        *cell(jfw, 1, level * int(month[5:]) / 12, women),
    ]


def more_totals(name: str, month: str) -> list[dict[str, Any]]:
    """The total of another Kennzahl in one month."""
    slot = (name, month, "insgesamt", ("insgesamt",))
    return parts(slot, *SHARES[name]) if name in SHARES else cell(slot, *TOTALS[name])


def values(name: str, breakdown: Breakdown) -> list[tuple[str, ...]]:
    """All categories that a Kennzahl has in a breakdown."""
    if breakdown.id == "stadtbezirk":
        return [(b,) for b in BEZIRKE]
    categories = breakdown.categories(name)
    if len(categories) == 1:
        return [(c.code,) for c in categories[0]]
    first, second = categories
    return [(a.code, b.code) for a in first for b in second]


def details(name: str, month: str, breakdown: Breakdown) -> list[dict[str, Any]]:
    """The rows of one breakdown in a December: large, small, tiny and empty categories."""
    found = []
    for i, codes in enumerate(values(name, breakdown)):
        slot = (name, month, breakdown.id, codes)
        share = 0.24 / (1 + i) ** 1.4 if len(codes) > 1 else 0.4 / (1 + i) ** 1.6
        if codes[-1] == "unbekannt":
            share = 0 if i % 3 else 0.0004
        if name != "K2" and codes[0] in EMPTY:
            share = 0
        if name in SHARES:
            found += parts(slot, 0.3 + 0.04 * ((i * 5) % 7), int(38_000 * share))
            continue
        level, women = 0.2 + 0.04 * ((i * 5) % 7), 1.1 if i == 3 else 0.62
        found += cell(slot, share, level, women)
    return found


def lag(name: str) -> int:
    """How many of the newest months a Kennzahl lacks, K2 lacking none."""
    return max(0, int(kennzahl(name).extra["monate"] or 0) - 3)


def full(absent: tuple[str, ...] = ("hilfe_67", "lzb")) -> Example:
    """45 months of totals and four Decembers with all breakdowns but the absent ones."""
    example = Example()
    period = months("2012-12", 45)
    more = [n for n in (*TOTALS, *SHARES) if kennzahl(n).extra["schnitt"] not in absent]
    for i, month in enumerate(period):
        example.rows += totals(month, i)
    for name in more:
        for month in period[: len(period) - lag(name)]:
            example.rows += more_totals(name, month)
    for name in ("K2", *more):
        for month in period[: len(period) - lag(name)]:
            if month.endswith("-12"):
                for breakdown in breakdowns_of(name):
                    if breakdown.id not in ("insgesamt", *absent) and not breakdown.intern:
                        example.rows += details(name, month, breakdown)
    return example
