"""Every rule passes on clean tables and catches the fault it was written for."""

import duckdb
import pytest

from pipeline.quality.derived import derived_rules
from pipeline.quality.rules import load_rules
from pipeline.quality.suite import suite
from pipeline.quality.tables import checked_tables
from tests.quality import faults_of_marts, faults_of_tables, faults_over_time
from tests.quality.small import FINDING, clean_tables, judge, rule

# Rule, the statements that spoil clean tables, and how many findings the rule then reports.
FAULTS = [*faults_of_tables.FAULTS, *faults_over_time.FAULTS, *faults_of_marts.FAULTS]

@pytest.mark.parametrize(("rule_id", "fault", "findings"), FAULTS)
def test_a_rule_finds_exactly_the_planted_fault(rule_id: str, fault: str, findings: int) -> None:
    con = clean_tables()
    con.execute(fault)
    result = judge(con, [rule(rule_id)])[rule_id]
    assert (result.failed, result.passed) == (findings, findings == 0)


def test_every_written_rule_has_a_fault_that_breaks_it() -> None:
    assert {rule_id for rule_id, _, findings in FAULTS if findings} == {r.id for r in load_rules()}


def test_clean_tables_pass_every_rule_of_the_suite() -> None:
    results = judge(clean_tables(), suite())
    assert [r.sentence() for r in results.values() if not r.passed] == []
    assert set(results) == {r.id for r in suite()}


def _broken(con: duckdb.DuckDBPyConnection, kind: str) -> tuple[set[str], set[str]]:
    """The ids of the derived rules of one kind, and those of them that are broken."""
    rules = [r for r in derived_rules() if f"-{kind}" in r.id]
    results = judge(con, rules)
    return {r.id for r in rules}, {name for name, r in results.items() if not r.passed}


def test_an_emptied_cell_breaks_the_derived_rule_of_its_column() -> None:
    con = clean_tables()
    con.execute(FINDING)
    for table in checked_tables().values():
        for column in table.columns:
            con.execute(f"update {table.name} set {column.name} = null where rowid = 0")
    rules, broken = _broken(con, "gefuellt-")
    assert broken == rules


def test_an_unknown_code_breaks_the_derived_rule_of_its_column() -> None:
    con = clean_tables()
    for table in checked_tables().values():
        for column in table.columns:
            if column.codes is not None:
                con.execute(f"update {table.name} set {column.name} = 'falsch' where rowid = 0")
    rules, broken = _broken(con, "codes-")
    assert broken == rules


def test_a_repeated_row_breaks_the_key_of_its_table() -> None:
    con = clean_tables()
    con.execute(FINDING)
    for name in checked_tables():
        con.execute(f"insert into {name} from {name} where rowid = 0")
    rules, broken = _broken(con, "schluessel")
    assert broken == rules


def test_the_key_of_person_months_holds_over_more_months_than_a_block_has_bits() -> None:
    con = clean_tables()
    con.execute(
        "insert into core_personenmonat by name select core_personenmonat.* replace "
        "((date '1990-01-01' + to_months(i::int))::date as monat) "
        "from core_personenmonat cross join range(300) as r (i) where core_personenmonat.rowid = 0"
    )
    key = rule("PM-schluessel")
    assert judge(con, [key])[key.id].failed == 0
    con.execute("insert into core_personenmonat from core_personenmonat where year(monat) = 1990")
    assert judge(con, [key])[key.id].failed == 1
