"""What a published row holds: status, figures, and quotes rounded once."""

from fractions import Fraction
from math import floor, isnan
from random import Random

import pandas as pd
import pytest

from pipeline.disclosure.sums import KEY, Structure
from pipeline.disclosure.suppression import (
    Thresholds,
    published_quote,
    round_half_away,
    suppress,
)
from tests.disclosure.cells import COMPLEMENTS, becomes, draw, publish, published

FIGURES = ["zaehler", "bestand_monate", "nenner", "quote", "untergrenze", "obergrenze"]


def test_fewer_than_ten_events_or_persons_are_published_as_unsure() -> None:
    cells = """
        berichtsmonat | zaehler | personen | status
        2001-12       | 9       | 50       | unsicher
        2002-12       | 10      | 50       | ok
        2003-12       | 11      | 50       | ok
        2004-12       | 0       | 50       | unsicher
        2005-12       | 9       | 9        | unsicher
        2006-12       | 10      | 10       | ok
        2007-12       | 3       | 3        | unsicher
        2008-12       | 0       | 0        | keine_faelle
        2009-12       | 2       | 50       | gesperrt
    """
    assert published(cells) == becomes(cells)


def test_ten_events_of_nine_persons_are_unsure() -> None:
    cells = """
        zaehler | personen | personen_zaehler | status
        10      | 9        | 8                | unsicher
    """
    assert published(cells) == becomes(cells)


@pytest.mark.parametrize(("unsure", "status"), [(10, "ok"), (11, "unsicher")])
def test_the_limit_of_unsure_is_a_rule_and_not_a_constant(unsure: int, status: str) -> None:
    shown = suppress(draw("zaehler\n10"), Thresholds(3, unsure), COMPLEMENTS, Structure())
    assert list(shown["status"]) == [status]


def test_a_suppressed_row_has_its_key_and_status_and_no_figure() -> None:
    shown = publish(draw("geschlecht | zaehler\nw | 2\nm | 40\ninsgesamt | 42"))
    suppressed = shown[shown["status"] == "gesperrt"]
    assert list(suppressed["geschlecht"]) == ["w", "m"]
    assert suppressed[FIGURES].isna().all(axis=None)
    assert suppressed[KEY].notna().all(axis=None)


def test_a_shown_row_has_the_figures_of_the_mart_and_its_rounded_quote() -> None:
    shown = publish(draw("zaehler | bestand_monate\n50 | 1700")).iloc[0]
    assert shown[["zaehler", "bestand_monate", "quote"]].tolist() == [50, 1700, 35.3]
    assert shown["nenner"] == 1700 / 12


def test_a_row_without_anybody_is_shown_as_zero_of_zero_without_a_quote() -> None:
    shown = publish(draw("zaehler | personen\n0 | 0")).iloc[0]
    assert shown[["zaehler", "bestand_monate", "nenner"]].tolist() == [0, 0, 0]
    assert isnan(shown["quote"])


def test_no_count_of_persons_is_published_beside_the_columns_of_pub_quote() -> None:
    assert list(publish(draw("zaehler\n50")).columns) == [
        *KEY, "zaehler", "bestand_monate", "nenner", "quote", "status",
        "untergrenze", "obergrenze",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [
        (1, 20, 0.1),  # 0.05
        (49, 1000, 0.0),  # 0.049
        (3, 20, 0.2),  # 0.15, which binary 0.15 is below
        (1, 4, 0.3),  # 0.25, which half-to-even makes 0.2
        (249, 1000, 0.2),
        (251, 1000, 0.3),
        (249, 20, 12.5),  # 12.45, which binary 12.45 is below
        (20070, 200, 100.4),  # 100.35
        (0, 7, 0.0),
        (7, 7, 1.0),
    ],
)
def test_half_is_rounded_away_from_zero_from_the_whole_numbers(
    numerator: int, denominator: int, rounded: float
) -> None:
    assert round_half_away(pd.Series([numerator]), pd.Series([denominator])).tolist() == [rounded]


def test_nothing_by_nothing_has_no_value() -> None:
    assert round_half_away(pd.Series([0]), pd.Series([0])).isna().all()


@pytest.mark.parametrize(
    ("kennzahl", "zaehler", "bestand_monate", "nenner", "quote"),
    [
        ("K2", 4, 3840, 320, 1.3),  # 1.25
        ("K2", 4, 3841, 3841 / 12, 1.2),
        ("K2", 4, 3839, 3839 / 12, 1.3),
        ("K2_JFW", 4, 320, 320, 1.3),  # one month: 100 · 4 / 320 = 1.25
        ("K2_JFW", 4, 960, 320, 1.3),  # three months
        ("K2_JFW", 4, 961, 961 / 3, 1.2),
        ("K2_JFW", 7, 1600 * 7, 1600, 0.4),  # seven months: 0.4375
        ("K2_JFW", 4, 3840, 320, 1.3),  # twelve months
        ("P1", 4, None, 320, 1.3),
        ("P1", 4, None, 321, 1.2),
    ],
)
def test_each_figure_is_rounded_from_its_own_whole_numbers(
    kennzahl: str, zaehler: int, bestand_monate: int | None, nenner: float, quote: float
) -> None:
    cells = draw("zaehler\n50").assign(
        kennzahl=kennzahl, zaehler=zaehler, bestand_monate=bestand_monate, nenner=nenner
    )
    assert published_quote(cells).tolist() == [quote]


def test_thousands_of_quotes_are_rounded_as_fractions_say() -> None:
    random = Random(1)
    rows = [
        (random.randrange(0, 2000), 240 * random.randrange(1, 400) // random.choice([1, 7]))
        for _ in range(5000)
    ]
    cells = pd.concat([draw("zaehler\n50")] * len(rows)).assign(
        zaehler=[z for z, _ in rows],
        bestand_monate=[b for _, b in rows],
        nenner=[b / 12 for _, b in rows],
    )
    expected = [floor(Fraction(12000 * z, b) + Fraction(1, 2)) / 10 for z, b in rows]
    assert published_quote(cells).tolist() == expected
