"""The Stichtage with their neighbours and rules (docs/methodik/personenmonat.md)."""

from tests.sql.running import Spec


def test_the_neighbour_of_a_stichtag_is_that_of_the_next_calendar_month(spec: Spec) -> None:
    spec.check(
        "core_stichtag",
        core_bestand="""
            person_nr | stichtag
            1         | 2023-12-31
            1         | 2024-01-01
            2         | 2024-01-01
            1         | 2024-03-15
        """,
        ordered=True,
        expected="""
            berichtsmonat | stichtag   | stichtag_vormonat | stichtag_folgemonat
            2023-12       | 2023-12-31 |                   | 2024-01-01
            2024-01       | 2024-01-01 | 2023-12-31        |
            2024-03       | 2024-03-15 |                   |
        """,
    )


def test_months_are_numbered_by_the_calendar_and_stichtage_without_gaps(spec: Spec) -> None:
    spec.check(
        "core_stichtag",
        core_bestand="""
            person_nr | stichtag
            1         | 2023-12-15
            1         | 2024-01-15
            1         | 2024-04-15
        """,
        expected="""
            monat      | monat_nr | lfd_stichtag
            2023-12-01 | 24287    | 0
            2024-01-01 | 24288    | 1
            2024-04-01 | 24291    | 2
        """,
    )


def test_the_wartezeit_keeps_the_day_and_is_clipped_at_the_end_of_the_month(spec: Spec) -> None:
    spec.check(
        "core_stichtag",
        core_bestand="""
            person_nr | stichtag
            1         | 2022-11-30
            1         | 2023-11-30
            1         | 2024-01-31
            1         | 2024-03-15
        """,
        expected="""
            stichtag   | erfassungsgrenze
            2022-11-30 | 2023-02-28
            2023-11-30 | 2024-02-29
            2024-01-31 | 2024-04-30
            2024-03-15 | 2024-06-15
        """,
    )


def test_a_rule_holds_from_its_first_day_until_the_day_before_the_next_entry(spec: Spec) -> None:
    spec.check(
        "core_stichtag",
        core_bestand="""
            person_nr | stichtag
            1         | 2024-01-14
            1         | 2024-02-15
            1         | 2024-03-16
            1         | 2024-04-15
        """,
        parameter="""
            name                        | gilt_ab    | gilt_bis   | zahl
            wartezeit_monate            | 2005-01-01 | 2024-02-15 | 3
            wartezeit_monate            | 2024-02-15 | 2024-04-15 | 1
            wartezeit_monate            | 2024-04-15 |            | 2
            zugangsfenster              | 2005-01-01 | 2024-02-15 | 1
            zugangsfenster              | 2024-02-15 |            | 0
            weiterbeschaeftigung_zaehlt | 2005-01-01 | 2024-03-16 | 0
            weiterbeschaeftigung_zaehlt | 2024-03-16 |            | 1
            arbeitgeberwechsel_zaehlt   | 2005-01-01 | 2024-03-17 | 1
            arbeitgeberwechsel_zaehlt   | 2024-03-17 |            | 0
            massnahme_nachlauf_monate   | 2005-01-01 | 2024-04-15 | 6
            massnahme_nachlauf_monate   | 2024-04-15 |            | 12
        """,
        expected="""
            stichtag   | erfassungsgrenze | zugangsfenster | weiterbeschaeftigung_zaehlt
            2024-01-14 | 2024-04-14       | true           | false
            2024-02-15 | 2024-03-15       | false          | false
            2024-03-16 | 2024-04-16       | false          | true
            2024-04-15 | 2024-06-15       | false          | true
        """,
    )
    spec.check(
        "core_stichtag",
        core_bestand="""
            person_nr | stichtag
            1         | 2024-03-16
            1         | 2024-04-15
        """,
        parameter="""
            name                      | gilt_ab    | gilt_bis   | zahl
            arbeitgeberwechsel_zaehlt | 2005-01-01 | 2024-03-17 | 1
            arbeitgeberwechsel_zaehlt | 2024-03-17 |            | 0
            massnahme_nachlauf_monate | 2005-01-01 | 2024-04-15 | 6
            massnahme_nachlauf_monate | 2024-04-15 |            | 12
        """,
        expected="""
            stichtag   | arbeitgeberwechsel_zaehlt | massnahme_nachlauf_monate
            2024-03-16 | true                      | 6
            2024-04-15 | false                     | 12
        """,
    )


def test_the_rules_in_force_are_those_of_the_method(spec: Spec) -> None:
    spec.check(
        "core_stichtag",
        core_bestand="person_nr | stichtag\n1 | 2024-01-15",
        expected="""
            zugangsfenster | weiterbeschaeftigung_zaehlt | arbeitgeberwechsel_zaehlt
            true           | false                       | true
        """,
    )
