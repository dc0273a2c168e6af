"""Settings of a run: the command line wins over pipeline.toml, which wins over the defaults."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.errors import UsageError

SETTINGS_FILE = Path("pipeline.toml")


class Settings(BaseModel):
    """What a user may set. Unknown keys are errors.

    raw, curated, reports: directories of deliveries, curated tables and finished reports.
    as_of: only deliveries with a datenstand up to this day. jobcenter: name shown on the pages.
    threads: None means all cores. memory_limit: of the database, e.g. "2GB".
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    raw: Path = Path("data/raw")
    curated: Path = Path("data/curated")
    reports: Path = Path("reports")
    as_of: date | None = None
    jobcenter: str = "Jobcenter"
    sprache: Literal["de", "en"] = "de"
    threads: int | None = None
    memory_limit: str = "2GB"

    def content(self) -> dict[str, Any]:
        """What can change a published byte: everything but places and machine resources."""
        return {
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "jobcenter": self.jobcenter,
            "sprache": self.sprache,
        }


def load_settings(**given: Any) -> Settings:
    """Merge pipeline.toml with what was given on the command line (None = not given)."""
    values: dict[str, Any] = {}
    if SETTINGS_FILE.exists():
        try:
            values = tomllib.loads(SETTINGS_FILE.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise UsageError(f"{SETTINGS_FILE}: kein lesbares TOML ({error}).") from None
    values.update({k: v for k, v in given.items() if v is not None})
    try:
        return Settings(**values)
    except ValidationError as error:
        raise UsageError(
            [
                f"Einstellung {'.'.join(str(part) for part in e['loc'])}: "
                + ("unbekannt." if e["type"] == "extra_forbidden" else f"ungültig ({e['msg']}).")
                + " Zulässig sind: " + ", ".join(Settings.model_fields) + "."
                for e in error.errors()
            ]
        ) from None
