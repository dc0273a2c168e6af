"""The rules people write: expectations/<table>.toml, read and checked before any data.

A rule has a permanent id, a layer, a title in two languages, a severity, the reason why it exists,
and either a Great Expectations `type` with `kwargs` or `sql` that selects where the failing rows
are. In `sql`, {batch} stands for the part of the rule's table that is judged; every checked table
can also be named, and is whole.
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

    ebene: its layer, one of wellformed.LAYERS. origin: the file that states it:
    expectations/<table>.toml, or the registry it follows from. spalte: the column a finding is
    about, where it is about one. where: SQL that selects the places of the findings, if that
    differs from `sql`.
    """

    id: str
    table: str
    ebene: str
    titel_de: str
    titel_en: str
    severity: Severity
    why: str
    why_en: str
    origin: str
    type: str | None = None
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    sql: str | None = None
    spalte: str | None = None
    where: str | None = None

    @property
    def reads(self) -> frozenset[str]:
        text = self.sql or ""
        named = {t for t in checked_tables() if re.search(rf"\b{t}\b", text)}
        return frozenset(named | {self.table})

    @property
    def about(self) -> str | None:
        """The column a finding is about, where it is about one."""
        return self.spalte or self.kwargs.get("column") or self.kwargs.get("column_A")

    def query(self, batch: str | None = None) -> str:
        """The rule's SQL; `batch`: the name of the rows that are judged, if not the whole table."""
        return (self.sql or "").replace("{batch}", batch or self.table).strip().rstrip(";")


def load_rules(folder: Path | None = None, own: Path | None = None) -> tuple[Rule, ...]:
    """All written rules of `folder` (without one: expectations/) and of the file `own`, by id.

    Raises UsageError with one sentence per malformed rule; no data is read.
    """
    problems: list[str] = []
    rules: list[Rule] = []
    seen: dict[str, str] = {}
    files: list[tuple[str, Path, str | None]] = [
        (f"expectations/{path.name}", path, path.stem)
        for path in (folder or EXPECTATIONS).glob("*.toml")
    ]
    if own is not None:
        files.append((own.name, own, None))
    with empty_tables() as con:
        for origin, path, table in sorted(files, key=lambda file: file[0]):
            for rule in _read_file(origin, path, table, problems):
                where = f"{origin}, Regel {rule.id}"
                if rule.id in seen:
                    problems.append(
                        f"{where}: Die Kennung steht schon in {seen[rule.id]}. "
                        "Eine freie Nummer vergeben."
                    )
                seen.setdefault(rule.id, rule.origin)
                if rule.sql is not None:
                    problem = check_sql(rule.sql, rule.query(), rule.spalte, con)
                else:
                    problem = check_kwargs(rule.type, rule.kwargs, checked_tables()[rule.table])
                if problem:
                    problems.append(f"{where}: {problem}")
                rules.append(rule)
    if problems:
        raise UsageError(problems)
    return tuple(sorted(rules, key=lambda rule: rule.id))


def _read_file(origin: str, path: Path, table: str | None, problems: list[str]) -> Iterator[Rule]:
    """The well-formed rules of one file; what is malformed is added to `problems`.

    table: what its rules are about; None where each rule names it as `tabelle`.
    """
    if table is not None and table not in checked_tables():
        problems.append(
            f"{origin}: Eine geprüfte Tabelle «{table}» gibt es nicht. "
            f"Die Datei nach einer von {', '.join(sorted(checked_tables()))} benennen."
        )
        return
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        problems.append(f"{origin}: Die Datei ist nicht lesbar ({error.strerror}). Pfad prüfen.")
        return
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{origin}: Kein lesbares TOML ({error}). Die Schreibweise berichtigen.")
        return
    entries = raw.pop("regel", [])
    if raw or not isinstance(entries, list):
        problems.append(f"{origin}: Erlaubt sind nur Einträge [[regel]].")
        return
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            problems.append(f"{origin}: Erlaubt sind nur Einträge [[regel]].")
            continue
        name = entry.get("id") if isinstance(entry.get("id"), str) else f"Nummer {number}"
        about = table or entry.pop("tabelle", None)
        if not isinstance(about, str) or about not in checked_tables():
            problems.append(
                f"{origin}, Regel {name}: «tabelle» muss eine von "
                f"{', '.join(sorted(checked_tables()))} sein."
            )
            continue
        problem = check_entry(entry, checked_tables()[about], own=table is None)
        if problem:
            problems.append(f"{origin}, Regel {name}: {problem}")
        else:
            yield Rule(table=about, origin=origin, **entry)
