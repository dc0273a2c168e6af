"""The explorer built alone from a made-up published table, and its data taken apart again."""

import json
import re
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.explore import COLUMNS
from pipeline.report import state
from pipeline.report.explorer.page import public
from pipeline.report.numbers import Numbers
from pipeline.report.pub import SEXES, read
from pipeline.report.sentences import Voice
from pipeline.report.texts import texts
from tests.report import example

STATUS = {"o": "ok", "u": "unsicher", "g": "gesperrt", "k": "keine_faelle"}
Figures = dict[tuple[str, ...], tuple[Any, ...]]


def explorer(table: example.Example, folder: Path, lang: str = "de") -> str:
    """The page of a published table, written to `folder` on the way."""
    pub = read(*table.write(folder))
    voice = Voice(texts(lang), Numbers(lang))
    return public(pub, voice, state.facts(pub, voice))


def scripts(html: str) -> list[tuple[str, str]]:
    """Attributes and content of every script element."""
    return re.findall(r"<script([^>]*)>(.*?)</script>", html, flags=re.DOTALL)


def data_of(html: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(scripts(html)[0][1])
    return found


def figures(data: dict[str, Any]) -> Figures:
    """The cells of the page's data, unpacked one by one: key to status, counts and quota."""
    found: Figures = {}
    for kennzahl in data["kennzahlen"]:
        for grid in kennzahl["schnitte"]:
            categories = data["schnitte"][grid["id"]]["kategorien"]
            first = [code for code, _ in categories[0]]
            second = [code for code, _ in categories[1]] if len(categories) > 1 else [""]
            rest = zip(grid["zaehler"], grid["nenner"], grid["zehntel"], strict=True)
            cells = [
                (a, b, data["monate"][m], sex)
                for a in first
                for b in second
                for m in grid["monate"]
                for sex in SEXES
            ]
            for (a, b, month, sex), letter in zip(cells, grid["status"], strict=True):
                key = (kennzahl["code"], month, grid["id"], a, b, sex)
                numbers = next(rest) if letter in "ou" else (None, None, None)
                if letter != "-":
                    found[key] = (STATUS[letter], *numbers)
            assert next(rest, None) is None
    return found


def of_rows(rows: list[dict[str, Any]]) -> Figures:
    """The same from the rows of pub_quote; a cell without persons has no figures to show."""
    found: Figures = {}
    for row in rows:
        key = tuple(row[c] for c in ("kennzahl", "berichtsmonat", "schnitt"))
        key += tuple(row[c] for c in ("auspraegung_1", "auspraegung_2", "geschlecht"))
        shown = row["status"] in ("ok", "unsicher")
        numbers = (row["zaehler"], row["nenner"], round(10 * row["quote"])) if shown else ()
        found[key] = (row["status"], *(numbers or (None, None, None)))
    return found


def mart(*rows: tuple[Any, ...]) -> pa.Table:
    """Rows of a mart: the key, zaehler, bestand_monate and nenner."""
    schema = pa.schema([example.SCHEMA.field(name) for name in COLUMNS])
    return pa.Table.from_pylist([dict(zip(COLUMNS, row, strict=True)) for row in rows], schema)


def k2(month: str, sex: str, zaehler: int, bestand_monate: int) -> tuple[Any, ...]:
    """The total of K2 for one sex."""
    key = ("K2", month, "insgesamt", "insgesamt", "", sex)
    return (*key, zaehler, bestand_monate, bestand_monate / 12)
