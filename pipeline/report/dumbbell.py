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
REFERENCE_DASHES = ((1, 1.5), (4, 2))
PAD = 44.0  # room left of the axis for the label of a small value


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
    "schmal": Layout(340, 44, 262, 38, 44, stacked=True),
}


@dataclass(frozen=True)
class Band:
    """Where a row lies: its point, wrapped label and note, top edge and the height of its marks.

    beside: in the narrow variant a short note stands at the right end of the label's last line.
    """

    point: Point
    label: list[str]
    note: list[str]
    top: float
    marks: float
    beside: bool = False


@dataclass(frozen=True)
class Scene:
    """What the parts of one drawing share; `top` is the upper end of the quota axis."""

    canvas: Canvas
    layout: Layout
    chart: Chart
    top: float

    def x(self, value: Decimal) -> float:
        """The horizontal place of a quota."""
        return self.layout.x0 + (self.layout.x1 - self.layout.x0) * float(value) / self.top

    def number(self, value: Decimal) -> str:
        return Numbers(self.chart.lang).rate(value)


def draw(chart: Chart, variant: Variant) -> str:
    """The chart as SVG."""
    layout = LAYOUTS[variant]
    bands, bottom = _bands(chart, layout)
    ticks = axis(max(chart.largest, chart.top or Decimal(0)))
    height = bottom + BOTTOM + 15 * (len(_axis_title(chart.words.achse, layout)) - 1)
    scene = Scene(Canvas(layout.width, height), layout, chart, float(ticks[-1]))
    _frame(scene, ticks, bottom)
    _grid(scene, ticks, bands, bottom)
    _references(scene, bands, bottom)
    named = next((b for b in bands if b.point.w is not None and b.point.m is not None), None)
    for band in bands:
        _label(scene, band)
        _gap(scene, band)
        _marks(scene, band, names=band is named)
    return scene.canvas.svg(f"{chart.id}-{variant}", chart.alt, f"bild {variant}")


def _bands(chart: Chart, layout: Layout) -> tuple[list[Band], float]:
    """The rows from top to bottom, and where the last one ends."""
    bands, y = [], TOP
    for point in chart.points:
        label = textwrap.wrap(point.label, layout.wrap) or [""]
        note = textwrap.wrap(point.note, layout.note_wrap)
        beside = False
        if layout.stacked:
            drawn = point.w is not None or point.m is not None
            beside = len(note) == 1 and len(label[-1]) + len(note[0]) < layout.note_wrap
            text = len(label) + (0 if beside else len(note))
            marks = y + 6 + text * LINE + 10
            height = text * LINE + (36 if drawn else 12)
        else:
            right = len(note) + (point.gap is not None)
            height = max(36.0, max(len(label), right) * LINE + 12)
            marks = y + height / 2
        bands.append(Band(point, label, note, y, marks, beside))
        y += height
    return bands, y


def _frame(scene: Scene, ticks: list[Decimal], bottom: float) -> None:
    """Legend, column title, tick labels and axis title."""
    canvas, layout, words = scene.canvas, scene.layout, scene.chart.words
    x = 8.0 if layout.stacked else layout.x0
    for sex, name in (("w", words.frauen), ("m", words.maenner)):
        if not name:
            continue
        shape = tokens().shapes[sex]
        canvas.marker(x, 14, shape)
        canvas.text(x + 12, 14, name, shape.text, bold=True)
        x += 34 + text_width(name)
    for i, line in enumerate(textwrap.wrap(words.abstand, 16)):
        canvas.text(layout.width, 10 + i * 15, line, "gedaempft", anchor="right", size=12)
    for tick in ticks:
        label = Numbers(scene.chart.lang).count(tick)
        canvas.text(scene.x(tick), bottom + 15, label, "gedaempft", anchor="center", size=12)
    middle = layout.width / 2 if layout.stacked else (layout.x0 + layout.x1) / 2
    for i, line in enumerate(_axis_title(words.achse, layout)):
        y = bottom + 33 + i * 15
        canvas.text(middle, y, line, "gedaempft", anchor="center", size=12)


def _axis_title(words: str, layout: Layout) -> list[str]:
    return textwrap.wrap(words, int(layout.width / text_width("x", 12))) or [""]


def _grid(scene: Scene, ticks: list[Decimal], bands: list[Band], bottom: float) -> None:
    """Grid lines over the whole height, or in the narrow variant behind the marks alone."""
    spans = _spans(scene, bands, bottom, 11)
    for tick in ticks:
        x = scene.x(tick)
        for start, end in [*spans, (bottom, bottom + 5)]:
            scene.canvas.line([(x, start), (x, end)], "marke" if tick == 0 else "linie")


def _spans(
    scene: Scene, bands: list[Band], bottom: float, reach: float
) -> list[tuple[float, float]]:
    """Where a vertical line is drawn: throughout, or in the narrow variant `reach` around marks."""
    if not scene.layout.stacked:
        return [(TOP - 8, bottom)]
    drawn = [b for b in bands if b.point.w is not None or b.point.m is not None]
    return [(b.marks - reach, b.marks + reach) for b in drawn]


def _references(scene: Scene, bands: list[Band], bottom: float) -> None:
    """The lines to compare with, and their names in a second row of the legend."""
    x = 8.0 if scene.layout.stacked else scene.layout.x0
    for reference, dash in zip(scene.chart.references, REFERENCE_DASHES, strict=False):
        place = scene.x(reference.value)
        for start, end in _spans(scene, bands, bottom, 14):
            scene.canvas.line([(place, start), (place, end)], "marke", 2, dash)
        scene.canvas.line([(x, 26), (x, 42)], "marke", 2, dash)
        label = f"{reference.label} {scene.number(reference.value)}"
        scene.canvas.text(x + 8, 34, label, size=12)
        x += 26 + text_width(label, 12)


def _label(scene: Scene, band: Band) -> None:
    """The name of the row: above the marks, or to the left of the axis."""
    canvas, layout = scene.canvas, scene.layout
    if not layout.stacked:
        start = band.marks - (len(band.label) - 1) * LINE / 2
        for i, line in enumerate(band.label):
            canvas.text(layout.x0 - PAD - 6, start + i * LINE, line, anchor="right")
        return
    below = [] if band.beside else band.note
    for i, line in enumerate([*band.label, *below]):
        color = "text" if i < len(band.label) else "gedaempft"
        canvas.text(0, band.top + 12 + i * LINE, line, color)
    if band.beside:
        last = band.top + 12 + (len(band.label) - 1) * LINE
        canvas.text(layout.width, last, band.note[0], "gedaempft", anchor="right", size=12)


def _gap(scene: Scene, band: Band) -> None:
    """The gap as a number, and in the wide variant the notes below it."""
    right, gap = scene.layout.width, band.point.gap
    lines = [] if scene.layout.stacked else list(band.note)
    start = band.marks - (len(lines) - (gap is None)) * LINE / 2
    if gap is not None:
        scene.canvas.text(right, start, scene.number(gap), anchor="right", bold=True)
        start += LINE
    for i, line in enumerate(lines):
        scene.canvas.text(right, start + i * LINE, line, "gedaempft", anchor="right", size=12)


def _marks(scene: Scene, band: Band, *, names: bool) -> None:
    """Both marks with their numbers outside; `names`: with the sex beside the number."""
    words, point, y = scene.chart.words, band.point, band.marks
    both = [("w", point.w, words.frauen), ("m", point.m, words.maenner)]
    placed = sorted((scene.x(v), sex, v, name) for sex, v, name in both if v is not None)
    if len(placed) == 2:
        scene.canvas.line([(x, y) for x, *_ in placed], "abstand", 2)
    for i, (x, sex, value, name) in enumerate(placed):
        shape = tokens().shapes[sex]
        scene.canvas.marker(x, y, shape)
        label = scene.number(value)
        on_left = i == 0 and (len(placed) == 2 or _crossed(scene, x, label))
        longer = f"{name} {label}" if on_left else f"{label} {name}"
        if names and _fits(scene.layout, x, longer, on_left):
            label = longer
        side, anchor = (-10, "right") if on_left else (10, "left")
        scene.canvas.text(x + side, y, label, shape.text, anchor=anchor)


def _crossed(scene: Scene, x: float, label: str) -> bool:
    """Whether a line to compare with would cross a label to the right of its mark."""
    reach = x + 14 + text_width(label)
    return any(x <= scene.x(reference.value) <= reach for reference in scene.chart.references)


def _fits(layout: Layout, x: float, words: str, on_left: bool) -> bool:
    """Whether a label with the name beside its mark stays clear of the columns."""
    reach = text_width(words) + 12
    return x - reach > layout.x0 - PAD if on_left else x + reach < layout.width - 60
