"""The dumbbell chart: one row per group, women and men on a common scale, the gap in words."""

import textwrap
from dataclasses import dataclass
from decimal import Decimal

from pipeline.report.canvas import Canvas, text_width
from pipeline.report.chart import Chart, Point, Variant, axis
from pipeline.report.numbers import Numbers
from pipeline.report.tokens import tokens

LINE = 16.0
TOP = 52.0
BOTTOM = 44.0


@dataclass(frozen=True)
class Layout:
    """Pixels: plot from x0 to x1; labels wrapped at `wrap` letters, notes at `note_wrap`."""

    width: float
    x0: float
    x1: float
    wrap: int
    note_wrap: int
    stacked: bool


LAYOUTS: dict[Variant, Layout] = {
    "breit": Layout(720, 262, 590, 27, 17, stacked=False),
    "schmal": Layout(340, 44, 250, 34, 44, stacked=True),
}


@dataclass(frozen=True)
class Band:
    """Where a row lies: its point, wrapped label and note, top edge and the height of its marks."""

    point: Point
    label: list[str]
    note: list[str]
    top: float
    marks: float


def draw(chart: Chart, variant: Variant) -> str:
    """The chart as SVG."""
    layout = LAYOUTS[variant]
    bands, bottom = _bands(chart, layout)
    canvas = Canvas(layout.width, bottom + BOTTOM)
    ticks = axis(max(chart.largest, chart.top or Decimal(0)))
    _frame(canvas, layout, chart, ticks, bottom)
    named = next(
        (b for b in bands if b.point.w is not None and b.point.m is not None), None
    )
    for band in bands:
        _row(canvas, layout, chart, band, float(ticks[-1]), names=band is named)
    return canvas.svg(f"{chart.id}-{variant}", chart.alt, f"bild {variant}")


def _bands(chart: Chart, layout: Layout) -> tuple[list[Band], float]:
    bands, y = [], TOP
    for point in chart.points:
        label = textwrap.wrap(point.label, layout.wrap) or [""]
        note = textwrap.wrap(point.note, layout.note_wrap)
        if layout.stacked:
            drawn = point.w is not None or point.m is not None
            text = len(label) + len(note)
            marks = y + 6 + text * LINE + 10
            height = text * LINE + (36 if drawn else 12)
        else:
            right = len(note) + (point.gap is not None)
            height = max(36.0, max(len(label), right) * LINE + 12)
            marks = y + height / 2
        bands.append(Band(point, label, note, y, marks))
        y += height
    return bands, y


def _frame(
    canvas: Canvas, layout: Layout, chart: Chart, ticks: list[Decimal], bottom: float
) -> None:
    """Legend, column title, grid and axis."""
    numbers, words, shapes = Numbers(chart.lang), chart.words, tokens().shapes
    x = layout.x0 if not layout.stacked else 8.0
    for sex, name in (("w", words.frauen), ("m", words.maenner)):
        canvas.marker(x, 14, shapes[sex])
        canvas.text(x + 12, 14, name, shapes[sex].text, bold=True)
        x += 34 + text_width(name)
    for i, line in enumerate(textwrap.wrap(words.abstand, 16)):
        canvas.text(layout.width, 10 + i * 15, line, "gedaempft", "right", size=12)
    for tick in ticks:
        tx = _scale(layout, tick, float(ticks[-1]))
        canvas.line(
            [(tx, TOP - 8), (tx, bottom + 4)], "marke" if tick == 0 else "linie"
        )
        canvas.text(
            tx, bottom + 15, numbers.count(tick), "gedaempft", "center", size=12
        )
    middle = (layout.x0 + layout.x1) / 2
    canvas.text(middle, bottom + 33, words.achse, "gedaempft", "center", size=12)


def _row(
    canvas: Canvas, layout: Layout, chart: Chart, band: Band, top: float, names: bool
) -> None:
    if layout.stacked:
        for i, line in enumerate([*band.label, *band.note]):
            color = "text" if i < len(band.label) else "gedaempft"
            canvas.text(0, band.top + 12 + i * LINE, line, color)
    else:
        start = band.marks - (len(band.label) - 1) * LINE / 2
        for i, line in enumerate(band.label):
            canvas.text(0, start + i * LINE, line)
    _gap(canvas, layout, chart, band)
    _marks(canvas, layout, chart, band, top, names)


def _gap(canvas: Canvas, layout: Layout, chart: Chart, band: Band) -> None:
    """The gap as a number, and in the wide variant the notes below it."""
    lines = [] if layout.stacked else list(band.note)
    if band.point.gap is not None:
        lines.insert(0, Numbers(chart.lang).rate(band.point.gap))
    start = band.marks - (len(lines) - 1) * LINE / 2
    for i, line in enumerate(lines):
        number = band.point.gap is not None and i == 0
        canvas.text(
            layout.width,
            start + i * LINE,
            line,
            "text" if number else "gedaempft",
            "right",
            bold=number,
            size=13 if number else 12,
        )


def _marks(
    canvas: Canvas, layout: Layout, chart: Chart, band: Band, top: float, names: bool
) -> None:
    point, y, numbers = band.point, band.marks, Numbers(chart.lang)
    shown = [("w", point.w, chart.words.frauen), ("m", point.m, chart.words.maenner)]
    placed = [
        (_scale(layout, v, top), sex, v, name)
        for sex, v, name in shown
        if v is not None
    ]
    if len(placed) == 2:
        canvas.line([(x, y) for x, *_ in placed], "abstand", 2)
    left = min(placed, default=None)
    for entry in placed:
        x, sex, value, name = entry
        shape = tokens().shapes[sex]
        canvas.marker(x, y, shape)
        on_left = len(placed) == 2 and entry == left
        words = numbers.rate(value)
        longer = f"{name} {words}" if on_left else f"{words} {name}"
        if names and _fits(layout, x, longer, on_left):
            words = longer
        side = -10 if on_left else 10
        canvas.text(x + side, y, words, shape.text, "right" if on_left else "left")


def _fits(layout: Layout, x: float, words: str, on_left: bool) -> bool:
    """Whether a label with the name beside its mark stays clear of the columns."""
    reach = text_width(words) + 12
    return x - reach > layout.x0 - 44 if on_left else x + reach < layout.width - 60


def _scale(layout: Layout, value: Decimal, top: float) -> float:
    return layout.x0 + (layout.x1 - layout.x0) * float(value) / top
