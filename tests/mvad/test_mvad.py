"""K2 of real people: the oracle and the product against a recomputation from the wide table."""

from pathlib import Path

import pandas as pd
import pytest

from tests.mvad.convert import find_mvad, write_delivery
from tests.mvad.recompute import recompute
from tests.oracle import compute

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
    last = [key for key in expected if key[0] == "2019-03"]
    assert {key[4] for key in last} == {"w", "m", "insgesamt"}
    assert {key[2] for key in last if key[1] == "massnahme"} == {"berufswahl_ausbildung", "keine"}
    assert len({key[2] for key in last if key[1] == "bezugsdauer"}) == 7
    assert len({key[0] for key in expected}) == 57


def test_the_oracle_equals_the_recomputation(delivery: Path, expected: Figures) -> None:
    found = {
        (key.berichtsmonat, key.schnitt, key.auspraegung_1, key.auspraegung_2, key.geschlecht): (
            figure.zaehler,
            figure.bestand_monate,
            figure.quote,
        )
        for key, figure in compute(delivery).mart_quote.items()
        if key.kennzahl == "K2" and key.schnitt != "instrument" and figure.bestand_monate
    }
    assert found == expected
