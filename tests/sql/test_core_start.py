"""Which take-ups are booked as an Integration, and in which month (docs/methodik/k2.md).

`monat` is the month of the Stichtag at which the person was in stock; the Berichtsmonat follows it.
"""

from tests.sql.running import Spec

STICHTAGE = "2024-01-15 2024-02-15 2024-03-15 2024-04-15"

IN_STOCK_THROUGHOUT = """
    person_nr | stichtag
    1         | 2024-01-15
    1         | 2024-02-15
    1         | 2024-03-15
    1         | 2024-04-15
"""


def test_the_window_of_a_month_ends_on_its_stichtag_and_begins_the_day_after_the_one_before(
    spec: Spec,
) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        core_beschaeftigung="""
            person_nr | beginn
            1         | 2024-01-15
            1         | 2024-01-16
            1         | 2024-02-15
            1         | 2024-02-16
            1         | 2024-04-15
            1         | 2024-04-16
        """,
        expected="""
            person_nr | beginn     | monat
            1         | 2024-01-16 | 2024-01-01
            1         | 2024-02-15 | 2024-01-01
            1         | 2024-02-16 | 2024-02-01
            1         | 2024-04-15 | 2024-03-01
        """,
    )


def test_who_is_not_in_stock_at_the_stichtag_before_has_no_integration(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand="""
            person_nr | stichtag
            1         | 2024-01-15
            2         | 2024-02-15
        """,
        core_beschaeftigung="""
            person_nr | beginn
            1         | 2024-02-10
            1         | 2024-02-20
            2         | 2024-02-20
            3         | 2024-02-20
        """,
        expected="""
            person_nr | beginn     | monat
            1         | 2024-02-10 | 2024-01-01
            2         | 2024-02-20 | 2024-02-01
        """,
    )


def test_an_entrant_is_searched_one_window_further_back(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand="""
            person_nr | stichtag
            1         | 2024-03-15
            2         | 2024-02-15
            2         | 2024-03-15
        """,
        core_beschaeftigung="""
            person_nr | beginn
            1         | 2024-02-15
            1         | 2024-02-16
            1         | 2024-03-15
            1         | 2024-03-16
            2         | 2024-03-15
        """,
        expected="""
            person_nr | beginn     | monat
            1         | 2024-02-16 | 2024-03-01
            1         | 2024-03-15 | 2024-03-01
            1         | 2024-03-16 | 2024-03-01
            2         | 2024-03-15 | 2024-02-01
        """,
    )


def test_who_comes_back_after_a_month_out_of_stock_is_an_entrant_again(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand="""
            person_nr | stichtag
            1         | 2024-01-15
            1         | 2024-03-15
        """,
        core_beschaeftigung="""
            person_nr | beginn
            1         | 2024-02-10
            1         | 2024-02-20
        """,
        expected="""
            person_nr | beginn     | monat
            1         | 2024-02-10 | 2024-01-01
            1         | 2024-02-20 | 2024-03-01
        """,
    )


def test_without_the_stichtag_before_the_entry_the_second_window_is_not_searched(
    spec: Spec,
) -> None:
    spec.check(
        "core_start",
        stichtage="2024-01-15 2024-02-15 2024-04-15 2024-05-15",
        core_bestand="""
            person_nr | stichtag
            1         | 2024-01-15
            2         | 2024-04-15
        """,
        core_beschaeftigung="""
            person_nr | beginn
            1         | 2024-01-15
            1         | 2024-01-10
            2         | 2024-04-15
            2         | 2024-04-01
            2         | 2024-04-16
        """,
        expected="""
            person_nr | beginn     | monat
            2         | 2024-04-16 | 2024-04-01
        """,
    )


def test_an_entrant_at_the_last_stichtag_has_no_berichtsmonat_yet(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage="2024-01-15 2024-02-15",
        core_bestand="person_nr | stichtag\n1 | 2024-02-15",
        core_beschaeftigung="person_nr | beginn\n1 | 2024-02-10\n1 | 2024-02-20",
        expected="person_nr | monat",
    )


def test_a_missing_month_takes_the_starts_of_its_own_window_and_of_the_next(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage="2024-01-15 2024-02-15 2024-04-15 2024-05-15",
        core_bestand="""
            person_nr | stichtag
            1         | 2024-01-15
            1         | 2024-02-15
            1         | 2024-04-15
        """,
        core_beschaeftigung="""
            person_nr | beginn
            1         | 2024-02-15
            1         | 2024-02-16
            1         | 2024-03-15
            1         | 2024-04-15
            1         | 2024-04-16
        """,
        expected="""
            person_nr | beginn     | monat
            1         | 2024-02-15 | 2024-01-01
            1         | 2024-04-16 | 2024-04-01
        """,
    )


def test_stichtage_need_not_fall_on_the_same_day_of_each_month(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage="2023-12-31 2024-01-01 2024-02-29",
        core_bestand="""
            person_nr | stichtag
            1         | 2023-12-31
            1         | 2024-01-01
        """,
        core_beschaeftigung="""
            person_nr | beginn
            1         | 2023-12-31
            1         | 2024-01-01
            1         | 2024-01-02
            1         | 2024-02-29
            1         | 2024-03-01
        """,
        expected="""
            person_nr | beginn     | monat
            1         | 2024-01-01 | 2023-12-01
            1         | 2024-01-02 | 2024-01-01
            1         | 2024-02-29 | 2024-01-01
        """,
    )


def test_insured_work_training_and_self_employment_count_and_nothing_else(spec: Spec) -> None:
    spec.check(
        "core_start",
        ("k2", "select * from core_start where kennzahl = 'K2'"),
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        core_beschaeftigung="""
            person_nr | beginn     | art
            1         | 2024-02-01 | sv
            1         | 2024-02-01 | ausbildung
            1         | 2024-02-01 | selbstaendig
            1         | 2024-02-01 | geringfuegig
            1         | 2024-02-01 | oeffentlich_gefoerdert
        """,
        expected="""
            beginn     | art
            2024-02-01 | ausbildung
            2024-02-01 | selbstaendig
            2024-02-01 | sv
        """,
    )


def test_a_subsidy_does_not_matter(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        core_beschaeftigung="""
            beschaeftigung_id | person_nr | beginn     | art          | foerderung
            a                 | 1         | 2024-02-01 | sv           | egz
            b                 | 1         | 2024-02-01 | selbstaendig | esg
            c                 | 1         | 2024-02-01 | sv           | evl16e
            d                 | 1         | 2024-02-01 | sv           | keine
            e                 | 1         | 2024-02-01 | sv           | unbekannt
        """,
        expected="beschaeftigung_id\na\nb\nc\nd\ne",
    )


def test_two_persons_with_the_same_windows_do_not_share_their_starts(spec: Spec) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand="""
            person_nr | stichtag
            1         | 2024-01-15
            2         | 2024-01-15
            2         | 2024-02-15
        """,
        core_beschaeftigung="""
            person_nr | beginn
            2         | 2024-03-01
            1         | 2024-02-01
            2         | 2024-02-01
        """,
        ordered=True,
        expected="""
            person_nr | beginn     | monat
            1         | 2024-02-01 | 2024-01-01
            2         | 2024-02-01 | 2024-01-01
            2         | 2024-03-01 | 2024-02-01
        """,
    )
