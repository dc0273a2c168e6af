"""What must hold in any mart, whatever the figures are.

Of the oracle for every seed, of the product for a few: on all seeds it equals the oracle.
"""

from collections.abc import Collection, Mapping
from math import isclose
from pathlib import Path

import pytest

from tests.oracle import RefusedError, compute
from tests.oracle.catalogue import SEXES
from tests.oracle.quotas import Counts, Figure, Key
from tests.property import product
from tests.property.generator import make_case

BY_ORACLE = [("oracle", seed) for seed in range(25)]
BY_PRODUCT = [("product", seed) for seed in (3, 7, 21)]

Rows = Mapping[Key, Figure | Counts]
Marts = tuple[dict[Key, Figure], dict[Key, Counts]]
Sums = dict[tuple[str, ...], tuple[int, float]]


@pytest.fixture(scope="module", params=BY_ORACLE + BY_PRODUCT, ids=lambda one: f"{one[0]}-{one[1]}")
def marts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Marts:
    """mart_quote and mart_veroeffentlichung of one generated case."""
    by, seed = request.param
    folder: Path = tmp_path_factory.mktemp("case")
    case = make_case(seed, folder / "raw")
    if by == "oracle":
        try:
            result = compute(case.raw, case.as_of)
        except RefusedError:
            return {}, {}
        return result.mart_quote, result.mart_veroeffentlichung
    product.build_marts(case.raw, folder / "curated", case.as_of)
    return product.read_quotes(folder / "curated"), product.read_counts(folder / "curated")


def sum_up(rows: Rows, sexes: Collection[str], parts: Collection[str]) -> Sums:
    """zaehler and base, summed over what is not in `parts`, of the rows of some sexes."""
    sums: Sums = {}
    for key, row in rows.items():
        if key.geschlecht in sexes:
            group = tuple(getattr(key, part) for part in parts)
            events, base = sums.get(group, (0, 0.0))
            more = row.nenner if row.bestand_monate is None else row.bestand_monate
            sums[group] = events + row.zaehler, base + more
    return sums


CELL = ("kennzahl", "berichtsmonat", "schnitt", "auspraegung_1", "auspraegung_2")
# FQ compares one sex with everybody, and a person in two measures may have a sex in each.
COMPARED_WITH_ALL = "FQ"


def partitioned(rows: Rows) -> Rows:
    """The Kennzahlen whose rows of a sex hold what insgesamt holds of that sex."""
    return {key: row for key, row in rows.items() if key.kennzahl != COMPARED_WITH_ALL}


def test_the_five_sexes_sum_to_insgesamt(marts: Marts) -> None:
    rows = partitioned(marts[0])
    assert sum_up(rows, SEXES, CELL) == sum_up(rows, ["insgesamt"], CELL)


def test_women_and_men_sum_to_insgesamt_before_publication(marts: Marts) -> None:
    rows = partitioned(marts[1])
    assert sum_up(rows, ["w", "m"], CELL) == sum_up(rows, ["insgesamt"], CELL)


def test_every_sex_of_an_fq_is_compared_with_everybody(marts: Marts) -> None:
    for rows, sexes in ((marts[0], SEXES), (marts[1], ("w", "m"))):
        for key, whole in rows.items():
            if key.kennzahl == COMPARED_WITH_ALL and key.geschlecht == "insgesamt":
                parts = [rows[key._replace(geschlecht=sex)] for sex in sexes]
                assert whole.zaehler == whole.nenner, key
                assert {part.nenner for part in parts} == {whole.nenner}, key
                assert max(part.zaehler for part in parts) <= whole.zaehler, key
                assert sum(part.zaehler for part in parts) >= whole.zaehler, key


def test_the_categories_of_every_breakdown_sum_to_the_total(marts: Marts) -> None:
    for rows in marts:
        sums = sum_up(
            partitioned(rows),
            {key.geschlecht for key in rows},
            ("schnitt", "kennzahl", "berichtsmonat", "geschlecht"),
        )
        for (schnitt, *rest), found in sums.items():
            assert found == sums["insgesamt", *rest], schnitt


def test_a_figure_of_one_category_is_that_cell_of_k2(marts: Marts) -> None:
    for kennzahl, schnitt, category in (
        ("K2E4", "bg_typ", "alleinerziehend"),
        ("K3E1", "lzb", "ja"),
    ):
        for rows in marts:
            for key, row in rows.items():
                cell = key._replace(kennzahl="K2", schnitt=schnitt, auspraegung_1=category)
                if key.kennzahl == kennzahl and cell in rows:
                    assert row == rows[cell], key


def test_m1_asks_of_every_integration_and_k2e3_of_some(marts: Marts) -> None:
    for rows in marts:
        for key, row in rows.items():
            if key.kennzahl in {"M1", "K2E3"}:
                integrations = rows[key._replace(kennzahl="K2")].zaehler
                assert row.nenner == integrations or (
                    key.kennzahl == "K2E3" and row.nenner < integrations
                ), key


def test_every_eq_of_a_month_asks_of_the_same_exits(marts: Marts) -> None:
    for key, row in marts[0].items():
        if key.kennzahl.startswith("EQ_") and key.kennzahl != "EQ_1":
            assert row.nenner == marts[0][key._replace(kennzahl="EQ_1")].nenner, key


def test_assigning_sexes_changes_no_total(marts: Marts) -> None:
    for key, counts in marts[1].items():
        if key.geschlecht == "insgesamt":
            assert counts[:4] == marts[0][key]


def test_k2_is_the_mean_of_both_sexes_weighted_by_their_stock(marts: Marts) -> None:
    for key, whole in marts[1].items():
        if key.kennzahl == "K2" and key.geschlecht == "insgesamt" and whole.quote is not None:
            parts = [marts[1][key._replace(geschlecht=sex)] for sex in ("w", "m")]
            mean = sum(
                part.quote * part.nenner / whole.nenner for part in parts if part.quote is not None
            )
            assert isclose(whole.quote, mean, rel_tol=1e-12, abs_tol=1e-12)


def test_no_more_people_are_integrated_than_integrations_counted(marts: Marts) -> None:
    for key, counts in marts[1].items():
        assert counts.personen_zaehler <= min(counts.personen, counts.zaehler), key
        base = counts.nenner if counts.bestand_monate is None else counts.bestand_monate
        assert counts.personen <= base, key
        assert counts.zaehler <= base, key


def test_the_sums_over_persons_lie_between_those_of_one_and_of_many(marts: Marts) -> None:
    for key, counts in marts[1].items():
        base = counts.nenner if counts.bestand_monate is None else counts.bestand_monate
        if counts.summe_bb is not None and counts.summe_zz is not None:
            assert counts.zaehler <= counts.summe_zz <= counts.zaehler**2, key
            assert base <= counts.summe_bb <= base**2, key
            assert counts.summe_zz <= (counts.summe_zb or 0) <= counts.summe_bb, key
