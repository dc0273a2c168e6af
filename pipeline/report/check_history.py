"""The small chart of verdicts: how many rules were broken in each run, by severity."""

from typing import Any

from pipeline.quality.verdict import SEVERITIES
from pipeline.report.canvas import Canvas, settings
from pipeline.report.sentences import Voice

WIDTH, HEIGHT = 360.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 30.0, 354.0, 44.0, 150.0
MOST = 24
COLORS = {"critical": "warnung", "warning": "abstand", "info": "linie"}


def chart(
    verlauf: list[dict[str, Any]], rules: list[dict[str, Any]], voice: Voice
) -> str | None:
    """The chart of the last runs as SVG; None without two of them."""
    lines = verlauf[-MOST:]
    if len(lines) < 2:
        return None
    t = voice.t
    severity = {rule["regel"]: rule["severity"] for rule in rules}
    counts = [
        {kind: sum(severity.get(name) == kind for name in line["verletzt"]) for kind in SEVERITIES}
        for line in lines
    ]
    largest = max(1, *(sum(count.values()) for count in counts))
    step = (RIGHT - LEFT) / len(lines)
    with settings():
        canvas = Canvas(WIDTH, HEIGHT)
        _legend(canvas, voice)
        for value in sorted({0, largest}):
            y = BOTTOM - (BOTTOM - TOP) * value / largest
            canvas.line([(LEFT, y), (RIGHT, y)], "marke" if value == 0 else "linie")
            canvas.text(LEFT - 6, y, voice.n.count(value), "gedaempft", anchor="right", size=12)
        for number, count in enumerate(counts):
            x, base = LEFT + step * (number + 0.5), BOTTOM
            for kind in SEVERITIES:
                top = base - (BOTTOM - TOP) * count[kind] / largest
                if count[kind]:
                    canvas.bar(x, base, top, COLORS[kind], min(14.0, step * 0.6))
                base = top
        for number in (0, len(lines) - 1):
            x = LEFT + step * (number + 0.5)
            name = voice.n.short_month(lines[number]["datenstand"][:7])
            side = "left" if number == 0 else "right"
            canvas.text(LEFT if number == 0 else RIGHT, BOTTOM + 18, name, "gedaempft",
                        anchor=side, size=12)  # fmt: skip
        alt = t("pruefbericht.bild_alt", n=voice.n.count(len(lines)),
                groesste=voice.n.count(max(sum(c.values()) for c in counts)))  # fmt: skip
        return canvas.svg("pruefverlauf", alt, "bild schmal")


def _legend(canvas: Canvas, voice: Voice) -> None:
    x = LEFT
    for kind in SEVERITIES:
        words = voice.t(f"pruefbericht.schwere.{kind}")
        canvas.bar(x + 7, 17, 7, COLORS[kind], 14)
        canvas.text(x + 20, 12, words, "gedaempft", size=12)
        x += 44 + 8 * len(words)
