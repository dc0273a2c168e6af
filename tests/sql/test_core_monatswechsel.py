"""Who stays from one Stichtag to the next (docs/methodik/pruefung.md)."""

from tests.sql.running import Spec


def test_persons_stay_leave_and_change_their_sex_or_year_of_birth(spec: Spec) -> None:
    spec.check(
        "core_monatswechsel",
        stichtage="2024-01-15 2024-02-15 2024-04-15",
        core_bestand="""
            person_nr | monat      | stichtag   | geschlecht | geburtsjahr
            1         | 2024-01-01 | 2024-01-15 | w          | 1980
            2         | 2024-01-01 | 2024-01-15 | w          | 1980
            3         | 2024-01-01 | 2024-01-15 | m          |
            4         | 2024-01-01 | 2024-01-15 | m          | 1980
            1         | 2024-02-01 | 2024-02-15 | m          | 1980
            2         | 2024-02-01 | 2024-02-15 | w          | 1981
            3         | 2024-02-01 | 2024-02-15 | m          | 1980
            5         | 2024-02-01 | 2024-02-15 | m          | 1980
            1         | 2024-04-01 | 2024-04-15 | w          | 1999
        """,
        expected="""
            monat      | personen_zuvor | geblieben | geschlecht_anders | geburtsjahr_anders
            2024-02-01 | 4              | 3         | 1                 | 1
        """,
    )


def test_a_month_that_nobody_reaches_has_a_row(spec: Spec) -> None:
    spec.check(
        "core_monatswechsel",
        stichtage="2024-01-15 2024-02-15",
        core_bestand="""
            person_nr | monat      | stichtag   | geschlecht
            1         | 2024-01-01 | 2024-01-15 | w
            2         | 2024-02-01 | 2024-02-15 | w
        """,
        expected="""
            monat      | personen_zuvor | geblieben
            2024-02-01 | 1              | 0
        """,
    )


def test_a_changed_degree_is_counted(spec: Spec) -> None:
    spec.check(
        "core_monatswechsel",
        stichtage="2024-01-15 2024-02-15",
        core_bestand="""
            person_nr | monat      | stichtag   | berufsabschluss
            1         | 2024-01-01 | 2024-01-15 | ohne
            2         | 2024-01-01 | 2024-01-15 | ohne
            1         | 2024-02-01 | 2024-02-15 | ohne
            2         | 2024-02-01 | 2024-02-15 | betrieblich
        """,
        expected="""
            geblieben | berufsabschluss_anders
            2         | 1
        """,
    )


def test_an_entry_that_was_not_delivered_is_no_other_entry(spec: Spec) -> None:
    spec.check(
        "core_monatswechsel",
        stichtage="2024-01-15 2024-02-15 2024-03-15",
        core_bestand="""
            person_nr | monat      | stichtag   | geschlecht | berufsabschluss
            1         | 2024-01-01 | 2024-01-15 | u          | unbekannt
            1         | 2024-02-01 | 2024-02-15 | w          | ohne
            1         | 2024-03-01 | 2024-03-15 | u          | unbekannt
        """,
        expected="""
            geblieben | geschlecht_anders | berufsabschluss_anders
            1         | 0                 | 0
            1         | 0                 | 0
        """,
    )
