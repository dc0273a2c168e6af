"""Rows of pub_quote or of the marts in one shape, column by column.

COLUMNS: the key, `zaehler`, `nenner`, `zehntel` (the quota in tenths, a whole number) and
`zeichen`, one letter for the status. Rows without figures have 0 in all three.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.report.pub import KEY, SEXES

COLUMNS = (*KEY, "zaehler", "nenner", "zehntel", "zeichen")
# A letter for each status; ABSENT stands for a cell without a row, FIGURES for those with figures.
LETTERS = {"ok": "o", "unsicher": "u", "gesperrt": "g", "keine_faelle": "k"}
ABSENT = "-"
FIGURES = "ou"


def published(pub_quote: pa.Table) -> pa.Table:
    """The rows of pub_quote: quota and status as they are published."""
    pub_quote = _of_women_men_and_all(pub_quote)
    letters = pa.array(LETTERS.values())
    position = pc.index_in(pub_quote["status"], pa.array(LETTERS))
    shown = np.asarray(
        pc.and_(
            pc.is_in(pub_quote["status"], pa.array(["ok", "unsicher"])),
            pc.is_valid(pub_quote["quote"]),
        )
    )
    tenths = np.rint(_numbers(pub_quote["quote"]) * 10)
    known = np.asarray(pc.fill_null(letters.take(position), ABSENT), dtype="U1")
    missing = np.isin(known, list(FIGURES)) & ~shown
    return _together(
        pub_quote,
        np.where(shown, _numbers(pub_quote["zaehler"]), 0),
        np.where(shown, _numbers(pub_quote["nenner"]), 0),
        np.where(shown, tenths, 0),
        np.where(missing, ABSENT, known),
    )


def unsuppressed(mart: pa.Table, unsure: int) -> pa.Table:
    """The rows of a mart for women, men and all; the other delivered sexes are left out.

    unsure: fewer events than these are marked as a small number of cases. The quota is rounded
    once, half away from zero, from whole numbers: the denominator of a quota of stock is
    `bestand_monate`, with as many months in it as `nenner` is smaller.
    """
    mart = _of_women_men_and_all(mart)
    hits, people = _numbers(mart["zaehler"]), _numbers(mart["nenner"])
    stock = _numbers(mart["bestand_monate"])
    somebody = people > 0
    months = np.where(stock > 0, np.rint(stock / np.where(somebody, people, 1)), 1)
    whole = np.where(stock > 0, stock, people).astype(np.int64)
    twice = 2 * np.where(somebody, whole, 1)
    tenths = ((2000 * hits * months).astype(np.int64) + whole) // twice
    letters = np.where(somebody, np.where(hits < unsure, "u", "o"), "k")
    return _together(mart, hits, people, np.where(somebody, tenths, 0), letters)


def _of_women_men_and_all(rows: pa.Table) -> pa.Table:
    return rows.filter(pc.is_in(pc.cast(rows["geschlecht"], pa.string()), pa.array(SEXES)))


def _numbers(column: pa.ChunkedArray) -> Any:
    return pc.fill_null(pc.cast(column, pa.float64()), 0).to_numpy()


def _together(rows: pa.Table, hits: Any, people: Any, tenths: Any, letters: Any) -> pa.Table:
    key = {name: pc.fill_null(pc.cast(rows[name], pa.string()), "") for name in KEY}
    figures = {
        "zaehler": pa.array(hits.astype(np.int64)),
        "nenner": pa.array(people.astype(np.float64)),
        "zehntel": pa.array(tenths.astype(np.int64)),
        "zeichen": pa.array(letters),
    }
    return pa.table({**key, **figures})
