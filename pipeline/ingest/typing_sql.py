"""The SQL that types and judges a delivered table, written from its contract.

All names and codes in it come from the contracts and code lists; values of a delivery are bound.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from pipeline.database import literal
from pipeline.ingest.rules import rule_id
from pipeline.registries import Column, Contract, code_list

UNKNOWN = "unbekannt"
EXCLUDES_SV = "schliesst_sv_aus"
READERS = {
    "datum": "lies_datum",
    "ganzzahl": "lies_ganzzahl",
    "dezimal": "lies_dezimal",
}
TYPES = {"datum": "date", "ganzzahl": "integer", "dezimal": "decimal(18, 4)"}


@dataclass(frozen=True)
class RowTest:
    """A test of single rows: the rule a row breaks for which `sql` holds, and in which column."""

    regel: str
    spalte: str
    sql: str


def newest_day_sql() -> str:
    """The newest readable day in the distinct contents of a column. Input: werte (inhalt)."""
    return "select max(lies_datum(zelle(inhalt))) from werte"


def read_column_sql(column: Column) -> str:
    """Typed values for the distinct contents of a column, in their order: wert, unlesbar.

    Input: werte (nr, inhalt).
    """
    return f"""with
zellen as (
    select nr, zelle(inhalt) as zelle
    from werte
),

gelesen as (
    select nr, zelle, {_read(column)} as wert
    from zellen
)

select wert, zelle is not null and wert is null as unlesbar
from gelesen
order by nr"""


def judged_sql(contract: Contract, delivered: tuple[str, ...]) -> str:
    """One row per delivered row: zeile, the rule it breaks (null: none), in which column, values.

    Input: typisiert (cells.typed_table). Parameter: $datenstand. A column that is not delivered is
    empty. Optional codes and texts carry the value that stands for missing; `<column>_unlesbar`
    says whether an optional cell had content that could not be read.
    """
    given = [c for c in contract.columns if c.name in delivered]
    values = [
        f"cast({c.name} as {stored_type(c)}) as {c.name}"
        if c.name in delivered
        else f"cast(null as {stored_type(c)}) as {c.name}"
        for c in contract.columns
    ]
    flags = [f"{c.name}_unlesbar" for c in given]
    counted = [f"{c.name}_unlesbar" for c in judged_optional(contract) if c in given]
    final = [f"{_with_missing(c)} as {c.name}" for c in contract.columns]
    return f"""with
-- All columns of the contract.
vollstaendig as (
    select
        zeile,
        {_lines([*flags, *values], 8)}
    from typisiert
),

-- The first rule on single rows that a row breaks.
beurteilt as (
    select
        *,
        {_first_broken(contract, delivered, _rule_of)} as regel,
        {_first_broken(contract, delivered, _column_of)} as spalte
    from vollstaendig
)

select
    zeile,
    regel,
    spalte,
    {_lines([*counted, *final], 4)}
from beurteilt"""


def duplicates_sql(contract: Contract) -> str:
    """One row per row that does not stay because of another with its key: zeile, regel.

    regel is null for a copy of an identical row. Input: beurteilt (judged_sql).
    """
    key = ", ".join(_key(contract))
    content = ", ".join(contract.names())
    order = canonical_order(contract.columns, "desc")
    return f"""with
mehrfach as (
    select {key}
    from beurteilt
    where regel is null
    group by all
    having count(*) > 1
),

-- rang 1 stays; kopie above 1 is an identical copy of an earlier line.
rivalen as (
    select
        zeile,
        row_number() over (
            partition by {key}
            order by {order}, zeile
        ) as rang,
        row_number() over (
            partition by {content}
            order by zeile
        ) as kopie
    from beurteilt
    where regel is null and ({key}) in (select ({key}) from mehrfach)
)

select
    zeile,
    case when kopie = 1 then {literal(rule_id(contract, "05"))} end as regel
from rivalen
where rang > 1"""


def canonical_order(columns: Iterable[Column], direction: str = "asc") -> str:
    """What to order by so that rows are compared as canonical text, column by column."""
    return ", ".join(f"{_canonical(c)} {direction}" for c in columns)


def judged_optional(contract: Contract) -> list[Column]:
    """The optional columns whose bad cells become unknown and are counted."""
    return [
        c
        for c in contract.columns
        if not c.pflicht and not c.ablehnen_wenn_unlesbar and c.typ != "text"
    ]


def output_type(column: Column) -> str:
    """The type a column has in stg."""
    return TYPES.get(column.typ, "varchar")


def stored_type(column: Column) -> str:
    """The type a column has while it is judged: codes as small numbers."""
    return f"code_{column.codes}" if column.codes else output_type(column)


def _read(column: Column) -> str:
    """The typed value of a cell; for a required column with `leer` also what empty stands for."""
    if column.codes is not None:
        read = f"try_cast({_spelled(column)} as code_{column.codes})"
    else:
        read = f"{READERS[column.typ]}(zelle)" if column.typ in READERS else "zelle"
    if column.pflicht and column.leer is not None:
        return f"if(zelle is null, {_constant(column, column.leer)}, {read})"
    return read


def _spelled(column: Column) -> str:
    """The cell with aliases replaced by their code; booleans in any case."""
    text = "lower(zelle)" if column.typ == "boolean" else "zelle"
    aliases = code_list(str(column.codes)).aliases
    if not aliases:
        return text
    pairs = " ".join(f"when {literal(a)} then {literal(c)}" for a, c in aliases.items())
    return f"case {text} {pairs} else {text} end"


def _constant(column: Column, value: str) -> str:
    return f"{literal(value)}::code_{column.codes}" if column.codes else literal(value)


def _with_missing(column: Column) -> str:
    """The value as stored: optional codes and texts with what stands for missing."""
    if column.pflicht:
        return column.name
    missing = column.leer if column.leer is not None else (UNKNOWN if column.codes else None)
    if missing is None:
        return column.name
    return f"coalesce({column.name}, {_constant(column, missing)})"


def _first_broken(
    contract: Contract, delivered: tuple[str, ...], named: Callable[[RowTest], str]
) -> str:
    """What `named` says of the first test that a row fails; null when it passes all."""
    cases = [
        f"when {' or '.join(test.sql for test in tests)} then {literal(name)}"
        for name, tests in groupby(_tests(contract, delivered), named)
    ]
    return "case\n            " + "\n            ".join(cases) + "\n        end"


def _rule_of(test: RowTest) -> str:
    return test.regel


def _column_of(test: RowTest) -> str:
    return test.spalte


def _tests(contract: Contract, delivered: tuple[str, ...]) -> list[RowTest]:
    """All tests of single rows, rule by rule in the order of rejection."""
    columns = contract.columns
    broken = {
        "02": [(c.name, f"{c.name} is null") for c in columns if c.pflicht],
        "03": [
            (c.name, f"{c.name}_unlesbar")
            for c in columns
            if c.ablehnen_wenn_unlesbar and c.name in delivered
        ],
        "04": [(c.name, f"{c.name} > $datenstand") for c in columns if c.nicht_nach_datenstand],
        "07": _contradictions(contract),
    }
    return [
        RowTest(rule_id(contract, number), column, sql)
        for number, tests in broken.items()
        for column, sql in tests
    ]


def _contradictions(contract: Contract) -> list[tuple[str, str]]:
    """Employment subject to social insurance with a subsidy that rules it out."""
    if "art" not in contract.names():
        return []
    tests = []
    for column in contract.columns:
        codes = code_list(column.codes).codes if column.codes else ()
        excluding = [literal(c.code) for c in codes if c.extra.get(EXCLUDES_SV) == "ja"]
        if excluding:
            sql = f"(art = 'sv' and {column.name} in ({', '.join(excluding)}))"
            tests.append((column.name, sql))
    return tests


def _key(contract: Contract) -> list[str]:
    """The key of a row; a Stichtag counts as its calendar month."""
    return [
        f"date_trunc('month', {name})" if name == "stichtag" else name
        for name in contract.schluessel
    ]


def _canonical(column: Column) -> str:
    """A value as the text by which rows with one key are compared."""
    text = f"dezimal_text({column.name})" if column.typ == "dezimal" else column.name
    return f"coalesce(cast({text} as varchar), '')"


def _lines(parts: list[str], indent: int) -> str:
    return (",\n" + " " * indent).join(parts)
