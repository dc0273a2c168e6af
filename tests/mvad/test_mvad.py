"""K2 of real people: the oracle and the product against a recomputation from the wide table."""

from pathlib import Path

import pandas as pd
import pytest

from tests.mvad.convert import find_mvad, write_delivery
from tests.mvad.recompute import recompute
from tests.oracle import compute
from tests.oracle.quotas import Figure, Key
from tests.property import product
from tests.property.product import build_report

KEY = ["berichtsmonat", "schnitt", "auspraegung_1", "auspraegung_2", "geschlecht"]
Figures = dict[tuple[str, ...], tuple[int, int, float]]


@pytest.fixture(scope="module")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A raw folder with mvad as its one delivery."""
    raw = tmp_path_factory.mktemp("mvad") / "raw"
    write_delivery(find_mvad(), raw / "mvad")
    return raw


@pytest.fixture(scope="module")
def expected() -> Figures:
    return as_figures(recompute(find_mvad()))


def as_figures(table: pd.DataFrame) -> Figures:
    return {
        tuple(row[column] for column in KEY): (
            int(row["zaehler"]),
            int(row["bestand_monate"]),
            float(row["quote"]),
        )
        for row in table.to_dict("records")
    }


def test_the_recomputation_covers_both_sexes_the_measure_and_every_duration(
    expected: Figures,
) -> None:
    last = [key for key in expected if key[0] == "1999-03"]
    assert {key[4] for key in last} == {"w", "m", "insgesamt"}
    assert {key[2] for key in last if key[1] == "massnahme"} == {"berufswahl_ausbildung", "keine"}
    assert len({key[2] for key in last if key[1] == "bezugsdauer"}) == 7
    assert len({key[0] for key in expected}) == 57


def comparable(quotes: dict[Key, Figure]) -> Figures:
    """K2 of the slices that are recomputed, without categories nobody is in."""
    return {
        (key.berichtsmonat, key.schnitt, key.auspraegung_1, key.auspraegung_2, key.geschlecht): (
            figure.zaehler,
            figure.bestand_monate,
            figure.quote,
        )
        for key, figure in quotes.items()
        if key.kennzahl == "K2"
        and key.schnitt != "instrument"
        and figure.bestand_monate
        and figure.quote is not None
    }


def test_the_oracle_equals_the_recomputation(delivery: Path, expected: Figures) -> None:
    assert comparable(compute(delivery).mart_quote) == expected


def test_the_product_equals_the_recomputation(
    delivery: Path, expected: Figures, tmp_path: Path
) -> None:
    product.build_marts(delivery, tmp_path)
    assert comparable(product.read_quotes(tmp_path)) == expected


def test_the_whole_line_makes_a_report_of_it(delivery: Path, tmp_path: Path) -> None:
    published = build_report(tmp_path / "run", delivery, threads=2)
    assert "index.html" in published
    facts = product.read_rows(tmp_path / "run" / "curated", "pub_angaben")
    assert {"schluessel": "synthetisch", "wert": "false"} in facts
