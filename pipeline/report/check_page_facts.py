"""What the page about the rules tells, read from data/curated."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.quality.history import load
from pipeline.quality.verdict import BROKEN
from pipeline.report.small_counts import PARTS, exposed


@dataclass(frozen=True)
class Found:
    """What there is to tell.

    rules: entries of pruefung.json. lieferungen, bilanz: rows of core_lieferung and
    core_zeilenbilanz, oldest delivery first. verlauf: lines of the history up to datenstand.
    exposed: counts that would give back a small one (small_counts).
    """

    rules: list[dict[str, Any]]
    urteil: str
    lieferungen: list[dict[str, Any]]
    bilanz: list[dict[str, Any]]
    verlauf: list[dict[str, Any]]
    datenstand: date
    traeger: str
    synthetic: bool
    exposed: frozenset[int]

    def broken(self, severity: str) -> list[dict[str, Any]]:
        return [r for r in self.rules if r["urteil"] == BROKEN and r["severity"] == severity]


def read(curated: Path) -> Found:
    """Read the verdict, its history and the tables that count what was delivered."""
    verdict = json.loads((curated / "pruefung.json").read_text(encoding="utf-8"))
    lauf = _rows(curated, "core_lauf", "datenstand", "traeger", "synthetisch")[0]
    lieferungen = _rows(
        curated, "core_lieferung",
        "lieferung", "tabelle", "art", "datenstand", "erster_stichtag", "letzter_stichtag",
    )  # fmt: skip
    bilanz = _rows(
        curated, "core_zeilenbilanz",
        "lieferung", "tabelle", "datei", "geliefert", *PARTS,
    )  # fmt: skip
    age = {row["lieferung"]: row["datenstand"] for row in lieferungen}
    # A run that looks back to an earlier day tells nothing of what came later.
    until = lauf["datenstand"].isoformat()
    return Found(
        rules=verdict["regeln"],
        urteil=verdict["urteil"],
        lieferungen=sorted(
            lieferungen, key=lambda row: (row["datenstand"], row["lieferung"], row["tabelle"])
        ),
        bilanz=sorted(
            bilanz,
            key=lambda row: (
                age.get(row["lieferung"], date.max), row["lieferung"], row["tabelle"], row["datei"],
            ),
        ),
        verlauf=[line for line in load(curated) if line["datenstand"] <= until],
        datenstand=lauf["datenstand"],
        traeger=lauf["traeger"],
        synthetic=bool(lauf["synthetisch"]),
        exposed=exposed(bilanz),
    )  # fmt: skip


def _rows(curated: Path, table: str, *columns: str) -> list[dict[str, Any]]:
    """The named columns and no others, a dict per row."""
    rows: list[dict[str, Any]] = pq.read_table(
        curated / f"{table}.parquet", columns=list(columns)
    ).to_pylist()
    return rows
