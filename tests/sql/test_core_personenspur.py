"""The track of a person: months in stock and with an event (docs/methodik/p1.md)."""

from tests.sql.running import Spec


def test_only_kennzahlen_of_the_stock_have_tracks_and_not_the_one_since_january(
    spec: Spec,
) -> None:
    spec.check(
        "core_personenspur",
        stichtage="2024-01-15 2024-02-15",
        kennzahl="code\nK2\nK2_JFW\nK2E3\nK2E4\nEQ_6",
        core_personenmonat="""
            person_nr | stichtag   | bg_typ          | integriert
            1         | 2024-01-15 | alleinerziehend | 1
            1         | 2024-02-15 | sonstige        | 1
            2         | 2024-01-15 | sonstige        | 0
        """,
        expected="""
            kennzahl | person_nr | bit_count(bestand) | bit_count(ereignis)
            K2       | 1         | 2                  | 2
            K2       | 2         | 1                  |
            K2E4     | 1         | 1                  | 1
        """,
    )


def test_each_kennzahl_has_its_own_events_and_entries_only_persons_who_have_one(
    spec: Spec,
) -> None:
    spec.check(
        "core_personenspur",
        stichtage="2024-01-15 2024-02-15 2024-03-15",
        kennzahl="code\nK2\nK2E1\nK2E2",
        core_personenmonat="""
            person_nr | stichtag   | integriert | eintritt_geringfuegig | eintritt_gefoerdert
            1         | 2024-01-15 | 0          | 1                     | 0
            1         | 2024-02-15 | 0          | 0                     | 0
            2         | 2024-01-15 | 0          | 0                     | 1
            2         | 2024-02-15 | 1          | 0                     | 1
            2         | 2024-03-15 | 0          | 0                     | 0
        """,
        expected="""
            kennzahl | person_nr | bit_count(bestand) | bit_count(ereignis)
            K2       | 1         | 2                  |
            K2       | 2         | 3                  | 1
            K2E1     | 1         | 2                  | 1
            K2E2     | 2         | 3                  | 2
        """,
    )


def test_groups_have_their_months_in_the_group_and_the_integrations_in_these(spec: Spec) -> None:
    spec.check(
        "core_personenspur",
        stichtage="2024-01-15 2024-02-15 2024-03-15",
        kennzahl="code\nK2\nK2E4\nK3E1",
        core_personenmonat="""
            person_nr | stichtag   | bg_typ          | lzb  | integriert
            1         | 2024-01-15 | alleinerziehend | nein | 1
            1         | 2024-02-15 | alleinerziehend | ja   | 0
            1         | 2024-03-15 | sonstige        | ja   | 1
            2         | 2024-01-15 | sonstige        | nein | 1
        """,
        expected="""
            kennzahl | person_nr | bit_count(bestand) | bit_count(ereignis)
            K2       | 1         | 3                  | 2
            K2       | 2         | 1                  | 1
            K2E4     | 1         | 2                  | 1
            K3E1     | 1         | 2                  | 1
        """,
    )


def test_a_person_delivered_with_two_sexes_has_a_track_for_each_once_one_has_an_entry(
    spec: Spec,
) -> None:
    spec.check(
        "core_personenspur",
        stichtage="2024-01-15 2024-02-15",
        kennzahl="code\nK2E1",
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | eintritt_geringfuegig
            1         | 2024-01-15 | w          | 1
            1         | 2024-02-15 | m          | 0
            2         | 2024-01-15 | w          | 0
        """,
        expected="""
            kennzahl | person_nr | geschlecht | bit_count(ereignis)
            K2E1     | 1         | w          | 1
            K2E1     | 1         | m          |
        """,
    )


def test_months_keep_their_place_and_those_without_a_berichtsmonat_are_left_out(
    spec: Spec,
) -> None:
    spec.check(
        "core_personenspur",
        stichtage="2024-01-15 2024-02-15 2024-03-15",
        kennzahl="code\nK2",
        core_personenmonat="""
            person_nr | stichtag   | berichtsmonat
            1         | 2024-01-15 | 2024-02-01
            1         | 2024-02-15 | 2024-03-01
            1         | 2024-03-15 |
            2         | 2024-02-15 | 2024-03-01
        """,
        expected="""
            person_nr | get_bit(bestand, 0) | get_bit(bestand, 1) | get_bit(bestand, 2)
            1         | 1                   | 1                   | 0
            2         | 0                   | 1                   | 0
        """,
    )
