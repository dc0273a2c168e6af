"""The second figure that would give the first away (docs/methodik/geheimhaltung.md)."""

import pytest

from tests.disclosure.cells import becomes, published


def test_a_hidden_sex_takes_the_other_sex_with_it_and_leaves_the_total() -> None:
    cells = """
        geschlecht | personen | zaehler | status
        w          | 60       | 2       | gesperrt
        m          | 40       | 30      | gesperrt
        insgesamt  | 100      | 32      | ok
    """
    assert published(cells) == becomes(cells)


def test_where_the_other_sex_is_empty_the_total_goes() -> None:
    cells = """
        geschlecht | personen | zaehler | personen_zaehler | status
        w          | 60       | 12      | 2                | gesperrt
        m          | 0        | 0       | 0                | keine_faelle
        insgesamt  | 60       | 12      | 12               | gesperrt
    """
    assert published(cells) == becomes(cells)


def test_two_hidden_figures_need_no_third() -> None:
    cells = """
        geschlecht | personen | zaehler | status
        w          | 60       | 2       | gesperrt
        m          | 40       | 1       | gesperrt
        insgesamt  | 100      | 3       | unsicher
    """
    assert published(cells) == becomes(cells)


def test_a_hidden_total_hides_the_smaller_sex() -> None:
    cells = """
        geschlecht | personen | zaehler | personen_zaehler | status
        w          | 60       | 12      | 12               | ok
        m          | 40       | 12      | 12               | gesperrt
        insgesamt  | 100      | 24      | 2                | gesperrt
    """
    assert published(cells) == becomes(cells)


def test_persons_without_an_integration_are_hidden_in_the_sex_and_in_the_total_alike() -> None:
    cells = """
        kennzahl | geschlecht | personen | zaehler | status
        P1       | w          | 40       | 40      | ok
        P1       | m          | 60       | 58      | gesperrt
        P1       | insgesamt  | 100      | 98      | gesperrt
    """
    assert published(cells) == becomes(cells)


def test_a_hidden_category_takes_the_one_with_the_fewest_persons() -> None:
    cells = """
        schnitt   | auspraegung_1 | personen | zaehler | status
        zeile     | a             | 50       | 2       | gesperrt
        zeile     | b             | 30       | 20      | ok
        zeile     | c             | 29       | 25      | gesperrt
        zeile     | d             | 31       | 20      | ok
        insgesamt | insgesamt     | 140      | 67      | ok
    """
    assert published(cells) == becomes(cells)


def test_among_categories_with_as_many_persons_the_first_goes() -> None:
    cells = """
        schnitt   | auspraegung_1 | personen | zaehler | status
        zeile     | a             | 30       | 20      | gesperrt
        zeile     | b             | 50       | 2       | gesperrt
        zeile     | c             | 30       | 20      | ok
        insgesamt | insgesamt     | 110      | 42      | ok
    """
    assert published(cells) == becomes(cells)


def test_an_empty_category_hides_nothing_and_is_not_hidden() -> None:
    cells = """
        schnitt   | auspraegung_1 | personen | zaehler | status
        zeile     | a             | 50       | 2       | gesperrt
        zeile     | b             | 0        | 0       | keine_faelle
        zeile     | c             | 60       | 25      | gesperrt
        insgesamt | insgesamt     | 110      | 27      | ok
    """
    assert published(cells) == becomes(cells)


def test_a_category_that_is_the_whole_takes_the_total_with_it() -> None:
    cells = """
        schnitt   | auspraegung_1 | personen | zaehler | personen_zaehler | status
        zeile     | a             | 50       | 20      | 2                | gesperrt
        zeile     | b             | 0        | 0       | 0                | keine_faelle
        insgesamt | insgesamt     | 50       | 20      | 20               | gesperrt
    """
    assert published(cells) == becomes(cells)


def test_the_total_goes_last_even_where_a_category_has_more_persons() -> None:
    cells = """
        schnitt   | auspraegung_1 | personen | zaehler | status
        zeile     | a             | 50       | 2       | gesperrt
        zeile     | b             | 70       | 25      | gesperrt
        insgesamt | insgesamt     | 60       | 27      | ok
    """
    assert published(cells) == becomes(cells)


def test_a_hidden_figure_of_one_sex_spreads_until_every_sum_has_two() -> None:
    cells = """
        schnitt   | auspraegung_1 | geschlecht | personen | zaehler | status
        zeile     | a             | w          | 20       | 2       | gesperrt
        zeile     | a             | m          | 40       | 20      | gesperrt
        zeile     | a             | insgesamt  | 60       | 22      | ok
        zeile     | b             | w          | 30       | 20      | gesperrt
        zeile     | b             | m          | 50       | 20      | gesperrt
        zeile     | b             | insgesamt  | 80       | 40      | ok
        zeile     | c             | w          | 90       | 20      | ok
        zeile     | c             | m          | 90       | 20      | ok
        zeile     | c             | insgesamt  | 180      | 40      | ok
        insgesamt | insgesamt     | w          | 140      | 42      | ok
        insgesamt | insgesamt     | m          | 180      | 60      | ok
        insgesamt | insgesamt     | insgesamt  | 320      | 102     | ok
    """
    assert published(cells) == becomes(cells)


def test_in_a_cross_a_hidden_cell_takes_one_in_its_row_one_in_its_column_and_the_fourth() -> None:
    cells = """
        schnitt | auspraegung_1 | auspraegung_2 | personen | zaehler | status
        kreuz   | a             | x             | 20       | 2       | gesperrt
        kreuz   | a             | y             | 30       | 20      | gesperrt
        kreuz   | a             | z             | 90       | 20      | ok
        kreuz   | b             | x             | 40       | 20      | gesperrt
        kreuz   | b             | y             | 50       | 20      | gesperrt
        kreuz   | b             | z             | 90       | 20      | ok
        zeile   | a             | ''            | 140      | 42      | ok
        zeile   | b             | ''            | 180      | 60      | ok
        spalte  | x             | ''            | 60       | 22      | ok
        spalte  | y             | ''            | 80       | 40      | ok
        spalte  | z             | ''            | 180      | 40      | ok
    """
    assert published(cells) == becomes(cells)


def test_a_hidden_margin_takes_a_cell_of_its_row_and_another_margin_with_it() -> None:
    cells = """
        schnitt   | auspraegung_1 | auspraegung_2 | personen | zaehler | personen_zaehler | status
        kreuz     | a             | x             | 20       | 10      | 10               | gesperrt
        kreuz     | a             | y             | 30       | 10      | 10               | ok
        kreuz     | b             | x             | 40       | 10      | 10               | gesperrt
        kreuz     | b             | y             | 50       | 10      | 10               | ok
        zeile     | a             | ''            | 50       | 20      | 2                | gesperrt
        zeile     | b             | ''            | 90       | 20      | 20               | gesperrt
        spalte    | x             | ''            | 60       | 20      | 20               | ok
        spalte    | y             | ''            | 80       | 20      | 20               | ok
        insgesamt | insgesamt     | ''            | 140      | 40      | 40               | ok
    """
    assert published(cells) == becomes(cells)


@pytest.mark.parametrize("other", ["kennzahl", "berichtsmonat", "schnitt"])
def test_figures_months_and_breakdowns_are_judged_each_by_itself(other: str) -> None:
    first, second = {
        "kennzahl": ("K2", "K2_JFW"),
        "berichtsmonat": ("2022-12", "2023-12"),
        "schnitt": ("spalte", "zeile"),
    }[other]
    rest = "" if other == "schnitt" else "| schnitt"
    name = "" if other == "schnitt" else "| zeile"
    cells = f"""
        {other}  {rest} | auspraegung_1 | personen | zaehler | status
        {first}  {name} | a             | 50       | 2       | gesperrt
        {first}  {name} | b             | 70       | 20      | gesperrt
        {first}  {name} | c             | 80       | 20      | ok
        {second} {name} | a             | 50       | 20      | ok
        {second} {name} | b             | 70       | 20      | ok
        {second} {name} | c             | 80       | 20      | ok
    """
    assert published(cells) == becomes(cells)


def test_a_group_with_a_single_instrument_shares_its_status() -> None:
    cells = """
        schnitt    | auspraegung_1 | personen | zaehler | status
        gruppe     | weiterbildung | 40       | 2       | gesperrt
        gruppe     | akt           | 90       | 20      | gesperrt
        instrument | FBW           | 40       | 2       | gesperrt
        instrument | MAT           | 50       | 12      | ok
        instrument | MAG           | 40       | 12      | gesperrt
    """
    assert published(cells) == becomes(cells)


def test_k2_and_the_year_to_date_of_december_are_the_same_people() -> None:
    cells = """
        kennzahl | geschlecht | personen | zaehler | personen_zaehler | status
        K2       | w          | 60       | 12      | 2                | gesperrt
        K2_JFW   | w          | 60       | 12      | 12               | gesperrt
    """
    assert published(cells) == becomes(cells)


def test_in_other_months_the_year_to_date_stands_for_itself() -> None:
    cells = """
        kennzahl | berichtsmonat | geschlecht | personen | zaehler | personen_zaehler | status
        K2       | 2023-11       | w          | 60       | 12      | 2                | gesperrt
        K2_JFW   | 2023-11       | w          | 60       | 12      | 12               | ok
    """
    assert published(cells) == becomes(cells)


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [(1, 1, "gesperrt"), (1, 2, "ok"), (2, 2, "ok")],
)
def test_hidden_figures_that_make_one_or_two_together_take_a_third(
    first: int, second: int, third: str
) -> None:
    cells = f"""
        schnitt   | auspraegung_1 | personen | zaehler        | status
        zeile     | a             | 50       | {first}        | gesperrt
        zeile     | b             | 30       | {second}       | gesperrt
        zeile     | c             | 40       | 20             | {third}
        zeile     | d             | 60       | 20             | ok
        insgesamt | insgesamt     | 180      | 42             | ok
    """
    assert published(cells) == becomes(cells)


def test_hidden_figures_without_any_integration_need_no_third() -> None:
    cells = """
        schnitt   | auspraegung_1 | personen | zaehler | status
        zeile     | a             | 2        | 0       | gesperrt
        zeile     | b             | 2        | 0       | gesperrt
        zeile     | c             | 40       | 20      | ok
        insgesamt | insgesamt     | 44       | 20      | ok
    """
    assert published(cells) == becomes(cells)


@pytest.mark.parametrize(
    ("persons", "months", "third"),
    [(1, 12, "gesperrt"), (2, 12, "ok"), (2, 1, "gesperrt"), (2, 2, "ok")],
)
def test_persons_and_stock_months_of_hidden_figures_are_not_small_together_either(
    persons: int, months: int, third: str
) -> None:
    cells = f"""
        schnitt   | auspraegung_1 | personen  | bestand_monate | zaehler | status
        zeile     | a             | {persons} | {months}       | 0       | gesperrt
        zeile     | b             | {persons} | {months}       | 0       | gesperrt
        zeile     | c             | 40        | 480            | 20      | {third}
        zeile     | d             | 50        | 600            | 20      | ok
        insgesamt | insgesamt     | 90        | 1100           | 40      | ok
    """
    assert published(cells) == becomes(cells)


def test_beside_a_hidden_total_one_hidden_figure_is_enough_however_small() -> None:
    cells = """
        schnitt   | auspraegung_1 | personen | zaehler | status
        zeile     | a             | 50       | 1       | gesperrt
        zeile     | b             | 30       | 0       | unsicher
        insgesamt | insgesamt     | 80       | 1       | gesperrt
    """
    assert published(cells) == becomes(cells)


def test_a_category_without_integrations_goes_only_where_no_other_is_left() -> None:
    cells = """
        schnitt   | auspraegung_1 | personen | zaehler | personen_zaehler | status
        zeile     | a             | 50       | 2       | 2                | gesperrt
        zeile     | b             | 20       | 0       | 0                | unsicher
        zeile     | c             | 60       | 20      | 20               | gesperrt
        spalte    | x             | 50       | 9       | 2                | gesperrt
        spalte    | y             | 80       | 0       | 0                | gesperrt
        insgesamt | insgesamt     | 130      | 22      | 22               | gesperrt
    """
    assert published(cells) == becomes(cells)
