"""The data of the page: every figure once, column by column, with the words it needs.

A slice is one Kennzahl by one breakdown. Its cells run over categories, months and sexes, in this
order; `status` has one letter per cell, and the lists of figures only the cells that have figures.
Nothing is left to compute in the page but gap and ratio.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.breakdowns import Breakdown, breakdowns, breakdowns_of
from pipeline.errors import UsageError
from pipeline.registries import Code, code_list
from pipeline.report.explorer.columns import ABSENT, FIGURES, LETTERS
from pipeline.report.pub import SEXES, german_order
from pipeline.report.sentences import Voice
from pipeline.report.tokens import tokens

# Texts that the page fills with figures, beside its own under `explorer`.
SHARED = (
    "wort.frauen",
    "wort.maenner",
    "wort.insgesamt",
    "wort.abstand",
    "wort.monat",
    "stand.von_bis",
    "wichtig.abstand_unter",
    "wichtig.abstand_ueber",
    "wichtig.abstand_gleich",
    "gruppe.lesen_ueber",
    "einheit.abstand",
    "status.unsicher",
    "status.entfaellt",
    "block.tabelle_bereich",
    "csv.kennzahl",
    "csv.schnitt",
    "csv.auspraegung_1",
    "csv.status",
)


def payload(rows: pa.Table, voice: Voice, internal: bool) -> dict[str, Any]:
    """What the page embeds as JSON. rows: see `columns`; internal: nothing is suppressed."""
    months = sorted(pc.unique(rows["berichtsmonat"]).to_pylist())
    found: list[dict[str, Any]] = []
    slices: dict[str, dict[str, Any]] = {}
    for code in code_list("kennzahl").codes:
        own = rows.filter(pc.equal(rows["kennzahl"], code.code))
        present = [b for b in breakdowns_of(code.code) if _has(own, b)] if own.num_rows else []
        for breakdown in present:
            if breakdown.id not in slices:
                mine = rows.filter(pc.equal(rows["schnitt"], breakdown.id))
                slices[breakdown.id] = _slice_words(mine, breakdown, voice)
        if present:
            grids = [_grid(own, slices[b.id], b.id, months) for b in present]
            found.append(_kennzahl(code, voice) | {"schnitte": grids})
    return {
        "intern": internal,
        "sprache": voice.n.lang,
        "dezimal": "." if voice.n.lang == "en" else ",",
        "tausend": "," if voice.n.lang == "en" else ".",
        "trenner": "," if voice.n.lang == "en" else ";",
        "texte": _texts(voice),
        "status": _status_words(voice, internal),
        "farben": tokens().colors,
        "monate": months,
        "monatsnamen": [voice.n.month(m) for m in months],
        "kurznamen": [voice.n.short_month(m) for m in months],
        "schnitte": slices,
        "kennzahlen": found,
    }


def _has(rows: pa.Table, breakdown: Breakdown) -> bool:
    return bool(pc.any(pc.equal(rows["schnitt"], breakdown.id)).as_py())


def _texts(voice: Voice) -> dict[str, str]:
    own = {k: v for k, v in voice.t.entries.items() if k.startswith("explorer.js.")}
    shared = {key: voice.t.entries[key] for key in SHARED}
    return {k.removeprefix("explorer.js."): v for k, v in (own | shared).items()}  # type: ignore[misc]


def _status_words(voice: Voice, internal: bool) -> dict[str, str]:
    """The words for each letter; every line of an internal file says that it is internal."""
    few = voice.t("status.unsicher")
    only = voice.t("explorer.nur_intern")
    return {
        LETTERS["ok"]: only if internal else voice.t("explorer.veroeffentlicht"),
        LETTERS["unsicher"]: f"{only}, {few}" if internal else few,
        LETTERS["gesperrt"]: voice.t("status.gesperrt"),
        LETTERS["keine_faelle"]: voice.t("status.keine_faelle"),
        ABSENT: voice.t("status.fehlt"),
    }


def _kennzahl(code: Code, voice: Voice) -> dict[str, Any]:
    unit = code.extra["einheit"]
    return {
        "code": code.code,
        "name": code.label(voice.n.lang),
        "einheit": voice.t(f"einheit.kennzahl.{unit}"),
        "zaehler": voice.t(f"explorer.zaehler.{unit}"),
        "nenner": voice.t(f"explorer.nenner.{unit}"),
    }


def _slice_words(rows: pa.Table, breakdown: Breakdown, voice: Voice) -> dict[str, Any]:
    """Title of a breakdown and, per attribute, title and categories as pairs of code and label."""
    lang = voice.n.lang
    width = max(1, len(breakdown.merkmale))
    titles = {b.id: b.titel(lang) for b in breakdowns()}
    categories = []
    for i in range(width):
        labels = {c.code: c.label(lang) for c in (breakdown.codes[i] if breakdown.codes else ())}
        rank = {code: place for place, code in enumerate(labels)}
        codes = sorted(
            pc.unique(rows[f"auspraegung_{i + 1}"]).to_pylist(),
            key=lambda c: (rank.get(c, len(rank) + (c == "unbekannt")), german_order(c)),
        )
        categories.append([[code, labels.get(code, code)] for code in codes])
    parts = breakdown.merkmale if width > 1 else (breakdown.id,)
    return {
        "titel": breakdown.titel(lang),
        "merkmale": [titles.get(part, breakdown.titel(lang)) for part in parts],
        "kategorien": categories,
    }


def _grid(
    rows: pa.Table, words: dict[str, Any], schnitt: str, all_months: list[str]
) -> dict[str, Any]:
    """One slice: its months as places in `all_months`, status letters and figures."""
    rows = rows.filter(pc.equal(rows["schnitt"], schnitt))
    codes = [[code for code, _ in category] for category in words["kategorien"]]
    months = sorted(pc.unique(rows["berichtsmonat"]).to_pylist())
    cell = _place(rows["auspraegung_1"], codes[0])
    if len(codes) > 1:
        cell = cell * len(codes[1]) + _place(rows["auspraegung_2"], codes[1])
    cell = cell * len(months) + _place(rows["berichtsmonat"], months)
    cell = cell * len(SEXES) + _place(rows["geschlecht"], list(SEXES))
    if len(np.unique(cell)) < len(cell):
        raise UsageError(f"Gliederung {schnitt}: eine Zeile steht doppelt in der Tabelle.")
    letters = np.full(int(np.prod([len(c) for c in codes])) * len(months) * len(SEXES), ABSENT)
    letters[cell] = rows["zeichen"].to_numpy()
    order = np.argsort(cell)
    order = order[np.isin(letters[cell[order]], list(FIGURES))]
    return {
        "id": schnitt,
        "monate": [all_months.index(month) for month in months],
        "status": "".join(letters.tolist()),
        "zaehler": rows["zaehler"].to_numpy()[order].tolist(),
        "nenner": [int(n) if n == int(n) else n for n in rows["nenner"].to_numpy()[order].tolist()],
        "zehntel": rows["zehntel"].to_numpy()[order].tolist(),
    }


def _place(column: pa.ChunkedArray, values: list[str]) -> Any:
    return pc.index_in(column, pa.array(values, pa.string())).to_numpy().astype(np.int64)
