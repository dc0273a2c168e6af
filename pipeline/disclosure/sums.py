"""The sums a reader can write down from the published rows, as groups of row positions."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

KEY = ["kennzahl", "berichtsmonat", "schnitt", "auspraegung_1", "auspraegung_2", "geschlecht"]
GROUP = ["summe", *KEY, "teil"]

Crosses = dict[str, tuple[str, str]]
Nested = dict[str, tuple[str, dict[str, str]]]
SamePeople = dict[str, tuple[str, str]]
# The denominator of the first is the numerator of the second.
TELLS_NUMERATOR = {"M1": "K2"}
# The denominator of women and of men is everybody, that is the numerator of insgesamt.
SHARES = ("FQ", "FA_ELB", "FA_ALO")


@dataclass(frozen=True)
class Structure:
    """What belongs together among the tables.

    crosses: cross id to its two breakdown ids. nested: id of a finer breakdown to the id of the
    coarser one and to the coarser category of each of its categories. same_people: Kennzahl that is
    K2 of one category, to that breakdown and category. same_denominator: Kennzahlen that divide by
    the same numbers.
    """

    crosses: Crosses = field(default_factory=dict)
    nested: Nested = field(default_factory=dict)
    same_people: SamePeople = field(default_factory=dict)
    same_denominator: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sum:
    """Rows of which each follows from all the others.

    rows: positions of all of them. whole: position of the one that the others add up to; None
    where it is not among the rows or where both sides of the equation have several.
    """

    rows: np.ndarray
    whole: int | None


def sums(cells: pd.DataFrame, structure: Structure) -> list[Sum]:
    """All sums among the rows, in an order that depends on the keys alone.

    Women, men and insgesamt of a cell; the categories of a breakdown with the total; in a cross
    the categories along each side with their margin; the categories of a finer breakdown with the
    one they make up; the year to date with K2, in December and against the year before; figures
    over the same people. cells: rows sorted by key.
    """
    rows = cells[KEY].assign(position=np.arange(len(cells)), teil="", summe="", ganzes=False)
    single = rows[(rows["auspraegung_2"] == "") & (rows["schnitt"] != "insgesamt")]
    total = rows[rows["schnitt"] == "insgesamt"]
    sexes = rows.assign(summe="geschlecht", geschlecht="", ganzes=rows["geschlecht"] == "insgesamt")
    members = pd.concat(
        [
            sexes,
            *_categories(single, total),
            *_crosses(rows, single, structure.crosses),
            *_nested(single, structure.nested),
            *_same_people(rows, structure.same_people),
            _december(total),
            _year_before(total),
        ]
    ).dropna(subset=["teil"])
    group = members.groupby(GROUP, sort=True).ngroup().to_numpy()
    order = np.argsort(group, kind="stable")
    cuts = np.flatnonzero(np.diff(group[order])) + 1
    positions = np.split(members["position"].to_numpy(dtype=int)[order], cuts)
    wholes = np.split(members["ganzes"].to_numpy(dtype=bool)[order], cuts)
    return [
        Sum(found, int(found[whole][0]) if whole.any() else None)
        for found, whole in zip(positions, wholes, strict=True)
        if len(found) > 1
    ]


def _categories(single: pd.DataFrame, total: pd.DataFrame) -> Iterator[pd.DataFrame]:
    breakdowns = single[["kennzahl", "berichtsmonat", "schnitt"]].drop_duplicates()
    above = total.drop(columns="schnitt").merge(breakdowns, on=["kennzahl", "berichtsmonat"])
    yield single.assign(auspraegung_1="", auspraegung_2="")
    yield above.assign(auspraegung_1="", auspraegung_2="", ganzes=True)


def _crosses(rows: pd.DataFrame, single: pd.DataFrame, crosses: Crosses) -> Iterator[pd.DataFrame]:
    for cross, parts in crosses.items():
        inside = rows[rows["schnitt"] == cross]
        if inside.empty:
            continue
        for side, breakdown in enumerate(parts, start=1):
            margin = single[single["schnitt"] == breakdown]
            yield _along(inside.assign(teil=inside[f"auspraegung_{side}"]), side, cross)
            yield _along(margin.assign(teil=margin["auspraegung_1"], ganzes=True), side, cross)


def _nested(single: pd.DataFrame, nested: Nested) -> Iterator[pd.DataFrame]:
    for finer, (coarser, category) in nested.items():
        inside = single[single["schnitt"] == finer]
        above = single[single["schnitt"] == coarser]
        yield _along(inside.assign(teil=inside["auspraegung_1"].map(category)), 1, finer)
        yield _along(above.assign(teil=above["auspraegung_1"], ganzes=True), 1, finer)


def _same_people(rows: pd.DataFrame, same: SamePeople) -> Iterator[pd.DataFrame]:
    for kennzahl, (schnitt, code) in same.items():
        of_group = (
            (rows["kennzahl"] == "K2")
            & (rows["schnitt"] == schnitt)
            & (rows["auspraegung_1"] == code)
            & (rows["auspraegung_2"] == "")
        )
        yield rows[of_group | (rows["kennzahl"] == kennzahl)].assign(
            summe="dieselben Menschen",
            kennzahl=kennzahl,
            schnitt="",
            auspraegung_1="",
            auspraegung_2="",
        )


def numerators(cells: pd.DataFrame) -> np.ndarray:
    """Pairs of row positions: of the second, the numerator is the denominator of the first."""
    rows = cells[KEY].assign(position=np.arange(len(cells)))
    totals = rows[rows["schnitt"] == "insgesamt"]
    same = ["berichtsmonat", "geschlecht"]
    of_another = totals.assign(zaehler_von=totals["kennzahl"].map(TELLS_NUMERATOR)).merge(
        totals, left_on=["zaehler_von", *same], right_on=["kennzahl", *same]
    )
    shares = rows[rows["kennzahl"].isin(SHARES)]
    everybody = shares["geschlecht"] == "insgesamt"
    of_everybody = shares[~everybody].merge(shares[everybody], on=KEY[:-1])
    found = pd.concat([of_another, of_everybody])
    return found[["position_x", "position_y"]].to_numpy(dtype=int)


def _along(rows: pd.DataFrame, side: int, schnitt: str) -> pd.DataFrame:
    return rows.assign(summe=f"seite {side}", schnitt=schnitt, auspraegung_1="", auspraegung_2="")


def _december(total: pd.DataFrame) -> pd.DataFrame:
    """K2 = K2_JFW in December: the same twelve months and the same people."""
    both = total[
        total["kennzahl"].isin(["K2", "K2_JFW"]) & total["berichtsmonat"].str.endswith("-12")
    ]
    return both.assign(summe="ganzes Jahr", ganzes=both["kennzahl"] == "K2", kennzahl="")


def _year_before(total: pd.DataFrame) -> pd.DataFrame:
    """K2_JFW of a month + K2 of the December before = K2 of the month + K2_JFW a year before.

    K2 reaches back into the year before, as far as the year to date of then does not. January to
    November: of a December this says no more than `_december`.
    """
    year, month = total["berichtsmonat"].str[:4], total["berichtsmonat"].str[5:]
    next_year = (year.astype(int) + 1).astype(str) + "-"
    is_k2, is_year_to_date = total["kennzahl"] == "K2", total["kennzahl"] == "K2_JFW"
    decembers = total[is_k2 & (month == "12")]
    members = [
        total[is_k2 | is_year_to_date],
        total.assign(berichtsmonat=next_year + month)[is_year_to_date],
        *(decembers.assign(berichtsmonat=next_year + f"{m:02}") for m in range(1, 12)),
    ]
    found = pd.concat(members).assign(summe="Vorjahr", kennzahl="")
    return found[found.groupby(GROUP)["position"].transform("size") == 4]
