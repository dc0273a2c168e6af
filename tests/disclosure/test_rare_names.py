"""Names that somebody typed: no label for what only a few persons have."""

import pytest

from pipeline.disclosure.sums import Structure
from pipeline.disclosure.suppression import Thresholds, suppress
from tests.disclosure.cells import becomes, draw, publish, published


def test_a_name_needs_ten_persons_to_have_a_row() -> None:
    cells = """
        schnitt   | auspraegung_1 | personen | zaehler | status
        bezirk    | Mitte         | 90       | 30      | ok
        bezirk    | Nord          | 11       | 11      | ok
        bezirk    | Ost           | 10       | 10      | gesperrt
        bezirk    | Musterfrau    | 9        | 9       | fehlt
        insgesamt | insgesamt     | 120      | 60      | ok
    """
    assert published(cells) == becomes(cells)


@pytest.mark.parametrize(("unsure", "left"), [(9, ["Ost"]), (10, [])])
def test_how_many_a_name_needs_is_a_rule_and_not_a_constant(unsure: int, left: list[str]) -> None:
    cells = draw("schnitt | auspraegung_1 | personen\nbezirk | Ost | 9")
    shown = suppress(cells, Thresholds(3, unsure), set(), Structure(), {"bezirk"})
    assert list(shown["auspraegung_1"]) == left


def test_the_persons_of_both_sexes_count_and_the_rows_of_both_go() -> None:
    cells = """
        schnitt | auspraegung_1 | geschlecht | personen | zaehler | status
        bezirk  | Ost           | w          | 6        | 3       | unsicher
        bezirk  | Ost           | m          | 5        | 3       | unsicher
        bezirk  | Ost           | insgesamt  | 11       | 6       | unsicher
        bezirk  | West          | w          | 5        | 3       | fehlt
        bezirk  | West          | m          | 4        | 3       | fehlt
        bezirk  | West          | insgesamt  | 9        | 6       | fehlt
        bezirk  | Nord          | w          | 6        | 3       | fehlt
        bezirk  | Nord          | m          | 3        | 3       | fehlt
        bezirk  | Nord          | insgesamt  | 9        | 6       | fehlt
    """
    assert published(cells) == becomes(cells)


def test_a_breakdown_with_a_code_list_keeps_its_small_categories() -> None:
    cells = """
        schnitt | auspraegung_1 | personen | zaehler | status
        zeile   | a             | 9        | 9       | unsicher
        zeile   | b             | 0        | 0       | keine_faelle
    """
    assert published(cells) == becomes(cells)


def test_each_month_is_judged_by_itself() -> None:
    cells = """
        berichtsmonat | schnitt | auspraegung_1 | personen | zaehler | status
        2022-12       | bezirk  | Ost           | 9        | 5       | fehlt
        2022-12       | bezirk  | West          | 50       | 20      | gesperrt
        2022-12       | bezirk  | Mitte         | 60       | 20      | ok
        2023-12       | bezirk  | Ost           | 20       | 15      | ok
        2023-12       | bezirk  | West          | 50       | 20      | ok
        2023-12       | bezirk  | Mitte         | 60       | 20      | ok
    """
    assert published(cells) == becomes(cells)


def test_a_name_that_nobody_has_in_a_month_has_no_row_and_hides_nothing() -> None:
    cells = """
        schnitt   | auspraegung_1 | personen | zaehler | status
        bezirk    | Mitte         | 90       | 30      | ok
        bezirk    | Musterfrau    | 0        | 0       | fehlt
        insgesamt | insgesamt     | 90       | 30      | ok
    """
    assert published(cells) == becomes(cells)


def test_the_rows_that_are_left_are_numbered_anew_and_carry_their_figures() -> None:
    cells = "schnitt|auspraegung_1|personen|zaehler\nbezirk|A|5|5\nbezirk|B|50|20\nbezirk|C|60|25"
    shown = publish(draw(cells))
    assert list(shown.index) == [0, 1]
    assert list(shown["auspraegung_1"]) == ["B", "C"]
    assert list(shown["zaehler"].fillna(-1)) == [-1, 25]
