"""The first disclosure step: small counts, and the second figure that would give them away.

Preliminary. It closes the sums a reader can do in the head (women + men = insgesamt, categories =
total); it does not yet face an attacker who combines all tables and months.
Source of the threshold: Statistik der BA, Regeln der statistischen Geheimhaltung.
"""

from collections.abc import Set
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline.disclosure.sums import KEY, Structure, Sum, numerators, sums

COUNTS = ["zaehler", "bestand_monate", "personen", "personen_zaehler"]


@dataclass(frozen=True)
class Thresholds:
    """minimum: counts from 1 to below it are suppressed. unsure: below it the status says so."""

    minimum: int
    unsure: int


def small(counts: np.ndarray, minimum: int) -> np.ndarray:
    """Whether a count is at least 1 and below the minimum. Missing counts are not small."""
    return (counts >= 1) & (counts < minimum)


def _counts(cells: pd.DataFrame) -> np.ndarray:
    """The counts of a row; the denominator is one where it is no average of months."""
    whole = cells["bestand_monate"].fillna(cells["nenner"])
    return cells[COUNTS].assign(bestand_monate=whole).to_numpy(dtype=float, na_value=np.nan)


def primary(cells: pd.DataFrame, minimum: int, with_complement: set[str]) -> np.ndarray:
    """Cells whose own counts are too small, or whose complement is.

    cells: one row per figure with zaehler, bestand_monate, nenner, personen, personen_zaehler.
    with_complement: Kennzahlen of which nenner - zaehler is a count of persons too.
    """
    counts = _counts(cells)
    complement = (cells["nenner"] - cells["zaehler"]).to_numpy()
    of_persons = cells["kennzahl"].isin(with_complement).to_numpy()
    found = small(counts, minimum).any(axis=1) | (of_persons & small(complement, minimum))
    return np.asarray(found)


def rare(cells: pd.DataFrame, free_text: Set[str], unsure: int) -> np.ndarray:
    """Rows of a category that fewer than `unsure` persons have, in a breakdown without codes.

    Its name is whatever was typed into the delivered column: only one that several persons have
    in common may become a label. free_text: ids of the breakdowns without a code list.
    """
    of_all_sexes = cells.groupby(KEY[:-1])["personen"].transform("max")
    return (cells["schnitt"].isin(free_text) & (of_all_sexes < unsure)).to_numpy()


def short_steps(cells: pd.DataFrame, hidden: np.ndarray, minimum: int) -> np.ndarray:
    """Rows of K2_JFW too close to the last one shown before it in the same year, by sex.

    The difference of the two is what the months between them add. Of the rows left, any two of
    one year and sex differ by nothing or by at least the minimum. Cells are sorted by their key.
    """
    found = np.zeros(len(cells), dtype=bool)
    is_total = (cells["kennzahl"] == "K2_JFW") & (cells["schnitt"] == "insgesamt")
    figures = cells[["zaehler", "bestand_monate"]].to_numpy()
    years = list(zip(cells["berichtsmonat"].str[:4], cells["geschlecht"], strict=True))
    last: dict[tuple[str, str], np.ndarray] = {}
    for row in np.flatnonzero(is_total & ~hidden):
        before = last.get(years[row], np.zeros(2))
        found[row] = small(figures[row] - before, minimum).any()
        if not found[row]:
            last[years[row]] = figures[row]
    return found


def secondary(
    cells: pd.DataFrame, hidden: np.ndarray, among: list[Sum], minimum: int
) -> np.ndarray:
    """Hide further figures until no sum gives a hidden one away.

    A sum gives away its only hidden row; and where its whole is shown, what the hidden rows make
    together, so that this must not be small either. Chosen is a row with persons: totals go last,
    rows without Integrationen late, then the fewest persons and the key decide. Cells must be
    sorted by their key.
    """
    persons = cells["personen"].to_numpy()
    counts = np.nan_to_num(_counts(cells))
    is_total = 2 * (cells["schnitt"] == "insgesamt") + (cells["geschlecht"] == "insgesamt")
    order = np.lexsort((persons, cells["zaehler"] == 0, is_total))
    rank = np.argsort(order)
    sums_of: list[list[int]] = [[] for _ in persons]
    for number, one in enumerate(among):
        for row in one.rows:
            sums_of[row].append(number)
    hidden = hidden.copy()
    waiting = sorted({number for row in np.flatnonzero(hidden) for number in sums_of[row]})
    while waiting:
        touched: set[int] = set()
        for number in waiting:
            one = among[number]
            held = hidden[one.rows]
            together = counts[one.rows[held]].sum(axis=0)
            tells = one.whole is not None and not hidden[one.whole]
            safe = held.sum() > 1 and not (tells and small(together, minimum).any())
            free = one.rows[~held & (persons[one.rows] > 0)]
            if safe or not len(free):
                continue
            chosen = free[rank[free].argmin()]
            hidden[chosen] = True
            touched.update(sums_of[chosen])
        waiting = sorted(touched)
    return hidden


def denominators(cells: pd.DataFrame, structure: Structure, minimum: int) -> np.ndarray:
    """Rows of Kennzahlen with the same denominator that are hidden for its sake, in all of them.

    Each by itself would choose another second row, and the denominator of one Kennzahl together
    with that of the next would give the hidden one away. So they are protected once for all, as a
    table of their own. Cells are sorted by their key.
    """
    shared = cells["kennzahl"].isin(structure.same_denominator).to_numpy()
    cell = KEY[1:]
    table = cells[shared].drop_duplicates(cell).assign(kennzahl="").sort_values(KEY)
    table = table.assign(zaehler=table["nenner"], personen_zaehler=table["personen"])
    small_ones = primary(table, minimum, set())
    hidden = secondary(table, small_ones, sums(table, structure), minimum)
    found = pd.MultiIndex.from_frame(cells[cell]).isin(
        pd.MultiIndex.from_frame(table.loc[hidden, cell])
    )
    return np.asarray(shared & found)


def round_half_away(numerator: pd.Series, denominator: pd.Series) -> pd.Series:
    """numerator / denominator to one decimal, half away from zero, from whole numbers.

    Both are non-negative whole numbers; a denominator of 0 gives an empty value.
    """
    whole = denominator.where(denominator > 0)
    return ((20 * numerator + whole) // (2 * whole)) / 10


def published_quote(cells: pd.DataFrame) -> pd.Series:
    """The quota as published, in percent: rounded once, from the whole numbers."""
    of_months = cells["bestand_monate"].notna()
    months = (cells["bestand_monate"] / cells["nenner"]).round().where(of_months, 1).fillna(1)
    denominator = cells["bestand_monate"].where(of_months, cells["nenner"])
    return round_half_away(100 * months * cells["zaehler"], denominator)


def suppress(
    cells: pd.DataFrame,
    thresholds: Thresholds,
    with_complement: set[str],
    structure: Structure,
    free_text: Set[str] = frozenset(),
) -> pd.DataFrame:
    """The published figures with their status; a suppressed row has no figure left.

    cells: rows of mart_veroeffentlichung. Returns the columns of pub_quote in the same order,
    without the rows of rare categories. structure: see `sums`; free_text: see `rare`.
    """
    cells = cells.reset_index(drop=True)
    by_key = cells.sort_values(KEY)
    order, by_key = by_key.index.to_numpy(), by_key.reset_index(drop=True)
    unnamed = rare(by_key, free_text, thresholds.unsure)
    found = primary(by_key, thresholds.minimum, with_complement)
    found |= unnamed & (by_key["personen"] > 0).to_numpy()
    found |= short_steps(by_key, found, thresholds.minimum)
    found |= denominators(by_key, structure, thresholds.minimum)
    among, told = sums(by_key, structure), numerators(by_key)
    while True:
        found = secondary(by_key, found, among, thresholds.minimum)
        given_away = told[found[told[:, 1]] & ~found[told[:, 0]], 0]
        if not len(given_away):
            break
        found[given_away] = True
    hidden, dropped = np.empty_like(found), np.empty_like(found)
    hidden[order], dropped[order] = found, unnamed
    few = (cells["zaehler"] < thresholds.unsure) | (cells["personen"] < thresholds.unsure)
    status = np.select(
        [hidden, cells["nenner"] == 0, few], ["gesperrt", "keine_faelle", "unsicher"], "ok"
    )
    shown = cells[[*KEY, "zaehler", "bestand_monate", "nenner"]].assign(
        quote=published_quote(cells), status=status, untergrenze=np.nan, obergrenze=np.nan
    )
    figures = ["zaehler", "bestand_monate", "nenner", "quote", "untergrenze", "obergrenze"]
    shown.loc[hidden, figures] = np.nan
    return shown[~dropped].reset_index(drop=True)
