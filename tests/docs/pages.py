"""The pages of the project and how to look into them."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
# Folders that hold no page of ours.
FOREIGN = {".venv", ".git", "node_modules"}
GENERATED = (
    "woerterbuch.md",
    "parameter.md",
    "gliederungen_liste.md",
    "regeln.md",
    "befehle.md",
    "identifikatoren.md",
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@cache
def markdown_pages() -> tuple[Path, ...]:
    """Every Markdown file of the project."""
    found = (p for p in ROOT.rglob("*.md") if not FOREIGN & set(p.relative_to(ROOT).parts))
    return tuple(sorted(p for p in found if not p.relative_to(ROOT).parts[0].startswith(".")))


def text_of(page: str) -> str:
    """The text of a page, given relative to the project."""
    return (ROOT / page).read_text(encoding="utf-8")


def prose_of(path: Path) -> str:
    """A page without its code blocks, code spans and addresses."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"```.*?```", " ", text, flags=re.S)
    text = re.sub(r"^ {4}.*$", " ", text, flags=re.M)
    text = re.sub(r"`[^`]*`", " ", text)
    return re.sub(r"https?://[^\s)]+", " ", text)


def links_of(path: Path) -> list[str]:
    """The targets of all Markdown links outside code blocks."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
    return LINK.findall(text)


def anchors_of(path: Path) -> set[str]:
    """The anchors that a page's headings get: lower case, hyphens, no punctuation."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
    headings = re.findall(r"^#+ (.+)$", text, flags=re.M)
    plain = (re.sub(r"[^\w\- ]", "", heading.strip().lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


def table_below(page: str, heading: str) -> list[list[str]]:
    """The body rows of the first table below a heading."""
    section = text_of(page).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows[2:]]


def listed(problems: list[str]) -> str:
    """All problems in one message."""
    return "\n" + "\n".join(problems)
