"""Cells before disclosure control, drawn as text, and what became of them, drawn back."""

from collections.abc import Set

import pandas as pd

from pipeline.disclosure.sums import KEY, Structure
from pipeline.disclosure.suppression import Thresholds, suppress
from pipeline.registries import code_list
from tests.sql.drawing import parse, render

LIMITS = Thresholds(minimum=3, unsure=10)
COMPLEMENTS = {"P1", "K2E3", "M1", "EQ_3", "EQ_6", "FQ", "FA_ELB"}
STRUCTURE = Structure(
    crosses={"kreuz": ("zeile", "spalte")},
    nested={"instrument": ("gruppe", {"FBW": "weiterbildung", "MAT": "akt", "MAG": "akt"})},
    same_people={"K2E4": ("haushalt", "allein")},
    same_denominator=frozenset({"EQ_3", "EQ_6"}),
)
FREE_TEXT = {"bezirk"}
WITHOUT_MONTHS = {c.code for c in code_list("kennzahl").codes if c.extra["art"] != "bestand"}


def draw(drawing: str) -> pd.DataFrame:
    """Rows of mart_veroeffentlichung; what is not drawn is large enough to be published.

    zaehler and personen_zaehler follow each other, so do nenner, bestand_monate and personen.
    """
    _, rows = parse(drawing)
    return pd.DataFrame([_fill({k: v for k, v in row.items() if v is not None}) for row in rows])


def _fill(row: dict[str, str]) -> dict[str, object]:
    kennzahl = row.get("kennzahl", "K2")
    personen = int(row.get("personen", 100))
    zaehler = int(row.get("zaehler", min(50, personen)))
    without = kennzahl in WITHOUT_MONTHS
    months = None if without else int(row.get("bestand_monate", 12 * personen))
    nenner = personen if months is None else months / 12
    return {
        "kennzahl": kennzahl,
        "berichtsmonat": row.get("berichtsmonat", "2023-12"),
        "schnitt": row.get("schnitt", "insgesamt"),
        "auspraegung_1": row.get("auspraegung_1", "insgesamt"),
        "auspraegung_2": row.get("auspraegung_2", ""),
        "geschlecht": row.get("geschlecht", "insgesamt"),
        "zaehler": zaehler,
        "bestand_monate": months,
        "nenner": float(row.get("nenner", nenner)),
        "personen": personen,
        "personen_zaehler": int(row.get("personen_zaehler", min(zaehler, personen))),
    }


def publish(cells: pd.DataFrame, free_text: Set[str] = FREE_TEXT) -> pd.DataFrame:
    """The first disclosure step with the thresholds of the rules."""
    return suppress(cells, LIMITS, COMPLEMENTS, STRUCTURE, free_text)


def becomes(cells: str) -> str:
    """The drawing as it stands, its column `status` as expected."""
    header, rows = parse(cells)
    return render(header, [[row[name] for name in header] for row in rows], ordered=True)


def published(cells: str) -> str:
    """The same drawing, its column `status` as the step gave it; `fehlt` where no row is left."""
    header, rows = parse(cells)
    drawn = draw(cells)
    status = publish(drawn).set_index(KEY)["status"].to_dict()
    keys = drawn[KEY].itertuples(index=False, name=None)
    given = [{**row, "status": status.get(k, "fehlt")} for row, k in zip(rows, keys, strict=True)]
    return render(header, [[row[name] for name in header] for row in given], ordered=True)
