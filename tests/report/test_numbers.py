"""Numbers as a reader sees them."""

from decimal import Decimal

import pytest

from pipeline.report.numbers import MINUS, NBSP, Numbers, tenth

GERMAN, ENGLISH = Numbers("de"), Numbers("en")


@pytest.mark.parametrize(
    ("value", "german", "english"),
    [
        ("0", "0,0", "0.0"),
        ("18.14", "18,1", "18.1"),
        ("18.15", "18,2", "18.2"),
        ("-0.05", f"{MINUS}0,1", f"{MINUS}0.1"),
        ("1234.56", "1.234,6", "1,234.6"),
    ],
)
def test_rates_have_one_decimal_rounded_half_away_from_zero(
    value: str, german: str, english: str
) -> None:
    assert GERMAN.rate(Decimal(value)) == german
    assert ENGLISH.rate(Decimal(value)) == english


@pytest.mark.parametrize(
    ("value", "german"), [(0, "0"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567")]
)
def test_counts_have_thousands_dots_and_no_decimals(value: int, german: str) -> None:
    assert GERMAN.count(value) == german


@pytest.mark.parametrize(
    ("value", "german"), [("0.1", "+0,1"), ("0.0", "0,0"), ("-0.1", f"{MINUS}0,1")]
)
def test_a_difference_has_a_sign_unless_it_is_zero(value: str, german: str) -> None:
    assert GERMAN.difference(Decimal(value)) == german


def test_months_and_days_are_written_out_and_kept_together() -> None:
    assert GERMAN.month("2015-12") == f"Dezember{NBSP}2015"
    assert GERMAN.month("2015-03") == f"März{NBSP}2015"
    assert ENGLISH.month("2015-12") == f"December{NBSP}2015"
    assert GERMAN.day("2016-01-31") == f"31.{NBSP}Januar{NBSP}2016"
    assert ENGLISH.day("2016-01-31") == f"31{NBSP}January{NBSP}2016"


def test_a_date_that_is_none_is_shown_as_given() -> None:
    assert GERMAN.day("Stand unbekannt") == "Stand unbekannt"


@pytest.mark.parametrize(("size", "words"), [(1, "1"), (1000, "1"), (1001, "2"), (230358, "231")])
def test_file_sizes_are_rounded_up(size: int, words: str) -> None:
    assert GERMAN.bytes(size) == f"{words}{NBSP}kB"


def test_floats_round_by_their_decimal_text() -> None:
    assert tenth(0.25) == Decimal("0.3")
    assert tenth(2.675) == Decimal("2.7")
