"""The published table as an Excel workbook: one sheet per family of Kennzahlen and breakdown."""

import io
from datetime import UTC, datetime

from xlsxwriter import Workbook

from pipeline.report import state
from pipeline.report.pub import Pub
from pipeline.report.sentences import Voice
from pipeline.report.workbook.front import banners, write_contents, write_notes
from pipeline.report.workbook.layout import CELL, Layout
from pipeline.report.workbook.sheets import sheets
from pipeline.report.workbook.table import write_sheet

# Excel's own zero of file times: a workbook that says when it was written is never the same twice.
CREATED = datetime(1980, 1, 1, tzinfo=UTC)


def workbook(pub: Pub, voice: Voice) -> bytes:
    """The bytes of quoten.xlsx, the same for the same rows.

    All text is written as text, whatever sign it begins with; a suppressed cell holds words.
    """
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True, "default_format_properties": CELL})
    facts = state.facts(pub, voice)
    book.set_properties({"title": voice.t("seite.titel"), "created": CREATED})
    layout = Layout(
        book,
        banner=" · ".join(banners(pub, voice)),
        foot=voice.t("seite.druck_fuss", lauf=facts["lauf"], monat=facts["berichtsmonat"]),
    )
    found = sheets(pub, voice)
    write_contents(layout, pub, voice, found)
    write_notes(layout, voice, found)
    for sheet in found:
        write_sheet(layout, sheet, voice)
    book.close()
    return buffer.getvalue()
