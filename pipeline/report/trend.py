"""The trend: quotas of women and men by month, and below them the gap on its own axis from 0."""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.report.canvas import Canvas, text_width
from pipeline.report.chart import Chart, Point, Variant, axis
from pipeline.report.numbers import Numbers
from pipeline.report.tokens import tokens

GAP_TITLE = 24.0


@dataclass(frozen=True)
class Layout:
    """Pixels: the plot from x0 to x1, the height of the two panels."""

    width: float
    x0: float
    x1: float
    upper: float
    lower: float


LAYOUTS: dict[Variant, Layout] = {
    "breit": Layout(720, 34, 606, 230, 96),
    "schmal": Layout(340, 28, 244, 220, 90),
}


@dataclass(frozen=True)
class Panel:
    """One panel: its top and bottom in pixels and the ends of its value axis."""

    top: float
    bottom: float
    low: float
    high: float

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * (value - self.low) / (self.high - self.low)


def draw(chart: Chart, variant: Variant) -> str:
    """The chart as SVG."""
    layout = LAYOUTS[variant]
    top = 46.0
    gap_top = top + layout.upper + 66
    canvas = Canvas(layout.width, gap_top + layout.lower + 8)
    rates = axis(chart.largest)
    gaps = _gap_ticks(chart)
    upper = Panel(top, top + layout.upper, 0, float(rates[-1]))
    lower = Panel(gap_top, gap_top + layout.lower, float(gaps[0]), float(gaps[-1]))
    canvas.text(0, 10, chart.words.achse, "gedaempft", size=12)
    canvas.text(0, gap_top - GAP_TITLE, chart.words.abstand, "gedaempft", size=12)
    for panel, ticks in ((upper, rates), (lower, gaps)):
        grid(canvas, layout, chart, panel, ticks)
    _months(canvas, layout, chart, upper)
    _breaks(canvas, layout, chart, upper, lower)
    _series(canvas, layout, chart, upper, lower)
    return canvas.svg(f"{chart.id}-{variant}", chart.alt, f"bild {variant}")


def _gap_ticks(chart: Chart) -> list[Decimal]:
    """Ticks of the gap panel: from 0, and below 0 only where women's quota is higher."""
    gaps = [p.gap for p in chart.points if p.gap is not None]
    above = axis(max([*gaps, Decimal(0)]), most=3)
    below = axis(max([*(-g for g in gaps), Decimal(0)]), most=3)
    if min([*gaps, Decimal(0)]) >= 0:
        return above
    step = max(above[1], below[1])
    low = -(-int(below[-1]) // int(step))
    high = -(-int(above[-1]) // int(step))
    return [step * k for k in range(-low, high + 1)]


def grid(canvas: Canvas, layout: Layout, chart: Chart, panel: Panel, ticks: list[Decimal]) -> None:
    """Horizontal lines at the ticks of a panel, with their numbers."""
    for tick in ticks:
        y = panel.y(float(tick))
        canvas.line([(layout.x0, y), (layout.x1, y)], "marke" if tick == 0 else "linie")
        label = Numbers(chart.lang).count(tick)
        canvas.text(layout.x0 - 6, y, label, "gedaempft", anchor="right", size=12)


def _position(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _x(layout: Layout, chart: Chart, month: str) -> float:
    first, last = (_position(chart.points[i].label) for i in (0, -1))
    if first == last:
        return (layout.x0 + layout.x1) / 2
    share = (_position(month) - first) / (last - first)
    return layout.x0 + 6 + (layout.x1 - layout.x0 - 12) * share


def _months(canvas: Canvas, layout: Layout, chart: Chart, panel: Panel) -> None:
    """Month names below the upper panel: Decembers, as many as there is room for."""
    months = [p.label for p in chart.points if p.label.endswith("-12")] or [chart.points[-1].label]
    width = text_width("Dez. 2000", 12) + 8
    room = max(1, int((layout.x1 - layout.x0) // width))
    every = -(-len(months) // room)
    for month in months[::-1][::every]:
        x = _x(layout, chart, month)
        canvas.line([(x, panel.bottom), (x, panel.bottom + 5)], "marke")
        half = width / 2 - 4
        inside = min(max(x, half), layout.width - half)
        name = Numbers(chart.lang).short_month(month)
        canvas.text(inside, panel.bottom + 15, name, "gedaempft", anchor="center", size=12)


def _breaks(canvas: Canvas, layout: Layout, chart: Chart, upper: Panel, lower: Panel) -> None:
    for mark in chart.breaks:
        x = _x(layout, chart, mark.month)
        for panel in (upper, lower):
            canvas.line([(x, panel.top - 4), (x, panel.bottom)], "marke", 1, (1, 2))
        canvas.text(x, upper.top - 12, mark.letter, "marke", anchor="center", bold=True, size=12)


def _series(canvas: Canvas, layout: Layout, chart: Chart, upper: Panel, lower: Panel) -> None:
    ends = []
    for sex, name in (("w", chart.words.frauen), ("m", chart.words.maenner)):
        shape = tokens().shapes[sex]
        pixels = [
            (p, (_x(layout, chart, p.label), upper.y(float(value))))
            for p in chart.points
            if (value := p.w if sex == "w" else p.m) is not None
        ]
        for run in _runs(pixels):
            canvas.line([xy for _, xy in run], shape.color, 2, shape.dash)
            for p, xy in run:
                if p.label.endswith("-12") or (p, xy) in (run[0], run[-1]):
                    canvas.marker(*xy, shape)
        if pixels:
            point, (x, y) = pixels[-1]
            value = point.w if sex == "w" else point.m
            ends.append(
                (
                    y,
                    f"{name} {Numbers(chart.lang).rate(value or Decimal(0))}",
                    shape.text,
                )
            )
    end_labels(canvas, layout, ends)
    gaps = [
        (p, (_x(layout, chart, p.label), lower.y(float(p.gap))))
        for p in chart.points
        if p.gap is not None
    ]
    for run in _runs(gaps):
        canvas.line([xy for _, xy in run], "marke", 2)
    if gaps:
        point, (x, y) = gaps[-1]
        canvas.line([(x, y - 1.5), (x, y + 1.5)], "marke", 5)
        label = Numbers(chart.lang).rate(point.gap or Decimal(0))
        canvas.text(layout.x1 + 8, y, label, "text", bold=True)


def end_labels(canvas: Canvas, layout: Layout, ends: list[tuple[float, str, str]]) -> None:
    """Labels at the line ends, moved apart where they would touch."""
    ends.sort()
    if len(ends) == 2 and ends[1][0] - ends[0][0] < 16:
        middle = (ends[0][0] + ends[1][0]) / 2
        ends = [(middle + shift, *end[1:]) for shift, end in zip((-8, 8), ends, strict=True)]
    for y, label, color in ends:
        canvas.text(layout.x1 + 8, y, label, color, bold=True)


def _runs(
    pixels: list[tuple[Point, tuple[float, float]]],
) -> list[list[tuple[Point, tuple[float, float]]]]:
    """Stretches of consecutive months: a missing month interrupts the line."""
    runs: list[list[tuple[Point, tuple[float, float]]]] = []
    for entry in pixels:
        if runs and _position(entry[0].label) - _position(runs[-1][-1][0].label) == 1:
            runs[-1].append(entry)
        else:
            runs.append([entry])
    return runs
