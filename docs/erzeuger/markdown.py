"""Markdown in small pieces."""

from collections.abc import Iterable, Iterator
from datetime import date


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A Markdown table."""
    names = list(head)
    yield "| " + " | ".join(names) + " |"
    yield "|" + "---|" * len(names)
    for row in rows:
        cells = [c.replace("|", "\\|").replace("<", "&lt;").strip() for c in row]
        yield "| " + " | ".join(cells) + " |"
    yield ""


def code(text: str) -> str:
    return f"`{text}`" if text else ""


def german_day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else ""
