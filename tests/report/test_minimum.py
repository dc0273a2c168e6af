"""The minimum share of women: published figures, and when the page shows it."""

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.report import build
from pipeline.report.minimum import SETTINGS, minimum_share
from pipeline.report.numbers import tenth
from pipeline.settings import load_settings
from tests.report import example
from tests.report.conftest import Builder
from tests.report.html import cells, text

MONTH = "2015-12"


@pytest.mark.parametrize(
    ("women", "men", "labour_women", "labour_men", "expected"),
    [
        # Germany 2010: 46.2 % of the unemployed, rates as 0.976 to 1; published 45.6.
        (462, 538, 473361, 538000, "45.6"),
        # Germany 2010 by beneficiaries: 50.8 %, rates of 9.3 and 8.8; from rounded rates 52.2
        # instead of the published 52.1.
        (508, 492, 54624, 55909, "52.2"),
        # Rates as high for women as for men: the share of the unemployed itself.
        (454, 546, 4540, 5460, "45.4"),
        (1, 1, 10, 10, "50.0"),
        (0, 5, 10, 10, "0.0"),
    ],
)
def test_the_formula_gives_the_published_shares(
    women: int, men: int, labour_women: int, labour_men: int, expected: str
) -> None:
    share = minimum_share(Decimal(women), Decimal(men), labour_women, labour_men)
    assert tenth(share) == Decimal(expected)


def with_labour_force(women: str, men: str) -> example.Example:
    """FA_ALO: 6,820 women and 6,930 men unemployed on average; FQ: 43 % women."""
    table = example.full()
    table.angaben |= dict(zip(SETTINGS, (women, men), strict=True))
    return table


def test_the_page_shows_the_share_with_both_settings_and_says_so_without(
    full: example.Example, build_page: Builder
) -> None:
    page = build_page(full)
    assert "mindestbeteiligung" not in [b.attrib["id"] for b in page.blocks]
    assert "lässt sich nur mit der Zahl der Erwerbspersonen rechnen" in text(page.by_id("zugang"))


def test_the_block_can_be_recomputed_from_its_table(build_page: Builder) -> None:
    page = build_page(with_labour_force("150000", "170000"))
    rows = {row[0]: row[1:] for row in cells(page.by_id("tabelle-mindestbeteiligung"))}
    assert rows == {
        "Arbeitslose im Durchschnitt der Stichtage": ["6.820", "6.930"],
        "Anteil an den Arbeitslosen in Prozent": ["49,6", "50,4"],
        "Erwerbspersonen": ["150.000", "170.000"],
        "Arbeitslose je 100 Erwerbspersonen": ["4,5", "4,1"],
        "Mindestbeteiligung in Prozent": ["52,3", "entfällt"],
        "Anteil an den Teilnehmenden in Prozent": ["43,0", "57,0"],
        "Zielerfüllung in Prozentpunkten": ["\u22129,3", "entfällt"],
    }
    assert "liegt 9,3 Prozentpunkte unter der Mindestbeteiligung" in text(
        page.by_id("mindestbeteiligung")
    )
    assert "lässt sich nur mit" not in text(page.by_id("zugang"))


@pytest.mark.parametrize(
    ("reached", "words"),
    [
        ("49.9", "liegt 0,1 Prozentpunkte unter der"),
        ("50.0", "ist so groß wie die"),
        ("50.1", "liegt 0,1 Prozentpunkte über der"),
    ],
)
def test_the_direction_follows_the_sign(reached: str, words: str, build_page: Builder) -> None:
    table = with_labour_force("100000", "100000")
    dropped = {("FQ", MONTH, "insgesamt"), ("FA_ALO", MONTH, "insgesamt")}
    table.rows = [
        r for r in table.rows if (r["kennzahl"], r["berichtsmonat"], r["schnitt"]) not in dropped
    ]
    table.rows += example.parts(("FA_ALO", MONTH, "insgesamt", ("insgesamt",)), 0.5, 120_000)
    slot = ("FQ", MONTH, "insgesamt", ("insgesamt",))
    table.rows += example.parts(slot, float(reached) / 100, 10_000)
    assert f"Der erreichte Anteil {words} Mindestbeteiligung." in text(
        build_page(table).by_id("mindestbeteiligung")
    )


def test_without_published_unemployed_there_is_no_block(build_page: Builder) -> None:
    table = with_labour_force("150000", "170000")
    table.rows = [example.suppressed(r) if r["kennzahl"] == "FA_ALO" else r for r in table.rows]
    ids = [b.attrib["id"] for b in build_page(table).blocks]
    assert "zugang" in ids and "mindestbeteiligung" not in ids


@pytest.mark.parametrize(("women", "refused"), [("6819", True), ("6820", False), ("6821", False)])
def test_a_labour_force_smaller_than_the_unemployed_is_refused(
    women: str, refused: bool, tmp_path: Path
) -> None:
    table = with_labour_force(women, "170000")
    if not refused:
        build(*table.write(tmp_path / "pub"), tmp_path)
        return
    with pytest.raises(UsageError, match="erwerbspersonen_frauen = 6819"):
        build(*table.write(tmp_path / "pub"), tmp_path)


@pytest.mark.parametrize("name", SETTINGS)
def test_one_of_the_two_settings_alone_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="nur eine von beiden"):
        load_settings(**{name: 100_000})


@pytest.mark.parametrize("value", [0, -1, 1.5, "100000", True])
def test_anything_but_a_positive_whole_number_is_refused(value: object) -> None:
    with pytest.raises(UsageError, match="erwerbspersonen_frauen: ungültiger Wert"):
        load_settings(erwerbspersonen_frauen=value, erwerbspersonen_maenner=1)


def test_both_settings_are_taken_as_given() -> None:
    settings = load_settings(erwerbspersonen_frauen=1, erwerbspersonen_maenner=2)
    assert (settings.erwerbspersonen_frauen, settings.erwerbspersonen_maenner) == (1, 2)
