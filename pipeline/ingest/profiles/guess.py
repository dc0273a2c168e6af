"""What delivered columns, contents and spellings probably mean. Used for drafts only."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.profiles.day_formats import rewrite_days
from pipeline.registries import Column, Contract, code_list

WORDS = Path(__file__).parent / "headings.toml"
FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
CANONICAL_DAY = r"^(?:\d{4}-\d{2}-\d{2}|\d{2}\.\d{2}\.\d{4})$"
# In the order of preference: of two that fit all cells the first is drafted.
DAY_FORMATS = (
    "T.M.JJJJ",
    "TT.MM.JJJJ hh:mm:ss",
    "TT.MM.JJJJ hh:mm",
    "JJJJ-MM-TT hh:mm:ss",
    "JJJJMMTT",
    "TT/MM/JJJJ",
    "MM/TT/JJJJ",
    "TT-MM-JJJJ",
)
ISO_DAY = r"^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$"
NOTHING = ("-", "--", "NULL", "null", "k.A.", "k. A.", "n/a", "N/A", "00.00.0000")
# How much a sign counts: an equal name, words of a name, known contents, the right kind.
EQUAL, WORDS_OF_A_NAME, KNOWN_CONTENTS, RIGHT_KIND = 3.0, 2.0, 1.5, 0.4
MOST_CONTENTS = 60


@dataclass(frozen=True)
class Delivered:
    """A delivered column: its heading, its distinct contents without empty ones, their counts."""

    name: str
    contents: pa.Array
    counts: pa.Array


def words(text: str) -> tuple[str, ...]:
    """The words of a heading or a content, folded for comparison."""
    return tuple(re.findall(r"[a-z0-9]+", text.lower().translate(FOLDED)))


def likeness(delivered: Delivered, column: Column) -> float:
    """How much speaks for a delivered column being this one of the contract; 0 for nothing."""
    contents = _share_known(delivered, column)
    if contents is not None and contents < 0.2 and len(delivered.contents):
        return 0.0
    by_name = _by_name(words(delivered.name), column)
    if column.codes is not None:
        known = (contents or 0.0) >= 0.8 and len(delivered.contents) > 1
        yes_or_no = column.typ == "boolean"
        return by_name + (KNOWN_CONTENTS if known and (by_name or not yes_or_no) else 0.0)
    return by_name + (RIGHT_KIND if by_name and contents is not None else 0.0)


def meant(content: str, name: str) -> str | None:
    """The code of a list that a content probably stands for."""
    return _vocabulary(name).get(words(content))


def is_known(content: str, column: Column) -> bool:
    """Whether a content is read as it is."""
    codes = code_list(column.codes or "")
    text = content.lower() if column.typ == "boolean" else content
    return text in codes.values() or text in codes.aliases


def day_formats(contents: Iterable[pa.Array]) -> list[str]:
    """The spellings of days that are needed for columns of days beside the canonical ones."""
    found: list[str] = []
    for cells in contents:
        rest = cells.filter(pc.invert(pc.match_substring_regex(cells, CANONICAL_DAY)))
        for form in DAY_FORMATS:
            if not len(rest):
                break
            fits = pc.match_substring_regex(rewrite_days(rest, [form]), ISO_DAY)
            if pc.sum(fits).as_py() > len(rest) / 2:
                found += [form] if form not in found else []
                rest = rest.filter(pc.invert(fits))
    return found


def separators(contents: Iterable[pa.Array]) -> tuple[str, str]:
    """The signs before decimals and between thousands in columns of numbers, empty if unclear."""
    decimal, thousands = "", ""
    for cells in contents:
        for mark, other in ((",", "."), (".", ",")):
            if _any(cells, rf"^-?\d{{1,3}}(?:\{other}\d{{3}})+\{mark}\d+$"):
                return mark, other
            if _any(cells, rf"^-?\d+\{mark}(?:\d{{1,2}}|\d{{4,}})$"):
                decimal = decimal or mark
    return decimal, thousands


def _any(cells: pa.Array, pattern: str) -> bool:
    return bool(pc.any(pc.match_substring_regex(cells, pattern)).as_py())


def best_columns(delivered: list[Delivered], contract: Contract) -> dict[int, tuple[str, float]]:
    """For delivered columns by place the column they probably are, and how much speaks for it."""
    scores = [
        (likeness(one, column), -order, place, column.name)
        for place, one in enumerate(delivered)
        for order, column in enumerate(contract.columns)
    ]
    found: dict[int, tuple[str, float]] = {}
    taken: set[str] = set()
    for score, _, place, name in sorted(scores, key=lambda s: (-s[0], -s[1], s[2])):
        if score > 1.0 and place not in found and name not in taken:
            found[place] = (name, score)
            taken.add(name)
    return found


def _by_name(heading: tuple[str, ...], column: Column) -> float:
    best = 0.0
    joined = "".join(heading)
    for name in (column.name, column.titel, *_registry()["spalte"].get(column.name, ())):
        parts = words(name.replace("_", " "))
        if joined == "".join(parts):
            return EQUAL
        if parts and set(parts) <= set(heading):
            best = max(best, WORDS_OF_A_NAME + len("".join(parts)) / 100)
    return best


def _share_known(delivered: Delivered, column: Column) -> float | None:
    """The share of distinct contents that the type of a column can read; None where any can be."""
    cells = delivered.contents
    if column.typ == "text" or not len(cells):
        return None
    if column.codes is not None:
        if len(cells) > MOST_CONTENTS:
            return 0.0
        texts = cells.to_pylist()
        return sum(is_known(t, column) or bool(meant(t, column.codes)) for t in texts) / len(texts)
    if column.typ == "datum":
        rewritten = rewrite_days(cells, list(DAY_FORMATS))
        pattern = rf"{CANONICAL_DAY}|^\d{{5}}$"
        return float(pc.mean(pc.match_substring_regex(rewritten, pattern)).as_py())
    pattern = r"^\d{1,4}([.,]0+)?$" if column.typ == "ganzzahl" else r"^-?\d[\d.,' ]*$"
    return float(pc.mean(pc.match_substring_regex(cells, pattern)).as_py())


@cache
def _vocabulary(name: str) -> dict[tuple[str, ...], str]:
    """Folded content → code, from codes, labels and the words of headings.toml."""
    codes = code_list(name)
    told: dict[str, list[str]] = _registry()["wert"].get(name, {})
    pairs = [(text, code) for code, texts in told.items() for text in texts]
    pairs += [(alias, code) for alias, code in codes.aliases.items()]
    pairs += [(text, c.code) for c in codes.codes for text in (c.label_de, c.code)]
    return {words(text.replace("_", " ")): code for text, code in pairs}


@cache
def _registry() -> dict[str, dict[str, Any]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))
