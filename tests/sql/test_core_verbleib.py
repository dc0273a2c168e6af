"""What becomes of delivered take-ups and participations (docs/methodik/zusammenfuehrung.md)."""

from tests.sql.running import Spec

PERSONS = """
    person_nr | person_id
    1         | A
    2         | B
"""


def test_a_later_delivery_of_a_key_replaces_the_earlier_row(spec: Spec) -> None:
    spec.check(
        "core_verbleib",
        core_lieferung="""
            rang | lieferung | art           | tabelle
            1    | L1        | voll          | beschaeftigungen
            2    | L2        | nachlieferung | beschaeftigungen
            3    | L3        | korrektur     | beschaeftigungen
        """,
        core_person=PERSONS,
        stg_beschaeftigungen="""
            lieferung | beschaeftigung_id | person_id | beginn
            L1        | a                 | A         | 2024-01-15
            L1        | b                 | B         | 2024-01-15
            L2        | a                 | A         | 2024-02-01
            L2        | c                 | B         | 2024-02-01
            L3        | a                 | A         | 2024-03-01
        """,
        expected="""
            lieferung | zeile | verbleib    | person_nr
            L1        | 2     | ersetzt     | 1
            L1        | 3     | uebernommen | 2
            L2        | 4     | ersetzt     | 1
            L2        | 5     | uebernommen | 2
            L3        | 6     | uebernommen | 1
        """,
    )


def test_what_a_later_full_delivery_lacks_goes_from_the_day_of_its_first_stichtag(
    spec: Spec,
) -> None:
    spec.check(
        "core_verbleib",
        core_lieferung="""
            rang | lieferung | art  | tabelle          | erster_stichtag
            1    | L1        | voll | beschaeftigungen | 2024-01-15
            1    | L1        | voll | teilnahmen       | 2024-01-15
            2    | L2        | voll | beschaeftigungen | 2024-02-15
            2    | L2        | voll | teilnahmen       | 2024-02-15
        """,
        core_person=PERSONS,
        stg_beschaeftigungen="""
            lieferung | person_id | beschaeftigung_id | beginn
            L1        | A         | a                 | 2024-02-14
            L1        | A         | b                 | 2024-02-15
            L1        | A         | c                 | 2024-02-16
            L1        | A         | d                 | 2024-02-16
            L2        | A         | d                 | 2024-02-16
        """,
        stg_teilnahmen="""
            lieferung | person_id | teilnahme_id | eintritt
            L1        | A         | a            | 2024-02-14
            L1        | A         | b            | 2024-02-15
        """,
        expected="""
            tabelle          | lieferung | zeile | verbleib
            beschaeftigungen | L1        | 2     | uebernommen
            beschaeftigungen | L1        | 3     | entfallen
            beschaeftigungen | L1        | 4     | entfallen
            beschaeftigungen | L1        | 5     | ersetzt
            beschaeftigungen | L2        | 6     | uebernommen
            teilnahmen       | L1        | 2     | uebernommen
            teilnahmen       | L1        | 3     | entfallen
        """,
    )


def test_of_several_later_full_deliveries_any_one_may_end_a_row(spec: Spec) -> None:
    spec.check(
        "core_verbleib",
        core_lieferung="""
            rang | lieferung | art  | tabelle          | erster_stichtag
            1    | L1        | voll | beschaeftigungen |
            2    | L2        | voll | beschaeftigungen | 2024-02-15
            3    | L3        | voll | beschaeftigungen | 2024-04-15
        """,
        core_person=PERSONS,
        stg_beschaeftigungen="""
            lieferung | person_id | beschaeftigung_id | beginn
            L1        | A         | a                 | 2024-02-14
            L1        | A         | b                 | 2024-02-15
            L2        | A         | c                 | 2024-04-14
            L2        | A         | d                 | 2024-04-15
            L3        | A         | e                 | 2024-04-15
        """,
        expected="""
            lieferung | zeile | verbleib
            L1        | 2     | uebernommen
            L1        | 3     | entfallen
            L2        | 4     | uebernommen
            L2        | 5     | entfallen
            L3        | 6     | uebernommen
        """,
    )


def test_a_row_that_was_corrected_goes_by_its_corrected_begin(spec: Spec) -> None:
    spec.check(
        "core_verbleib",
        core_lieferung="""
            rang | lieferung | art       | tabelle          | erster_stichtag
            1    | L1        | voll      | beschaeftigungen |
            2    | L2        | korrektur | beschaeftigungen |
            3    | L3        | voll      | beschaeftigungen | 2024-02-15
        """,
        core_person=PERSONS,
        stg_beschaeftigungen="""
            lieferung | person_id | beschaeftigung_id | beginn
            L1        | A         | a                 | 2024-03-01
            L2        | A         | a                 | 2024-02-14
            L1        | A         | b                 | 2024-02-14
            L2        | A         | b                 | 2024-03-01
        """,
        expected="""
            lieferung | zeile | verbleib
            L1        | 2     | ersetzt
            L2        | 3     | uebernommen
            L1        | 4     | ersetzt
            L2        | 5     | entfallen
        """,
    )


def test_supplements_and_corrections_delete_nothing(spec: Spec) -> None:
    spec.check(
        "core_verbleib",
        core_lieferung="""
            rang | lieferung | art           | tabelle          | erster_stichtag
            1    | L1        | voll          | beschaeftigungen |
            2    | L2        | nachlieferung | beschaeftigungen | 2024-01-15
            3    | L3        | korrektur     | beschaeftigungen | 2024-01-15
        """,
        core_person=PERSONS,
        stg_beschaeftigungen="lieferung | person_id | beginn\nL1 | A | 2024-02-01",
        expected="lieferung | verbleib\nL1 | uebernommen",
    )


def test_a_table_that_a_full_delivery_lacks_stays_untouched(spec: Spec) -> None:
    spec.check(
        "core_verbleib",
        core_lieferung="""
            rang | lieferung | art  | tabelle          | erster_stichtag
            1    | L1        | voll | beschaeftigungen |
            1    | L1        | voll | teilnahmen       |
            2    | L2        | voll | bestand          | 2024-01-15
            2    | L2        | voll | teilnahmen       | 2024-01-15
        """,
        core_person=PERSONS,
        stg_beschaeftigungen="lieferung | person_id | beginn\nL1 | A | 2024-02-01",
        stg_teilnahmen="lieferung | person_id | eintritt\nL1 | A | 2024-02-01",
        expected="""
            tabelle          | verbleib
            beschaeftigungen | uebernommen
            teilnahmen       | entfallen
        """,
    )


def test_a_full_delivery_without_stock_has_no_first_stichtag_and_deletes_nothing(
    spec: Spec,
) -> None:
    spec.check(
        "core_verbleib",
        core_lieferung="""
            rang | lieferung | art  | tabelle
            1    | L1        | voll | beschaeftigungen
            2    | L2        | voll | beschaeftigungen
        """,
        core_person=PERSONS,
        stg_beschaeftigungen="""
            lieferung | person_id | beschaeftigung_id | beginn
            L1        | A         | a                 | 2024-02-01
            L2        | A         | b                 | 2024-02-01
        """,
        expected="""
            lieferung | verbleib
            L1        | uebernommen
            L2        | uebernommen
        """,
    )


def test_a_full_delivery_does_not_delete_what_comes_after_it(spec: Spec) -> None:
    spec.check(
        "core_verbleib",
        core_lieferung="""
            rang | lieferung | art           | tabelle    | erster_stichtag
            2    | L1        | nachlieferung | teilnahmen |
            1    | L2        | voll          | teilnahmen | 2024-01-15
        """,
        core_person=PERSONS,
        stg_teilnahmen="""
            lieferung | person_id | teilnahme_id | eintritt
            L1        | A         | a            | 2024-02-01
            L2        | A         | b            | 2024-02-01
        """,
        expected="""
            lieferung | verbleib
            L1        | uebernommen
            L2        | uebernommen
        """,
    )


def test_rows_of_a_person_who_is_nowhere_in_the_stock_are_not_taken(spec: Spec) -> None:
    spec.check(
        "core_verbleib",
        core_lieferung="""
            rang | lieferung | tabelle
            1    | L1        | beschaeftigungen
            1    | L1        | teilnahmen
            2    | L2        | beschaeftigungen
        """,
        core_person=PERSONS,
        stg_beschaeftigungen="""
            lieferung | person_id | beschaeftigung_id | beginn
            L1        | A         | a                 | 2024-02-01
            L1        | X         | x                 | 2024-02-01
            L1        | X         | y                 | 2024-02-01
            L2        | X         | y                 | 2024-02-01
        """,
        stg_teilnahmen="""
            lieferung | person_id | eintritt
            L1        | B         | 2024-02-01
            L1        | X         | 2024-02-01
        """,
        expected="""
            tabelle          | lieferung | zeile | verbleib     | person_nr
            beschaeftigungen | L1        | 2     | uebernommen  | 1
            beschaeftigungen | L1        | 3     | ohne_bestand |
            beschaeftigungen | L1        | 4     | ersetzt      |
            beschaeftigungen | L2        | 5     | ohne_bestand |
            teilnahmen       | L1        | 2     | uebernommen  | 2
            teilnahmen       | L1        | 3     | ohne_bestand |
        """,
    )


def test_a_key_is_looked_for_in_its_own_table_only(spec: Spec) -> None:
    spec.check(
        "core_verbleib",
        core_lieferung="""
            rang | lieferung | art           | tabelle
            1    | L1        | voll          | beschaeftigungen
            2    | L2        | nachlieferung | teilnahmen
        """,
        core_person=PERSONS,
        stg_beschaeftigungen="""
            lieferung | person_id | beschaeftigung_id | beginn
            L1        | A         | 1                 | 2024-02-01
        """,
        stg_teilnahmen="""
            lieferung | person_id | teilnahme_id | eintritt
            L2        | A         | 1            | 2024-02-01
        """,
        expected="""
            tabelle          | verbleib
            beschaeftigungen | uebernommen
            teilnahmen       | uebernommen
        """,
    )


def test_only_rows_of_a_delivery_that_is_listed_with_their_table_are_judged(spec: Spec) -> None:
    spec.check(
        "core_verbleib",
        core_lieferung="""
            rang | lieferung | art  | tabelle
            1    | L1        | voll | beschaeftigungen
            2    | L2        | voll | teilnahmen
        """,
        core_person=PERSONS,
        stg_beschaeftigungen="""
            lieferung | person_id | beschaeftigung_id | beginn
            L1        | A         | a                 | 2024-02-01
            L2        | A         | b                 | 2024-02-01
            L3        | A         | c                 | 2024-02-01
        """,
        expected="lieferung | verbleib\nL1 | uebernommen",
    )
