"""Rules that follow from the registries: keys unique, required columns filled, codes in their list.

They are never written by hand: a new column or code list brings its rules along.
"""

from collections.abc import Iterator

from pipeline.quality.places import places_of
from pipeline.quality.rules import Rule
from pipeline.quality.tables import CheckedColumn, CheckedTable, checked_tables

# A HUGEINT holds one bit per month; longer histories are tested in blocks of this many months.
MONTHS_PER_BLOCK = 120


def derived_rules() -> tuple[Rule, ...]:
    """All derived rules, sorted by id. Breaking one is critical: the figures rest on them."""
    rules = [rule for table in checked_tables().values() for rule in _rules_of(table)]
    return tuple(sorted(rules, key=lambda rule: rule.id))


def _rules_of(table: CheckedTable) -> Iterator[Rule]:
    yield _unique_key(table)
    for column in table.columns:
        if column.filled:
            yield _filled(table, column)
        if column.codes is not None:
            yield _in_codes(table, column)


def _unique_key(table: CheckedTable) -> Rule:
    names = ", ".join(table.key)
    return Rule(
        id=f"{table.kuerzel}-schluessel",
        table=table.name,
        ebene="zeilen",
        titel_de=f"Der Schlüssel ({names}) ist eindeutig",
        titel_en=f"The key ({names}) is unique",
        severity="critical",
        why="Eine doppelte Zeile zählte dieselbe Person oder Zahl zweimal.",
        why_en="A repeated row would count the same person or number twice.",
        origin=table.source,
        sql=PERSON_MONTH_SQL if table.person_month else _plain_key_sql(table.key),
        where=_repeated_rows_sql(table),
    )


def _plain_key_sql(key: tuple[str, ...]) -> str:
    names = ", ".join(key)
    return f"select count(*) as zeilen from {{batch}} group by {names} having count(*) > 1"


def _repeated_rows_sql(table: CheckedTable) -> str:
    """Every row whose key another one has too."""
    names = ", ".join(table.key)
    return f"""
select {places_of(table.column_names())}
from {{batch}}
where ({names}) in (select ({names}) from {{batch}} group by {names} having count(*) > 1)
"""


# Counting the set bits of a person's months is about ten times as fast as grouping by person and
# month. A failing row is a person with a repeated month.
PERSON_MONTH_SQL = f"""
with counted as (
    select
        person_nr,
        year(monat) * 12 + month(monat) as monat_nr
    from {{batch}}
)

select count(*) as zeilen
from counted
group by person_nr, monat_nr // {MONTHS_PER_BLOCK}
having count(monat_nr) <> bit_count(bit_or(1::hugeint << (monat_nr % {MONTHS_PER_BLOCK})))
"""


def _filled(table: CheckedTable, column: CheckedColumn) -> Rule:
    return Rule(
        id=f"{table.kuerzel}-gefuellt-{column.name}",
        table=table.name,
        ebene="spalte",
        spalte=column.name,
        titel_de=f"Die Spalte {column.name} ist immer gefüllt",
        titel_en=f"The column {column.name} is always filled",
        severity="critical",
        why="Eine leere Angabe fiele aus jeder Gliederung heraus; Fehlendes heißt unbekannt.",
        why_en="An empty value would drop out of every breakdown; missing is called unknown.",
        origin=column.source,
        type="expect_column_values_to_not_be_null",
        kwargs={"column": column.name},
    )


def _in_codes(table: CheckedTable, column: CheckedColumn) -> Rule:
    return Rule(
        id=f"{table.kuerzel}-codes-{column.name}",
        table=table.name,
        ebene="spalte",
        spalte=column.name,
        titel_de=f"Die Spalte {column.name} enthält nur Codes ihrer Liste",
        titel_en=f"The column {column.name} holds only codes of its list",
        severity="critical",
        why="Ein Code außerhalb der Liste erschiene in keiner Zeile des Berichts.",
        why_en="A code outside the list would appear in no row of the report.",
        origin=column.source,
        type="expect_column_values_to_be_in_set",
        kwargs={"column": column.name, "value_set": list(column.codes or ())},
    )
