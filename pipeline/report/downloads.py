"""The published table as two CSV files: one for machines, one for Excel in German or English."""

import csv
import io
from typing import Any

from pipeline.breakdowns import breakdowns
from pipeline.registries import code_list
from pipeline.report.pub import COLUMNS, FIGURES, Pub
from pipeline.report.texts import Texts

NUMBERS = (*FIGURES, "untergrenze", "obergrenze")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def machine_csv(pub: Pub) -> bytes:
    """UTF-8, comma separated, decimal point, codes as in pub_quote, one row per figure."""
    return _write(pub, list(COLUMNS), lambda row: [_plain(row[c]) for c in COLUMNS], ",")


def excel_csv(pub: Pub, t: Texts) -> bytes:
    """UTF-8 with byte order mark, semicolon, decimal comma, words instead of codes.

    English has the comma as separator and the decimal point. Text that a spreadsheet would take
    for a formula gets a leading apostrophe.
    """
    german = t.lang == "de"
    labels = labels_of(t.lang)

    def cells(row: dict[str, Any]) -> list[str]:
        found = []
        for column in COLUMNS:
            if column in NUMBERS:
                number = _plain(row[column])
                found.append(number.replace(".", ",") if german else number)
            else:
                found.append(_harmless(_word(labels, column, row)))
        return found

    head = [t(f"csv.{c}") for c in COLUMNS]
    return b"\xef\xbb\xbf" + _write(pub, head, cells, ";" if german else ",")


def _write(pub: Pub, head: list[str], cells: Any, separator: str) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(cells(row) for row in pub.rows)
    return buffer.getvalue().encode("utf-8")


def _plain(value: Any) -> str:
    """Shortest text that reads back as the same value; empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def _harmless(text: str) -> str:
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def labels_of(lang: str) -> dict[tuple[str, str], str]:
    """Words for codes, by (column or breakdown and position, code)."""
    found: dict[tuple[str, str], str] = {}
    for column, name in (
        ("kennzahl", "kennzahl"),
        ("geschlecht", "geschlecht"),
        ("status", "status"),
    ):
        found |= {(column, c.code): c.label(lang) for c in code_list(name).codes}
    found |= {("geschlecht", c.code): c.label(lang) for c in code_list("insgesamt").codes}
    for breakdown in breakdowns():
        found[("schnitt", breakdown.id)] = breakdown.titel(lang)
        for i, codes in enumerate(breakdown.codes, start=1):
            found |= {(f"{breakdown.id} {i}", c.code): c.label(lang) for c in codes}
    return found


def _word(labels: dict[tuple[str, str], str], column: str, row: dict[str, Any]) -> str:
    code = row[column] or ""
    if column.startswith("auspraegung_"):
        return labels.get((f"{row['schnitt']} {column[-1]}", code), code)
    return labels.get((column, code), code)
