"""The Kennzahlen as analysts see them (docs/methodik/k2.md, p1.md, k2_jfw.md)."""

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
        mart_monatssumme="""
            monat_nr | schnitt   | auspraegung_1 | geschlecht | bestand | integriert
            24275    | insgesamt | insgesamt     | w          | 1000    | 500
            24276    | insgesamt | insgesamt     | w          | 30      | 2
            24287    | insgesamt | insgesamt     | w          | 18      | 1
            24287    | insgesamt | insgesamt     | d          | 24      | 0
            24288    | insgesamt | insgesamt     | w          | 1000    | 500
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
        mart_monatssumme="""
            monat_nr | schnitt   | auspraegung_1 | geschlecht | bestand | integriert
            5        | insgesamt | insgesamt     | w          | 7       | 1
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
        mart_monatssumme="""
            monat_nr | schnitt   | auspraegung_1 | geschlecht | bestand | integriert
            5        | insgesamt | insgesamt     | w          | 12      | 3
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
            K2       | 2024-01       | 24276           | 24287            | 12
            K2_JFW   | 2024-01       | 24287           | 24287            | 1
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
        mart_monatssumme="""
            monat_nr | schnitt | auspraegung_1 | auspraegung_2 | geschlecht | bestand | integriert
            5        | alter   | unter_25      | ''            | w          | 12      | 1
            5        | cross   | sonstige      | unbekannt     | m          | 24      | 1
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


def test_a_district_has_rows_for_the_values_in_the_data_only(spec: Spec) -> None:
    spec.check(
        "mart_gliederung",
        registry_gliederung="""
            kennzahl | schnitt     | auspraegung_1 | rang_1
            K2       | alter       | unbekannt     | 5
            K2       | stadtbezirk | ''            | 0
            P1       | insgesamt   | insgesamt     | 0
        """,
        core_bestand="""
            person_nr | stichtag   | stadtbezirk
            1         | 2024-01-15 | Nord
            2         | 2024-01-15 | Mitte
            2         | 2024-02-15 | Mitte
            3         | 2024-01-15 | unbekannt
        """,
        ordered=True,
        expected="""
            kennzahl | schnitt     | auspraegung_1 | auspraegung_2 | rang_1 | rang_2
            K2       | alter       | unbekannt     | ''            | 5      | 0
            K2       | stadtbezirk | Mitte         | ''            | 1      | 0
            K2       | stadtbezirk | Nord          | ''            | 2      | 0
            K2       | stadtbezirk | unbekannt     | ''            | 3      | 0
            P1       | insgesamt   | insgesamt     | ''            | 0      | 0
        """,
    )
