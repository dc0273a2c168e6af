"""Which deliveries the last run read, and which of them it used; also while another run works."""

import json
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import DeliveryError
from pipeline.ingest.delivery import Delivery
from pipeline.ingest.selection import select
from pipeline.ingest.stage import CHOICE
from pipeline.ingest.staged import StagedDelivery, load_staged
from pipeline.report_run import RECORD

# A running run replaces the folder it has read into; it is gone for an instant.
ATTEMPTS, PAUSE = 3, 0.05


@dataclass(frozen=True)
class LastReading:
    """What the last run read. staged: by folder under stg/. used: names of those it used.

    used_ids: their deliveries, also where a folder cannot be read any more. reasons: by delivery,
    why it was left out.
    """

    staged: dict[str, StagedDelivery] = field(default_factory=dict)
    used: frozenset[str] = frozenset()
    used_ids: frozenset[str] = frozenset()
    reasons: dict[str, str] = field(default_factory=dict)

    def folder_of(self, delivery: Delivery) -> str | None:
        """Where the delivery was read into: known by its id, or else by its raw folder."""
        same_id = [name for name, one in self.staged.items() if one.id == delivery.id]
        same_folder = [n for n, one in self.staged.items() if one.folder == delivery.folder.name]
        return next(iter([*same_id, *same_folder]), None)


def last_reading(curated: Path) -> LastReading:
    """What the last run left under curated; empty when there was none or it cannot be read."""
    for attempt in range(ATTEMPTS):
        try:
            return _last_reading(curated)
        except OSError:
            if attempt + 1 < ATTEMPTS and curated.is_dir():
                time.sleep(PAUSE)
    return LastReading()


def _last_reading(curated: Path) -> LastReading:
    stg = curated / "stg"
    try:
        chosen = {str(one["ordner"]): str(one["id"]) for one in _json(stg / CHOICE)["lieferungen"]}
    except (KeyError, TypeError):
        return LastReading()
    staged = {}
    for folder in sorted(stg.iterdir()):
        if not folder.is_dir():
            continue
        try:
            staged[folder.name] = load_staged(folder)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # Written by another version of the program: it will be read again.
    return LastReading(
        staged=staged,
        used=frozenset(chosen),
        used_ids=frozenset(chosen.values()),
        reasons=_reasons(list(staged.values()), _as_of(curated)),
    )


def _json(path: Path) -> dict[str, Any]:
    """The object in a file; empty when it is no JSON."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _as_of(curated: Path) -> date | None:
    """The day the last run looked back to."""
    try:
        return date.fromisoformat(_json(curated / RECORD)["einstellungen"]["as_of"])
    except (OSError, KeyError, TypeError, ValueError):
        return None


def _reasons(staged: list[StagedDelivery], as_of: date | None) -> dict[str, str]:
    try:
        return {one.id: one.reason for one in select(staged, as_of).dropped}
    except DeliveryError:
        return {}
