"""What a delivery says of known take-ups and participations (docs/methodik/pruefung.md)."""

from tests.sql.running import Spec

COUNTS = "zeilen | zuvor | gemeinsam | geaendert | weggefallen"


def test_a_first_delivery_has_nothing_to_compare(spec: Spec) -> None:
    spec.check(
        "core_ereignisvergleich",
        core_lieferung="""
            rang | lieferung | art  | tabelle          | erster_stichtag
            1    | L1        | voll | beschaeftigungen | 2024-01-15
        """,
        stg_beschaeftigungen="""
            lieferung | beschaeftigung_id | beginn
            L1        | a                 | 2024-01-20
        """,
        expected="lieferung | tabelle",
    )


def test_a_supplement_is_compared_by_the_keys_it_carries(spec: Spec) -> None:
    spec.check(
        "core_ereignisvergleich",
        core_lieferung="""
            rang | lieferung | art           | tabelle          | erster_stichtag
            1    | L1        | voll          | beschaeftigungen | 2024-01-15
            2    | L2        | nachlieferung | beschaeftigungen | 2024-02-15
            3    | L3        | nachlieferung | beschaeftigungen | 2024-03-15
        """,
        stg_beschaeftigungen="""
            lieferung | beschaeftigung_id | beginn     | ende
            L1        | a                 | 2024-01-20 |
            L1        | b                 | 2024-01-20 |
            L1        | c                 | 2024-01-20 |
            L2        | a                 | 2024-01-20 | 2024-02-10
            L2        | b                 | 2024-01-20 |
            L2        | d                 | 2024-02-20 |
            L3        | a                 | 2024-01-20 | 2024-02-10
        """,
        expected=f"""
            lieferung | tabelle | {COUNTS}
            L2        | beschaeftigungen | 3 | 2 | 2 | 1 | 0
            L3        | beschaeftigungen | 1 | 1 | 1 | 0 | 0
        """,
    )


def test_a_full_delivery_lacks_only_what_begins_in_its_own_period(spec: Spec) -> None:
    spec.check(
        "core_ereignisvergleich",
        core_lieferung="""
            rang | lieferung | art  | tabelle    | erster_stichtag
            1    | L1        | voll | teilnahmen | 2024-01-15
            2    | L2        | voll | teilnahmen | 2024-02-15
        """,
        stg_teilnahmen="""
            lieferung | teilnahme_id | eintritt
            L1        | a            | 2024-02-14
            L1        | b            | 2024-02-15
            L1        | c            | 2024-02-16
            L2        | c            | 2024-02-16
        """,
        expected=f"""
            lieferung | tabelle | {COUNTS}
            L2        | teilnahmen | 1 | 2 | 1 | 0 | 1
        """,
    )


def test_tables_do_not_mix_though_their_keys_are_alike(spec: Spec) -> None:
    spec.check(
        "core_ereignisvergleich",
        core_lieferung="""
            rang | lieferung | art           | tabelle          | erster_stichtag
            1    | L1        | voll          | beschaeftigungen | 2024-01-15
            2    | L2        | nachlieferung | teilnahmen       | 2024-02-15
        """,
        stg_beschaeftigungen="""
            lieferung | beschaeftigung_id | beginn
            L1        | a                 | 2024-01-20
        """,
        stg_teilnahmen="""
            lieferung | teilnahme_id | eintritt
            L2        | a            | 2024-02-14
        """,
        expected="lieferung | tabelle",
    )


def test_a_changed_beginning_is_counted_by_itself(spec: Spec) -> None:
    spec.check(
        "core_ereignisvergleich",
        core_lieferung="""
            rang | lieferung | art           | tabelle    | erster_stichtag
            1    | L1        | voll          | teilnahmen | 2024-01-15
            2    | L2        | nachlieferung | teilnahmen | 2024-02-15
            3    | L3        | nachlieferung | teilnahmen | 2024-03-15
        """,
        stg_teilnahmen="""
            lieferung | teilnahme_id | eintritt   | austritt
            L1        | a            | 2024-01-02 |
            L1        | b            | 2024-01-02 |
            L2        | a            | 2024-02-01 |
            L2        | b            | 2024-01-02 | 2024-02-02
            L3        | a            | 2024-02-01 |
        """,
        expected="""
            lieferung | geaendert | beginn_anders
            L2        | 2         | 1
            L3        | 0         | 0
        """,
    )


def test_what_an_earlier_full_delivery_dropped_is_not_missed_again(spec: Spec) -> None:
    spec.check(
        "core_ereignisvergleich",
        core_lieferung="""
            rang | lieferung | art  | tabelle    | erster_stichtag
            1    | L1        | voll | teilnahmen | 2024-01-15
            2    | L2        | voll | teilnahmen | 2024-01-15
            3    | L3        | voll | teilnahmen | 2024-01-15
        """,
        stg_teilnahmen="""
            lieferung | teilnahme_id | eintritt
            L1        | a            | 2024-01-20
            L1        | b            | 2024-01-20
            L2        | a            | 2024-01-20
            L3        | a            | 2024-01-20
        """,
        expected=f"""
            lieferung | {COUNTS}
            L2        | 1 | 2 | 1 | 0 | 1
            L3        | 1 | 1 | 1 | 0 | 0
        """,
    )


def test_what_begins_before_the_full_delivery_in_between_is_still_missed(spec: Spec) -> None:
    spec.check(
        "core_ereignisvergleich",
        core_lieferung="""
            rang | lieferung | art  | tabelle    | erster_stichtag
            1    | L1        | voll | teilnahmen | 2024-01-15
            2    | L2        | voll | teilnahmen | 2024-02-15
            3    | L3        | voll | teilnahmen | 2024-01-15
        """,
        stg_teilnahmen="""
            lieferung | teilnahme_id | eintritt
            L1        | a            | 2024-02-14
            L1        | b            | 2024-02-15
            L2        | c            | 2024-02-16
            L3        | c            | 2024-02-16
        """,
        expected=f"""
            lieferung | {COUNTS}
            L2        | 1 | 1 | 0 | 0 | 1
            L3        | 1 | 2 | 1 | 0 | 1
        """,
    )
