"""Cells in a foreign spelling → canonical text. Each distinct content of a column is read once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.cells import encoded
from pipeline.ingest.profiles.day_formats import rewrite_days, rewrite_serials
from pipeline.ingest.profiles.profile import Constant
from pipeline.ingest.profiles.profile_check import constant_text
from pipeline.registries import Column

BLANKS = " \t\n\r\xa0"
# A cell that the declared spelling rules out must not be read in another one: "1.234" is no number
# where the comma separates decimals.
NOT_SO = "?"
# Delivered column → key → meaning.
Keys = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Spelling:
    """How a file spells its cells.

    typed: numbers come from typed cells, with a point and without thousands separators. days:
    formats beside the canonical ones. decimal, thousands: separators, empty when not declared.
    empty: cells that mean nothing. codes: per column of the contract, content → code. keys: per
    column of the contract, key → meaning, applied before codes.
    """

    typed: bool = False
    days: tuple[str, ...] = ()
    decimal: str = ""
    thousands: str = ""
    empty: tuple[str, ...] = ()
    codes: Keys = field(default_factory=dict)
    keys: Keys = field(default_factory=dict)


def canonical_cells(
    cells: pa.ChunkedArray, column: Column, spelling: Spelling
) -> pa.ChunkedArray | pa.Array:
    """The cells of a column as text that the typing reads, dictionary-encoded."""
    pairs = [t.get(column.name, {}) for t in (spelling.keys, spelling.codes)]
    if not (spelling.empty or any(pairs) or column.typ in ("datum", "dezimal")):
        return cells
    whole = encoded(cells)
    contents = pc.utf8_trim(whole.dictionary, BLANKS)
    if spelling.empty:
        contents = _translated(contents, dict.fromkeys(spelling.empty, ""))
    for translation in pairs:
        contents = _translated(contents, translation)
    if column.typ == "datum":
        contents = rewrite_days(contents, list(spelling.days))
        if spelling.typed:
            contents = rewrite_serials(contents)
    elif column.typ == "dezimal" and spelling.decimal:
        contents = _decimals(contents, spelling)
    return pa.DictionaryArray.from_arrays(whole.indices, contents)


def constant_column(value: Constant, rows: int) -> pa.Array:
    """The same content in every row."""
    indices = pa.array([0], pa.int32()).take(pa.array([0] * rows, pa.int32()))
    return pa.DictionaryArray.from_arrays(indices, pa.array([constant_text(value)], pa.string()))


def _translated(contents: pa.Array, pairs: Mapping[str, str]) -> pa.Array:
    if not pairs:
        return contents
    place = pc.index_in(contents, pa.array(list(pairs), pa.string()))
    return pc.coalesce(pa.array(list(pairs.values()), pa.string()).take(place), contents)


def _decimals(contents: pa.Array, spelling: Spelling) -> pa.Array:
    """Numbers in the declared spelling with a point and nothing between thousands."""
    point = re.escape(spelling.decimal)
    whole = "[0-9]+"
    if spelling.thousands:
        whole += f"|[0-9]{{1,3}}(?:{re.escape(spelling.thousands)}[0-9]{{3}})+"
    fits = pc.match_substring_regex(contents, f"^-?(?:{whole})(?:{point}[0-9]+)?$")
    plain = contents
    if spelling.thousands:
        plain = pc.replace_substring(plain, spelling.thousands, "")
    plain = pc.replace_substring(plain, spelling.decimal, ".")
    other = pc.match_substring_regex(contents, "^-?[0-9]+[.,][0-9]+$")
    if spelling.typed:
        other = pc.and_(other, pc.match_substring(contents, ","))
    refused = pc.binary_join_element_wise(contents, NOT_SO, "")
    return pc.if_else(fits, plain, pc.if_else(other, refused, contents))
