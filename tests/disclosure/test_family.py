"""Supplements of K2, exits and participants under disclosure control (docs/methodik/)."""

import pytest

from pipeline.disclosure.suppression import primary
from tests.disclosure.cells import COMPLEMENTS, becomes, draw, published


@pytest.mark.parametrize("small", ["K2E4", "K2"])
def test_k2e4_and_k2_of_lone_parents_are_the_same_people_and_share_one_status(small: str) -> None:
    of_k2e4, of_k2 = (2, 12) if small == "K2E4" else (12, 2)
    cells = f"""
        kennzahl | schnitt   | auspraegung_1 | personen | zaehler | personen_zaehler | status
        K2E4     | insgesamt | insgesamt     | 40       | 12      | {of_k2e4}        | gesperrt
        K2       | haushalt  | allein        | 40       | 12      | {of_k2}          | gesperrt
        K2       | haushalt  | andere        | 90       | 30      | 30               | gesperrt
        K2       | haushalt  | dritte        | 91       | 30      | 30               | ok
        K2       | insgesamt | insgesamt     | 221      | 72      | 72               | ok
    """
    assert published(cells) == becomes(cells)


def test_a_category_that_goes_with_another_takes_its_kennzahl_with_it() -> None:
    cells = """
        kennzahl | schnitt   | auspraegung_1 | personen | zaehler | status
        K2E4     | insgesamt | insgesamt     | 40       | 12      | gesperrt
        K2       | haushalt  | allein        | 40       | 12      | gesperrt
        K2       | haushalt  | andere        | 90       | 2       | gesperrt
        K2       | haushalt  | dritte        | 91       | 30      | ok
        K2       | insgesamt | insgesamt     | 221      | 44      | ok
    """
    assert published(cells) == becomes(cells)


def test_each_month_of_the_same_people_is_judged_by_itself_and_a_cross_is_another_cell() -> None:
    cells = """
        kennzahl | berichtsmonat | geschlecht | schnitt   | auspraegung_1 | zaehler | status
        K2E4     | 2022-12       | w          | insgesamt | insgesamt     | 12      | ok
        K2       | 2022-12       | w          | haushalt  | allein        | 12      | ok
        K2E4     | 2023-12       | w          | insgesamt | insgesamt     | 2       | gesperrt
        K2       | 2023-12       | w          | haushalt  | allein        | 2       | gesperrt
        K2       | 2023-12       | w          | kreuz     | allein        | 12      | ok
    """
    assert published(cells) == becomes(cells)


def test_m1_is_hidden_where_the_integrations_of_k2_are_because_they_are_its_denominator() -> None:
    cells = """
        kennzahl | geschlecht | personen | zaehler | nenner | personen_zaehler | status
        K2       | w          | 60       | 5       | 60     | 2                | gesperrt
        K2       | m          | 50       | 20      | 50     | 20               | gesperrt
        K2       | insgesamt  | 110      | 25      | 110    | 22               | ok
        M1       | w          | 5        | 0       | 5      | 0                | gesperrt
        M1       | m          | 20       | 10      | 20     | 10               | gesperrt
        M1       | insgesamt  | 25       | 10      | 25     | 10               | ok
    """
    assert published(cells) == becomes(cells)


def test_k2_stays_where_only_m1_is_hidden() -> None:
    cells = """
        kennzahl | geschlecht | personen | zaehler | nenner | status
        K2       | w          | 60       | 20      | 60     | ok
        K2       | m          | 50       | 20      | 50     | ok
        K2       | insgesamt  | 110      | 40      | 110    | ok
        M1       | w          | 20       | 2       | 20     | gesperrt
        M1       | m          | 20       | 10      | 20     | gesperrt
        M1       | insgesamt  | 40       | 12      | 40     | ok
    """
    assert published(cells) == becomes(cells)


@pytest.mark.parametrize("kennzahl", ["K2E3", "M1", "EQ_3", "EQ_6"])
@pytest.mark.parametrize(
    ("nenner", "personen", "hidden"),
    [(0, 0, False), (1, 1, True), (2, 2, True), (3, 3, False), (5, 2, True), (5, 3, False)],
)
def test_one_or_two_units_or_persons_in_the_denominator_are_hidden(
    kennzahl: str, nenner: int, personen: int, hidden: bool
) -> None:
    cells = f"""
        kennzahl   | nenner   | personen   | zaehler
        {kennzahl} | {nenner} | {personen} | 0
    """
    assert list(primary(draw(cells), 3, COMPLEMENTS)) == [hidden]


@pytest.mark.parametrize("kennzahl", ["K2E3", "M1", "EQ_3", "EQ_6"])
@pytest.mark.parametrize(
    ("zaehler", "hidden"), [(20, False), (19, True), (18, True), (17, False)]
)
def test_one_or_two_that_the_numerator_leaves_over_are_hidden(
    kennzahl: str, zaehler: int, hidden: bool
) -> None:
    cells = f"kennzahl | nenner | personen | zaehler\n{kennzahl} | 20 | 20 | {zaehler}"
    assert list(primary(draw(cells), 3, COMPLEMENTS)) == [hidden]


def test_entries_have_a_numerator_that_leaves_nobody_over() -> None:
    cells = "kennzahl | personen | zaehler\nK2E1 | 20 | 19\nK2E2 | 20 | 18\nK3E1 | 20 | 19"
    assert list(primary(draw(cells), 3, COMPLEMENTS)) == [False, False, False]


def test_men_are_hidden_with_women_where_few_are_in_measures() -> None:
    cells = """
        kennzahl | geschlecht | personen | zaehler | nenner | personen_zaehler | status
        FQ       | w          | 40       | 24      | 400    | 2                | gesperrt
        FQ       | m          | 40       | 376     | 400    | 38               | gesperrt
        FQ       | insgesamt  | 40       | 400     | 400    | 40               | ok
    """
    assert published(cells) == becomes(cells)


def test_all_participants_of_one_sex_leave_nobody_over_and_stay() -> None:
    cells = """
        kennzahl | geschlecht | personen | zaehler | nenner | personen_zaehler | status
        FQ       | w          | 40       | 400     | 400    | 40               | ok
        FQ       | m          | 40       | 0       | 400    | 0                | unsicher
        FQ       | insgesamt  | 40       | 400     | 400    | 40               | ok
    """
    assert published(cells) == becomes(cells)


def test_where_all_participants_are_hidden_no_sex_shows_them_as_its_denominator() -> None:
    cells = """
        kennzahl | schnitt   | auspraegung_1 | geschlecht | personen | zaehler | nenner | status
        FQ       | zeile     | a             | w          | 40       | 240     | 240    | gesperrt
        FQ       | zeile     | a             | m          | 40       | 0       | 240    | gesperrt
        FQ       | zeile     | a             | insgesamt  | 40       | 240     | 240    | gesperrt
        FQ       | zeile     | b             | w          | 1        | 12      | 12     | gesperrt
        FQ       | zeile     | b             | m          | 1        | 0       | 12     | gesperrt
        FQ       | zeile     | b             | insgesamt  | 1        | 12      | 12     | gesperrt
        FQ       | zeile     | c             | w          | 90       | 300     | 600    | gesperrt
        FQ       | zeile     | c             | m          | 90       | 300     | 600    | gesperrt
        FQ       | zeile     | c             | insgesamt  | 90       | 600     | 600    | ok
        FQ       | insgesamt | insgesamt     | w          | 131      | 552     | 852    | ok
        FQ       | insgesamt | insgesamt     | m          | 131      | 300     | 852    | ok
        FQ       | insgesamt | insgesamt     | insgesamt  | 131      | 852     | 852    | ok
    """
    assert published(cells) == becomes(cells)


def test_a_small_denominator_does_not_follow_from_those_of_another_interval() -> None:
    cells = """
        kennzahl | geschlecht | personen | nenner | zaehler | personen_zaehler | status
        EQ_3     | w          | 2        | 2      | 1       | 1                | gesperrt
        EQ_3     | m          | 20       | 20     | 0       | 0                | gesperrt
        EQ_3     | insgesamt  | 22       | 22     | 1       | 1                | gesperrt
        EQ_6     | w          | 2        | 2      | 1       | 1                | gesperrt
        EQ_6     | m          | 20       | 20     | 9       | 9                | gesperrt
        EQ_6     | insgesamt  | 22       | 22     | 10      | 10               | ok
    """
    assert published(cells) == becomes(cells)


def test_intervals_whose_denominators_are_large_enough_are_judged_each_by_itself() -> None:
    cells = """
        kennzahl | geschlecht | personen | nenner | zaehler | personen_zaehler | status
        EQ_3     | w          | 15       | 15     | 2       | 2                | gesperrt
        EQ_3     | m          | 20       | 20     | 9       | 9                | gesperrt
        EQ_3     | insgesamt  | 35       | 35     | 11      | 11               | ok
        EQ_6     | w          | 15       | 15     | 5       | 5                | unsicher
        EQ_6     | m          | 20       | 20     | 10      | 10               | ok
        EQ_6     | insgesamt  | 35       | 35     | 15      | 15               | ok
    """
    assert published(cells) == becomes(cells)
