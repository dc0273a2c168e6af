"""The rules people write: expectations/<table>.toml, read and checked before any data.

A rule has a permanent id, a title in two languages, a severity, the reason why it exists, and
either a Great Expectations `type` with `kwargs` or `sql` that selects the failing rows. In `sql`,
{batch} stands for the rule's table; every checked table can also be named.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pipeline.errors import UsageError
from pipeline.quality.tables import checked_tables
from pipeline.quality.wellformed import check_entry, check_kwargs, check_sql, empty_tables

EXPECTATIONS = Path(__file__).parents[2] / "expectations"
Severity = Literal["critical", "warning", "info"]


@dataclass(frozen=True)
class Rule:
    """One rule. Exactly one of `type` and `sql` is given; `reads` names every table it looks at.

    origin: the file that states it: expectations/<table>.toml, or the registry it follows from.
    """

    id: str
    table: str
    titel_de: str
    titel_en: str
    severity: Severity
    why: str
    origin: str
    type: str | None = None
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    sql: str | None = None

    @property
    def reads(self) -> frozenset[str]:
        text = self.sql or ""
        named = {t for t in checked_tables() if re.search(rf"\b{t}\b", text)}
        return frozenset(named | {self.table})

    def query(self) -> str:
        """The rule's SQL with {batch} resolved; it selects the failing rows."""
        return (self.sql or "").replace("{batch}", self.table).strip().rstrip(";")


def load_rules(folder: Path = EXPECTATIONS) -> tuple[Rule, ...]:
    """All written rules of `folder`, sorted by id.

    Raises UsageError with one sentence per malformed rule; no data is read.
    """
    problems: list[str] = []
    rules: list[Rule] = []
    seen: dict[str, str] = {}
    with empty_tables() as con:
        for path in sorted(folder.glob("*.toml")):
            for rule in _read_file(path, problems):
                where = f"expectations/{path.name}, Regel {rule.id}"
                if rule.id in seen:
                    problems.append(
                        f"{where}: Die Kennung steht schon in {seen[rule.id]}. "
                        "Eine freie Nummer vergeben."
                    )
                seen.setdefault(rule.id, rule.origin)
                if rule.sql is not None:
                    problem = check_sql(rule.sql, rule.query(), con)
                else:
                    problem = check_kwargs(rule.type, rule.kwargs, checked_tables()[rule.table])
                if problem:
                    problems.append(f"{where}: {problem}")
                rules.append(rule)
    if problems:
        raise UsageError(problems)
    return tuple(sorted(rules, key=lambda rule: rule.id))


def _read_file(path: Path, problems: list[str]) -> Iterator[Rule]:
    """The well-formed rules of one file; what is malformed is added to `problems`."""
    where = f"expectations/{path.name}"
    if path.stem not in checked_tables():
        problems.append(
            f"{where}: Eine geprüfte Tabelle «{path.stem}» gibt es nicht. "
            f"Die Datei nach einer von {', '.join(sorted(checked_tables()))} benennen."
        )
        return
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{where}: Kein lesbares TOML ({error}). Die Schreibweise berichtigen.")
        return
    entries = raw.pop("regel", [])
    if raw or not isinstance(entries, list):
        problems.append(f"{where}: Erlaubt sind nur Einträge [[regel]].")
        return
    for number, entry in enumerate(entries, start=1):
        name = entry.get("id") if isinstance(entry.get("id"), str) else f"Nummer {number}"
        problem = check_entry(entry, checked_tables()[path.stem])
        if problem:
            problems.append(f"{where}, Regel {name}: {problem}")
        else:
            yield Rule(table=path.stem, origin=where, **entry)
