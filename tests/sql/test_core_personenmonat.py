"""The person-month and the attributes of its Stichtag (docs/methodik/personenmonat.md)."""

import pytest

from tests.sql.running import Spec, persons


@pytest.mark.parametrize(
    ("age", "below", "reached"),
    [
        (25, "unter_25", "25_bis_unter_35"),
        (35, "25_bis_unter_35", "35_bis_unter_45"),
        (45, "35_bis_unter_45", "45_bis_unter_55"),
        (55, "45_bis_unter_55", "55_und_mehr"),
    ],
)
def test_the_age_is_the_year_of_the_stichtag_minus_the_year_of_birth(
    spec: Spec, age: int, below: str, reached: str
) -> None:
    spec.check(
        "core_personenmonat",
        stichtage="2023-12-31 2024-01-31",
        core_person=persons(1, 2, 3),
        core_bestand=f"""
            person_nr | stichtag   | geburtsjahr
            1         | 2024-01-31 | {2024 - age + 1}
            1         | 2023-12-31 | {2024 - age + 1}
            2         | 2024-01-31 | {2024 - age}
            2         | 2023-12-31 | {2024 - age}
            3         | 2023-12-31 | {2024 - age - 1}
        """,
        expected=f"""
            person_nr | stichtag   | alter
            1         | 2023-12-31 | {below}
            1         | 2024-01-31 | {below}
            2         | 2023-12-31 | {below}
            2         | 2024-01-31 | {reached}
            3         | 2023-12-31 | {reached}
        """,
    )


def test_without_a_year_of_birth_the_age_is_unknown(spec: Spec) -> None:
    spec.check(
        "core_personenmonat",
        stichtage="2024-01-15",
        core_person=persons(1),
        core_bestand="person_nr | stichtag | geburtsjahr\n1 | 2024-01-15 |",
        expected="alter\nunbekannt",
    )


@pytest.mark.parametrize(
    ("bg_typ", "without_an_age"),
    [
        ("alleinstehend", "nein"),
        ("paar_ohne_kind", "nein"),
        ("alleinerziehend", "unbekannt"),
        ("paar_mit_kind", "unbekannt"),
        ("sonstige", "unbekannt"),
        ("unbekannt", "unbekannt"),
    ],
)
def test_a_given_age_of_the_youngest_child_decides_and_else_the_type_of_household(
    spec: Spec, bg_typ: str, without_an_age: str
) -> None:
    spec.check(
        "core_personenmonat",
        stichtage="2024-01-15",
        core_person=persons(1, 2, 3, 4, 5),
        core_bestand=f"""
            person_nr | stichtag   | bg_typ   | juengstes_kind_alter
            1         | 2024-01-15 | {bg_typ} | 0
            2         | 2024-01-15 | {bg_typ} | 2
            3         | 2024-01-15 | {bg_typ} | 3
            4         | 2024-01-15 | {bg_typ} | 4
            5         | 2024-01-15 | {bg_typ} |
        """,
        expected=f"""
            person_nr | kind_unter_3
            1         | ja
            2         | ja
            3         | nein
            4         | nein
            5         | {without_an_age}
        """,
    )


def test_d_o_and_u_are_published_as_assigned_and_w_and_m_as_delivered(spec: Spec) -> None:
    spec.check(
        "core_personenmonat",
        stichtage="2024-01-15",
        core_person="""
            person_nr | geschlecht_zugeordnet
            1         | m
            2         | w
            3         | w
            4         | m
            5         | w
        """,
        core_bestand="""
            person_nr | stichtag   | geschlecht
            1         | 2024-01-15 | w
            2         | 2024-01-15 | m
            3         | 2024-01-15 | d
            4         | 2024-01-15 | o
            5         | 2024-01-15 | u
        """,
        expected="""
            person_nr | geschlecht | geschlecht_veroeffentlicht
            1         | w          | w
            2         | m          | m
            3         | d          | w
            4         | o          | m
            5         | u          | w
        """,
    )


def test_a_month_is_integriert_once_however_many_starts_it_holds(spec: Spec) -> None:
    spec.check(
        "core_personenmonat",
        stichtage="2024-01-15 2024-02-15 2024-03-15",
        core_person=persons(1, 2),
        core_bestand="""
            person_nr | stichtag
            1         | 2024-01-15
            1         | 2024-02-15
            2         | 2024-01-15
        """,
        core_start="""
            person_nr | monat      | beginn
            1         | 2024-02-01 | 2024-02-20
            1         | 2024-02-01 | 2024-03-01
        """,
        expected="""
            person_nr | monat      | berichtsmonat | integriert
            1         | 2024-01-01 | 2024-02       | 0
            1         | 2024-02-01 | 2024-03       | 1
            2         | 2024-01-01 | 2024-02       | 0
        """,
    )


def test_a_stichtag_without_a_following_one_has_no_flag(spec: Spec) -> None:
    spec.check(
        "core_personenmonat",
        stichtage="2024-01-15 2024-03-15",
        core_person=persons(1),
        core_bestand="""
            person_nr | stichtag
            1         | 2024-01-15
            1         | 2024-03-15
        """,
        core_start="person_nr | monat\n1 | 2024-03-01",
        expected="""
            monat      | berichtsmonat | integriert
            2024-01-01 |               |
            2024-03-01 |               |
        """,
    )


def test_who_has_no_measure_at_the_stichtag_is_keine(spec: Spec) -> None:
    spec.check(
        "core_personenmonat",
        stichtage="2024-01-15 2024-02-15",
        core_person=persons(1, 2),
        core_bestand="""
            person_nr | stichtag
            1         | 2024-01-15
            1         | 2024-02-15
            2         | 2024-01-15
        """,
        core_massnahme="""
            person_nr | von        | abgeloest_ab    | ende       | instrument | gruppe
            1         | 2024-01-01 | 2024-02-01   | 9999-12-31 | FBW        | weiterbildung
            2         | 2023-01-01 | 9999-12-31 | 2023-07-14 | MAT        | aktivierung
            3         | 2024-01-01 | 9999-12-31 | 9999-12-31 | MAT        | aktivierung
        """,
        expected="""
            person_nr | monat      | massnahme     | instrument
            1         | 2024-01-01 | weiterbildung | FBW
            1         | 2024-02-01 | keine         | keine
            2         | 2024-01-01 | keine         | keine
        """,
    )


def test_the_other_attributes_are_those_delivered_for_the_stichtag(spec: Spec) -> None:
    spec.check(
        "core_personenmonat",
        stichtage="2024-01-15 2024-02-15",
        core_person=persons(1),
        core_bestand="""
            person_nr | stichtag   | staatsangehoerigkeit | berufsabschluss | stadtbezirk
            1         | 2024-01-15 | eu                   | ohne            | Mitte
            1         | 2024-02-15 | deutsch              | betrieblich     | Nord
        """,
        expected="""
            stichtag   | staatsangehoerigkeit | berufsabschluss | stadtbezirk
            2024-01-15 | eu                   | ohne            | Mitte
            2024-02-15 | deutsch              | betrieblich     | Nord
        """,
    )
    spec.check(
        "core_personenmonat",
        stichtage="2024-01-15",
        core_person=persons(1),
        core_bestand="""
            person_nr | stichtag   | bg_typ        | arbeitsmarktstatus | hilfe_67 | lzb
            1         | 2024-01-15 | paar_mit_kind | arbeitslos         | nein     | ja
        """,
        expected="""
            stichtag   | bg_typ        | arbeitsmarktstatus | hilfe_67 | lzb
            2024-01-15 | paar_mit_kind | arbeitslos         | nein     | ja
        """,
    )
