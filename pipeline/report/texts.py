"""The text registry: every sentence a reader sees stands once in texts/<lang>.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

FOLDER = Path(__file__).parent / "texts"
LANGUAGES = ("de", "en")


@dataclass(frozen=True)
class Texts:
    """The texts of one language under dotted keys. A missing key or placeholder is an error."""

    lang: str
    entries: dict[str, str | tuple[str, ...]]

    def __call__(self, key: str, **values: str) -> str:
        """The sentence `key` with its {placeholders} filled by formatted values."""
        entry = self._entry(key)
        if not isinstance(entry, str):
            raise UsageError(f"texts/{self.lang}.toml, {key}: ein Satz erwartet, keine Liste.")
        try:
            return entry.format(**values)
        except KeyError as missing:
            raise UsageError(
                f"texts/{self.lang}.toml, {key}: für den Platzhalter {missing} fehlt ein Wert."
            ) from None

    def lines(self, key: str) -> tuple[str, ...]:
        """The list of sentences `key`, as written."""
        entry = self._entry(key)
        if isinstance(entry, str):
            raise UsageError(f"texts/{self.lang}.toml, {key}: eine Liste erwartet, kein Satz.")
        return entry

    def _entry(self, key: str) -> str | tuple[str, ...]:
        if key not in self.entries:
            raise UsageError(f"texts/{self.lang}.toml: der Schlüssel {key} fehlt. Bitte ergänzen.")
        return self.entries[key]


def _flatten(raw: dict[str, Any], prefix: str = "") -> dict[str, str | tuple[str, ...]]:
    flat: dict[str, str | tuple[str, ...]] = {}
    for key, value in raw.items():
        if isinstance(value, dict):
            flat |= _flatten(value, f"{prefix}{key}.")
        else:
            flat[prefix + key] = tuple(value) if isinstance(value, list) else value
    return flat


@cache
def texts(lang: str) -> Texts:
    """The registry of one language."""
    if lang not in LANGUAGES:
        raise UsageError(f"Sprache {lang} gibt es nicht; möglich sind {', '.join(LANGUAGES)}.")
    raw = tomllib.loads((FOLDER / f"{lang}.toml").read_text(encoding="utf-8"))
    return Texts(lang, _flatten(raw))
