"""The months whose counts enter a figure (docs/methodik/, a page per Kennzahl)."""

import pytest

from tests.sql.running import Spec

DECEMBER = 24287


@pytest.mark.parametrize("kalendermonat", [1, 2, 11, 12])
def test_k2_takes_the_stock_of_twelve_months_and_k2_jfw_from_december_on(
    spec: Spec, kalendermonat: int
) -> None:
    monat_nr = DECEMBER + kalendermonat
    berichtsmonat = f"2024-{kalendermonat:02d}"
    spec.check(
        "mart_fenster",
        mart_berichtsmonat=f"""
            kennzahl | berichtsmonat   | tag
            K2       | {berichtsmonat} | {berichtsmonat}-15
            K2_JFW   | {berichtsmonat} | {berichtsmonat}-15
        """,
        expected=f"""
            kennzahl | berichtsmonat   | erster_monat_nr | letzter_monat_nr | monate
            K2       | {berichtsmonat} | {monat_nr - 12} | {monat_nr - 1}   | 12
            K2_JFW   | {berichtsmonat} | {DECEMBER}      | {monat_nr - 1}   | {kalendermonat}
        """,
    )


def test_stock_months_end_a_month_early_and_everything_else_with_the_month_itself(
    spec: Spec,
) -> None:
    spec.check(
        "mart_fenster",
        mart_berichtsmonat="""
            kennzahl | berichtsmonat | tag
            K2       | 2024-01       | 2024-01-15
            P1       | 2024-01       | 2024-01-15
            K2E1     | 2024-01       | 2024-01-15
            K2E2     | 2024-01       | 2024-01-15
            K2E4     | 2024-01       | 2024-01-15
            K3E1     | 2024-01       | 2024-01-15
            K2E3     | 2024-01       | 2024-01-15
            M1       | 2024-01       | 2024-01-15
            EQ_6     | 2024-01       | 2024-01-31
            FQ       | 2024-01       | 2024-01-15
            FA_ELB   | 2024-01       | 2024-01-15
        """,
        expected="""
            kennzahl | art         | erster_monat_nr | letzter_monat_nr | monate
            EQ_6     | austritt    | 24277           | 24288            | 1
            FA_ELB   | anteil      | 24277           | 24288            | 1
            FQ       | teilnahme   | 24277           | 24288            | 1
            K2       | bestand     | 24276           | 24287            | 12
            K2E1     | bestand     | 24276           | 24287            | 12
            K2E2     | bestand     | 24276           | 24287            | 12
            K2E3     | integration | 24277           | 24288            | 1
            K2E4     | bestand     | 24276           | 24287            | 12
            K3E1     | bestand     | 24276           | 24287            | 12
            M1       | integration | 24277           | 24288            | 1
            P1       | personen    | 24276           | 24287            | 1
        """,
    )


def test_a_month_that_is_not_publishable_has_no_window(spec: Spec) -> None:
    spec.check(
        "mart_fenster",
        mart_berichtsmonat="""
            kennzahl | berichtsmonat | tag        | veroeffentlichbar
            K2       | 2024-01       | 2024-01-15 | false
            K2       | 2024-02       | 2024-02-15 | true
            M1       | 2024-01       | 2024-01-15 | true
            M1       | 2024-02       | 2024-02-15 | false
        """,
        expected="kennzahl | berichtsmonat\nK2 | 2024-02\nM1 | 2024-01",
    )


def test_details_are_for_the_calendar_months_of_the_entry_valid_on_the_day_of_the_month(
    spec: Spec,
) -> None:
    spec.check(
        "mart_fenster",
        detailmonat="""
            gilt_ab    | gilt_bis   | kalendermonat
            2005-01-01 | 2024-12-15 | 12
            2024-12-15 | 9999-12-31 | 6
            2024-12-15 | 9999-12-31 | 12
        """,
        mart_berichtsmonat="""
            kennzahl | berichtsmonat | tag
            K2       | 2023-12       | 2023-12-15
            K2       | 2024-06       | 2024-06-15
            K2       | 2024-11       | 2024-11-15
            K2       | 2024-12       | 2024-12-15
            K2       | 2025-06       | 2025-06-15
        """,
        expected="""
            berichtsmonat | mit_gliederungen
            2023-12       | true
            2024-06       | false
            2024-11       | false
            2024-12       | true
            2025-06       | true
        """,
    )


def test_of_eq_the_last_day_of_the_month_decides_and_of_k2_its_stichtag(spec: Spec) -> None:
    spec.check(
        "mart_fenster",
        detailmonat="""
            gilt_ab    | gilt_bis   | kalendermonat
            2005-01-01 | 2024-06-30 | 12
            2024-06-30 | 9999-12-31 | 6
        """,
        mart_berichtsmonat="""
            kennzahl | berichtsmonat | tag
            EQ_6     | 2024-06       | 2024-06-30
            K2       | 2024-06       | 2024-06-15
            FQ       | 2024-06       | 2024-06-15
        """,
        expected="""
            kennzahl | mit_gliederungen
            EQ_6     | true
            FQ       | false
            K2       | false
        """,
    )


def test_a_kennzahl_that_no_delivery_allows_has_no_window(spec: Spec) -> None:
    spec.check(
        "mart_fenster",
        kennzahl="code\nK2",
        mart_berichtsmonat="""
            kennzahl | berichtsmonat | tag
            K2       | 2024-01       | 2024-01-15
            M1       | 2024-01       | 2024-01-15
        """,
        expected="kennzahl | berichtsmonat\nK2 | 2024-01",
    )
