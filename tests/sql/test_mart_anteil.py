"""Women's share in the stock and among the unemployed (docs/methodik/fq.md)."""

from tests.sql.running import Spec

STICHTAGE = "2023-12-15 2024-01-15 2024-02-15 2024-03-15"

FENSTER = """
    kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
    FA_ELB   | 2024-02       | 24288           | 24289
    FA_ALO   | 2024-02       | 24288           | 24289
"""


def test_persons_in_stock_are_summed_over_the_stichtage_that_end_with_the_month(
    spec: Spec,
) -> None:
    spec.check(
        "mart_anteil",
        ("elb", "select * from mart_anteil where kennzahl = 'FA_ELB'"),
        stichtage=STICHTAGE,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | berichtsmonat
            1         | 2023-12-15 | w          | 2024-01
            1         | 2024-01-15 | w          | 2024-02
            1         | 2024-02-15 | w          |
            2         | 2024-01-15 | m          | 2024-02
            3         | 2024-02-15 | w          |
            3         | 2024-03-15 | w          | 2024-04
        """,
        ordered=True,
        expected="""
            schnitt   | geschlecht | zaehler | bestand_monate | nenner | quote
            insgesamt | w          | 3       |                | 4      | 75
            insgesamt | m          | 1       |                | 4      | 25
            insgesamt | insgesamt  | 4       |                | 4      | 100
        """,
    )


def test_only_the_unemployed_are_in_the_second_share(spec: Spec) -> None:
    spec.check(
        "mart_anteil",
        ("alo", "select * from mart_anteil where kennzahl = 'FA_ALO'"),
        stichtage=STICHTAGE,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | arbeitsmarktstatus
            1         | 2024-01-15 | w          | arbeitslos
            1         | 2024-02-15 | w          | arbeitsuchend
            2         | 2024-01-15 | m          | arbeitslos
            2         | 2024-02-15 | m          | arbeitslos
            3         | 2024-01-15 | m          | massnahme
            4         | 2024-01-15 | m          | unbekannt
        """,
        expected="""
            geschlecht | zaehler | nenner | quote
            insgesamt  | 3       | 3      | 100
            m          | 2       | 3      | 66.66666667
            w          | 1       | 3      | 33.33333333
        """,
    )


def test_where_nobody_is_unemployed_there_is_no_quote(spec: Spec) -> None:
    spec.check(
        "mart_anteil",
        ("alo", "select * from mart_anteil where kennzahl = 'FA_ALO'"),
        stichtage=STICHTAGE,
        mart_fenster=FENSTER,
        core_personenmonat="person_nr | stichtag | arbeitsmarktstatus\n1 | 2024-01-15 | massnahme",
        expected="""
            geschlecht | zaehler | nenner | quote
            insgesamt  | 0       | 0      |
            m          | 0       | 0      |
            w          | 0       | 0      |
        """,
    )


def test_d_o_and_u_are_counted_as_assigned(spec: Spec) -> None:
    spec.check(
        "mart_anteil",
        ("elb", "select * from mart_anteil where kennzahl = 'FA_ELB'"),
        stichtage=STICHTAGE,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | geschlecht_veroeffentlicht
            1         | 2024-01-15 | d          | m
            2         | 2024-01-15 | w          | w
        """,
        expected="""
            geschlecht | zaehler | nenner
            insgesamt  | 2       | 2
            m          | 1       | 2
            w          | 1       | 2
        """,
    )


def test_the_persons_behind_a_share_are_the_most_at_one_stichtag(spec: Spec) -> None:
    spec.check(
        "mart_anteil",
        ("elb", "select * from mart_anteil where kennzahl = 'FA_ELB'"),
        stichtage=STICHTAGE,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht
            1         | 2024-01-15 | w
            2         | 2024-01-15 | w
            3         | 2024-02-15 | w
            4         | 2024-02-15 | m
            5         | 2024-02-15 | m
        """,
        expected="""
            geschlecht | personen | personen_zaehler | summe_zz
            insgesamt  | 3        | 3                |
            m          | 3        | 2                |
            w          | 3        | 2                |
        """,
    )


def test_without_a_window_there_is_no_share(spec: Spec) -> None:
    spec.check(
        "mart_anteil",
        stichtage=STICHTAGE,
        kennzahl="code\nK2\nFA_ELB",
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
            FA_ELB   | 2024-02       | 24288           | 24289
        """,
        core_personenmonat="person_nr | stichtag | arbeitsmarktstatus\n1 | 2024-01-15 | arbeitslos",
        expected="""
            kennzahl | geschlecht
            FA_ELB   | insgesamt
            FA_ELB   | m
            FA_ELB   | w
        """,
    )


def test_a_sex_of_which_nobody_is_in_stock_has_a_share_of_zero(spec: Spec) -> None:
    spec.check(
        "mart_anteil",
        ("elb", "select * from mart_anteil where kennzahl = 'FA_ELB'"),
        stichtage=STICHTAGE,
        mart_fenster=FENSTER,
        core_personenmonat="person_nr | stichtag | geschlecht\n1 | 2024-01-15 | m",
        expected="""
            geschlecht | zaehler | nenner | quote | personen | personen_zaehler
            insgesamt  | 1       | 1      | 100   | 1        | 1
            m          | 1       | 1      | 100   | 1        | 1
            w          | 0       | 1      | 0     | 1        | 0
        """,
    )
