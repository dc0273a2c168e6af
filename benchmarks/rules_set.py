"""Fifteen expectations as they are usual for a table of persons and months, in three ways."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipeline.quality.derived import PERSON_MONTH_SQL
from pipeline.quality.rules import Rule
from pipeline.quality.tables import checked_tables
from pipeline.registries import code_list

TABLE = "core_bestand"
MONTHS = 60
PERSON, DISTRICT = "^P[0-9]{7}$", "[<>]"
SEXES, KINDS = code_list("geschlecht").values(), code_list("bg_typ").values()
DEGREES = code_list("berufsabschluss").values()
EXPECTATIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("expect_column_values_to_not_be_null", {"column": "person_nr"}),
    ("expect_column_values_to_not_be_null", {"column": "monat"}),
    ("expect_column_values_to_not_be_null", {"column": "geschlecht"}),
    ("expect_column_values_to_be_in_set", {"column": "geschlecht", "value_set": list(SEXES)}),
    ("expect_column_values_to_be_in_set", {"column": "bg_typ", "value_set": list(KINDS)}),
    (
        "expect_column_values_to_be_in_set",
        {"column": "berufsabschluss", "value_set": list(DEGREES)},
    ),
    (
        "expect_column_values_to_be_between",
        {"column": "geburtsjahr", "min_value": 1900, "max_value": 2010},
    ),
    (
        "expect_column_values_to_be_between",
        {"column": "juengstes_kind_alter", "min_value": 0, "max_value": 24},
    ),
    (
        "expect_column_values_to_be_between",
        {"column": "stichtag", "min_value": date(2015, 1, 1), "max_value": date(2029, 12, 31)},
    ),
    ("expect_column_values_to_match_regex", {"column": "person_id", "regex": PERSON}),
    ("expect_column_values_to_not_match_regex", {"column": "stadtbezirk", "regex": DISTRICT}),
    (
        "expect_column_value_lengths_to_be_between",
        {"column": "person_id", "min_value": 8, "max_value": 8},
    ),
    (
        "expect_column_pair_values_a_to_be_greater_than_b",
        {
            "column_A": "stichtag",
            "column_B": "leistungsbezug_seit",
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
    ),
)


def kinds(rows: int) -> tuple[Rule, ...]:
    """The expectations, the number of rows and the uniqueness, all as kinds pandas knows."""
    every = (
        *EXPECTATIONS,
        ("expect_table_row_count_to_be_between", {"min_value": rows, "max_value": rows}),
        ("expect_compound_columns_to_be_unique", {"column_list": ["person_nr", "monat"]}),
    )
    return tuple(
        Rule(f"T-{n}", TABLE, "spalte", "t", "t", "info", "w", "w", "test", type=k, kwargs=kw)
        for n, (k, kw) in enumerate(every)
    )


def rules(rows: int) -> tuple[Rule, ...]:
    """The same for the product: uniqueness by the months of a person as bits."""
    *others, last = kinds(rows)
    return (*others, replace(last, type=None, kwargs={}, sql=PERSON_MONTH_SQL))


def handwritten(path: str) -> tuple[str, str]:
    """The same checks by hand: one scan for the rows, one for the keys."""
    source = "'" + path.replace("'", "''") + "'"
    sexes, kinds_, degrees = (
        ", ".join(f"'{code}'" for code in listed) for listed in (SEXES, KINDS, DEGREES)
    )
    rows = f"""select
    count(*),
    count(*) filter (where person_nr is null),
    count(*) filter (where monat is null),
    count(*) filter (where geschlecht is null),
    count(*) filter (where geschlecht not in ({sexes})),
    count(*) filter (where bg_typ not in ({kinds_})),
    count(*) filter (where berufsabschluss not in ({degrees})),
    count(*) filter (where geburtsjahr not between 1900 and 2010),
    count(*) filter (where juengstes_kind_alter not between 0 and 24),
    count(*) filter (where stichtag not between '2015-01-01' and '2029-12-31'),
    count(*) filter (where not regexp_matches(person_id, '{PERSON}')),
    count(*) filter (where regexp_matches(stadtbezirk, '{DISTRICT}')),
    count(*) filter (where length(person_id) <> 8),
    count(*) filter (where stichtag < leistungsbezug_seit)
from {source}"""
    keys = f"select count(*) from ({PERSON_MONTH_SQL.replace('{batch}', source)})"
    return rows, keys


def write_rows(path: Path, rows: int) -> None:
    """Write clean made-up rows of the table, `MONTHS` for each person, sorted by month."""
    persons = rows // MONTHS
    drawn = {
        "person_nr": "cast(p as integer)",
        "person_id": "printf('P%07d', p)",
        "monat": "m",
        "stichtag": "cast(m + 14 as date)",
        "geschlecht": _pick(("w", "m"), 1),
        "geburtsjahr": "cast(1950 + hash(p, 5) % 45 as integer)",
        "juengstes_kind_alter": "if(p % 3 = 0, cast(hash(p, 6) % 18 as integer), null)",
        "bg_typ": _pick(KINDS, 2),
        "berufsabschluss": _pick(DEGREES, 3),
        "leistungsbezug_seit": "date '2010-01-01' + cast(hash(p, 7) % 1500 as integer)",
        "stadtbezirk": _pick(("Mitte", "Süd", "Bad Cannstatt", "Zuffenhausen", "Ost"), 4),
        "zeile": "cast(p as bigint)",
    }
    columns = ", ".join(
        f"{drawn.get(c.name) or _other(c.typ)} as {c.name}"
        for c in checked_tables()[TABLE].columns
    )
    con = duckdb.connect()
    con.execute(
        f"copy (select {columns} from range({MONTHS}) as n (n), range({persons}) as r (p), "
        "lateral (select cast(date '2015-01-01' + to_months(n::int) as date) as m) order by n, p) "
        f"to '{path}' (format parquet, compression zstd)"
    )


def _pick(values: tuple[str, ...], salt: int) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"list_extract([{listed}], cast(hash(p, {salt}) % {len(values)} + 1 as integer))"


def _other(typ: str) -> str:
    return "'unbekannt'" if typ == "VARCHAR" else f"cast(null as {typ})"
