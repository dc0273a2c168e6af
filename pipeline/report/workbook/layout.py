"""How the sheets look, on the screen and on paper. The only module that knows cell formats."""

from dataclasses import dataclass, field
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.report.tokens import tokens

CELL = {"font_name": "Calibri", "font_size": 11}
A4 = 9
WORD, RATE, COUNT, AVERAGE = "word", "rate", "count", "average"
# Number formats in the file are written the English way; Excel shows them in the user's language.
NUMBER_FORMATS = {
    RATE: "0.0",
    COUNT: "#,##0",
    # As on the page: an average below 10 with a decimal, so that 0.4 is not shown as 0.
    AVERAGE: "[=0]0;[<10]0.0;#,##0",
}


@dataclass
class Layout:
    """The book with its formats. banner, foot: words in the margins of every printed page."""

    book: Workbook
    banner: str
    foot: str
    formats: dict[str, Format] = field(init=False)

    def __post_init__(self) -> None:
        colors = tokens().colors
        muted = {"font_color": colors["gedaempft"], "italic": True, "align": "right"}
        declared: dict[str, dict[str, Any]] = {
            "title": {"bold": True, "font_size": 14},
            "heading": {"bold": True, "font_size": 12},
            "head": {
                "bold": True,
                "bg_color": colors["flaeche"],
                "bottom": 1,
                "text_wrap": True,
                "valign": "top",
            },
            "warning": {"bold": True, "font_color": colors["warnung"]},
            "link": {"font_color": colors["verweis"], "underline": 1},
            "name": {"bold": True, "valign": "top"},
            "wrapped": {"text_wrap": True, "valign": "top"},
            WORD: muted,
            "month": {"num_format": "mmmm yyyy", "align": "left"},
            **{name: {"num_format": how} for name, how in NUMBER_FORMATS.items()},
        }
        self.formats = {name: self.book.add_format(how) for name, how in declared.items()}

    def sheet(self, name: str) -> Worksheet:
        """A new sheet, set up for landscape A4, as wide as the page."""
        page = self.book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        page.set_header(f"&L&A&R{_margin(self.banner)}")
        page.set_footer(f"&L{_margin(self.foot)}&P/&N")
        page.hide_gridlines(2)
        return page


def _margin(words: str) -> str:
    """Words for the margin of a printed page, where & starts a command; 200 characters fit."""
    return " ".join(words.split())[:200].replace("&", "&&")
