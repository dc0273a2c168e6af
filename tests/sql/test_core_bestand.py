"""Merging the stock of several deliveries (docs/methodik/zusammenfuehrung.md)."""

from tests.sql.running import Spec


def test_later_deliveries_add_rows_and_replace_those_with_their_key(spec: Spec) -> None:
    spec.check(
        "core_bestand",
        core_lieferung="""
            rang | lieferung | art
            1    | L1        | voll
            2    | L2        | nachlieferung
            3    | L3        | korrektur
        """,
        stg_bestand="""
            lieferung | person_id | stichtag   | stadtbezirk
            L1        | A         | 2024-01-15 | Mitte
            L1        | B         | 2024-01-15 | Mitte
            L2        | A         | 2024-01-15 | Nord
            L2        | A         | 2024-02-15 | Nord
            L3        | A         | 2024-01-15 | West
        """,
        expected="""
            person_id | monat      | stadtbezirk | lieferung
            A         | 2024-01-01 | West        | L3
            A         | 2024-02-01 | Nord        | L2
            B         | 2024-01-01 | Mitte       | L1
        """,
    )


def test_a_full_delivery_replaces_the_months_from_its_first_stichtag_to_its_last(
    spec: Spec,
) -> None:
    spec.check(
        "core_bestand",
        core_lieferung="""
            rang | lieferung | art  | erster_stichtag | letzter_stichtag
            1    | L1        | voll | 2024-01-15      | 2024-05-15
            2    | L2        | voll | 2024-02-15      | 2024-04-15
        """,
        stg_bestand="""
            lieferung | person_id | stichtag
            L1        | A         | 2024-01-15
            L1        | A         | 2024-02-15
            L1        | A         | 2024-03-15
            L1        | A         | 2024-04-15
            L1        | A         | 2024-05-15
            L2        | B         | 2024-02-15
            L2        | B         | 2024-04-15
        """,
        expected="""
            person_id | stichtag   | lieferung
            A         | 2024-01-15 | L1
            A         | 2024-05-15 | L1
            B         | 2024-02-15 | L2
            B         | 2024-04-15 | L2
        """,
    )


def test_a_supplement_deletes_nothing_in_the_months_it_carries(spec: Spec) -> None:
    spec.check(
        "core_bestand",
        core_lieferung="""
            rang | lieferung | art           | erster_stichtag | letzter_stichtag
            1    | L1        | voll          | 2024-01-15      | 2024-01-15
            2    | L2        | nachlieferung | 2024-01-15      | 2024-01-15
        """,
        stg_bestand="""
            lieferung | person_id | stichtag
            L1        | A         | 2024-01-15
            L2        | B         | 2024-01-15
        """,
        expected="""
            person_id | stichtag
            A         | 2024-01-15
            B         | 2024-01-15
        """,
    )


def test_a_full_delivery_replaces_supplements_before_it_but_not_after_it(spec: Spec) -> None:
    spec.check(
        "core_bestand",
        core_lieferung="""
            rang | lieferung | art           | erster_stichtag | letzter_stichtag
            1    | L1        | nachlieferung | 2024-01-15      | 2024-01-15
            2    | L2        | voll          | 2024-01-15      | 2024-01-15
            3    | L3        | nachlieferung | 2024-01-15      | 2024-01-15
        """,
        stg_bestand="""
            lieferung | person_id | stichtag
            L1        | A         | 2024-01-15
            L2        | B         | 2024-01-15
            L3        | C         | 2024-01-15
        """,
        expected="""
            person_id | lieferung
            B         | L2
            C         | L3
        """,
    )


def test_the_newest_of_several_full_deliveries_holds_a_month(spec: Spec) -> None:
    spec.check(
        "core_bestand",
        core_lieferung="""
            rang | lieferung | art  | erster_stichtag | letzter_stichtag
            1    | L1        | voll | 2024-01-15      | 2024-02-15
            2    | L2        | voll | 2024-01-15      | 2024-02-15
            3    | L3        | voll | 2024-02-15      | 2024-02-15
        """,
        stg_bestand="""
            lieferung | person_id | stichtag
            L1        | A         | 2024-01-15
            L1        | A         | 2024-02-15
            L2        | B         | 2024-01-15
            L2        | B         | 2024-02-15
            L3        | C         | 2024-02-15
        """,
        expected="""
            person_id | stichtag   | lieferung
            B         | 2024-01-15 | L2
            C         | 2024-02-15 | L3
        """,
    )


def test_the_order_of_deliveries_is_their_rank_and_not_their_name(spec: Spec) -> None:
    spec.check(
        "core_bestand",
        core_lieferung="""
            rang | lieferung | art
            2    | L1        | korrektur
            1    | L2        | voll
        """,
        stg_bestand="""
            lieferung | person_id | stichtag   | stadtbezirk
            L1        | A         | 2024-01-15 | Mitte
            L2        | A         | 2024-01-15 | Nord
        """,
        expected="""
            person_id | stadtbezirk | lieferung
            A         | Mitte       | L1
        """,
    )


def test_a_delivery_is_known_by_its_stock_and_not_by_its_other_tables(spec: Spec) -> None:
    spec.check(
        "core_bestand",
        core_lieferung="""
            rang | lieferung | art  | tabelle          | erster_stichtag | letzter_stichtag
            1    | L1        | voll | bestand          | 2024-01-15      | 2024-01-15
            1    | L1        | voll | beschaeftigungen | 2024-01-15      | 2024-01-15
            2    | L2        | voll | beschaeftigungen |                 |
        """,
        stg_bestand="""
            lieferung | person_id | stichtag
            L1        | A         | 2024-01-15
        """,
        expected="""
            person_id | stichtag   | lieferung
            A         | 2024-01-15 | L1
        """,
    )


def test_a_full_delivery_is_complete_also_for_stichtage_at_which_it_has_nobody(spec: Spec) -> None:
    spec.check(
        "core_bestand",
        core_lieferung="""
            rang | lieferung | art           | tabelle | erster_stichtag | letzter_stichtag
            1    | L1        | nachlieferung | bestand | 2024-01-15      | 2024-05-15
            2    | L2        | voll          | bezug   | 2024-02-15      | 2024-04-15
        """,
        stg_bestand="""
            lieferung | person_id | stichtag
            L1        | A         | 2024-01-15
            L1        | A         | 2024-02-15
            L1        | A         | 2024-03-15
            L1        | A         | 2024-04-15
            L1        | A         | 2024-05-15
            L2        | B         | 2024-03-15
        """,
        expected="""
            person_id | stichtag
            A         | 2024-01-15
            A         | 2024-05-15
            B         | 2024-03-15
        """,
    )


def test_the_months_of_spells_replace_and_are_replaced_like_those_of_a_delivered_stock(
    spec: Spec,
) -> None:
    spec.check(
        "core_bestand",
        core_lieferung="""
            rang | lieferung | art           | tabelle
            1    | L1        | nachlieferung | bezug
            2    | L2        | nachlieferung | bestand
            3    | L3        | nachlieferung | bezug
        """,
        stg_bestand="""
            lieferung | person_id | stichtag   | stadtbezirk
            L1        | A         | 2024-01-15 | Mitte
            L1        | A         | 2024-02-15 | Mitte
            L2        | A         | 2024-02-15 | Nord
            L2        | A         | 2024-03-15 | Nord
            L3        | A         | 2024-03-15 | West
        """,
        expected="""
            stichtag   | stadtbezirk | lieferung
            2024-01-15 | Mitte       | L1
            2024-02-15 | Nord        | L2
            2024-03-15 | West        | L3
        """,
    )


def test_persons_are_numbered_in_the_order_of_their_pseudonym(spec: Spec) -> None:
    spec.check(
        "core_bestand",
        core_lieferung="rang | lieferung\n1 | L1",
        stg_bestand="""
            person_id | stichtag
            b         | 2024-01-15
            b         | 2024-02-15
            B         | 2024-01-15
            ä         | 2024-01-15
        """,
        expected="""
            person_nr | person_id | monat
            1         | B         | 2024-01-01
            2         | b         | 2024-01-01
            2         | b         | 2024-02-01
            3         | ä         | 2024-01-01
        """,
    )


def test_missing_attributes_stay_missing_and_delivered_ones_stay_as_delivered(spec: Spec) -> None:
    spec.check(
        "core_bestand",
        core_lieferung="rang | lieferung\n1 | L1",
        stg_bestand="""
            person_id | stichtag   | geschlecht | geburtsjahr | leistungsbezug_seit | lzb
            A         | 2024-01-31 | d          | 1980        | 2020-02-29          | ja
            B         | 2024-01-31 | u          |             |                     | nein
        """,
        expected="""
            person_id | stichtag   | geschlecht | geburtsjahr | leistungsbezug_seit | lzb
            A         | 2024-01-31 | d          | 1980        | 2020-02-29          | ja
            B         | 2024-01-31 | u          |             |                     | nein
        """,
    )
