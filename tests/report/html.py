"""A built page as a tree, read by a strict HTML5 parser."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

DECIMAL = re.compile(r"\d+(?:\.\d{3})*,\d+")
HIDDEN = ("style", "script", "head")


@dataclass(frozen=True)
class Page:
    """The source and the tree of a page."""

    source: str
    root: Element
    folder: Path

    def all(self, path: str) -> list[Element]:
        return self.root.findall(path)

    def one(self, path: str) -> Element:
        found = self.root.findall(path)
        assert len(found) == 1, f"{path}: {len(found)}"
        return found[0]

    def by_id(self, name: str) -> Element:
        return self.one(f".//*[@id='{name}']")

    @property
    def blocks(self) -> list[Element]:
        return self.all(".//section[@class='block']")


def parse(path: Path) -> Page:
    """Parse a page; any parse error of the HTML standard raises."""
    source = path.read_text(encoding="utf-8")
    parser = html5lib.HTMLParser(
        tree=html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False
    )
    root: Any = parser.parse(source)
    for node in root.iter():
        if isinstance(node.tag, str):
            node.tag = node.tag.rpartition("}")[2]
    return Page(source, root, path.parent)


def text(node: Element, without: tuple[str, ...] = ()) -> str:
    """The visible text below a node but that of the tags `without`; soft hyphens dropped."""
    parts: list[str] = []

    def walk(element: Element) -> None:
        if element.tag in (*HIDDEN, *without) or not isinstance(element.tag, str):
            return
        parts.append(element.text or "")
        for child in element:
            walk(child)
            parts.append(" " + (child.tail or ""))

    walk(node)
    return re.sub(r"\s+", " ", "".join(parts).replace("\u00ad", "")).strip()


def cells(table: Element) -> list[list[str]]:
    """The body of a table as text, without the titles of row groups."""
    rows = table.findall(".//tbody/tr")
    return [[text(c) for c in row] for row in rows if row.attrib.get("class") != "gruppe"]


def decimals(words: str) -> set[str]:
    """All numbers with a decimal comma."""
    return set(DECIMAL.findall(words))
