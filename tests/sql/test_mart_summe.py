"""What is counted in single months, for every Kennzahl that sums months (docs/methodik/)."""

from tests.sql.running import Spec

STICHTAGE = "2024-01-15 2024-02-15 2024-03-15"

MONATSSUMME = """
    monat_nr | schnitt   | auspraegung_1   | geschlecht | bestand | integriert
    24288    | insgesamt | insgesamt       | w          | 90      | 7
    24288    | bg_typ    | alleinerziehend | w          | 40      | 3
    24289    | bg_typ    | alleinerziehend | m          | 5       | 0
    24288    | bg_typ    | sonstige        | w          | 50      | 4
    24288    | lzb       | ja              | w          | 60      | 2
    24288    | lzb       | nein            | w          | 30      | 5
"""


def of(*codes: str) -> tuple[str, str]:
    """A step that leaves the rows of some Kennzahlen."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return "rows", f"select * from mart_summe where kennzahl in ({listed})"


def test_k2_has_every_breakdown_and_k2_jfw_the_total(spec: Spec) -> None:
    spec.check(
        "mart_summe",
        of("K2", "K2_JFW"),
        mart_monatssumme="""
            monat_nr | schnitt        | auspraegung_2 | geschlecht | bestand | integriert
            24288    | insgesamt      | ''            | w          | 90      | 7
            24288    | alter          | ''            | d          | 20      | 1
            24289    | bg_typ_x_alter | unter_25      | m          | 10      | 2
        """,
        expected="""
            kennzahl | monat_nr | schnitt        | auspraegung_2 | geschlecht | zaehler | einheiten
            K2       | 24288    | alter          | ''            | d          | 1       | 20
            K2       | 24288    | insgesamt      | ''            | w          | 7       | 90
            K2       | 24289    | bg_typ_x_alter | unter_25      | m          | 2       | 10
            K2_JFW   | 24288    | insgesamt      | ''            | w          | 7       | 90
        """,
    )


def test_k2e4_is_k2_of_lone_parents_and_k3e1_that_of_long_term_recipients(spec: Spec) -> None:
    spec.check(
        "mart_summe",
        of("K2E4", "K3E1"),
        mart_monatssumme=MONATSSUMME,
        expected="""
            kennzahl | monat_nr | schnitt   | auspraegung_1 | geschlecht | zaehler | einheiten
            K2E4     | 24288    | insgesamt | insgesamt     | w          | 3       | 40
            K2E4     | 24289    | insgesamt | insgesamt     | m          | 0       | 5
            K3E1     | 24288    | insgesamt | insgesamt     | w          | 2       | 60
        """,
    )


def test_a_kennzahl_of_a_group_that_no_delivery_allows_is_absent(spec: Spec) -> None:
    spec.check(
        "mart_summe",
        of("K2E4", "K3E1"),
        kennzahl="code\nK2\nK3E1",
        mart_monatssumme=MONATSSUMME,
        expected="kennzahl | zaehler\nK3E1 | 2",
    )


def test_entries_are_counted_over_everybody_in_stock(spec: Spec) -> None:
    spec.check(
        "mart_summe",
        of("K2E1", "K2E2"),
        stichtage=STICHTAGE,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | eintritt_geringfuegig | eintritt_gefoerdert
            1         | 2024-01-15 | w          | 1                     | 0
            2         | 2024-01-15 | w          | 1                     | 1
            3         | 2024-01-15 | w          | 0                     | 1
            4         | 2024-01-15 | u          | 0                     | 0
            1         | 2024-02-15 | w          | 0                     | 1
        """,
        expected="""
            kennzahl | monat_nr | schnitt   | geschlecht | zaehler | einheiten
            K2E1     | 24288    | insgesamt | u          | 0       | 1
            K2E1     | 24288    | insgesamt | w          | 2       | 3
            K2E1     | 24289    | insgesamt | w          | 0       | 1
            K2E2     | 24288    | insgesamt | u          | 0       | 1
            K2E2     | 24288    | insgesamt | w          | 2       | 3
            K2E2     | 24289    | insgesamt | w          | 1       | 1
        """,
    )


def test_a_stichtag_without_a_following_one_brings_no_entries(spec: Spec) -> None:
    spec.check(
        "mart_summe",
        of("K2E1"),
        stichtage=STICHTAGE,
        core_personenmonat="""
            person_nr | stichtag   | berichtsmonat
            1         | 2024-02-15 | 2024-03
            1         | 2024-03-15 |
        """,
        expected="monat_nr | einheiten\n24289 | 1",
    )


def test_k2e3_counts_what_entered_and_m1_every_integration_in_the_month_of_its_berichtsmonat(
    spec: Spec,
) -> None:
    spec.check(
        "mart_summe",
        of("K2E3", "M1"),
        core_integration="""
            person_nr | berichtsmonat | geschlecht | kontinuierlich | bestand_verlassen
            1         | 2024-01       | w          | 1              | 1
            2         | 2024-01       | w          | 0              | 1
            3         | 2024-01       | w          |                | 0
            4         | 2024-01       | m          |                | 1
            5         | 2024-02       | w          | 0              |
        """,
        expected="""
            kennzahl | monat_nr | geschlecht | zaehler | einheiten
            K2E3     | 24288    | m          | 0       | 0
            K2E3     | 24288    | w          | 1       | 2
            K2E3     | 24289    | w          | 0       | 1
            M1       | 24288    | m          | 1       | 1
            M1       | 24288    | w          | 2       | 3
            M1       | 24289    | w          | 0       | 1
        """,
    )


def test_exits_are_taken_as_they_were_summed(spec: Spec) -> None:
    spec.check(
        "mart_summe",
        of("EQ_6"),
        mart_austrittssumme="""
            kennzahl | monat_nr | schnitt    | auspraegung_1 | geschlecht | zaehler | einheiten
            EQ_6     | 24288    | instrument | FBW           | w          | 3       | 8
        """,
        expected="""
            kennzahl | monat_nr | schnitt    | auspraegung_1 | geschlecht | zaehler | einheiten
            EQ_6     | 24288    | instrument | FBW           | w          | 3       | 8
        """,
    )


def test_entries_of_a_month_that_has_no_stichtag_are_not_counted(spec: Spec) -> None:
    spec.check(
        "mart_summe",
        of("K2E1"),
        stichtage="2024-01-15",
        core_personenmonat="""
            person_nr | stichtag   | eintritt_geringfuegig
            1         | 2024-01-15 | 1
            1         | 2024-02-15 | 1
        """,
        expected="kennzahl | monat_nr | zaehler | einheiten\nK2E1 | 24288 | 1 | 1",
    )


def test_other_groups_than_those_of_a_kennzahl_are_counted_in_the_breakdowns_of_k2_only(
    spec: Spec,
) -> None:
    spec.check(
        "mart_summe",
        mart_monatssumme=MONATSSUMME,
        expected="""
            kennzahl | monat_nr | schnitt   | auspraegung_1   | geschlecht | zaehler | einheiten
            K2       | 24288    | bg_typ    | alleinerziehend | w          | 3       | 40
            K2       | 24288    | bg_typ    | sonstige        | w          | 4       | 50
            K2       | 24288    | insgesamt | insgesamt       | w          | 7       | 90
            K2       | 24288    | lzb       | ja              | w          | 2       | 60
            K2       | 24288    | lzb       | nein            | w          | 5       | 30
            K2       | 24289    | bg_typ    | alleinerziehend | m          | 0       | 5
            K2E4     | 24288    | insgesamt | insgesamt       | w          | 3       | 40
            K2E4     | 24289    | insgesamt | insgesamt       | m          | 0       | 5
            K2_JFW   | 24288    | insgesamt | insgesamt       | w          | 7       | 90
            K3E1     | 24288    | insgesamt | insgesamt       | w          | 2       | 60
        """,
    )
