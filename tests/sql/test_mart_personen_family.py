"""Persons behind the totals of K2E1, K2E2, K2E4 and K3E1 (docs/methodik/, a page per Kennzahl)."""

from tests.sql.running import Spec

STICHTAGE = "2023-12-15 2024-01-15 2024-02-15 2024-03-15 2024-04-15"
STEPS = ("core_personenspur", "mart_personen")
FAMILY = "code\nK2\nK2E1\nK2E2\nK2E4\nK3E1"

# The stock months January to March of the Berichtsmonat April.
FENSTER = """
    kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
    K2       | 2024-04       | 24288           | 24290
    K2E1     | 2024-04       | 24288           | 24290
    K2E2     | 2024-04       | 24288           | 24290
    K2E4     | 2024-04       | 24288           | 24290
    K3E1     | 2024-04       | 24288           | 24290
"""


def of(*codes: str, geschlecht: str = "insgesamt") -> tuple[str, str]:
    """A step that leaves the rows of some Kennzahlen and one sex."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return "chosen", (
        f"select * from mart_personen where kennzahl in ({listed}) and geschlecht = '{geschlecht}'"
    )


def test_entries_stand_against_the_stock_months_of_everybody(spec: Spec) -> None:
    spec.check(
        *STEPS,
        of("K2", "K2E1", "K2E2"),
        stichtage=STICHTAGE,
        kennzahl=FAMILY,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | integriert | eintritt_geringfuegig | eintritt_gefoerdert
            1         | 2024-01-15 | 1          | 1                     | 0
            1         | 2024-02-15 | 0          | 1                     | 0
            2         | 2024-01-15 | 0          | 0                     | 1
            3         | 2024-01-15 | 1          | 0                     | 0
            3         | 2023-12-15 | 0          | 1                     | 1
        """,
        expected="""
            kennzahl | integrationen | bestand_monate | personen | personen_zaehler
            K2       | 2             | 4              | 3        | 2
            K2E1     | 2             | 4              | 3        | 1
            K2E2     | 1             | 4              | 3        | 1
        """,
    )


def test_the_sums_over_persons_of_entries_are_those_of_everybody_in_stock(spec: Spec) -> None:
    spec.check(
        *STEPS,
        of("K2E1", "K2E2"),
        stichtage=STICHTAGE,
        kennzahl=FAMILY,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | eintritt_geringfuegig | eintritt_gefoerdert
            1         | 2024-01-15 | 1                     | 0
            1         | 2024-02-15 | 1                     | 0
            1         | 2024-03-15 | 0                     | 1
            2         | 2024-01-15 | 0                     | 0
            2         | 2024-02-15 | 0                     | 0
        """,
        expected="""
            kennzahl | summe_zz | summe_zb | summe_bb
            K2E1     | 4        | 6        | 13
            K2E2     | 1        | 3        | 13
        """,
    )


def test_where_nobody_of_a_sex_has_an_entry_its_stock_months_still_count(spec: Spec) -> None:
    spec.check(
        *STEPS,
        of("K2E1", geschlecht="m"),
        stichtage=STICHTAGE,
        kennzahl=FAMILY,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | eintritt_geringfuegig
            1         | 2024-01-15 | w          | 1
            2         | 2024-01-15 | m          | 0
            2         | 2024-02-15 | m          | 0
        """,
        expected="""
            integrationen | bestand_monate | personen | personen_zaehler | summe_zz | summe_bb
            0             | 2              | 1        | 0                | 0        | 4
        """,
    )


def test_an_entry_stays_with_the_sex_of_its_month_and_the_person_counts_once_in_all(
    spec: Spec,
) -> None:
    spec.check(
        *STEPS,
        ("k2e1", "select * from mart_personen where kennzahl = 'K2E1'"),
        stichtage=STICHTAGE,
        kennzahl=FAMILY,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | eintritt_geringfuegig
            1         | 2024-01-15 | w          | 1
            1         | 2024-02-15 | m          | 0
            1         | 2024-03-15 | m          | 1
        """,
        expected="""
            geschlecht | integrationen | bestand_monate | personen | personen_zaehler | summe_zb
            insgesamt  | 2             | 3              | 1        | 1                | 6
            m          | 1             | 2              | 1        | 1                | 2
            w          | 1             | 1              | 1        | 1                | 1
        """,
    )


def test_of_lone_parents_and_long_term_recipients_only_the_months_as_such_count(
    spec: Spec,
) -> None:
    spec.check(
        *STEPS,
        of("K2", "K2E4", "K3E1"),
        stichtage=STICHTAGE,
        kennzahl=FAMILY,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | bg_typ          | lzb       | integriert
            1         | 2024-01-15 | alleinerziehend | nein      | 0
            1         | 2024-02-15 | alleinerziehend | ja        | 1
            1         | 2024-03-15 | sonstige        | ja        | 1
            2         | 2024-01-15 | sonstige        | unbekannt | 1
            3         | 2024-01-15 | unbekannt       | ja        | 0
        """,
        expected="""
            kennzahl | integrationen | bestand_monate | personen | personen_zaehler | summe_zb
            K2       | 3             | 5              | 3        | 2                | 7
            K2E4     | 1             | 2              | 1        | 1                | 2
            K3E1     | 2             | 3              | 2        | 1                | 4
        """,
    )


def test_a_lone_parent_whose_sex_changed_is_one_person_of_that_group(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("k2e4", "select * from mart_personen where kennzahl = 'K2E4'"),
        stichtage=STICHTAGE,
        kennzahl=FAMILY,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | bg_typ          | integriert
            1         | 2024-01-15 | w          | alleinerziehend | 1
            1         | 2024-02-15 | m          | alleinerziehend | 1
            2         | 2024-01-15 | w          | alleinerziehend | 0
            2         | 2024-02-15 | m          | sonstige        | 1
        """,
        expected="""
            geschlecht | personen | personen_zaehler | integrationen | bestand_monate
            insgesamt  | 2        | 1                | 2             | 3
            m          | 1        | 1                | 1             | 1
            w          | 2        | 1                | 1             | 2
        """,
    )


def test_a_kennzahl_that_no_delivery_allows_has_no_persons(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("codes", "select distinct kennzahl from mart_personen"),
        stichtage=STICHTAGE,
        kennzahl="code\nK2\nK2E1\nK3E1",
        mart_fenster=FENSTER,
        core_personenmonat="person_nr | stichtag | bg_typ | lzb\n1|2024-01-15|alleinerziehend|ja",
        expected="kennzahl\nK2\nK2E1\nK3E1\nP1",
    )


def test_each_berichtsmonat_has_the_entries_of_its_own_window(spec: Spec) -> None:
    spec.check(
        *STEPS,
        of("K2E1"),
        stichtage=STICHTAGE,
        kennzahl=FAMILY,
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
            K2       | 2024-03       | 24288           | 24289
            K2       | 2024-04       | 24288           | 24290
            K2E1     | 2024-03       | 24288           | 24289
            K2E1     | 2024-04       | 24288           | 24290
        """,
        core_personenmonat="""
            person_nr | stichtag   | eintritt_geringfuegig
            1         | 2024-01-15 | 1
            1         | 2024-03-15 | 1
            2         | 2024-02-15 | 0
        """,
        expected="""
            kennzahl | berichtsmonat | integrationen | bestand_monate | personen | personen_zaehler
            K2E1     | 2024-03       | 1             | 2              | 2        | 1
            K2E1     | 2024-04       | 2             | 3              | 2        | 1
        """,
    )
