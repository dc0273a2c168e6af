"""K2 of mvad, vectorised from the wide table: one row per person, one column per month.

Independent of the product, of the oracle and of the delivery: nothing here knows a Stichtag, a job
or a participation, only which state a person was in.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from notebooks.mvad import MONTHS, STATE_COLUMNS

CLASS_EDGES = [-1, 2, 5, 11, 23, 35, 47, 10_000]
CLASSES = [
    "unter_3_monate",
    "3_bis_unter_6_monate",
    "6_bis_unter_12_monate",
    "1_bis_unter_2_jahre",
    "2_bis_unter_3_jahre",
    "3_bis_unter_4_jahre",
    "4_jahre_und_mehr",
]


def recompute(source: Path) -> pd.DataFrame:
    """Columns berichtsmonat, schnitt, auspraegung_1, auspraegung_2, geschlecht, zaehler,
    bestand_monate, quote (percent). Categories with nobody in them are absent.
    """
    wide = pd.read_csv(source)
    states = wide.iloc[:, STATE_COLUMNS].to_numpy()
    stock = np.isin(states, ["joblessness", "training"])
    starts = np.zeros_like(stock)
    starts[:, 1:] = (states[:, 1:] == "employment") & stock[:, :-1]

    months = np.arange(MONTHS)
    long = pd.DataFrame(
        {
            "month": np.tile(months[1:], len(wide)),
            "geschlecht": np.repeat(np.where(wide["male"] == "yes", "m", "w"), MONTHS - 1),
            "massnahme": np.where(
                _recently(states == "training", 6), "berufswahl_ausbildung", "keine"
            )[:, :-1].ravel(),
            "bezugsdauer": pd.cut(
                _age_of_receipt(stock)[:, :-1].ravel(), CLASS_EDGES, labels=CLASSES
            ).astype(str),
            "zaehler": starts[:, 1:].ravel().astype(int),
            "in_stock": stock[:, :-1].ravel(),
        }
    )
    long = long[long["in_stock"]].assign(insgesamt="insgesamt", leer="", bestand_monate=1)
    cuts = {
        "insgesamt": ("insgesamt", "leer"),
        "massnahme": ("massnahme", "leer"),
        "bezugsdauer": ("bezugsdauer", "leer"),
        "massnahme_x_bezugsdauer": ("massnahme", "bezugsdauer"),
    }
    return pd.concat(
        [_slide(long, schnitt, *columns) for schnitt, columns in cuts.items()], ignore_index=True
    )


def _recently(flags: np.ndarray, back: int) -> np.ndarray:
    """Whether the flag was set in this month or in one of the `back` months before."""
    padded = np.pad(flags, ((0, 0), (back, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, back + 1, axis=1)
    return np.asarray(windows.any(axis=2))


def _age_of_receipt(stock: np.ndarray) -> np.ndarray:
    """Months since the receipt began, where a single month out of stock does not end it."""
    bridged = stock.copy()
    bridged[:, 1:-1] |= stock[:, :-2] & stock[:, 2:]
    begins = bridged.copy()
    begins[:, 1:] &= ~bridged[:, :-1]
    months = np.arange(stock.shape[1])
    return months - np.maximum.accumulate(np.where(begins, months, 0), axis=1)


def _slide(long: pd.DataFrame, schnitt: str, first: str, second: str) -> pd.DataFrame:
    """Twelve-month sums ending with every publishable month: month 12 to March of the last year."""
    both = pd.concat([long, long.assign(geschlecht="insgesamt")])
    monthly = both.pivot_table(
        index=[first, second, "geschlecht"],
        columns="month",
        values=["zaehler", "bestand_monate"],
        aggfunc="sum",
        fill_value=0,
    )
    frames = []
    # The columns of `monthly` are the months 1 … 71 in order.
    for last in range(12, MONTHS - 3):
        columns = slice(last - 12, last)
        sums = pd.DataFrame(
            {
                name: monthly[name].to_numpy()[:, columns].sum(axis=1)
                for name in ("zaehler", "bestand_monate")
            },
            index=monthly.index,
        )
        frames.append(sums.assign(month=last).reset_index())
    table = pd.concat(frames, ignore_index=True)
    table = table[table["bestand_monate"] > 0]
    label = pd.Period("1993-07", freq="M")
    return pd.DataFrame(
        {
            "berichtsmonat": [str(label + month) for month in table["month"]],
            "schnitt": schnitt,
            "auspraegung_1": table[first].to_numpy(),
            "auspraegung_2": table[second].to_numpy(),
            "geschlecht": table["geschlecht"].to_numpy(),
            "zaehler": table["zaehler"].to_numpy(),
            "bestand_monate": table["bestand_monate"].to_numpy(),
            "quote": (1200 * table["zaehler"] / table["bestand_monate"]).to_numpy(),
        }
    )
