"""EQ of mvad: where a spell of training ended, and who was employed k months later.

Independent of the product, of the oracle and of the delivery: only states of calendar months occur
here. A spell leaves with the last day of a month, so the day k months later lies in the k-th month
after it, and whole months of employment cover every day of theirs.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from notebooks.mvad import MONTHS, STATE_COLUMNS

DELAYS = (1, 3, 6, 9, 12, 18)
# Lower bounds, in months of training, of the classes of massnahmedauer.
CLASSES = {
    12: "12_monate_und_mehr",
    6: "6_bis_unter_12_monate",
    3: "3_bis_unter_6_monate",
    1: "1_bis_unter_3_monate",
}
NAMES = ["schnitt", "auspraegung_1", "auspraegung_2", "geschlecht"]


def recompute_exits(source: Path) -> pd.DataFrame:
    """Columns kennzahl, berichtsmonat, schnitt, auspraegung_1, auspraegung_2, geschlecht, zaehler,
    nenner, quote (percent), for every publishable month. Groups without an exit are absent.
    """
    wide = pd.read_csv(source)
    states = wide.iloc[:, STATE_COLUMNS].to_numpy()
    exits = _exits(states, np.where(wide["male"] == "yes", "m", "w"))
    rows = pd.concat([_slice(exits, *names) for names in _slices()], ignore_index=True)
    rows = pd.concat([rows, rows.assign(geschlecht="insgesamt")], ignore_index=True)
    return pd.concat([_quotes(rows, states, delay) for delay in DELAYS], ignore_index=True)


def _exits(states: np.ndarray, sexes: np.ndarray) -> pd.DataFrame:
    """One row per spell of training that was left: person, last month, months of it, sex."""
    training = np.pad(states == "training", ((0, 0), (1, 1)))
    steps = np.diff(training.astype(int), axis=1)
    # Row by row both lists are in time order, so begins and ends of the spells pair up.
    person, begin = np.nonzero(steps == 1)
    _, end = np.nonzero(steps == -1)
    spells = pd.DataFrame({"person": person, "last": end - 1, "length": end - begin})
    spells["geschlecht"] = sexes[person]
    return spells[spells["last"] < MONTHS - 1]


def _slices() -> list[tuple[str, str, str]]:
    """schnitt with the columns of its two categories."""
    return [
        ("insgesamt", "all", "none"),
        ("massnahme", "group", "none"),
        ("instrument", "instrument", "none"),
        ("massnahmedauer", "duration", "none"),
        ("instrument_x_massnahmedauer", "instrument", "duration"),
    ]


def _slice(exits: pd.DataFrame, schnitt: str, first: str, second: str) -> pd.DataFrame:
    conditions = [exits["length"] >= bound for bound in CLASSES]
    named = exits.assign(
        all="insgesamt",
        none="",
        group="berufswahl_ausbildung",
        instrument="BAE",
        duration=np.select(conditions, list(CLASSES.values()), "unter_1_monat"),
        schnitt=schnitt,
    )
    return named.rename(columns={first: "auspraegung_1"}).assign(auspraegung_2=named[second])[
        [*NAMES, "person", "last"]
    ]


def _quotes(rows: pd.DataFrame, states: np.ndarray, delay: int) -> pd.DataFrame:
    """The exits of every twelve months, up to the last month whose k-th follower is in the data."""
    seen = rows[rows["last"] + delay < MONTHS]
    employed = states[seen["person"], seen["last"] + delay] == "employment"
    seen = seen.assign(zaehler=employed.astype(int), nenner=1)
    label = pd.Period("1993-07", freq="M")
    frames = []
    for month in range(11, MONTHS - delay):
        window = seen[seen["last"].between(month - 11, month)]
        sums = window.groupby(NAMES, as_index=False)[["zaehler", "nenner"]].sum()
        frames.append(sums.assign(berichtsmonat=str(label + month)))
    table = pd.concat(frames, ignore_index=True).assign(kennzahl=f"EQ_{delay}")
    table["quote"] = 100 * table["zaehler"] / table["nenner"]
    return table
