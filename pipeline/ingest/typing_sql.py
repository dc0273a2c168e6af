"""The SQL that types and judges a delivered table, written from its contract.

All names and codes in it come from the contracts and code lists; values of a delivery are bound.
"""

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


def literal(text: str) -> str:
    """A text of a registry as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def newest_day_sql(contract: Contract, delivered: tuple[str, ...]) -> str:
    """The newest readable day of the columns that cannot lie after the datenstand."""
    days = [
        f"select max(lies_datum(zelle({c.name}))) as tag from roh"
        for c in contract.columns
        if c.nicht_nach_datenstand and c.name in delivered
    ]
    return "select max(tag) as tag from (\n" + "\nunion all\n".join(days) + "\n)"


def judged_sql(contract: Contract, delivered: tuple[str, ...]) -> str:
    """One row per delivered row: zeile, the rule it breaks (null: none), its typed values.

    Input: roh (text columns and zeile). Parameter: $datenstand. Required cells that are bad are
    null; optional codes, booleans and texts carry the value that stands for missing; `<column>_
    unlesbar` says whether an optional cell had content that could not be read.
    """
    cells = [
        f"zelle({c.name}) as roh_{c.name}"
        if c.name in delivered
        else f"cast(null as varchar) as roh_{c.name}"
        for c in contract.columns
    ]
    read = [f"{_read(c)} as {c.name}" for c in contract.columns]
    kept = [f"roh_{c.name}" for c in contract.columns]
    bad = [
        f"roh_{c.name} is not null and {c.name} is null as {c.name}_unlesbar"
        for c in judged_optional(contract)
    ]
    values = [f"{_with_missing(c)} as {c.name}" for c in contract.columns]
    return f"""with
-- Cells as delivered, trimmed; empty is null.
zellen as (
    select
        zeile,
        {_lines(cells, 8)}
    from roh
),

-- Typed values; null where a cell is empty or cannot be read.
gelesen as (
    select
        zeile,
        {_lines(kept, 8)},
        {_lines(read, 8)}
    from zellen
),

-- The first rule on single rows that a row breaks.
beurteilt as (
    select
        *,
        {_rule(contract)} as regel
    from gelesen
)

select
    zeile,
    regel,
    {_lines([*bad, *values], 4)}
from beurteilt"""


def duplicates_sql(contract: Contract) -> str:
    """One row per row that does not stay because of another with its key: zeile, regel.

    regel is null for a copy of an identical row. Input: beurteilt (judged_sql).
    """
    key = ", ".join(_key(contract))
    content = ", ".join(contract.names())
    order = ", ".join(f"{_canonical(c)} desc" for c in contract.columns)
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


def _read(column: Column) -> str:
    """The typed value of a cell; for a required column with `leer` also what empty stands for."""
    cell = f"roh_{column.name}"
    if column.codes is not None:
        read = f"try_cast({_spelled(column, cell)} as code_{column.codes})"
    else:
        read = f"{READERS[column.typ]}({cell})" if column.typ in READERS else cell
    if column.pflicht and column.leer is not None:
        return f"if({cell} is null, {_constant(column, column.leer)}, {read})"
    return read


def _spelled(column: Column, cell: str) -> str:
    """The cell with aliases replaced by their code; booleans in any case."""
    text = f"lower({cell})" if column.typ == "boolean" else cell
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


def _rule(contract: Contract) -> str:
    columns = contract.columns
    broken = {
        "02": [f"{c.name} is null" for c in columns if c.pflicht],
        "03": [
            f"(roh_{c.name} is not null and {c.name} is null)"
            for c in columns
            if c.ablehnen_wenn_unlesbar
        ],
        "04": [f"{c.name} > $datenstand" for c in columns if c.nicht_nach_datenstand],
        "07": _contradictions(contract),
    }
    cases = [
        f"when {' or '.join(tests)} then {literal(rule_id(contract, number))}"
        for number, tests in broken.items()
        if tests
    ]
    return "case\n            " + "\n            ".join(cases) + "\n        end"


def _contradictions(contract: Contract) -> list[str]:
    """Employment subject to social insurance with a subsidy that rules it out."""
    if "art" not in contract.names():
        return []
    tests = []
    for column in contract.columns:
        codes = code_list(column.codes).codes if column.codes else ()
        excluding = [literal(c.code) for c in codes if c.extra.get(EXCLUDES_SV) == "ja"]
        if excluding:
            tests.append(f"(art = 'sv' and {column.name} in ({', '.join(excluding)}))")
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
