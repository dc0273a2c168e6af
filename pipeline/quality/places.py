"""Where a rule's findings are, as one query: file and line, or month, never a value.

The same query says how often a rule is broken by a way that does without Great Expectations.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from pipeline.database import literal
from pipeline.quality.rules import Rule
from pipeline.quality.tables import checked_tables
from pipeline.quality.wellformed import NO_PLACE, PLACES


def places_sql(rule: Rule, batch: str | None = None) -> str:
    """One row per failing row with columns of PLACES; `batch` as in Rule.query."""
    if rule.where is not None:
        return rule.where.replace("{batch}", batch or rule.table).strip()
    return findings_sql(rule, batch)


def places_of(columns: Collection[str]) -> str:
    """The places among the columns of a table, as a select list."""
    return ", ".join(name for name in PLACES if name in columns) or NO_PLACE


def findings_sql(rule: Rule, batch: str | None = None) -> str:
    """One row per finding, as Great Expectations counts them.

    A repeated key is one finding, a wrong number of rows too.
    """
    rows = batch or rule.table
    if rule.sql is not None:
        return rule.query(batch)
    test = TESTS[str(rule.type)](rule.kwargs)
    if rule.type == "expect_table_row_count_to_be_between":
        return f"select {NO_PLACE} from {rows} having {test}"
    columns = places_of(checked_tables()[rule.table].column_names())
    return f"select {columns}\nfrom {rows}\nwhere {test.replace('{batch}', rows)}"


def _null(kwargs: Mapping[str, Any]) -> str:
    return f"{kwargs['column']} is null"


def _filled(kwargs: Mapping[str, Any]) -> str:
    return f"{kwargs['column']} is not null"


def _not_in_set(kwargs: Mapping[str, Any]) -> str:
    return f"{kwargs['column']} not in {_values(kwargs)}"


def _in_set(kwargs: Mapping[str, Any]) -> str:
    return f"{kwargs['column']} in {_values(kwargs)}"


def _outside(kwargs: Mapping[str, Any]) -> str:
    return _limits(kwargs["column"], kwargs)


def _length_outside(kwargs: Mapping[str, Any]) -> str:
    return _limits(f"length({kwargs['column']})", kwargs)


def _rows_outside(kwargs: Mapping[str, Any]) -> str:
    return _limits("count(*)", kwargs)


def _unlike(kwargs: Mapping[str, Any]) -> str:
    return f"not regexp_matches({kwargs['column']}, {literal(kwargs['regex'])})"


def _like(kwargs: Mapping[str, Any]) -> str:
    return f"regexp_matches({kwargs['column']}, {literal(kwargs['regex'])})"


def _repeated(kwargs: Mapping[str, Any]) -> str:
    return _repeats((kwargs["column"],))


def _repeated_together(kwargs: Mapping[str, Any]) -> str:
    columns = tuple(kwargs["column_list"])
    return f"{_repeats(columns)}{_ignored(columns, kwargs)}"


def _not_greater(kwargs: Mapping[str, Any]) -> str:
    pair = (kwargs["column_A"], kwargs["column_B"])
    sign = ">=" if kwargs.get("or_equal") else ">"
    return f"not coalesce({pair[0]} {sign} {pair[1]}, false){_ignored(pair, kwargs)}"


def _unequal(kwargs: Mapping[str, Any]) -> str:
    pair = (kwargs["column_A"], kwargs["column_B"])
    return f"not coalesce({pair[0]} = {pair[1]}, false){_ignored(pair, kwargs)}"


# What a failing row fulfils, for every kind of wellformed.KINDS.
TESTS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "expect_column_values_to_not_be_null": _null,
    "expect_column_values_to_be_null": _filled,
    "expect_column_values_to_be_in_set": _not_in_set,
    "expect_column_values_to_not_be_in_set": _in_set,
    "expect_column_values_to_be_between": _outside,
    "expect_column_values_to_match_regex": _unlike,
    "expect_column_values_to_not_match_regex": _like,
    "expect_column_value_lengths_to_be_between": _length_outside,
    "expect_column_values_to_be_unique": _repeated,
    "expect_compound_columns_to_be_unique": _repeated_together,
    "expect_column_pair_values_a_to_be_greater_than_b": _not_greater,
    "expect_column_pair_values_to_be_equal": _unequal,
    "expect_table_row_count_to_be_between": _rows_outside,
}


def _limits(measured: str, kwargs: Mapping[str, Any]) -> str:
    bounds = []
    if kwargs.get("min_value") is not None:
        sign = "<=" if kwargs.get("strict_min") else "<"
        bounds.append(f"{measured} {sign} {_literal(kwargs['min_value'])}")
    if kwargs.get("max_value") is not None:
        sign = ">=" if kwargs.get("strict_max") else ">"
        bounds.append(f"{measured} {sign} {_literal(kwargs['max_value'])}")
    return f"({' or '.join(bounds)})"


def _repeats(columns: tuple[str, ...]) -> str:
    names = ", ".join(columns)
    return (
        f"({names}) in (select ({names}) from {{batch}} group by {names} having count(*) > 1)"
    )


def _ignored(columns: tuple[str, ...], kwargs: Mapping[str, Any]) -> str:
    """The rows that a rule on several columns leaves out; without a word those all empty."""
    kind = kwargs.get("ignore_row_if", "both_values_are_missing")
    if kind == "never":
        return ""
    word = " and " if kind == "either_value_is_missing" else " or "
    return f" and ({word.join(f'{name} is not null' for name in columns)})"


def _values(kwargs: Mapping[str, Any]) -> str:
    return f"({', '.join(map(_literal, kwargs['value_set']))})"


def _literal(value: Any) -> str:
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    return literal(value) if isinstance(value, str) else str(value)
