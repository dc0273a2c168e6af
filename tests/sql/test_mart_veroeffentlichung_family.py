"""What may be published of the other Kennzahlen, before disclosure control (docs/methodik/)."""

from tests.sql.running import Spec

FENSTER = """
    kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr | mit_gliederungen
    K2E1     | 2023-12       | 24275           | 24286            | true
    K2E3     | 2023-12       | 24276           | 24287            | true
    M1       | 2023-12       | 24276           | 24287            | true
    EQ_6     | 2023-12       | 24276           | 24287            | true
    EQ_6     | 2024-01       | 24277           | 24288            | false
    FQ       | 2023-12       | 24276           | 24287            | true
    FA_ELB   | 2023-12       | 24276           | 24287            | true
"""

GLIEDERUNG = """
    kennzahl | schnitt    | auspraegung_1 | oeffentlich
    K2E1     | insgesamt  | insgesamt     | true
    K2E3     | insgesamt  | insgesamt     | true
    M1       | insgesamt  | insgesamt     | true
    EQ_6     | insgesamt  | insgesamt     | true
    EQ_6     | massnahme  | kommunal      | true
    EQ_6     | traeger_id | Nord          | false
    FQ       | insgesamt  | insgesamt     | true
    FA_ELB   | insgesamt  | insgesamt     | true
"""


def of(*codes: str, geschlecht: str = "w") -> tuple[str, str]:
    """A step that leaves the rows of some Kennzahlen and one sex."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return "chosen", (
        "select * from mart_veroeffentlichung "
        f"where kennzahl in ({listed}) and geschlecht = '{geschlecht}'"
    )


def test_each_kennzahl_has_its_own_denominator_and_only_those_over_the_stock_have_months(
    spec: Spec,
) -> None:
    spec.check(
        "mart_veroeffentlichung",
        ("december", "select * from mart_veroeffentlichung where geschlecht = 'w' and zaehler > 0"),
        mart_fenster=FENSTER,
        mart_gliederung=GLIEDERUNG,
        mart_personen="""
            kennzahl | berichtsmonat | geschlechtsart  | geschlecht | integrationen | bestand_monate
            K2E1     | 2023-12       | veroeffentlicht | w          | 5             | 240
        """,
        core_einheitenschnitt="""
            kennzahl | berichtsmonat | schnitt   | auspraegung_1 | geschlecht | zaehler | einheiten
            K2E3     | 2023-12       | insgesamt | insgesamt     | w          | 3       | 8
            M1       | 2023-12       | insgesamt | insgesamt     | w          | 2       | 8
            EQ_6     | 2023-12       | insgesamt | insgesamt     | w          | 4       | 10
            EQ_6     | 2023-12       | massnahme | kommunal      | w          | 1       | 4
            FQ       | 2023-12       | insgesamt | insgesamt     | w          | 6       | 24
        """,
        expected="""
            kennzahl | schnitt   | zaehler | bestand_monate | nenner | quote
            EQ_6     | insgesamt | 4       |                | 10     | 40
            EQ_6     | massnahme | 1       |                | 4      | 25
            FQ       | insgesamt | 6       |                | 24     | 25
            K2E1     | insgesamt | 5       | 240            | 20     | 25
            K2E3     | insgesamt | 3       |                | 8      | 37.5
            M1       | insgesamt | 2       |                | 8      | 25
        """,
    )


def test_persons_stand_beside_the_figures(spec: Spec) -> None:
    spec.check(
        "mart_veroeffentlichung",
        of("M1"),
        mart_fenster=FENSTER,
        mart_gliederung=GLIEDERUNG,
        core_einheitenschnitt="""
            kennzahl | berichtsmonat | zaehler | einheiten | personen | personen_zaehler
            M1       | 2023-12       | 9       | 8         | 7        | 6
        """,
        expected="""
            zaehler | nenner | personen | personen_zaehler
            9       | 8      | 7        | 6
        """,
    )


def test_the_sums_over_persons_stand_beside_the_figures(spec: Spec) -> None:
    spec.check(
        "mart_veroeffentlichung",
        of("M1"),
        mart_fenster=FENSTER,
        mart_gliederung=GLIEDERUNG,
        core_einheitenschnitt="""
            kennzahl | berichtsmonat | summe_zz | summe_zb | summe_bb
            M1       | 2023-12       | 5        | 4        | 3
        """,
        expected="""
            summe_zz | summe_zb | summe_bb
            5        | 4        | 3
        """,
    )


def test_women_men_and_all_have_a_row_though_nobody_is_in_it(spec: Spec) -> None:
    spec.check(
        "mart_veroeffentlichung",
        ("eq_6", "select * from mart_veroeffentlichung where berichtsmonat = '2023-12'"),
        mart_fenster=FENSTER,
        mart_gliederung="kennzahl | schnitt | auspraegung_1\nEQ_6 | massnahme | kommunal",
        expected="""
            geschlecht | zaehler | nenner | quote | personen | summe_bb
            insgesamt  | 0       | 0      |       | 0        | 0
            m          | 0       | 0      |       | 0        | 0
            w          | 0       | 0      |       | 0        | 0
        """,
    )


def test_outside_the_publication_calendar_there_are_totals_only(spec: Spec) -> None:
    spec.check(
        "mart_veroeffentlichung",
        of("EQ_6"),
        mart_fenster=FENSTER,
        mart_gliederung=GLIEDERUNG,
        expected="""
            berichtsmonat | schnitt
            2023-12       | insgesamt
            2023-12       | massnahme
            2024-01       | insgesamt
        """,
    )


def test_an_internal_breakdown_is_left_out_until_it_is_made_public(spec: Spec) -> None:
    for oeffentlich, expected in (("false", "schnitt"), ("true", "schnitt\ntraeger_id")):
        spec.check(
            "mart_veroeffentlichung",
            of("EQ_6"),
            mart_fenster=FENSTER,
            mart_gliederung=f"""
                kennzahl | schnitt    | auspraegung_1 | oeffentlich
                EQ_6     | traeger_id | Nord          | {oeffentlich}
            """,
            expected=expected,
        )


def test_the_shares_of_the_stock_stand_in_a_table_of_their_own(spec: Spec) -> None:
    spec.check(
        "mart_veroeffentlichung",
        of("FA_ELB"),
        mart_fenster=FENSTER,
        mart_gliederung=GLIEDERUNG,
        expected="kennzahl | schnitt",
    )
