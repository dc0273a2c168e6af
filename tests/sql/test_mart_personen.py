"""Persons behind the totals (docs/methodik/p1.md, docs/methodik/k2.md)."""

from tests.sql.running import Spec

STICHTAGE = "2023-12-15 2024-01-15 2024-02-15 2024-03-15 2024-04-15"
STEPS = ("core_personenspur", "mart_personen")
WOMEN = "select * from mart_personen where geschlecht = 'w' and geschlechtsart <> 'geliefert'"
OF_K2 = "code\nK2\nP1\nK2_JFW"

# The stock months January to March of the Berichtsmonat April.
FENSTER = """
    kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
    K2       | 2024-04       | 24288           | 24290
"""


def test_only_the_stock_months_of_the_window_count(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("women", WOMEN),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | integriert
            1         | 2023-12-15 | 1
            1         | 2024-01-15 | 0
            2         | 2024-03-15 | 1
            2         | 2024-04-15 | 1
            3         | 2024-04-15 | 1
            4         | 2023-12-15 | 1
        """,
        expected="""
            kennzahl | geschlecht | personen | personen_zaehler | integrationen | bestand_monate
            K2       | w          | 2        | 1                | 1             | 2
            P1       | w          | 2        | 1                |               |
        """,
    )


def test_sums_over_persons_are_sums_of_products_of_their_own_counts(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("total", "select * from mart_personen where kennzahl = 'K2' and geschlecht = 'insgesamt'"),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | integriert
            1         | 2024-01-15 | 1
            1         | 2024-02-15 | 0
            1         | 2024-03-15 | 1
            2         | 2024-01-15 | 0
            2         | 2024-02-15 | 1
            3         | 2024-01-15 | 0
        """,
        expected="""
            integrationen | bestand_monate | summe_zz | summe_zb | summe_bb
            3             | 6              | 5        | 8        | 14
        """,
    )


def test_a_month_without_a_following_stichtag_is_in_no_window(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("women", WOMEN),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | berichtsmonat | integriert
            1         | 2024-03-15 |               |
            2         | 2024-03-15 | 2024-04       | 0
        """,
        expected="""
            kennzahl | geschlecht | personen | integrationen
            K2       | w          | 1        | 0
            P1       | w          | 1        |
        """,
    )


def test_a_person_is_in_p1_once_with_the_sex_of_the_latest_stichtag_of_the_window(
    spec: Spec,
) -> None:
    spec.check(
        *STEPS,
        ("p1", "select * from mart_personen where kennzahl = 'P1'"),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | geschlecht_veroeffentlicht | integriert
            1         | 2024-01-15 | w          | w                          | 1
            1         | 2024-02-15 | m          | m                          | 0
            1         | 2024-04-15 | w          | w                          | 1
            2         | 2024-02-15 | m          | m                          | 0
            2         | 2024-03-15 | d          | w                          | 0
            3         | 2024-01-15 | w          | w                          | 0
        """,
        expected="""
            geschlechtsart  | geschlecht | personen | personen_zaehler
            beide           | insgesamt  | 3        | 1
            geliefert       | d          | 1        | 0
            geliefert       | m          | 1        | 1
            geliefert       | w          | 1        | 0
            veroeffentlicht | m          | 1        | 1
            veroeffentlicht | w          | 2        | 0
        """,
    )


def test_in_k2_the_months_of_each_sex_stay_with_it_and_the_person_counts_once_in_all(
    spec: Spec,
) -> None:
    spec.check(
        *STEPS,
        ("k2", "select * from mart_personen where kennzahl = 'K2'"),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | geschlecht_veroeffentlicht | integriert
            1         | 2024-01-15 | w          | w                          | 1
            1         | 2024-02-15 | m          | m                          | 1
            1         | 2024-03-15 | m          | m                          | 0
        """,
        expected="""
            geschlecht | personen | personen_zaehler | integrationen | bestand_monate | summe_bb
            insgesamt  | 1        | 1                | 2             | 3              | 9
            m          | 1        | 1                | 1             | 2              | 4
            w          | 1        | 1                | 1             | 1              | 1
        """,
    )


def test_who_changed_sex_without_an_integration_is_in_no_numerator(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("k2", "select * from mart_personen where kennzahl = 'K2'"),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | geschlecht_veroeffentlicht | integriert
            1         | 2023-12-15 | w          | w                          | 1
            1         | 2024-01-15 | w          | w                          | 0
            1         | 2024-02-15 | m          | m                          | 0
        """,
        expected="""
            geschlecht | personen | personen_zaehler | integrationen | summe_bb
            insgesamt  | 1        | 0                | 0             | 4
            m          | 1        | 0                | 0             | 1
            w          | 1        | 0                | 0             | 1
        """,
    )


def test_two_persons_who_changed_sex_alike_are_two_persons_beside_those_who_did_not(
    spec: Spec,
) -> None:
    spec.check(
        *STEPS,
        ("published", "select * from mart_personen where geschlechtsart <> 'geliefert'"),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | geschlecht_veroeffentlicht | integriert
            1         | 2024-01-15 | w          | w                          | 1
            1         | 2024-02-15 | m          | m                          | 1
            2         | 2024-01-15 | w          | w                          | 1
            2         | 2024-02-15 | m          | m                          | 1
            3         | 2024-02-15 | m          | m                          | 1
        """,
        expected="""
            kennzahl | geschlechtsart  | geschlecht | personen_zaehler | summe_zz | summe_zb
            K2       | beide           | insgesamt  | 3                | 9        | 9
            K2       | veroeffentlicht | m          | 3                | 3        | 3
            K2       | veroeffentlicht | w          | 2                | 2        | 2
            P1       | beide           | insgesamt  | 3                |          |
            P1       | veroeffentlicht | m          | 3                |          |
        """,
    )


def test_two_delivered_sexes_published_as_one_are_one_person(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("k2", "select * from mart_personen where kennzahl = 'K2'"),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | geschlecht_veroeffentlicht | integriert
            1         | 2024-01-15 | d          | w                          | 1
            1         | 2024-02-15 | w          | w                          | 1
        """,
        expected="""
            geschlecht | personen | integrationen | summe_zz | summe_zb
            insgesamt  | 1        | 2             | 4        | 4
            w          | 1        | 2             | 4        | 4
        """,
    )


def test_p1_has_the_window_of_k2_and_not_that_of_k2_jfw(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("total", "select * from mart_personen where geschlecht = 'insgesamt'"),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
            K2       | 2024-04       | 24287           | 24290
            K2_JFW   | 2024-04       | 24290           | 24290
        """,
        core_personenmonat="""
            person_nr | stichtag
            1         | 2023-12-15
            2         | 2024-03-15
        """,
        expected="""
            kennzahl | berichtsmonat | personen
            K2       | 2024-04       | 2
            K2_JFW   | 2024-04       | 1
            P1       | 2024-04       | 2
        """,
    )
