"""What a delivery says of known persons and months (docs/methodik/pruefung.md)."""

from tests.sql.running import Spec

COUNTS = "zeilen | zuvor | gemeinsam | geaendert | weggefallen"


def test_without_an_earlier_delivery_of_a_month_there_is_nothing_to_compare(spec: Spec) -> None:
    spec.check(
        "core_bestandsvergleich",
        core_lieferung="""
            rang | lieferung | art           | tabelle | erster_stichtag | letzter_stichtag
            1    | L1        | voll          | bestand | 2024-01-15      | 2024-01-15
            2    | L2        | nachlieferung | bestand | 2024-02-15      | 2024-02-15
        """,
        stg_bestand="""
            lieferung | person_id | stichtag
            L1        | A         | 2024-01-15
            L2        | A         | 2024-02-15
        """,
        expected="lieferung | monat",
    )


def test_rows_are_the_same_changed_new_or_gone(spec: Spec) -> None:
    spec.check(
        "core_bestandsvergleich",
        core_lieferung="""
            rang | lieferung | art  | tabelle | erster_stichtag | letzter_stichtag
            1    | L1        | voll | bestand | 2024-01-15      | 2024-01-15
            2    | L2        | voll | bestand | 2024-01-15      | 2024-01-15
        """,
        stg_bestand="""
            lieferung | person_id | stichtag   | geschlecht | geburtsjahr | bg_typ
            L1        | A         | 2024-01-15 | w          | 1980        | sonstige
            L1        | B         | 2024-01-15 | w          | 1980        | sonstige
            L1        | C         | 2024-01-15 | w          | 1980        | sonstige
            L1        | D         | 2024-01-15 | w          |             | sonstige
            L1        | E         | 2024-01-15 | w          | 1980        | sonstige
            L2        | A         | 2024-01-15 | w          | 1980        | sonstige
            L2        | B         | 2024-01-15 | m          | 1980        | sonstige
            L2        | C         | 2024-01-15 | w          | 1981        | paar_mit_kind
            L2        | D         | 2024-01-15 | w          | 1980        | sonstige
            L2        | F         | 2024-01-15 | w          | 1980        | sonstige
        """,
        expected=f"""
            lieferung | {COUNTS} | geschlecht_anders | geburtsjahr_anders
            L2        | 5 | 5 | 4 | 3 | 1 | 1 | 1
        """,
    )


def test_only_a_full_delivery_can_leave_rows_out(spec: Spec) -> None:
    spec.check(
        "core_bestandsvergleich",
        core_lieferung="""
            rang | lieferung | art           | tabelle | erster_stichtag | letzter_stichtag
            1    | L1        | voll          | bestand | 2024-01-15      | 2024-01-15
            2    | L2        | nachlieferung | bestand | 2024-01-15      | 2024-01-15
        """,
        stg_bestand="""
            lieferung | person_id | stichtag
            L1        | A         | 2024-01-15
            L1        | B         | 2024-01-15
            L2        | A         | 2024-01-15
        """,
        expected=f"""
            lieferung | {COUNTS}
            L2        | 1 | 2 | 1 | 0 | 0
        """,
    )


def test_the_newest_earlier_row_counts_and_not_what_a_full_delivery_replaced(spec: Spec) -> None:
    spec.check(
        "core_bestandsvergleich",
        core_lieferung="""
            rang | lieferung | art           | tabelle | erster_stichtag | letzter_stichtag
            1    | L1        | voll          | bestand | 2024-01-15      | 2024-02-15
            2    | L2        | voll          | bestand | 2024-01-15      | 2024-01-15
            3    | L3        | nachlieferung | bestand | 2024-01-15      | 2024-01-15
            4    | L4        | korrektur     | bestand | 2024-01-15      | 2024-02-15
        """,
        stg_bestand="""
            lieferung | person_id | stichtag   | geschlecht
            L1        | A         | 2024-01-15 | w
            L1        | B         | 2024-01-15 | w
            L1        | A         | 2024-02-15 | w
            L2        | A         | 2024-01-15 | w
            L3        | A         | 2024-01-15 | m
            L4        | A         | 2024-01-15 | m
            L4        | B         | 2024-01-15 | w
            L4        | A         | 2024-02-15 | m
        """,
        expected=f"""
            lieferung | monat | {COUNTS}
            L2        | 2024-01-01 | 1 | 2 | 1 | 0 | 1
            L3        | 2024-01-01 | 1 | 1 | 1 | 1 | 0
            L4        | 2024-01-01 | 2 | 1 | 1 | 0 | 0
            L4        | 2024-02-01 | 1 | 1 | 1 | 1 | 0
        """,
    )


def test_spells_stand_for_the_stock(spec: Spec) -> None:
    spec.check(
        "core_bestandsvergleich",
        core_lieferung="""
            rang | lieferung | art  | tabelle | erster_stichtag | letzter_stichtag
            1    | L1        | voll | bezug   | 2024-01-15      | 2024-01-15
            2    | L2        | voll | bestand | 2024-01-15      | 2024-01-15
        """,
        stg_bestand="""
            lieferung | person_id | stichtag
            L1        | A         | 2024-01-15
            L2        | A         | 2024-01-15
        """,
        expected=f"""
            lieferung | {COUNTS}
            L2        | 1 | 1 | 1 | 0 | 0
        """,
    )


def test_a_sex_that_was_not_delivered_is_no_other_sex(spec: Spec) -> None:
    spec.check(
        "core_bestandsvergleich",
        core_lieferung="""
            rang | lieferung | art       | tabelle | erster_stichtag | letzter_stichtag
            1    | L1        | voll      | bestand | 2024-01-15      | 2024-01-15
            2    | L2        | korrektur | bestand | 2024-01-15      | 2024-01-15
        """,
        stg_bestand="""
            lieferung | person_id | stichtag   | geschlecht
            L1        | A         | 2024-01-15 | u
            L1        | B         | 2024-01-15 | w
            L2        | A         | 2024-01-15 | w
            L2        | B         | 2024-01-15 | u
        """,
        expected="""
            lieferung | gemeinsam | geaendert | geschlecht_anders
            L2        | 2         | 2         | 0
        """,
    )
