"""A folder of curated tables as the page about the rules reads it."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.quality.history import remember
from pipeline.quality.rules import Severity
from pipeline.quality.suite import suite
from pipeline.quality.verdict import RuleResult, Verdict


def verdict(
    findings: dict[str, int], checked: int = 100, severity: Severity | None = None
) -> dict[str, Any]:
    """The verdict of all rules, with these numbers of findings and none elsewhere.

    severity: that of the broken rules, if not their own.
    """
    return Verdict.of(
        RuleResult(
            replace(rule, severity=severity) if severity and rule.id in findings else rule,
            checked,
            findings.get(rule.id, 0),
            rule.id not in findings,
        )
        for rule in suite()
    ).as_json()


def write(
    folder: Path,
    findings: dict[str, int],
    *,
    name: str = "demo",
    datei: str = "bestand.csv",
    traeger: str = "jc-1",
    parts: tuple[int, int, int] = (90, 7, 3),
    runs: int = 1,
    checked: int = 100,
    lost: int = 0,
    severity: Severity | None = None,
) -> Path:
    """Write verdict, history of so many runs, deliveries, row balance and facts of the run."""
    folder.mkdir(parents=True, exist_ok=True)
    datenstand = date(2024, runs, 28)
    content = verdict(findings, checked, severity)
    (folder / "pruefung.json").write_text(json.dumps(content), encoding="utf-8")
    for number in range(runs):
        remember(folder, f"2024-{number + 1:02d}-28", [name], content)
    tables: dict[str, list[dict[str, Any]]] = {
        "core_lieferung": [
            {
                "lieferung": name,
                "tabelle": "bestand",
                "datei": datei,
                "art": "voll",
                "datenstand": datenstand,
                "erster_stichtag": date(2023, 1, 15),
                "letzter_stichtag": date(2024, 1, 15),
            }
        ],
        "core_zeilenbilanz": [
            {
                "lieferung": name,
                "tabelle": "bestand",
                "datei": datei,
                "geliefert": sum(parts) + lost,
                "uebernommen": parts[0],
                "abgewiesen": parts[1],
                "zusammengefuehrt": parts[2],
            }
        ],
        "core_lauf": [{"datenstand": datenstand, "traeger": traeger, "synthetisch": True}],
    }
    for table, rows in tables.items():
        pq.write_table(pa.Table.from_pylist(rows), folder / f"{table}.parquet")
    return folder
