"""K2 and EQ of real people: oracle and product against a recomputation from the wide table."""

from pathlib import Path

import pandas as pd
import pytest

from notebooks.mvad import find_mvad, write_delivery
from tests.mvad.recompute import recompute
from tests.mvad.recompute_exits import recompute_exits
from tests.oracle import compute
from tests.oracle.quotas import Figure, Key
from tests.property import product
from tests.property.product import build_report

Quotes = dict[Key, Figure]
# Figures of one Kennzahl by (berichtsmonat, schnitt, auspraegung_1, auspraegung_2, geschlecht).
Figures = dict[tuple[str, ...], tuple[float, ...]]
DELAYS = (1, 3, 6, 9, 12, 18)


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A raw folder with mvad as its one delivery."""
    raw = tmp_path_factory.mktemp("mvad") / "raw"
    write_delivery(find_mvad(), raw / "mvad")
    return raw


@pytest.fixture(scope="module", params=["product", "oracle"])
def quotes(
    request: pytest.FixtureRequest, delivery: Path, tmp_path_factory: pytest.TempPathFactory
) -> Quotes:
    """mart_quote of mvad, as the product and as the oracle compute it."""
    if request.param == "oracle":
        return compute(delivery).mart_quote
    curated = tmp_path_factory.mktemp("curated")
    product.build_marts(delivery, curated)
    return product.read_quotes(curated)


@pytest.fixture(scope="module")
def stock_quotes() -> pd.DataFrame:
    return recompute(find_mvad())


@pytest.fixture(scope="module")
def exit_quotes() -> pd.DataFrame:
    return recompute_exits(find_mvad())


def as_figures(table: pd.DataFrame, base: str) -> Figures:
    """base: the column that is the whole-number denominator."""
    return {
        tuple(row[column] for column in Key._fields if column != "kennzahl"): (
            int(row["zaehler"]),
            int(row[base]),
            float(row["quote"]),
        )
        for row in table.to_dict("records")
    }


def shown(quotes: Quotes, kennzahl: str, base: str) -> Figures:
    """The figures of one Kennzahl, without categories nobody is in."""
    return {
        tuple(key[1:]): (figure.zaehler, getattr(figure, base), figure.quote)
        for key, figure in quotes.items()
        if key.kennzahl == kennzahl and figure.quote is not None
    }


def test_the_recomputation_of_k2_covers_both_sexes_the_measure_and_every_duration(
    stock_quotes: pd.DataFrame,
) -> None:
    last = stock_quotes[stock_quotes["berichtsmonat"] == "1999-03"]
    by_slice = last.groupby("schnitt")["auspraegung_1"].agg(set)
    assert set(last["geschlecht"]) == {"w", "m", "insgesamt"}
    assert by_slice["massnahme"] == {"berufswahl_ausbildung", "keine"}
    assert len(by_slice["bezugsdauer"]) == 7
    assert stock_quotes["berichtsmonat"].nunique() == 57


def test_the_recomputation_of_eq_covers_both_sexes_every_delay_and_length(
    exit_quotes: pd.DataFrame,
) -> None:
    by_length = exit_quotes[exit_quotes["schnitt"] == "massnahmedauer"]
    lengths = {"1_bis_unter_3", "3_bis_unter_6", "6_bis_unter_12"}
    assert set(by_length["auspraegung_1"]) == {f"{x}_monate" for x in lengths} | {
        "12_monate_und_mehr"
    }
    assert set(by_length["geschlecht"]) == {"w", "m", "insgesamt"}
    months = exit_quotes.groupby("kennzahl")["berichtsmonat"].agg(["min", "max"])
    assert set(months["min"]) == {"1994-06"}
    assert dict(months["max"]) == {
        "EQ_1": "1999-05",
        "EQ_3": "1999-03",
        "EQ_6": "1998-12",
        "EQ_9": "1998-09",
        "EQ_12": "1998-06",
        "EQ_18": "1997-12",
    }


def test_k2_equals_the_recomputation(quotes: Quotes, stock_quotes: pd.DataFrame) -> None:
    found = shown(quotes, "K2", "bestand_monate")
    recomputed = {key: f for key, f in found.items() if key[1] != "instrument"}
    assert recomputed == as_figures(stock_quotes, "bestand_monate")


@pytest.mark.parametrize("delay", DELAYS)
def test_eq_equals_the_recomputation(delay: int, quotes: Quotes, exit_quotes: pd.DataFrame) -> None:
    expected = exit_quotes[exit_quotes["kennzahl"] == f"EQ_{delay}"]
    assert shown(quotes, f"EQ_{delay}", "nenner") == as_figures(expected, "nenner")


def test_the_whole_line_makes_a_report_of_it(delivery: Path, tmp_path: Path) -> None:
    published = build_report(tmp_path / "run", delivery, threads=2)
    assert "index.html" in published
    facts = product.read_rows(tmp_path / "run" / "curated", "pub_angaben")
    assert {"schluessel": "synthetisch", "wert": "false"} in facts
