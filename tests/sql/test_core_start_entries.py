"""Entries into marginal and publicly funded work (docs/methodik/k2e1.md, docs/methodik/k2e2.md)."""

import pytest

from tests.sql.running import Spec, persons

STICHTAGE = "2024-01-15 2024-02-15 2024-03-15 2024-04-15"

IN_STOCK_THROUGHOUT = """
    person_nr | stichtag
    1         | 2024-01-15
    1         | 2024-02-15
    1         | 2024-03-15
"""

BOTH = pytest.mark.parametrize(
    ("kennzahl", "art"), [("K2E1", "geringfuegig"), ("K2E2", "oeffentlich_gefoerdert")]
)


def test_every_kind_of_work_belongs_to_exactly_one_kennzahl(spec: Spec) -> None:
    spec.check(
        "core_start",
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
            art                    | kennzahl
            ausbildung             | K2
            geringfuegig           | K2E1
            oeffentlich_gefoerdert | K2E2
            selbstaendig           | K2
            sv                     | K2
        """,
    )


@BOTH
def test_the_window_of_an_entry_begins_after_the_stichtag_before_and_ends_on_the_next(
    spec: Spec, kennzahl: str, art: str
) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        core_beschaeftigung=f"""
            person_nr | beginn     | art
            1         | 2024-02-14 | {art}
            1         | 2024-02-15 | {art}
            1         | 2024-02-16 | {art}
            1         | 2024-01-15 | {art}
            1         | 2024-04-15 | {art}
            1         | 2024-04-16 | {art}
        """,
        expected=f"""
            kennzahl   | beginn     | monat
            {kennzahl} | 2024-02-14 | 2024-01-01
            {kennzahl} | 2024-02-15 | 2024-01-01
            {kennzahl} | 2024-02-16 | 2024-02-01
            {kennzahl} | 2024-04-15 | 2024-03-01
        """,
    )


@BOTH
def test_an_entry_of_who_was_not_yet_in_stock_is_searched_one_window_further_back(
    spec: Spec, kennzahl: str, art: str
) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand="""
            person_nr | stichtag
            1         | 2024-02-15
            2         | 2024-01-15
            2         | 2024-02-15
        """,
        core_beschaeftigung=f"""
            person_nr | beginn     | art
            1         | 2024-01-15 | {art}
            1         | 2024-01-16 | {art}
            1         | 2024-02-15 | {art}
            2         | 2024-02-15 | {art}
        """,
        expected=f"""
            kennzahl   | person_nr | beginn     | monat
            {kennzahl} | 1         | 2024-01-16 | 2024-02-01
            {kennzahl} | 1         | 2024-02-15 | 2024-02-01
            {kennzahl} | 2         | 2024-02-15 | 2024-01-01
        """,
    )


@BOTH
def test_where_the_second_window_is_closed_it_is_closed_for_entries_too(
    spec: Spec, kennzahl: str, art: str
) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand="person_nr | stichtag\n1 | 2024-02-15",
        parameter="name | gilt_ab | zahl\nzugangsfenster | 2005-01-01 | 0",
        core_beschaeftigung=f"""
            person_nr | beginn     | art
            1         | 2024-02-10 | {art}
            1         | 2024-02-20 | {art}
        """,
        expected=f"kennzahl | beginn\n{kennzahl} | 2024-02-20",
    )


@BOTH
def test_an_entry_counts_when_recorded_within_the_wartezeit(
    spec: Spec, kennzahl: str, art: str
) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        core_beschaeftigung=f"""
            beschaeftigung_id | person_nr | beginn     | erfasst_am | art
            a                 | 1         | 2024-02-01 | 2024-05-14 | {art}
            b                 | 1         | 2024-02-01 | 2024-05-15 | {art}
            c                 | 1         | 2024-02-01 | 2024-05-16 | {art}
            d                 | 1         | 2024-02-01 |            | {art}
        """,
        expected=f"""
            kennzahl   | beschaeftigung_id
            {kennzahl} | a
            {kennzahl} | b
            {kennzahl} | d
        """,
    )


@BOTH
@pytest.mark.parametrize("before", ["sv", "geringfuegig", "oeffentlich_gefoerdert"])
def test_a_new_contract_with_the_same_employer_is_an_entry_all_the_same(
    spec: Spec, kennzahl: str, art: str, before: str
) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        core_beschaeftigung=f"""
            beschaeftigung_id | person_nr | beginn     | ende       | art      | arbeitgeber_id
            earlier           | 1         | 2024-01-01 | 2024-02-29 | {before} | X
            later             | 1         | 2024-03-01 |            | {art}    | X
        """,
        expected=f"kennzahl | beschaeftigung_id\n{kennzahl} | later",
    )


@BOTH
def test_where_a_change_of_employer_does_not_count_an_entry_beside_a_job_still_does(
    spec: Spec, kennzahl: str, art: str
) -> None:
    spec.check(
        "core_start",
        stichtage=STICHTAGE,
        core_bestand=IN_STOCK_THROUGHOUT,
        parameter="name | gilt_ab | zahl\narbeitgeberwechsel_zaehlt | 2005-01-01 | 0",
        core_beschaeftigung=f"""
            beschaeftigung_id | person_nr | beginn     | art   | arbeitgeber_id
            a                 | 1         | 2024-01-01 | sv    | X
            b                 | 1         | 2024-01-01 | {art} | X
            c                 | 1         | 2024-03-01 | {art} | Y
            d                 | 1         | 2024-03-01 | sv    | Y
        """,
        expected=f"kennzahl | beschaeftigung_id\n{kennzahl} | c",
    )


def test_each_month_has_at_most_one_entry_of_each_kind_beside_its_integration(spec: Spec) -> None:
    spec.check(
        "core_start",
        "core_personenmonat",
        ("flags", "select *, eintritt_geringfuegig as k2e1, eintritt_gefoerdert as k2e2 "
         "from core_personenmonat"),
        stichtage=STICHTAGE,
        core_person=persons(1),
        core_bestand=IN_STOCK_THROUGHOUT + "    1 | 2024-04-15\n",
        core_beschaeftigung="""
            person_nr | beginn     | art
            1         | 2024-02-01 | geringfuegig
            1         | 2024-02-02 | geringfuegig
            1         | 2024-02-20 | geringfuegig
            1         | 2024-02-20 | oeffentlich_gefoerdert
            1         | 2024-02-21 | sv
        """,
        expected="""
            monat      | berichtsmonat | integriert | k2e1 | k2e2
            2024-01-01 | 2024-02       | 0          | 1    | 0
            2024-02-01 | 2024-03       | 1          | 1    | 1
            2024-03-01 | 2024-04       | 0          | 0    | 0
            2024-04-01 |               |            |      |
        """,
    )  # fmt: skip
