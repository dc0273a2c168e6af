"""The verdicts of earlier runs, one line of JSON each, oldest data first.

A line: datenstand and lieferungen (what was judged), urteil, regeln (how many), verletzt (findings
by the id of each broken rule). Judging the same deliveries again replaces their line.
"""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.files import write_text
from pipeline.quality.verdict import BROKEN, PASSED

HISTORY = "pruefungen.jsonl"


def load(folder: Path) -> list[dict[str, Any]]:
    """The lines of `folder`, without those that cannot be read; empty if there is none."""
    lines = _content(folder).decode(errors="replace").splitlines()
    return [line for line in map(_read, lines) if line is not None]


def remember(
    folder: Path, datenstand: str, lieferungen: Iterable[str], verdict: dict[str, Any]
) -> None:
    """Add what `verdict` (Verdict.as_json) says of these deliveries."""
    line = {
        "datenstand": datenstand,
        "lieferungen": list(lieferungen),
        "urteil": verdict["urteil"],
        "regeln": len(verdict["regeln"]),
        "verletzt": {
            rule["regel"]: rule["verletzt"]
            for rule in verdict["regeln"]
            if rule["urteil"] == BROKEN
        },
    }
    others = [one for one in load(folder) if _what(one) != _what(line)]
    lines = sorted([*others, line], key=_what)
    text = "".join(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in lines)
    if text.encode() != _content(folder):
        write_text(folder / HISTORY, text)


def broken_since(history: list[dict[str, Any]], rule: str) -> str | None:
    """The datenstand since which a rule has been broken without a break; None if it is not."""
    since = None
    for line in reversed(history):
        if rule not in line["verletzt"]:
            break
        since = str(line["datenstand"])
    return since


def _content(folder: Path) -> bytes:
    """The bytes of the history; none if there is none."""
    try:
        return (folder / HISTORY).read_bytes()
    except OSError:
        return b""


def _what(line: dict[str, Any]) -> tuple[str, int, list[str]]:
    return (line["datenstand"], len(line["lieferungen"]), line["lieferungen"])


def _read(text: str) -> dict[str, Any] | None:
    """A line as written here, or None."""
    try:
        line = json.loads(text)
        canonical = date.fromisoformat(line["datenstand"]).isoformat() == line["datenstand"]
        names, counts = line["lieferungen"], line["verletzt"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    good = (
        canonical
        and isinstance(names, list)
        and all(isinstance(name, str) for name in names)
        and isinstance(counts, dict)
        and all(isinstance(count, int) for count in counts.values())
        and isinstance(line.get("regeln"), int)
        and line.get("urteil") in (PASSED, BROKEN)
    )
    return line if good else None
