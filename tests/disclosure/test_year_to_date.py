"""What the months of a year give away about each other (docs/methodik/geheimhaltung.md)."""

import itertools

import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipeline.disclosure.sums import KEY
from tests.disclosure.attacker import recovered
from tests.disclosure.cells import becomes, publish, published

Figures = dict[tuple[str, str, str], int]


def test_a_month_with_one_or_two_integrations_hides_the_year_to_date() -> None:
    cells = """
        kennzahl | berichtsmonat | zaehler | status
        K2_JFW   | 2023-01       | 10      | ok
        K2_JFW   | 2023-02       | 10      | ok
        K2_JFW   | 2023-03       | 11      | gesperrt
        K2_JFW   | 2023-04       | 20      | ok
        K2_JFW   | 2023-05       | 22      | gesperrt
        K2_JFW   | 2023-06       | 30      | ok
        K2_JFW   | 2023-07       | 33      | ok
    """
    assert published(cells) == becomes(cells)


def test_a_month_is_measured_against_the_last_one_that_is_shown() -> None:
    cells = """
        kennzahl | berichtsmonat | zaehler | status
        K2_JFW   | 2023-01       | 10      | ok
        K2_JFW   | 2023-02       | 11      | gesperrt
        K2_JFW   | 2023-03       | 11      | gesperrt
        K2_JFW   | 2023-04       | 12      | gesperrt
        K2_JFW   | 2023-05       | 13      | ok
        K2_JFW   | 2023-06       | 14      | gesperrt
    """
    assert published(cells) == becomes(cells)


def test_a_month_that_is_hidden_itself_is_no_measure_for_the_next() -> None:
    cells = """
        kennzahl | berichtsmonat | zaehler | personen_zaehler | status
        K2_JFW   | 2023-01       | 3       | 2                | gesperrt
        K2_JFW   | 2023-02       | 5       | 4                | unsicher
    """
    assert published(cells) == becomes(cells)


def test_one_or_two_persons_in_stock_in_a_month_hide_it_too() -> None:
    cells = """
        kennzahl | berichtsmonat | bestand_monate | zaehler | status
        K2_JFW   | 2023-01       | 90             | 10      | ok
        K2_JFW   | 2023-02       | 92             | 10      | gesperrt
        K2_JFW   | 2023-03       | 93             | 10      | ok
    """
    assert published(cells) == becomes(cells)


def test_each_year_and_each_sex_are_measured_by_themselves() -> None:
    cells = """
        kennzahl | berichtsmonat | geschlecht | zaehler | status
        K2_JFW   | 2022-10       | w          | 20      | ok
        K2_JFW   | 2022-11       | m          | 21      | ok
        K2_JFW   | 2023-01       | w          | 22      | ok
        K2_JFW   | 2023-02       | m          | 23      | ok
    """
    assert published(cells) == becomes(cells)


def test_other_figures_are_not_measured_against_their_neighbours() -> None:
    cells = """
        kennzahl | berichtsmonat | zaehler | status
        K2       | 2023-10       | 50      | ok
        K2       | 2023-11       | 51      | ok
        P1       | 2023-10       | 50      | ok
        P1       | 2023-11       | 51      | ok
    """
    assert published(cells) == becomes(cells)


def test_a_hidden_month_takes_the_same_month_a_year_before_and_leaves_k2() -> None:
    cells = """
        kennzahl | berichtsmonat | personen | zaehler | status
        K2       | 2022-12       | 120      | 50      | ok
        K2       | 2023-02       | 120      | 41      | ok
        K2_JFW   | 2022-02       | 80       | 20      | gesperrt
        K2_JFW   | 2023-01       | 70       | 10      | ok
        K2_JFW   | 2023-02       | 80       | 11      | gesperrt
    """
    assert published(cells) == becomes(cells)


def test_without_all_four_figures_the_year_before_gives_nothing_away() -> None:
    cells = """
        kennzahl | berichtsmonat | personen | zaehler | status
        K2       | 2023-02       | 120      | 41      | ok
        K2_JFW   | 2022-02       | 80       | 20      | ok
        K2_JFW   | 2023-01       | 70       | 10      | ok
        K2_JFW   | 2023-02       | 80       | 11      | gesperrt
    """
    assert published(cells) == becomes(cells)


def test_a_hidden_december_takes_k2_with_it_and_leaves_the_december_before() -> None:
    cells = """
        kennzahl | berichtsmonat | personen | zaehler | status
        K2       | 2022-12       | 120      | 50      | ok
        K2_JFW   | 2022-12       | 120      | 50      | ok
        K2       | 2023-12       | 120      | 41      | gesperrt
        K2_JFW   | 2023-11       | 115      | 40      | ok
        K2_JFW   | 2023-12       | 120      | 41      | gesperrt
    """
    assert published(cells) == becomes(cells)


MONTHS = [f"{year}-{month:02}" for year in (2020, 2021, 2022) for month in range(1, 13)]
integrations = st.lists(st.integers(0, 6), min_size=len(MONTHS), max_size=len(MONTHS))


def figures_of(women: list[int], men: list[int]) -> Figures:
    """K2 and K2_JFW by sex from the Integrationen of each month; the first year is not judged."""
    found: Figures = {}
    both = [w + m for w, m in zip(women, men, strict=True)]
    for sex, counts in (("w", women), ("m", men), ("insgesamt", both)):
        for number, month in list(enumerate(MONTHS))[11:]:
            since_january = number % 12 + 1
            found["K2", month, sex] = sum(counts[number - 11 : number + 1])
            found["K2_JFW", month, sex] = sum(counts[number - since_january + 1 : number + 1])
    return found


def hidden_of(figures: Figures) -> set[tuple[str, str, str]]:
    """What the step does not show of figures with a stock of 50 persons each month."""
    rows = []
    for (kennzahl, month, sex), count in figures.items():
        length = 12 if kennzahl == "K2" else int(month[-2:])
        size = 50 * (2 if sex == "insgesamt" else 1)
        stock = {"bestand_monate": size * length, "nenner": float(size), "personen": size + length}
        key = dict(zip(KEY, (kennzahl, month, "insgesamt", "insgesamt", "", sex), strict=True))
        rows.append(key | stock | {"zaehler": count, "personen_zaehler": count})
    shown = publish(pd.DataFrame(rows))
    keys = shown.loc[shown["status"] == "gesperrt", ["kennzahl", "berichtsmonat", "geschlecht"]]
    return set(keys.itertuples(index=False, name=None))


def equations_of(figures: Figures) -> list[list[tuple[str, str, str]]]:
    """What a reader knows of sexes and years."""
    found = [[(k, month, s) for s in ("w", "m", "insgesamt")] for k, month, _ in figures]
    for _, month, sex in figures:
        year, number = month.split("-")
        if number == "12":
            found.append([("K2", month, sex), ("K2_JFW", month, sex)])
        before = f"{int(year) - 1}"
        k2 = [("K2", month, sex), ("K2", f"{before}-12", sex)]
        found.append([*k2, ("K2_JFW", month, sex), ("K2_JFW", f"{before}-{number}", sex)])
    return [members for members in found if all(key in figures for key in members)]


@settings(max_examples=25, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate))
@given(women=integrations, men=integrations)
def test_no_month_comes_back_from_its_year_or_the_year_before(
    women: list[int], men: list[int]
) -> None:
    figures = figures_of(women, men)
    hidden = hidden_of(figures)
    assert recovered(hidden, equations_of(figures)) == set()
    shown = sorted(key for key in figures if key[0] == "K2_JFW" and key not in hidden)
    for one, other in itertools.combinations(shown, 2):
        if one[1][:4] == other[1][:4] and one[2] == other[2]:
            assert abs(figures[one] - figures[other]) not in (1, 2), (one, other)
