"""On generated deliveries the product and the naive oracle come to the same rows, all of them.

A normal run takes 25 seeds; `KAMPAGNE=voll` takes 300. A failing seed is repeated with
`pytest tests/property/test_mart_equals_oracle.py -k "[<seed>]"`.
"""

import os
from pathlib import Path

import pytest

from pipeline.errors import DeliveryError
from tests.oracle import Expected, RefusedError, compute
from tests.property import product
from tests.property.comparison import differences
from tests.property.generator import make_case

SEEDS = range(300 if os.environ.get("KAMPAGNE") == "voll" else 25)


def oracle_differences(expected: Expected, curated: Path) -> list[str]:
    """Everything in which the curated tables differ from the oracle."""
    rejected = product.read_rejected(curated)
    return [
        *differences("rejected", dict.fromkeys(expected.rejected), dict.fromkeys(rejected)),
        *differences("balance", expected.balance, product.read_balance(curated)),
        *differences("mart_quote", expected.mart_quote, product.read_quotes(curated)),
        *differences(
            "mart_veroeffentlichung",
            expected.mart_veroeffentlichung,
            product.read_counts(curated),
        ),
        *differences(
            "mart_anteil", expected.mart_anteil, product.read_counts(curated, "mart_anteil")
        ),
        *differences(
            "mart_berichtsmonat",
            dict.fromkeys(expected.publishable),
            dict.fromkeys(product.read_publishable(curated)),
        ),
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_marts_equal_the_oracle_row_by_row(seed: int, tmp_path: Path) -> None:
    case = make_case(seed, tmp_path / "raw")
    curated = tmp_path / "curated"
    try:
        expected = compute(case.raw, case.as_of)
    except RefusedError:
        with pytest.raises(DeliveryError):
            product.build_marts(case.raw, curated, case.as_of)
        return
    product.build_marts(case.raw, curated, case.as_of)
    found = oracle_differences(expected, curated)
    assert not found, "\n".join([f"seed {seed}, as_of {case.as_of}", *found])
