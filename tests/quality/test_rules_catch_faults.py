"""Every rule passes on clean tables and catches the fault it was written for."""

import duckdb
import pytest

from pipeline.quality.derived import derived_rules
from pipeline.quality.rules import load_rules
from pipeline.quality.suite import suite
from pipeline.quality.tables import checked_tables
from tests.quality.small import clean_tables, judge, rule

MAY = "monat = date '2024-05-01' and person_nr = 1"
K2_ALL = (
    "kennzahl = 'K2' and schnitt = 'insgesamt' "
    "and geschlecht = 'insgesamt' and berichtsmonat = '2024-12'"
)
M1_ALL = K2_ALL.replace("K2", "M1")
K3E1_ALL = K2_ALL.replace("K2", "K3E1")

# Rule, the statement that spoils a clean table, and how many findings the rule then reports.
FAULTS = [
    ("BES-21", f"update core_bestand set geburtsjahr = 2024 - 14 where {MAY}", 1),
    ("BES-21", f"update core_bestand set geburtsjahr = 2024 - 15 where {MAY}", 0),
    ("BES-21", f"update core_bestand set geburtsjahr = 2024 - 67 where {MAY}", 0),
    ("BES-21", f"update core_bestand set geburtsjahr = 2024 - 68 where {MAY}", 1),
    ("BES-21", f"update core_bestand set geburtsjahr = null where {MAY}", 0),
    ("BES-22", f"update core_bestand set leistungsbezug_seit = stichtag where {MAY}", 0),
    ("BES-22", f"update core_bestand set leistungsbezug_seit = stichtag + 1 where {MAY}", 1),
    ("BES-23", f"update core_bestand set stichtag = stichtag + 1 where {MAY}", 1),
    ("BES-23", "update core_bestand set stichtag = stichtag + 31 where month(monat) = 5", 1),
    ("BES-24", f"update core_bestand set juengstes_kind_alter = -1 where {MAY}", 1),
    ("BES-24", f"update core_bestand set juengstes_kind_alter = 0 where {MAY}", 0),
    ("BES-24", f"update core_bestand set juengstes_kind_alter = 24 where {MAY}", 0),
    ("BES-24", f"update core_bestand set juengstes_kind_alter = 25 where {MAY}", 1),
    ("BES-25", f"delete from core_bestand where {MAY}", 0),
    ("BES-25", "delete from core_bestand where month(monat) = 5 and person_nr <= 2", 2),
    ("BSC-21", "update core_beschaeftigung set ende = beginn - 1 where person_nr = 1", 1),
    ("BSC-21", "update core_beschaeftigung set ende = null where person_nr = 1", 0),
    ("BSC-22", "update core_beschaeftigung set wochenstunden = -0.01 where person_nr = 1", 1),
    ("BSC-22", "update core_beschaeftigung set wochenstunden = 60 where person_nr = 1", 0),
    ("BSC-22", "update core_beschaeftigung set wochenstunden = 60.01 where person_nr = 1", 1),
    ("BSC-23", "update core_beschaeftigung set person_nr = 99 where person_nr = 1", 1),
    ("TEI-21", "update core_teilnahme set austritt = eintritt - 1 where person_nr = 1", 1),
    ("TEI-21", "update core_teilnahme set austritt = null where person_nr = 1", 0),
    ("TEI-22", "update core_teilnahme set kosten_eur = -0.01 where person_nr = 1", 1),
    ("TEI-23", "update core_teilnahme set person_nr = 99 where person_nr = 1", 1),
    ("PM-21", f"update core_personenmonat set integriert = 2 where {MAY}", 1),
    ("PM-21", f"update core_personenmonat set integriert = null where {MAY}", 1),
    ("PM-21", f"update core_personenmonat set berichtsmonat = null where {MAY}", 1),
    ("PM-24", f"update core_personenmonat set eintritt_gefoerdert = 2 where {MAY}", 1),
    ("PM-24", f"update core_personenmonat set eintritt_geringfuegig = null where {MAY}", 1),
    ("PM-24", f"update core_personenmonat set eintritt_geringfuegig = 1 where {MAY}", 0),
    ("INT-21", "delete from core_integration where person_nr = 1", 1),
    ("INT-21", "update core_integration set berichtsmonat = '2024-06' where person_nr = 1", 2),
    ("INT-22", "update core_integration set art = 'ausbildung' where person_nr = 1", 1),
    ("INT-22", "update core_integration set kontinuierlich = null where person_nr = 1", 1),
    ("INT-22", "update core_integration set bestand_verlassen = null", 0),
    ("AUS-21", "update core_teilnahme set austritt = null where person_nr = 1", 1),
    ("AUS-21", "delete from core_teilnahme where person_nr = 1", 1),
    ("PM-22", f"update core_personenmonat set berichtsmonat = '2024-05' where {MAY}", 1),
    ("PM-22", f"update core_personenmonat set stichtag = stichtag + 31 where {MAY}", 1),
    ("PM-23", f"delete from core_personenmonat where {MAY}", 1),
    ("PM-23", "delete from core_bestand where month(monat) = 5", 1),
    ("ZB-21", "update core_zeilenbilanz set geliefert = 155 where tabelle = 'bestand'", 1),
    (
        "ZB-21",
        "update core_zeilenbilanz set abgewiesen = -1, zusammengefuehrt = 1 "
        "where tabelle = 'bestand'",
        1,
    ),
    ("ZB-22", "update core_zeilenbilanz set geliefert = 1000, abgewiesen = 5", 0),
    ("ZB-22", "update core_zeilenbilanz set geliefert = 1000, abgewiesen = 6", 3),
    ("ZB-22", "update core_zeilenbilanz set geliefert = 0", 0),
    ("ZB-23", "delete from core_beschaeftigung where person_nr = 1", 1),
    ("ZB-23", "delete from core_zeilenbilanz where tabelle = 'teilnahmen'", 1),
    ("MQ-21", f"update mart_quote set zaehler = bestand_monate where {K2_ALL}", 0),
    ("MQ-21", f"update mart_quote set zaehler = bestand_monate + 1 where {K2_ALL}", 1),
    ("MQ-22", "delete from mart_quote where schnitt = 'bg_typ' and geschlecht = 'w'", 0),
    (
        "MQ-22",
        "update mart_quote set bestand_monate = 1 where auspraegung_1 = 'unbekannt' "
        "and geschlecht = 'w' and berichtsmonat = '2024-12'",
        1,
    ),
    ("MQ-23", f"update mart_quote set zaehler = zaehler + 1 where {K2_ALL}", 1),
    ("MQ-23", "delete from mart_quote where geschlecht = 'd' and auspraegung_1 = 'unbekannt'", 2),
    ("MQ-24", f"update mart_quote set quote = 9.99 where {K2_ALL}", 1),
    ("MQ-24", f"update mart_quote set quote = 10 where {K2_ALL}", 0),
    ("MQ-24", f"update mart_quote set quote = 70 where {K2_ALL}", 0),
    ("MQ-24", f"update mart_quote set quote = 70.01 where {K2_ALL}", 1),
    ("MQ-24", f"update mart_quote set quote = null where {K2_ALL}", 0),
    ("MQ-25", f"update mart_quote set quote = quote + 0.001 where {K2_ALL}", 1),
    ("MQ-25", f"update mart_quote set quote = null where {K2_ALL}", 1),
    ("MQ-25", "update mart_quote set quote = 0 where auspraegung_1 = 'unbekannt'", 12),
    ("MQ-27", "update mart_quote set zaehler = nenner where kennzahl = 'M1'", 0),
    ("MQ-27", f"update mart_quote set zaehler = nenner + 1 where {M1_ALL}", 1),
    ("MQ-28", f"update mart_quote set quote = quote + 0.001 where {M1_ALL}", 1),
    ("MQ-28", f"update mart_quote set quote = null where {M1_ALL}", 1),
    ("MQ-28", f"update mart_quote set nenner = 0 where {M1_ALL}", 1),
    ("MQ-29", f"update mart_quote set zaehler = zaehler + 1 where {K3E1_ALL}", 1),
    ("MQ-29", f"update mart_quote set bestand_monate = 0 where {K3E1_ALL}", 1),
    ("MQ-30", f"update mart_quote set nenner = nenner + 1 where {M1_ALL}", 1),
    ("MQ-31", "update mart_quote set nenner = 8 where kennzahl = 'FQ' and geschlecht = 'w'", 1),
    ("MQ-31", "update mart_quote set nenner = 13 where kennzahl = 'FQ'", 1),
    ("MQ-26", f"update core_personenmonat set integriert = 1 - integriert where {MAY}", 2),
    ("MQ-26", f"delete from core_personenmonat where {MAY}", 2),
]


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
