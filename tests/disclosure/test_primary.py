"""Which figures are too small themselves (docs/methodik/geheimhaltung.md)."""

import pytest

from pipeline.disclosure.suppression import primary
from tests.disclosure.cells import COMPLEMENTS, draw


def hidden(cells: str) -> list[bool]:
    return list(primary(draw(cells), 3, COMPLEMENTS))


@pytest.mark.parametrize("kennzahl", ["K2", "K2_JFW", "P1"])
def test_one_or_two_events_are_hidden_none_and_three_are_not(kennzahl: str) -> None:
    cells = f"""
        kennzahl   | zaehler | personen_zaehler
        {kennzahl} | 0       | 0
        {kennzahl} | 1       | 1
        {kennzahl} | 2       | 2
        {kennzahl} | 3       | 3
    """
    assert hidden(cells) == [False, True, True, False]


def test_events_of_one_or_two_persons_are_hidden_however_many_they_are() -> None:
    cells = """
        zaehler | personen_zaehler
        5       | 1
        5       | 2
        5       | 3
    """
    assert hidden(cells) == [True, True, False]


@pytest.mark.parametrize("kennzahl", ["K2", "P1"])
def test_a_denominator_of_one_or_two_persons_is_hidden(kennzahl: str) -> None:
    cells = f"""
        kennzahl   | personen | zaehler
        {kennzahl} | 0        | 0
        {kennzahl} | 1        | 0
        {kennzahl} | 2        | 0
        {kennzahl} | 3        | 0
    """
    assert hidden(cells) == [False, True, True, False]


def test_one_or_two_stock_months_are_hidden() -> None:
    cells = """
        bestand_monate | personen | zaehler
        0              | 0        | 0
        1              | 1        | 0
        2              | 1        | 0
        2              | 5        | 0
        3              | 3        | 0
    """
    assert hidden(cells) == [False, True, True, True, False]


def test_p1_hides_one_or_two_persons_without_an_integration_and_k2_has_no_such_persons() -> None:
    cells = """
        kennzahl | personen | zaehler
        P1       | 20       | 20
        P1       | 20       | 19
        P1       | 20       | 18
        P1       | 20       | 17
        K2       | 20       | 19
    """
    assert hidden(cells) == [False, True, True, False, False]


@pytest.mark.parametrize(("minimum", "expected"), [(2, [True, False]), (3, [True, True])])
def test_the_threshold_is_a_rule_and_not_a_constant(minimum: int, expected: list[bool]) -> None:
    cells = draw("zaehler\n1\n2")
    assert list(primary(cells, minimum, COMPLEMENTS)) == expected


def test_stock_months_that_do_not_exist_are_not_small() -> None:
    cells = draw("kennzahl | personen | zaehler\nP1 | 20 | 5")
    assert cells["bestand_monate"].isna().all()
    assert not primary(cells.astype({"bestand_monate": "Int64"}), 3, COMPLEMENTS).any()
