"""The small chart of verdicts: how many rules were broken in each run, by severity.

Drawn without matplotlib, whose import would take longer than the rest of the page; a run that has
nothing else to do draws it too.
"""

from typing import Any
from xml.etree import ElementTree as ET

from pipeline.quality.verdict import SEVERITIES
from pipeline.report.canvas import FONTS, text_width
from pipeline.report.sentences import Voice
from pipeline.report.tokens import tokens

WIDTH, HEIGHT = 360.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 30.0, 354.0, 44.0, 150.0
SIZE = 12.0
MOST = 24
# Dark, grey and hollow, so that a photocopy keeps the difference; all stand out from the paper.
FILLS = {"critical": "warnung", "warning": "abstand", "info": "papier"}
EDGES = {"critical": "warnung", "warning": "abstand", "info": "abstand"}


def chart(verlauf: list[dict[str, Any]], rules: list[dict[str, Any]], voice: Voice) -> str | None:
    """The chart of the last runs as SVG; None without two of them."""
    lines = verlauf[-MOST:]
    if len(lines) < 2:
        return None
    severity = {rule["regel"]: rule["severity"] for rule in rules}
    counts = [
        {kind: sum(severity.get(name) == kind for name in line["verletzt"]) for kind in SEVERITIES}
        for line in lines
    ]
    largest = max(sum(count.values()) for count in counts)
    alt = voice.t(
        "pruefbericht.bild_alt", n=voice.n.count(len(lines)), groesste=voice.n.count(largest)
    )
    svg = ET.Element(
        "svg",
        {
            "class": "bild schmal",
            "role": "img",
            "aria-label": alt,
            "viewBox": f"0 0 {_px(WIDTH)} {_px(HEIGHT)}",
            "font-family": FONTS,
            "font-size": _px(SIZE),
        },
    )
    _legend(svg, voice)
    scale = (BOTTOM - TOP) / max(1, largest)
    for value in sorted({0, max(1, largest)}):
        y = BOTTOM - scale * value
        _line(svg, y, "marke" if value == 0 else "linie")
        _text(svg, LEFT - 6, y + SIZE / 3, voice.n.count(value), "end")
    step = (RIGHT - LEFT) / len(lines)
    width = min(14.0, step * 0.6)
    for number, count in enumerate(counts):
        x, base = LEFT + step * (number + 0.5), BOTTOM
        for kind in SEVERITIES:
            height = scale * count[kind]
            if height:
                _bar(svg, x - width / 2, base - height, width, height, kind)
            base -= height
    for at, line, anchor in ((LEFT, lines[0], "start"), (RIGHT, lines[-1], "end")):
        _text(svg, at, BOTTOM + 22, voice.n.short_month(line["datenstand"][:7]), anchor)
    return ET.tostring(svg, encoding="unicode")


def _legend(svg: ET.Element, voice: Voice) -> None:
    x = LEFT
    for kind in SEVERITIES:
        words = voice.t(f"pruefbericht.schwere.{kind}")
        _bar(svg, x, 7, 14, 10, kind)
        _text(svg, x + 20, 16, words, "start")
        x += 44 + text_width(words, SIZE)


def _bar(
    svg: ET.Element, x: float, y: float, width: float, height: float, severity: str
) -> None:
    """A box of these outer sizes; its edge of one pixel lies inside."""
    colors = tokens().colors
    ET.SubElement(
        svg,
        "rect",
        {
            "x": _px(x + 0.5),
            "y": _px(y + 0.5),
            "width": _px(max(0.0, width - 1)),
            "height": _px(max(0.0, height - 1)),
            "fill": colors[FILLS[severity]],
            "stroke": colors[EDGES[severity]],
        },
    )


def _line(svg: ET.Element, y: float, color: str) -> None:
    ends = {"x1": _px(LEFT), "x2": _px(RIGHT), "y1": _px(y), "y2": _px(y)}
    ET.SubElement(svg, "line", {**ends, "stroke": tokens().colors[color]})


def _text(svg: ET.Element, x: float, y: float, words: str, anchor: str) -> None:
    place = {"x": _px(x), "y": _px(y), "text-anchor": anchor}
    ET.SubElement(svg, "text", {**place, "fill": tokens().colors["gedaempft"]}).text = words


def _px(value: float) -> str:
    """A length as it stands in SVG, the same on every machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
