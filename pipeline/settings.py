"""Settings of a run: the command line wins over pipeline.toml, which wins over the defaults."""

import tomllib
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import UsageError

SETTINGS_FILE = Path("pipeline.toml")


class Settings(BaseModel):
    """What a user may set. Unknown keys are errors.

    raw, curated, reports: directories of deliveries, curated tables and finished reports.
    as_of: only deliveries with a datenstand up to this day. jobcenter: name shown on the pages.
    veroeffentlichte_schnitte: breakdowns that are internal by default and published all the same.
    erwerbspersonen_frauen, erwerbspersonen_maenner: civilian labour force of the area, persons;
    both or neither. monatsgenau: store days only to the month where no Kennzahl needs them.
    threads: None means all cores. memory_limit: of the database, e.g. "2GB".
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    raw: Path = Path("data/raw")
    curated: Path = Path("data/curated")
    reports: Path = Path("reports")
    as_of: date | None = None
    jobcenter: str = "Jobcenter"
    sprache: Literal["de", "en"] = "de"
    veroeffentlichte_schnitte: tuple[Literal["massnahme_id", "traeger_id"], ...] = ()
    erwerbspersonen_frauen: int | None = Field(default=None, ge=1, strict=True)
    erwerbspersonen_maenner: int | None = Field(default=None, ge=1, strict=True)
    monatsgenau: bool = Field(default=False, strict=True)
    threads: int | None = Field(default=None, ge=1)
    memory_limit: str = Field(default="2GB", pattern=r"^[0-9]+(\.[0-9]+)? ?[KMGT]i?B$")

    def content(self, names: tuple[str, ...]) -> dict[str, Any]:
        """The settings of these names as plain JSON values."""
        values = self.model_dump(mode="json")
        return {name: values[name] for name in names}


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
        settings = Settings(**values)
    except ValidationError as error:
        raise UsageError([_complaint(e["loc"], e["type"]) for e in error.errors()]) from None
    if (settings.erwerbspersonen_frauen is None) != (settings.erwerbspersonen_maenner is None):
        raise UsageError(
            "Einstellungen erwerbspersonen_frauen und erwerbspersonen_maenner: Es ist nur eine von "
            "beiden angegeben. Bitte beide angeben oder keine."
        )
    _refuse_nested_folders(settings)
    return settings


def _complaint(place: tuple[int | str, ...], kind: str) -> str:
    name = ".".join(str(part) for part in place)
    if kind == "extra_forbidden":
        known = ", ".join(Settings.model_fields)
        return f"Einstellung {name} gibt es nicht. Es gibt: {known}."
    return f"Einstellung {name}: ungültiger Wert. pipeline.example.toml nennt die zulässigen."


def _refuse_nested_folders(settings: Settings) -> None:
    """Deliveries, curated tables and reports must not lie in one another: each is its own."""
    folders = {
        name: getattr(settings, name).expanduser().resolve()
        for name in ("raw", "curated", "reports")
    }
    problems = [
        f"Die Ordner {one} und {other} liegen ineinander ({folders[one]}). "
        "Bitte drei getrennte Ordner angeben."
        for one, other in combinations(folders, 2)
        if folders[one] in (folders[other], *folders[other].parents)
        or folders[other] in folders[one].parents
    ]
    if problems:
        raise UsageError(problems)
