"""The named, dated method rules, and which entry is valid on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

ALWAYS = date.min

_DEFAULTS: dict[str, Any] = {
    "zugangsfenster": True,
    "wartezeit_monate": 3,
    # Months until a Berichtsmonat is published; the product derives them from the Wartezeit.
    "veroeffentlichung_nach_monaten": 3,
    "weiterbeschaeftigung_zaehlt": False,
    "arbeitgeberwechsel_zaehlt": True,
    "massnahme_nachlauf_monate": 6,
    "stichtag_tag": 15,
    "eq_zaehlt_ausbildung": True,
    "detailmonate": (12,),
}


def _as_dated(defaults: Mapping[str, Any]) -> Mapping[str, tuple[tuple[date, Any], ...]]:
    return MappingProxyType({name: ((ALWAYS, value),) for name, value in defaults.items()})


@dataclass(frozen=True)
class Rules:
    """For each rule its entries (valid from, value), oldest first."""

    entries: Mapping[str, tuple[tuple[date, Any], ...]] = field(
        default_factory=lambda: _as_dated(_DEFAULTS)
    )

    def at(self, name: str, day: date) -> Any:
        """The value of a rule on a day: the newest entry that is valid from that day or earlier."""
        valid = [value for valid_from, value in self.entries[name] if valid_from <= day]
        return valid[-1]

    def with_values(self, **values: Any) -> "Rules":
        """The same rules with some of them replaced for all time."""
        return Rules({**self.entries, **_as_dated(values)})


DEFAULT_RULES = Rules()
