"""Rows in = taken + rejected + merged (docs/methodik/zusammenfuehrung.md)."""

from tests.sql.running import Spec


def test_stock_rows_are_taken_rejected_or_merged(spec: Spec) -> None:
    spec.check(
        "core_bestand",
        "core_zeilenbilanz",
        core_lieferung="""
            rang | lieferung | art           | geliefert | abgewiesen | doppelt
            1    | L1        | voll          | 7         | 2          | 1
            2    | L2        | nachlieferung | 2         | 0          | 0
        """,
        stg_bestand="""
            lieferung | zeile | person_id | stichtag
            L1        | 2     | A         | 2024-01-15
            L1        | 3     | B         | 2024-01-15
            L1        | 4     | B         | 2024-02-15
            L1        | 5     | D         | 2024-02-15
            L2        | 2     | B         | 2024-01-15
            L2        | 3     | C         | 2024-02-15
        """,
        expected="""
            lieferung | tabelle | geliefert | uebernommen | abgewiesen | zusammengefuehrt
            L1        | bestand | 7         | 3           | 2          | 2
            L2        | bestand | 2         | 2           | 0          | 0
        """,
    )


def test_take_ups_without_stock_are_rejected_and_superseded_ones_are_merged(spec: Spec) -> None:
    spec.check(
        "core_zeilenbilanz",
        core_lieferung="""
            rang | lieferung | tabelle          | geliefert | abgewiesen | doppelt
            1    | L1        | beschaeftigungen | 9         | 2          | 1
            1    | L1        | teilnahmen       | 1         | 0          | 0
        """,
        core_verbleib="""
            tabelle          | verbleib
            beschaeftigungen | uebernommen
            beschaeftigungen | ohne_bestand
            beschaeftigungen | ohne_bestand
            beschaeftigungen | ersetzt
            beschaeftigungen | entfallen
            beschaeftigungen | entfallen
            teilnahmen       | uebernommen
        """,
        expected="""
            tabelle          | geliefert | uebernommen | abgewiesen | zusammengefuehrt
            beschaeftigungen | 9         | 1           | 4          | 4
            teilnahmen       | 1         | 1           | 0          | 0
        """,
    )


def test_every_accepted_spell_is_taken_whatever_became_of_its_months(spec: Spec) -> None:
    spec.check(
        "core_bestand",
        "core_zeilenbilanz",
        core_lieferung="""
            rang | lieferung | art           | tabelle | geliefert | abgewiesen | doppelt
            1    | L1        | nachlieferung | bezug   | 9         | 2          | 3
            2    | L2        | nachlieferung | bestand | 1         | 0          | 0
        """,
        stg_bestand="""
            lieferung | zeile | person_id | stichtag
            L1        | 2     | A         | 2024-01-15
            L1        | 2     | A         | 2024-02-15
            L1        | 3     | B         | 2024-02-15
            L2        | 2     | A         | 2024-02-15
        """,
        expected="""
            lieferung | tabelle | geliefert | uebernommen | abgewiesen | zusammengefuehrt
            L1        | bezug   | 9         | 4           | 2          | 3
            L2        | bestand | 1         | 1           | 0          | 0
        """,
    )


def test_a_delivery_of_which_nothing_was_taken_still_has_its_row(spec: Spec) -> None:
    spec.check(
        "core_zeilenbilanz",
        core_lieferung="""
            rang | lieferung | tabelle          | geliefert | abgewiesen | doppelt
            1    | L1        | bestand          | 1         | 0          | 0
            1    | L1        | teilnahmen       | 0         | 0          | 0
            1    | L1        | beschaeftigungen | 2         | 2          | 0
            2    | L2        | bestand          | 3         | 3          | 0
        """,
        stg_bestand="lieferung | zeile | person_id | stichtag\nL1 | 2 | A | 2024-01-15",
        expected="""
            lieferung | tabelle          | uebernommen | abgewiesen | zusammengefuehrt
            L1        | bestand          | 0           | 0          | 1
            L1        | beschaeftigungen | 0           | 2          | 0
            L1        | teilnahmen       | 0           | 0          | 0
            L2        | bestand          | 0           | 3          | 0
        """,
    )


def test_the_balance_stands_in_the_order_of_merging(spec: Spec) -> None:
    spec.check(
        "core_zeilenbilanz",
        core_lieferung="""
            rang | lieferung | tabelle          | geliefert
            2    | A         | bestand          | 0
            1    | B         | teilnahmen       | 0
            1    | B         | beschaeftigungen | 0
        """,
        ordered=True,
        expected="""
            lieferung | tabelle
            B         | beschaeftigungen
            B         | teilnahmen
            A         | bestand
        """,
    )
