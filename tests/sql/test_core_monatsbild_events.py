"""How many take-ups and participations a month of core_monatsbild counts."""

from tests.sql.running import Spec


def test_two_events_of_the_same_day_and_category_count_twice(spec: Spec) -> None:
    spec.check(
        "core_monatsbild",
        core_beschaeftigung="""
            beschaeftigung_id | beginn     | art
            a                 | 2024-01-15 | sv
            b                 | 2024-01-15 | sv
            c                 | 2024-01-15 | geringfuegig
        """,
        core_teilnahme="""
            teilnahme_id | eintritt   | instrument
            a            | 2024-01-15 | MAT
            b            | 2024-01-15 | MAT
        """,
        expected="""
            tabelle          | monat      | merkmal    | auspraegung  | zeilen
            beschaeftigungen | 2024-01-01 | art        | geringfuegig | 1
            beschaeftigungen | 2024-01-01 | art        | sv           | 2
            teilnahmen       | 2024-01-01 | instrument | MAT          | 2
        """,
    )
