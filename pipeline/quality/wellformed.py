"""What makes a rule well-formed: its keys, its arguments, and SQL that binds to the tables.

Each check returns a German sentence that says what is wrong and what is allowed, or None.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import duckdb

from pipeline.quality.tables import CheckedTable, checked_tables

SEVERITIES = ("critical", "warning", "info")
# From the single file to the finished figure.
LAYERS = ("datei", "spalte", "zeilen", "tabellen", "verlauf", "kennzahlen")
# What a finding may say of a row: where it is. None of these is a value of a person.
PLACES = (
    "lieferung", "tabelle", "datei", "zeile", "spalte", "monat", "stichtag", "berichtsmonat",
    "kennzahl", "schnitt",
)  # fmt: skip
# What is selected where a table has none of them.
NO_PLACE = "cast(null as varchar) as datei"
TEXTS = ("id", "ebene", "titel_de", "titel_en", "severity", "why", "why_en")
KEYS = frozenset((*TEXTS, "type", "kwargs", "sql", "spalte"))
FIRST_NUMBER = 20

_LIMITS = frozenset({"min_value", "max_value"})
_STRICT = _LIMITS | {"strict_min", "strict_max"}
_IGNORE = frozenset({"ignore_row_if"})
IGNORE = ("never", "either_value_is_missing", "both_values_are_missing")
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


def _is_limit(value: Any) -> bool:
    return isinstance(value, int | float | date) and not isinstance(value, bool)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and bool(value)


def _is_regex(value: Any) -> bool:
    try:
        re.compile(value)
    except (re.error, TypeError):
        return False
    return True


# What a value in `kwargs` must be; names of columns are looked up in the table instead.
_ARGUMENTS: dict[str, Callable[[Any], bool]] = {
    "min_value": _is_limit,
    "max_value": _is_limit,
    "strict_min": _is_flag,
    "strict_max": _is_flag,
    "or_equal": _is_flag,
    "value_set": _is_list,
    "column_list": _is_list,
    "regex": _is_regex,
    "ignore_row_if": lambda value: value in IGNORE,
}


@contextmanager
def empty_tables() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database of all checked tables without a row and without access to any file."""
    with duckdb.connect(":memory:", config={"enable_external_access": "false"}) as con:
        for table in checked_tables().values():
            columns = ", ".join(f'"{c.name}" {c.typ}' for c in table.columns)
            con.execute(f"create table {table.name} ({columns})")
        yield con


def check_entry(
    entry: Mapping[str, Any], table: CheckedTable, *, own: bool = False
) -> str | None:
    """What is wrong with the keys and simple values of an entry, or None.

    own: a rule of the user's, which takes its id from no table.
    """
    unknown = sorted(set(entry) - KEYS)
    if unknown:
        return (
            f"Unbekannter Schlüssel {', '.join(unknown)}. Erlaubt sind {', '.join(sorted(KEYS))}."
        )
    for key in TEXTS:
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            return f"«{key}» fehlt oder ist leer. Einen Text eintragen."
    prefix = "[A-Z]{2,6}" if own else table.kuerzel
    number = re.fullmatch(rf"{prefix}-(\d{{2,3}})", entry["id"])
    if not number or int(number[1]) < FIRST_NUMBER:
        name = "ABC-NN heißen (zwei bis sechs Buchstaben)" if own else f"{table.kuerzel}-NN heißen"
        return (
            f"Die Kennung muss {name}, ab {FIRST_NUMBER} "
            "(die kleineren gehören den Abweisungen der Einlese)."
        )
    for key, allowed in (("severity", SEVERITIES), ("ebene", LAYERS)):
        if entry[key] not in allowed:
            return f"«{key}» muss eines von {', '.join(allowed)} sein."
    if "spalte" in entry and entry["spalte"] not in sorted(table.column_names()):
        return f"Die Spalte unter «spalte» gibt es in {table.name} nicht."
    if ("type" in entry) == ("sql" in entry):
        return "Genau eines von «type» und «sql» angeben."
    if "sql" in entry:
        good = isinstance(entry["sql"], str) and "kwargs" not in entry
        return None if good else "«sql» ist ein Text und steht ohne «kwargs»."
    good = isinstance(entry["type"], str) and isinstance(entry.get("kwargs", {}), dict)
    return None if good else "«type» ist ein Text und «kwargs» eine Tabelle."


def check_kwargs(kind: str | None, kwargs: Mapping[str, Any], table: CheckedTable) -> str | None:
    """What is wrong with the type of a rule and its arguments."""
    if kind not in KINDS:
        return f"Den Typ «{kind}» gibt es hier nicht. Erlaubt: {', '.join(sorted(KINDS))}."
    required, optional = KINDS[kind]
    missing, unknown = required - set(kwargs), set(kwargs) - required - optional
    if missing:
        return f"In «kwargs» fehlt {', '.join(sorted(missing))}."
    if unknown:
        return f"Unbekanntes in «kwargs»: {', '.join(sorted(unknown))}."
    unfit = sorted(k for k, v in kwargs.items() if k in _ARGUMENTS and not _ARGUMENTS[k](v))
    if unfit:
        return f"In «kwargs» passt der Wert von {', '.join(unfit)} nicht."
    if required | optional >= _LIMITS and not _LIMITS & set(kwargs):
        return "In «kwargs» fehlt min_value oder max_value."
    named = [kwargs[k] for k in ("column", "column_A", "column_B") if k in kwargs]
    named += kwargs.get("column_list", [])
    strange = [str(n) for n in named if n not in sorted(table.column_names())]
    if strange:
        return f"Die Spalte {', '.join(strange)} gibt es in {table.name} nicht."
    return None


def check_sql(
    sql: str, query: str, spalte: str | None, con: duckdb.DuckDBPyConnection
) -> str | None:
    """What is wrong with a rule's SQL; `query` is the same with {batch} resolved.

    It must be one SELECT of places that binds against the empty tables of `con`; where it names
    lines, `spalte` or the SQL says the column.
    """
    if re.search(r"[{}]", sql.replace("{batch}", "")):
        return "Geschweifte Klammern sind in «sql» nur als {batch} erlaubt."
    try:
        statements = con.extract_statements(query)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            return "«sql» muss genau eine SELECT-Anweisung sein."
        found = [row[0] for row in con.execute(f"describe {query}").fetchall()]
    except duckdb.Error as error:
        return f"Das SQL lässt sich nicht binden: {str(error).splitlines()[0]}"
    strange = [name for name in found if name not in PLACES]
    if strange:
        return (
            f"Das SQL wählt {', '.join(strange)}. Es darf nur sagen, wo ein Treffer steht: "
            f"{', '.join(PLACES)}."
        )
    if "zeile" in found and spalte is None and "spalte" not in found:
        return "Das SQL nennt Zeilen; «spalte» muss sagen, um welche Spalte es geht."
    return None
