"""Two mappings → the lines of a failure message, the first differences only."""

from collections.abc import Mapping
from typing import Any

SHOWN = 8
MISSING = "nothing"


def differences(name: str, expected: Mapping[Any, Any], found: Mapping[Any, Any]) -> list[str]:
    """One line per key that is missing, superfluous or has another value, floats by their bits."""
    keys = [
        key
        for key in sorted({*expected, *found})
        if _exact(expected.get(key, MISSING)) != _exact(found.get(key, MISSING))
    ]
    lines = [
        f"{name} {tuple(key)}: oracle {_plain(expected.get(key, MISSING))}, "
        f"product {_plain(found.get(key, MISSING))}"
        for key in keys[:SHOWN]
    ]
    return lines + ([f"{name}: {len(keys)} differences in all"] if keys else [])


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, tuple) else value


def _exact(value: Any) -> Any:
    """A form in which 1 and 1.0 differ, and floats compare by their bits."""
    if isinstance(value, tuple):
        return tuple(_exact(part) for part in value)
    return value.hex() if isinstance(value, float) else value
