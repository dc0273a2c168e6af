"""The Kennzahlen as analysts see them (docs/methodik/, a page per Kennzahl)."""

from typing import Any

import pytest

from tests.sql.running import Spec

TOTAL = """
    kennzahl | schnitt   | auspraegung_1
    K2       | insgesamt | insgesamt
    K2_JFW   | insgesamt | insgesamt
    P1       | insgesamt | insgesamt
"""

K2 = "select * from mart_quote where kennzahl = 'K2'"
JFW = "select * from mart_quote where kennzahl = 'K2_JFW'"
P1 = "select * from mart_quote where kennzahl = 'P1'"


def test_k2_is_1200_times_the_integrations_by_the_stock_months_of_its_window(spec: Spec) -> None:
    spec.check(
        "mart_quote",
        ("k2", K2),
        mart_gliederung=TOTAL,
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr | monate
            K2       | 2024-01       | 24276           | 24287            | 12
        """,
        mart_summe="""
            monat_nr | schnitt   | auspraegung_1 | geschlecht | zaehler | einheiten
            24275    | insgesamt | insgesamt     | w          | 500     | 1000
            24276    | insgesamt | insgesamt     | w          | 2       | 30
            24287    | insgesamt | insgesamt     | w          | 1       | 18
            24287    | insgesamt | insgesamt     | d          | 0       | 24
            24288    | insgesamt | insgesamt     | w          | 500     | 1000
        """,
        expected="""
            geschlecht | zaehler | bestand_monate | nenner | quote
            d          | 0       | 24             | 2      | 0
            insgesamt  | 3       | 72             | 6      | 50
            m          | 0       | 0              | 0      |
            o          | 0       | 0              | 0      |
            u          | 0       | 0              | 0      |
            w          | 3       | 48             | 4      | 75
        """,
    )


def test_the_quote_is_not_rounded(spec: Spec) -> None:
    found = spec.run(
        "mart_quote",
        ("k2", K2 + " and geschlecht = 'w'"),
        select=["quote", "nenner"],
        mart_gliederung=TOTAL,
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr | monate
            K2       | 2024-01       | 1               | 12               | 12
        """,
        mart_summe="""
            monat_nr | schnitt   | auspraegung_1 | geschlecht | zaehler | einheiten
            5        | insgesamt | insgesamt     | w          | 1       | 7
        """,
    )
    assert found == [(1200 / 7, 7 / 12)]


@pytest.mark.parametrize(
    ("monate", "nenner", "quote"), [(1, "12", "25"), (3, "4", "75"), (12, "1", "300")]
)
def test_k2_jfw_is_not_annualised(spec: Spec, monate: int, nenner: str, quote: str) -> None:
    spec.check(
        "mart_quote",
        ("jfw", JFW + " and geschlecht in ('w', 'm')"),
        mart_gliederung=TOTAL,
        mart_fenster=f"""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr | monate
            K2_JFW   | 2024-03       | 5               | 5                | {monate}
        """,
        mart_summe="""
            kennzahl | monat_nr | schnitt   | auspraegung_1 | geschlecht | zaehler | einheiten
            K2_JFW   | 5        | insgesamt | insgesamt     | w          | 3       | 12
        """,
        expected=f"""
            geschlecht | zaehler | bestand_monate | nenner   | quote
            m          | 0       | 0              | 0        |
            w          | 3       | 12             | {nenner} | {quote}
        """,
    )


def test_p1_is_the_share_of_persons_and_has_no_stock_months(spec: Spec) -> None:
    spec.check(
        "mart_quote",
        ("p1", P1),
        mart_gliederung=TOTAL,
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr | monate
            P1       | 2024-01       | 24276           | 24287            | 1
        """,
        mart_personen="""
            kennzahl | berichtsmonat | geschlechtsart  | geschlecht | personen | personen_zaehler
            P1       | 2024-01       | geliefert       | w          | 8        | 1
            P1       | 2024-01       | geliefert       | d          | 2        | 2
            P1       | 2024-01       | beide           | insgesamt  | 10       | 3
            P1       | 2024-01       | veroeffentlicht | w          | 9        | 9
            P1       | 2023-12       | geliefert       | w          | 99       | 99
            K2       | 2024-01       | geliefert       | w          | 99       | 99
        """,
        expected="""
            berichtsmonat | geschlecht | zaehler | bestand_monate | nenner | quote
            2024-01       | d          | 2       |                | 2      | 100
            2024-01       | insgesamt  | 3       |                | 10     | 30
            2024-01       | m          | 0       |                | 0      |
            2024-01       | o          | 0       |                | 0      |
            2024-01       | u          | 0       |                | 0      |
            2024-01       | w          | 1       |                | 8      | 12.5
        """,
    )


def test_every_listed_category_has_a_row_for_every_sex_though_nobody_is_in_it(spec: Spec) -> None:
    spec.check(
        "mart_quote",
        ("rows", "select * from mart_quote where geschlecht in ('w', 'insgesamt')"),
        mart_gliederung="""
            kennzahl | schnitt | auspraegung_1 | auspraegung_2 | rang_1 | rang_2
            K2       | alter   | unter_25      | ''            | 0      | 0
            K2       | alter   | unbekannt     | ''            | 1      | 0
            K2       | cross   | sonstige      | unter_25      | 0      | 0
            K2       | cross   | sonstige      | unbekannt     | 0      | 1
        """,
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr | monate
            K2       | 2024-01       | 5               | 16               | 12
        """,
        mart_summe="""
            monat_nr | schnitt | auspraegung_1 | auspraegung_2 | geschlecht | zaehler | einheiten
            5        | alter   | unter_25      | ''            | w          | 1       | 12
            5        | cross   | sonstige      | unbekannt     | m          | 1       | 24
        """,
        expected="""
            schnitt | auspraegung_1 | auspraegung_2 | geschlecht | zaehler | nenner | quote
            alter   | unbekannt     | ''            | insgesamt  | 0       | 0      |
            alter   | unbekannt     | ''            | w          | 0       | 0      |
            alter   | unter_25      | ''            | insgesamt  | 1       | 1      | 100
            alter   | unter_25      | ''            | w          | 1       | 1      | 100
            cross   | sonstige      | unbekannt     | insgesamt  | 1       | 2      | 50
            cross   | sonstige      | unbekannt     | w          | 0       | 0      |
            cross   | sonstige      | unter_25      | insgesamt  | 0       | 0      |
            cross   | sonstige      | unter_25      | w          | 0       | 0      |
        """,
    )


def test_a_kennzahl_that_the_registry_lists_nowhere_has_no_rows(spec: Spec) -> None:
    spec.check(
        "mart_quote",
        ("rows", "select distinct kennzahl, schnitt from mart_quote"),
        mart_gliederung="kennzahl | schnitt | auspraegung_1\nK2 | insgesamt | insgesamt",
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
            K2       | 2024-01       | 5               | 16
            K2_JFW   | 2024-01       | 16              | 16
        """,
        expected="kennzahl | schnitt\nK2 | insgesamt",
    )


def test_rows_stand_in_the_order_of_month_breakdown_category_and_sex(spec: Spec) -> None:
    spec.check(
        "mart_quote",
        ("rows", "select * from mart_quote where geschlecht in ('w', 'm', 'insgesamt')"),
        mart_gliederung="""
            kennzahl | schnitt   | auspraegung_1 | rang_1
            K2       | insgesamt | insgesamt     | 0
            K2       | alter     | unbekannt     | 2
            K2       | alter     | unter_25      | 1
        """,
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr | monate
            K2       | 2024-01       | 5               | 16               | 12
        """,
        ordered=True,
        expected="""
            schnitt   | auspraegung_1 | geschlecht
            alter     | unter_25      | insgesamt
            alter     | unter_25      | w
            alter     | unter_25      | m
            alter     | unbekannt     | insgesamt
            alter     | unbekannt     | w
            alter     | unbekannt     | m
            insgesamt | insgesamt     | insgesamt
            insgesamt | insgesamt     | w
            insgesamt | insgesamt     | m
        """,
    )


def test_k2e1_is_annualised_like_k2_and_the_shares_of_integrations_and_exits_are_not(
    spec: Spec,
) -> None:
    spec.check(
        "mart_quote",
        ("women", "select * from mart_quote where geschlecht = 'w'"),
        mart_gliederung="""
            kennzahl | schnitt   | auspraegung_1
            K2E1     | insgesamt | insgesamt
            K2E3     | insgesamt | insgesamt
            M1       | insgesamt | insgesamt
            EQ_6     | insgesamt | insgesamt
        """,
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
            K2E1     | 2024-01       | 24276           | 24287
            K2E3     | 2024-01       | 24277           | 24288
            M1       | 2024-01       | 24277           | 24288
            EQ_6     | 2024-01       | 24277           | 24288
        """,
        mart_summe="""
            kennzahl | monat_nr | schnitt   | auspraegung_1 | geschlecht | zaehler | einheiten
            K2E1     | 24276    | insgesamt | insgesamt     | w          | 1       | 40
            K2E1     | 24288    | insgesamt | insgesamt     | w          | 100     | 100
            K2E3     | 24276    | insgesamt | insgesamt     | w          | 100     | 100
            K2E3     | 24277    | insgesamt | insgesamt     | w          | 1       | 3
            K2E3     | 24288    | insgesamt | insgesamt     | w          | 2       | 5
            M1       | 24288    | insgesamt | insgesamt     | w          | 1       | 4
            EQ_6     | 24277    | insgesamt | insgesamt     | w          | 1       | 5
        """,
        expected="""
            kennzahl | zaehler | bestand_monate | nenner      | quote
            EQ_6     | 1       |                | 5           | 20
            K2E1     | 1       | 40             | 3.333333333 | 30
            K2E3     | 3       |                | 8           | 37.5
            M1       | 1       |                | 4           | 25
        """,
    )


FQ_INPUTS: dict[str, Any] = {
    "mart_gliederung": """
        kennzahl | schnitt   | auspraegung_1
        FQ       | insgesamt | insgesamt
        FQ       | massnahme | kommunal
    """,
    "mart_fenster": """
        kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
        FQ       | 2024-01       | 24277           | 24288
    """,
}


def test_of_fq_the_denominator_of_every_sex_is_all_participants_and_of_all_it_is_100(
    spec: Spec,
) -> None:
    spec.check(
        "mart_quote",
        **FQ_INPUTS,
        mart_foerdersumme="""
            monat_nr | schnitt   | auspraegung_1 | geschlecht | personen
            24276    | insgesamt | insgesamt     | w          | 100
            24276    | insgesamt | insgesamt     | insgesamt  | 100
            24277    | insgesamt | insgesamt     | w          | 3
            24277    | insgesamt | insgesamt     | m          | 4
            24277    | insgesamt | insgesamt     | insgesamt  | 6
            24288    | insgesamt | insgesamt     | d          | 2
            24288    | insgesamt | insgesamt     | insgesamt  | 2
        """,
        expected="""
            schnitt   | geschlecht | zaehler | bestand_monate | nenner | quote
            insgesamt | d          | 2       |                | 8      | 25
            insgesamt | insgesamt  | 8       |                | 8      | 100
            insgesamt | m          | 4       |                | 8      | 50
            insgesamt | o          | 0       |                | 8      | 0
            insgesamt | u          | 0       |                | 8      | 0
            insgesamt | w          | 3       |                | 8      | 37.5
            massnahme | d          | 0       |                | 0      |
            massnahme | insgesamt  | 0       |                | 0      |
            massnahme | m          | 0       |                | 0      |
            massnahme | o          | 0       |                | 0      |
            massnahme | u          | 0       |                | 0      |
            massnahme | w          | 0       |                | 0      |
        """,
    )


def test_the_shares_of_the_stock_stand_beside_fq_in_another_table(spec: Spec) -> None:
    spec.check(
        "mart_quote",
        mart_gliederung="kennzahl | schnitt | auspraegung_1\nFA_ELB | insgesamt | insgesamt",
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
            FA_ELB   | 2024-01       | 24277           | 24288
        """,
        expected="kennzahl | zaehler",
    )


def test_of_fq_each_cell_of_two_attributes_has_its_own_participants(spec: Spec) -> None:
    spec.check(
        "mart_quote",
        ("women", "select * from mart_quote where geschlecht = 'w'"),
        mart_gliederung="""
            kennzahl | schnitt        | auspraegung_1 | auspraegung_2
            FQ       | bg_typ_x_alter | sonstige      | unter_25
            FQ       | bg_typ_x_alter | sonstige      | unbekannt
        """,
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
            FQ       | 2024-01       | 24277           | 24288
        """,
        mart_foerdersumme="""
            monat_nr | schnitt        | auspraegung_1 | auspraegung_2 | geschlecht | personen
            24288    | bg_typ_x_alter | sonstige      | unter_25      | w          | 1
            24288    | bg_typ_x_alter | sonstige      | unter_25      | insgesamt  | 4
            24288    | bg_typ_x_alter | sonstige      | unbekannt     | w          | 3
            24288    | bg_typ_x_alter | sonstige      | unbekannt     | insgesamt  | 4
        """,
        expected="""
            auspraegung_1 | auspraegung_2 | zaehler | nenner | quote
            sonstige      | unbekannt     | 3       | 4      | 75
            sonstige      | unter_25      | 1       | 4      | 25
        """,
    )
