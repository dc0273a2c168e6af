"""The SQL generated from breakdowns.toml for exits and participants: sums by month and sex."""

import pytest

from pipeline.breakdowns import Breakdown, breakdowns, breakdowns_of
from pipeline.quotas.units import exit_sums, participants
from tests.sql.running import Spec

REGISTRY = {b.id: b for b in breakdowns()}


def chosen(*ids: str) -> tuple[Breakdown, ...]:
    return tuple(REGISTRY[name] for name in ids)


EXITS = ("mart_austrittssumme", exit_sums(chosen("insgesamt", "massnahmedauer")))
PARTICIPANTS = ("mart_foerdersumme", participants(chosen("insgesamt", "massnahme")))


def test_each_exit_enters_each_breakdown_once_and_is_a_success_of_its_own_interval(
    spec: Spec,
) -> None:
    spec.check(
        EXITS,
        kennzahl="code\nEQ_1\nEQ_6",
        core_austritt="""
            teilnahme_id | person_nr | austritt   | geschlecht | massnahmedauer
            a            | 1         | 2024-01-31 | w          | unter_1_monat
            b            | 1         | 2024-01-01 | w          | unter_1_monat
            c            | 2         | 2024-01-01 | d          | 12_monate_und_mehr
        """,
        core_austritt_beschaeftigt="""
            kennzahl | teilnahme_id
            EQ_6     | a
            EQ_6     | c
            EQ_1     | a
            EQ_18    | b
        """,
        expected="""
            kennzahl | schnitt        | auspraegung_1      | geschlecht | zaehler | einheiten
            EQ_1     | insgesamt      | insgesamt          | d          | 0       | 1
            EQ_1     | insgesamt      | insgesamt          | w          | 1       | 2
            EQ_1     | massnahmedauer | 12_monate_und_mehr | d          | 0       | 1
            EQ_1     | massnahmedauer | unter_1_monat      | w          | 1       | 2
            EQ_6     | insgesamt      | insgesamt          | d          | 1       | 1
            EQ_6     | insgesamt      | insgesamt          | w          | 1       | 2
            EQ_6     | massnahmedauer | 12_monate_und_mehr | d          | 1       | 1
            EQ_6     | massnahmedauer | unter_1_monat      | w          | 1       | 2
        """,
    )


def test_a_cross_has_a_cell_per_instrument_and_length(spec: Spec) -> None:
    spec.check(
        ("mart_austrittssumme", exit_sums(chosen("instrument_x_massnahmedauer"))),
        kennzahl="code\nEQ_6",
        core_austritt="""
            person_nr | austritt   | instrument | massnahmedauer
            1         | 2024-01-31 | FBW        | unter_1_monat
            2         | 2024-01-31 | FBW        | unter_1_monat
            3         | 2024-01-31 | MAT        | unter_1_monat
            4         | 2024-01-31 | FBW        | 12_monate_und_mehr
        """,
        expected="""
            schnitt                     | auspraegung_1 | auspraegung_2      | einheiten
            instrument_x_massnahmedauer | FBW           | 12_monate_und_mehr | 1
            instrument_x_massnahmedauer | FBW           | unter_1_monat      | 2
            instrument_x_massnahmedauer | MAT           | unter_1_monat      | 1
        """,
    )


def test_exits_of_different_months_are_kept_apart(spec: Spec) -> None:
    spec.check(
        ("mart_austrittssumme", exit_sums(chosen("insgesamt"))),
        kennzahl="code\nEQ_6",
        core_austritt="""
            person_nr | austritt
            1         | 2023-12-31
            1         | 2024-01-01
            2         | 2024-01-31
        """,
        expected="""
            monat_nr | schnitt   | einheiten
            24287    | insgesamt | 1
            24288    | insgesamt | 2
        """,
    )


@pytest.mark.parametrize(
    "schnitt", [b.id for b in breakdowns_of("EQ_6") if len(b.merkmale) == 1]
)
def test_every_breakdown_of_exits_reads_its_own_column(spec: Spec, schnitt: str) -> None:
    (column,) = REGISTRY[schnitt].merkmale
    spec.check(
        ("mart_austrittssumme", exit_sums(chosen("insgesamt", schnitt))),
        kennzahl="code\nEQ_6",
        core_austritt=f"person_nr | austritt | {column}\n1 | 2024-01-01 | wert",
        expected=f"schnitt | auspraegung_1\ninsgesamt | insgesamt\n{schnitt} | wert",
    )


def test_who_is_in_two_measures_at_a_stichtag_is_one_person(spec: Spec) -> None:
    spec.check(
        PARTICIPANTS,
        core_teilnahmetag="""
            monat_nr | teilnahme_id | person_nr | geschlecht | massnahme
            24288    | a            | 1         | w          | kommunal
            24288    | b            | 1         | w          | kommunal
            24288    | c            | 1         | w          | weiterbildung
            24288    | d            | 2         | w          | weiterbildung
            24289    | a            | 1         | w          | kommunal
        """,
        expected="""
            monat_nr | schnitt   | auspraegung_1 | geschlecht | personen
            24288    | insgesamt | insgesamt     | insgesamt  | 2
            24288    | insgesamt | insgesamt     | w          | 2
            24288    | massnahme | kommunal      | insgesamt  | 1
            24288    | massnahme | kommunal      | w          | 1
            24288    | massnahme | weiterbildung | insgesamt  | 2
            24288    | massnahme | weiterbildung | w          | 2
            24289    | insgesamt | insgesamt     | insgesamt  | 1
            24289    | insgesamt | insgesamt     | w          | 1
            24289    | massnahme | kommunal      | insgesamt  | 1
            24289    | massnahme | kommunal      | w          | 1
        """,
    )


def test_who_is_there_with_two_sexes_counts_once_for_each_and_once_in_all(spec: Spec) -> None:
    spec.check(
        PARTICIPANTS,
        ("total", "select * from mart_foerdersumme where schnitt = 'insgesamt'"),
        core_teilnahmetag="""
            monat_nr | teilnahme_id | person_nr | geschlecht | massnahme
            24288    | a            | 1         | w          | kommunal
            24288    | b            | 1         | d          | kommunal
            24288    | c            | 2         | m          | kommunal
        """,
        expected="""
            geschlecht | personen
            d          | 1
            insgesamt  | 2
            m          | 1
            w          | 1
        """,
    )
