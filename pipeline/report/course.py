"""The course after an exit: quotas of women and men at so many months, on a scale of time."""

from pipeline.report.canvas import Canvas
from pipeline.report.chart import Chart, Variant, axis
from pipeline.report.numbers import Numbers
from pipeline.report.tokens import tokens
from pipeline.report.trend import LAYOUTS, Layout, Panel, end_labels, grid

TOP = 34.0
FOOT = 42.0


def draw(chart: Chart, variant: Variant) -> str:
    """The chart as SVG."""
    layout = LAYOUTS[variant]
    ticks = axis(chart.largest)
    panel = Panel(TOP, TOP + layout.upper, 0, float(ticks[-1]))
    canvas = Canvas(layout.width, panel.bottom + FOOT)
    canvas.text(0, 10, chart.words.achse, "gedaempft", size=12)
    grid(canvas, layout, chart, panel, ticks)
    for point in chart.points:
        x = _x(layout, chart, point.label)
        canvas.line([(x, panel.bottom), (x, panel.bottom + 5)], "marke")
        canvas.text(x, panel.bottom + 15, point.label, "gedaempft", anchor="center", size=12)
    middle = (layout.x0 + layout.x1) / 2
    canvas.text(middle, panel.bottom + 33, chart.below, "gedaempft", anchor="center", size=12)
    _lines(canvas, layout, chart, panel)
    return canvas.svg(f"{chart.id}-{variant}", chart.alt, f"bild {variant}")


def _x(layout: Layout, chart: Chart, label: str) -> float:
    """The place of so many months after the exit, the day of the exit being the left end."""
    last = int(chart.points[-1].label)
    return layout.x0 + (layout.x1 - layout.x0 - 6) * int(label) / last


def _lines(canvas: Canvas, layout: Layout, chart: Chart, panel: Panel) -> None:
    """Both lines, interrupted where a quota is not published, with names at their ends."""
    ends = []
    for sex, name in (("w", chart.words.frauen), ("m", chart.words.maenner)):
        shape = tokens().shapes[sex]
        stretch: list[tuple[float, float]] = []
        stretches = [stretch]
        for point in chart.points:
            value = point.w if sex == "w" else point.m
            if value is None:
                stretches.append(stretch := [])
                continue
            place = (_x(layout, chart, point.label), panel.y(float(value)))
            stretch.append(place)
            if point is chart.points[-1]:
                label = f"{name} {Numbers(chart.lang).rate(value)}"
                ends.append((place[1], label, shape.text))
        for run in (run for run in stretches if run):
            canvas.line(run, shape.color, 2, shape.dash)
            for x, y in run:
                canvas.marker(x, y, shape)
    end_labels(canvas, layout, ends)
