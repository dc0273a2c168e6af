"""Where the programs of the browser tests are: looked up in PATH, never assumed."""

import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PDF_READER = "pdftotext"


def browser() -> str | None:
    """The path of the first browser found."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pdf_reader() -> str | None:
    """The path of poppler's pdftotext."""
    return shutil.which(PDF_READER)
