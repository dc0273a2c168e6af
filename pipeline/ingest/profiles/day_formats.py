"""Spellings of days that a profile declares, as text rewritten to YYYY-MM-DD."""

import re
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

FORMAT_HELP = (
    "Erlaubt sind T, TT, M, MM und JJJJ mit Trennzeichen, dahinter hh:mm oder hh:mm:ss, etwa "
    "TT.MM.JJJJ, JJJJMMTT oder MM/TT/JJJJ hh:mm."
)
TOKENS = {
    "TT": "([0-9]{2})",
    "T": "([0-9]{1,2})",
    "MM": "([0-9]{2})",
    "M": "([0-9]{1,2})",
    "JJJJ": "([0-9]{4})",
    "hh": "[0-9]{1,2}",
    "mm": "[0-9]{2}",
    "ss": "[0-9]{2}(?:[.,][0-9]+)?",
}
TOKEN = re.compile("TT|T|MM|M|JJJJ|hh|mm|ss|[-./ :,]")
# Days since 30 December 1899, from 1940 to 9999: smaller numbers are years or ages.
SERIALS = (14611, 2958465)
SERIAL_OF_1970 = 25569


def is_day_format(text: str) -> bool:
    """Whether a declared spelling has exactly one day, month and year and nothing unknown."""
    parts = TOKEN.findall(text)
    return "".join(parts) == text and sorted(_order(text)) == ["J", "M", "T"]


def rewrite_days(cells: pa.Array, formats: list[str]) -> pa.Array:
    """Cells in one of the formats as YYYY-MM-DD, the first that fits; others unchanged.

    Only the spelling changes: whether the day exists is judged later, as for any other cell.
    """
    done = pa.array([False] * len(cells))
    for text in formats:
        pattern, order = _pattern(text), _order(text)
        day = "-".join(f"\\{order.index(kind) + 1}" for kind in "JMT")
        days = pc.replace_substring_regex(cells, pattern, day)
        days = pc.replace_substring_regex(days, "-([0-9])-", r"-0\1-")
        days = pc.replace_substring_regex(days, "-([0-9])$", r"-0\1")
        fits = pc.and_not(pc.match_substring_regex(cells, pattern), done)
        cells, done = pc.if_else(fits, days, cells), pc.or_(done, fits)
    return cells


def rewrite_serials(cells: pa.Array) -> pa.Array:
    """Whole numbers that a spreadsheet counts days with as YYYY-MM-DD; others unchanged."""
    numbers = pc.match_substring_regex(cells, "^[0-9]{5,7}$")
    counted = pc.if_else(numbers, cells, "0").cast(pa.int32())
    first, last = SERIALS
    fits = pc.and_(pc.greater_equal(counted, first), pc.less_equal(counted, last))
    counted = pc.if_else(fits, counted, SERIAL_OF_1970)
    days = pc.subtract(counted, SERIAL_OF_1970).cast(pa.int32()).cast(pa.date32())
    return pc.if_else(fits, days.cast(pa.string()), cells)


def _order(text: str) -> list[str]:
    """T, M and J in the order in which a format names them."""
    return [part[0] for part in TOKEN.findall(text) if part[0] in "TMJ"]


@cache
def _pattern(text: str) -> str:
    parts = (TOKENS.get(part, re.escape(part)) for part in TOKEN.findall(text))
    return f"^{''.join(parts)}$"
