"""The rules people write: expectations/<table>.toml, read and checked before any data.

A rule has a permanent id, a title in two languages, a severity, the reason why it exists, and
either a Great Expectations `type` with `kwargs` or `sql` that selects the failing rows. In `sql`,
{batch} stands for the rule's table; every checked table can also be named.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

import duckdb

from pipeline.errors import UsageError
from pipeline.quality.tables import CheckedTable, checked_tables

EXPECTATIONS = Path(__file__).parents[2] / "expectations"
Severity = Literal["critical", "warning", "info"]
TEXTS = ("id", "titel_de", "titel_en", "severity", "why")
KEYS = frozenset((*TEXTS, "type", "kwargs", "sql"))
FIRST_NUMBER = 20

_LIMITS = frozenset({"min_value", "max_value"})
_STRICT = _LIMITS | {"strict_min", "strict_max"}
_IGNORE = frozenset({"ignore_row_if"})
# The kinds that the differential test covers: required arguments, then optional ones.
KINDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "expect_column_values_to_not_be_null": (frozenset({"column"}), frozenset()),
    "expect_column_values_to_be_null": (frozenset({"column"}), frozenset()),
    "expect_column_values_to_be_in_set": (frozenset({"column", "value_set"}), frozenset()),
    "expect_column_values_to_not_be_in_set": (frozenset({"column", "value_set"}), frozenset()),
    "expect_column_values_to_be_between": (frozenset({"column"}), _STRICT),
    "expect_column_values_to_match_regex": (frozenset({"column", "regex"}), frozenset()),
    "expect_column_values_to_not_match_regex": (frozenset({"column", "regex"}), frozenset()),
    "expect_column_value_lengths_to_be_between": (frozenset({"column"}), _LIMITS),
    "expect_column_values_to_be_unique": (frozenset({"column"}), frozenset()),
    "expect_compound_columns_to_be_unique": (frozenset({"column_list"}), _IGNORE),
    "expect_column_pair_values_a_to_be_greater_than_b": (
        frozenset({"column_A", "column_B"}),
        _IGNORE | {"or_equal"},
    ),
    "expect_column_pair_values_to_be_equal": (frozenset({"column_A", "column_B"}), _IGNORE),
    "expect_table_row_count_to_be_between": (frozenset(), _LIMITS),
}


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
        return (self.sql or "").replace("{batch}", self.table)


def load_rules(folder: Path = EXPECTATIONS) -> tuple[Rule, ...]:
    """All written rules of `folder`, sorted by id.

    Raises UsageError with one sentence per malformed rule; no data is read.
    """
    problems: list[str] = []
    rules: list[Rule] = []
    seen: dict[str, str] = {}
    with duckdb.connect(":memory:") as con:
        _create_empty_tables(con)
        for path in sorted(folder.glob("*.toml")):
            for rule in _read_file(path, problems):
                if rule.id in seen:
                    problems.append(
                        f"expectations/{path.name}, Regel {rule.id}: Die Kennung steht schon in "
                        f"{seen[rule.id]}. Eine freie Nummer vergeben."
                    )
                seen.setdefault(rule.id, f"expectations/{path.name}")
                problem = _check_content(rule, con)
                if problem:
                    problems.append(f"expectations/{path.name}, Regel {rule.id}: {problem}")
                rules.append(rule)
    if problems:
        raise UsageError(problems)
    return tuple(sorted(rules, key=lambda rule: rule.id))


def _create_empty_tables(con: duckdb.DuckDBPyConnection) -> None:
    for table in checked_tables().values():
        columns = ", ".join(f'"{c.name}" {c.typ}' for c in table.columns)
        con.execute(f"create table {table.name} ({columns})")


def _read_file(path: Path, problems: list[str]) -> Iterable[Rule]:
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
        problem = _check_form(entry, checked_tables()[path.stem])
        if problem:
            problems.append(f"{where}, Regel {name}: {problem}")
        else:
            yield Rule(table=path.stem, origin=where, **entry)


def _check_form(entry: Mapping[str, Any], table: CheckedTable) -> str | None:
    """What is wrong with the keys and simple values of an entry, or None."""
    unknown = sorted(set(entry) - KEYS)
    if unknown:
        return (
            f"Unbekannter Schlüssel {', '.join(unknown)}. Erlaubt sind {', '.join(sorted(KEYS))}."
        )
    for key in TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            return f"«{key}» fehlt oder ist leer. Einen Text eintragen."
    number = re.fullmatch(rf"{table.kuerzel}-(\d{{2,3}})", entry["id"])
    if not number or int(number[1]) < FIRST_NUMBER:
        return (
            f"Die Kennung muss {table.kuerzel}-NN heißen, ab {FIRST_NUMBER} "
            "(die kleineren gehören den Abweisungen der Einlese)."
        )
    if entry["severity"] not in get_args(Severity):
        return f"«severity» muss eines von {', '.join(get_args(Severity))} sein."
    if ("type" in entry) == ("sql" in entry):
        return "Genau eines von «type» und «sql» angeben."
    wanted = str if "sql" in entry else dict
    if "sql" in entry and ("kwargs" in entry or not isinstance(entry["sql"], str)):
        return "«sql» ist ein Text und steht ohne «kwargs»."
    if wanted is dict and not isinstance(entry.get("kwargs", {}), dict):
        return "«kwargs» muss eine Tabelle sein."
    return None


def _check_content(rule: Rule, con: duckdb.DuckDBPyConnection) -> str | None:
    """What is wrong with the type and its arguments, or with the SQL, or None."""
    if rule.sql is not None:
        return _check_sql(rule, con)
    if rule.type not in KINDS:
        return f"Den Typ «{rule.type}» gibt es hier nicht. Erlaubt: {', '.join(sorted(KINDS))}."
    required, optional = KINDS[rule.type]
    missing, unknown = required - set(rule.kwargs), set(rule.kwargs) - required - optional
    if missing:
        return f"In «kwargs» fehlt {', '.join(sorted(missing))}."
    if unknown:
        return f"Unbekanntes in «kwargs»: {', '.join(sorted(unknown))}."
    named = [rule.kwargs[k] for k in ("column", "column_A", "column_B") if k in rule.kwargs]
    named += rule.kwargs.get("column_list", [])
    strange = [str(n) for n in named if n not in checked_tables()[rule.table].column_names()]
    if strange:
        return f"Die Spalte {', '.join(strange)} gibt es in {rule.table} nicht."
    return None


def _check_sql(rule: Rule, con: duckdb.DuckDBPyConnection) -> str | None:
    """Bind the SQL against empty tables: one SELECT, known tables and columns only."""
    if re.search(r"[{}]", (rule.sql or "").replace("{batch}", "")):
        return "Geschweifte Klammern sind in «sql» nur als {batch} erlaubt."
    try:
        statements = con.extract_statements(rule.query())
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            return "«sql» muss genau eine SELECT-Anweisung sein."
        con.execute(f"explain select 1 from ({_without_end(rule.query())}\n) as treffer").fetchall()
    except duckdb.Error as error:
        return f"Das SQL lässt sich nicht binden: {str(error).splitlines()[0]}"
    return None


def _without_end(sql: str) -> str:
    return sql.strip().rstrip(";")
