"""A drawing surface in pixels on matplotlib, and its SVG made fit for a strict page.

matplotlib writes style attributes and a style element; the page's content security policy allows
neither, so they become presentation attributes. Ids get the chart's own prefix.
"""

import io
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from pipeline.report.tokens import Shape, tokens

SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
FONTS = "Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
FONT = "DejaVu Sans"  # bundled with matplotlib: measures the same on every machine
SIZE = 13.0
CACHE = Path(__file__).parents[2] / ".cache" / "matplotlib"

Points = Sequence[tuple[float, float]]


@contextmanager
def settings() -> Iterator[None]:
    """matplotlib with its own defaults and ours, whatever a matplotlibrc of the user says."""
    # matplotlib keeps its font cache here instead of in the user's home.
    os.environ.setdefault("MPLCONFIGDIR", str(CACHE))
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams["svg.fonttype"] = "none"
        matplotlib.rcParams["svg.hashsalt"] = "integrationsquoten"
        matplotlib.rcParams["path.simplify"] = False
        yield


class Canvas:
    """A surface of width × height pixels; y grows downwards. Needs `settings` around it."""

    def __init__(self, width: float, height: float) -> None:
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        self.width, self.height = width, height
        # 72 points make an inch: a pixel here is a point there.
        self._figure = Figure(figsize=(width / 72, height / 72), dpi=72)
        FigureCanvasSVG(self._figure)
        self._pixels = Affine2D().scale(1, -1).translate(0, height)

    def line(
        self, points: Points, color: str, width: float = 1.0, dash: Sequence[float] = ()
    ) -> None:
        """A polyline through the points; `color` is the name of a token or a hex colour."""
        style: Any = (0, tuple(dash)) if dash else "-"
        self._add(points, color=_hex(color), linewidth=width, linestyle=style)

    def marker(self, x: float, y: float, shape: Shape) -> None:
        """The mark of one sex."""
        size = 9.0 if shape.marker == "o" else 8.0
        self._add(
            [(x, y)],
            linestyle="none",
            marker=shape.marker,
            markersize=size,
            markerfacecolor=shape.color if shape.filled else tokens().colors["papier"],
            markeredgecolor=shape.color,
            markeredgewidth=2,
        )

    def _add(self, points: Points, **look: Any) -> None:
        """Put a line or mark on the figure itself: axes would cost more than all they hold."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*points, strict=True)
        self._figure.add_artist(Line2D(xs, ys, transform=self._pixels, **look))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        color: str = "text",
        *,
        anchor: str = "left",
        bold: bool = False,
        size: float = SIZE,
    ) -> None:
        """One line of horizontal text, vertically centred on y."""
        self._figure.text(
            x,
            y,
            words,
            transform=self._pixels,
            color=_hex(color),
            ha=anchor,
            va="center_baseline",
            family=FONT,
            fontsize=size,
            fontweight="bold" if bold else "normal",
            parse_math=False,
        )

    def svg(self, prefix: str, label: str, css_class: str) -> str:
        """The drawing as an SVG element named `label`, without style attributes or sizes."""
        buffer = io.StringIO()
        self._figure.savefig(
            buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
        return _clean(buffer.getvalue(), prefix, label, css_class)


def text_width(words: str, size: float = SIZE) -> float:
    """A generous estimate of the width of a text in pixels."""
    return len(words) * size * 0.58


def _hex(color: str) -> str:
    return tokens().colors.get(color, color)


def _clean(source: str, prefix: str, label: str, css_class: str) -> str:
    ET.register_namespace("", SVG)
    root = ET.fromstring(source)
    root.attrib = {
        "class": css_class,
        "role": "img",
        "aria-label": label,
        "viewBox": root.attrib["viewBox"],
        "stroke-linejoin": "round",
        "font-family": FONTS,
    }
    _drop(root)
    shared = {node.attrib[XLINK].removeprefix("#") for node in root.iter() if XLINK in node.attrib}
    halo = {"paint-order": "stroke", "stroke": _hex("papier"), "stroke-width": "3"}
    for node in root.iter():
        _plain_attributes(node, prefix, shared)
        if node.tag == f"{{{SVG}}}text":
            node.attrib |= halo
        node.text = (node.text or "").strip() or None
        node.tail = None
    return ET.tostring(root, encoding="unicode")


def _drop(root: ET.Element) -> None:
    """Remove metadata, the style element and the empty background."""
    for parent in list(root.iter()):
        for child in list(parent):
            name = child.tag.rpartition("}")[2]
            empty_box = name == "g" and child.get("id", "").startswith("patch_")
            if name in ("metadata", "style") or empty_box:
                parent.remove(child)


def _plain_attributes(node: ET.Element, prefix: str, shared: set[str]) -> None:
    name = node.attrib.pop("id", "")
    if name in shared:
        node.set("id", f"{prefix}-{name}")
    if XLINK in node.attrib:
        node.set("href", f"#{prefix}-{node.attrib.pop(XLINK).removeprefix('#')}")
    for entry in node.attrib.pop("style", "").split(";"):
        key, _, value = entry.partition(":")
        if key.strip() and key.strip() != "font-family":
            node.set(key.strip(), value.strip())
    if "d" in node.attrib:
        node.set("d", re.sub(r"\s+", " ", node.attrib["d"]).strip())
    if re.match(r"rotate\(-?0 ", node.get("transform", "")):
        del node.attrib["transform"]
