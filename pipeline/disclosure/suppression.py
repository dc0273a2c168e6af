"""The first disclosure step: small counts, and the second figure that would give them away.

Preliminary. It closes the sums a reader can do in the head (women + men = insgesamt, categories =
total); it does not yet face an attacker who combines all tables and months.
Source of the threshold: Statistik der BA, Regeln der statistischen Geheimhaltung.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

KEY = ["kennzahl", "berichtsmonat", "schnitt", "auspraegung_1", "auspraegung_2", "geschlecht"]
SEXES = ("w", "m", "insgesamt")


Crosses = dict[str, tuple[str, str]]
Nested = dict[str, tuple[str, dict[str, str]]]


@dataclass(frozen=True)
class Thresholds:
    """minimum: counts from 1 to below it are suppressed. unsure: below it the status says so."""

    minimum: int
    unsure: int


def small(counts: pd.Series, minimum: int) -> pd.Series:
    """Whether a count is at least 1 and below the minimum. Missing counts are not small."""
    return counts.fillna(0).between(1, minimum - 1)


def primary(cells: pd.DataFrame, minimum: int, with_complement: set[str]) -> pd.Series:
    """Cells whose own counts are too small, or whose complement is.

    cells: one row per figure with zaehler, bestand_monate, nenner, personen, personen_zaehler.
    with_complement: Kennzahlen of which nenner - zaehler is a count of persons too.
    """
    columns = ["zaehler", "bestand_monate", "personen", "personen_zaehler"]
    found = pd.concat([small(cells[c], minimum) for c in columns], axis=1).any(axis=1)
    complement = cells["nenner"] - cells["zaehler"]
    return found | (cells["kennzahl"].isin(with_complement) & small(complement, minimum))


def sums(cells: pd.DataFrame, crosses: Crosses, nested: Nested) -> Iterator[np.ndarray]:
    """Groups of row positions in which one figure is the sum of the others.

    Women, men and insgesamt of a cell; the categories of a breakdown with the total; in a cross
    the categories along each side with their margin; the categories of a finer breakdown with the
    one they make up; K2 and K2_JFW of a December, which are the same people.
    crosses: cross id to its two breakdown ids. nested: id of a finer breakdown to the id of the
    coarser one and to the coarser category of each of its categories.
    """
    rows = cells[KEY].assign(position=np.arange(len(cells)), teil="")
    members = [rows.assign(summe="geschlecht", geschlecht="")]
    of_sex = rows.assign(summe="")
    single = of_sex[(rows["auspraegung_2"] == "") & (rows["schnitt"] != "insgesamt")]
    total = of_sex[rows["schnitt"] == "insgesamt"].drop(columns="schnitt")
    breakdowns = single[["kennzahl", "berichtsmonat", "schnitt"]].drop_duplicates()
    over_categories = [single, total.merge(breakdowns, on=["kennzahl", "berichtsmonat"])]
    members += [part.assign(auspraegung_1="", auspraegung_2="") for part in over_categories]
    for cross, parts in crosses.items():
        inside = of_sex[rows["schnitt"] == cross]
        if inside.empty:
            continue
        for side, breakdown in enumerate(parts, start=1):
            value = f"auspraegung_{side}"
            margin = single[single["schnitt"] == breakdown]
            members.append(_along(inside.assign(teil=inside[value]), side, cross))
            members.append(_along(margin.assign(teil=margin["auspraegung_1"]), side, cross))
    for finer, (coarser, category) in nested.items():
        inside = single[single["schnitt"] == finer]
        above = single[single["schnitt"] == coarser]
        inside = inside.assign(teil=inside["auspraegung_1"].map(category))
        members.append(_along(inside, 1, finer))
        members.append(_along(above.assign(teil=above["auspraegung_1"]), 1, finer))
    december = of_sex[
        rows["kennzahl"].isin(["K2", "K2_JFW"])
        & (rows["schnitt"] == "insgesamt")
        & rows["berichtsmonat"].str.endswith("-12")
    ]
    members.append(december.assign(summe="ganzes Jahr", kennzahl=""))
    keys = ["summe", *KEY, "teil"]
    for _, group in pd.concat(members).groupby(keys, sort=True)["position"]:
        yield group.to_numpy()


def _along(rows: pd.DataFrame, side: int, cross: str) -> pd.DataFrame:
    return rows.assign(summe=f"seite {side}", schnitt=cross, auspraegung_1="", auspraegung_2="")


def secondary(
    cells: pd.DataFrame, hidden: np.ndarray, crosses: Crosses, nested: Nested
) -> np.ndarray:
    """Hide a second figure wherever a sum has exactly one hidden member, until none is left.

    Chosen is the member with the fewest persons that is not empty; totals go last, and among
    equals the first in key order. Cells must be sorted by their key.
    """
    groups = [g for g in sums(cells, crosses, nested) if len(g) > 1]
    persons = cells["personen"].to_numpy()
    is_total = (cells["schnitt"] == "insgesamt").to_numpy() * 2 + (
        cells["geschlecht"] == "insgesamt"
    ).to_numpy()
    hidden = hidden.copy()
    changed = True
    while changed:
        changed = False
        for group in groups:
            if hidden[group].sum() != 1:
                continue
            free = group[~hidden[group] & (persons[group] > 0)]
            if not len(free):
                continue
            order = np.lexsort((free, persons[free], is_total[free]))
            hidden[free[order[0]]] = True
            changed = True
    return hidden


def round_half_away(numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    """numerator / denominator to one decimal, half away from zero, from whole numbers.

    Both are non-negative whole numbers; a denominator of 0 gives an empty value.
    """
    whole = denominator.where(denominator > 0)
    return ((20 * numerator + whole) // (2 * whole)) / 10


def published_quote(cells: pd.DataFrame) -> pd.Series:
    """The quota as published, in percent: rounded once, from the whole numbers."""
    persons = cells["kennzahl"] == "P1"
    months = (cells["bestand_monate"] / cells["nenner"]).round().where(~persons, 1)
    factor = months.where(cells["kennzahl"] != "K2", 12).fillna(1)
    denominator = cells["bestand_monate"].where(~persons, cells["nenner"])
    return round_half_away(100 * factor * cells["zaehler"], denominator)


def suppress(
    cells: pd.DataFrame,
    thresholds: Thresholds,
    with_complement: set[str],
    crosses: Crosses,
    nested: Nested | None = None,
) -> pd.DataFrame:
    """The published figures with their status; a suppressed row has no figure left.

    cells: rows of mart_veroeffentlichung. Returns the columns of pub_quote in the same order.
    crosses and nested: see `sums`.
    """
    cells = cells.reset_index(drop=True)
    by_key = cells.sort_values(KEY)
    first = primary(by_key, thresholds.minimum, with_complement)
    found = secondary(by_key, first.to_numpy(), crosses, nested or {})
    hidden = pd.Series(found, index=by_key.index).sort_index().to_numpy()
    few = (cells["zaehler"] < thresholds.unsure) | (cells["personen"] < thresholds.unsure)
    status = np.select(
        [hidden, cells["nenner"] == 0, few], ["gesperrt", "keine_faelle", "unsicher"], "ok"
    )
    shown = cells[[*KEY, "zaehler", "bestand_monate", "nenner"]].assign(
        quote=published_quote(cells), status=status, untergrenze=np.nan, obergrenze=np.nan
    )
    figures = ["zaehler", "bestand_monate", "nenner", "quote", "untergrenze", "obergrenze"]
    shown.loc[hidden, figures] = np.nan
    return shown
