"""The documented effects are those in the data, and without a gap sex is a mere label."""

import math
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.demo import demo_history, demo_tables, true_effects
from pipeline.demo.attributes import BEZIRKE
from pipeline.demo.effects import effects
from pipeline.demo.zufall import draw_events, random_order
from tests.demo.k2 import person_months


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_without_a_gap_the_sexes_differ_by_chance_only(seed: int) -> None:
    """z of the difference in rates, persons as units, and of every share of the composition."""
    history = demo_history(bestand=2500, seed=seed, von=date(2013, 1, 1), monate=26, luecke=0.0)
    con = person_months(demo_tables(history))
    persons = con.execute(
        """select geschlecht, count(*) as monate, sum(integriert::int) as starts,
        avg((bg_typ = 'alleinerziehend')::int) as allein, avg(lzb::int) as lzb,
        avg((juengstes_kind_alter < 3)::int) as klein,
        avg((arbeitsmarktstatus = 'massnahme')::int) as m
        from personenmonat where geschlecht in ('m', 'w') group by person_id, geschlecht"""
    ).fetchnumpy()
    woman = np.asarray(persons["geschlecht"]) == "w"
    months = np.asarray(persons["monate"], dtype=float)
    starts = np.asarray(persons["starts"], dtype=float)
    rates = {s: starts[woman == s].sum() / months[woman == s].sum() for s in (True, False)}
    variance = sum(
        float(((starts - rates[s] * months)[woman == s] ** 2).sum()) / months[woman == s].sum() ** 2
        for s in (True, False)
    )
    assert abs(rates[True] - rates[False]) / math.sqrt(variance) < 3.3
    for name in ("allein", "lzb", "klein", "m"):
        values: NDArray[np.float64] = np.ma.asarray(persons[name], dtype=float)
        share: NDArray[np.float64] = np.asarray(np.ma.filled(values, 0.0))
        a, b = share[woman], share[~woman]
        z = (a.mean() - b.mean()) / math.sqrt(a.var() / a.size + b.var() / b.size)
        assert abs(z) < 3.3, name


def test_half_a_gap_lies_between_none_and_the_whole() -> None:
    gaps = []
    for luecke in (0.0, 0.5, 1.0):
        history = demo_history(
            bestand=4000, seed=2, von=date(2013, 10, 1), monate=16, luecke=luecke
        )
        con = person_months(demo_tables(history))
        row = con.execute(
            """select avg(integriert::int) filter (geschlecht = 'm')
            - avg(integriert::int) filter (geschlecht = 'w') from personenmonat"""
        ).fetchone()
        assert row is not None
        gaps.append(1200 * row[0])
    assert gaps[0] < gaps[1] - 2 < gaps[2] - 4


def test_true_effects_are_a_copy_of_the_documented_ones() -> None:
    true_effects()["haushalt"]["w"]["alleinstehend"] = 99
    assert true_effects()["haushalt"]["w"]["alleinstehend"] < 1
    assert effects().haushalt[1, 0, 0] == true_effects()["haushalt"]["w"]["alleinstehend"]


def test_the_season_has_mean_one_and_stuttgart_has_23_districts() -> None:
    assert np.isclose(effects().saison.mean(), 1.0, atol=0.001)
    assert len(BEZIRKE) == 23


def test_the_draw_of_events_keeps_each_chance_and_fixes_the_sum() -> None:
    rng = np.random.Generator(np.random.PCG64(4))
    chance = np.array([0.5, 0.1, 0.2, 0.2, 0.05, 0.95])
    stratum = np.array([0, 0, 0, 0, 1, 1], dtype=np.int8)
    hits = np.array([draw_events(rng, chance, random_order(rng, stratum)) for _ in range(4000)])
    assert np.allclose(hits.mean(axis=0), chance, atol=0.03)
    assert set(hits[:, :4].sum(axis=1)) <= {0, 1, 2}
