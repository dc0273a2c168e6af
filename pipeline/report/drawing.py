"""From a chart to its SVG variants."""

from dataclasses import dataclass

from pipeline.report import canvas, course, dumbbell, trend
from pipeline.report.chart import Chart, Variant


@dataclass(frozen=True)
class Drawing:
    """A drawn chart. Wide and narrow variant; small panels have the narrow one only."""

    title: str
    chart: Chart
    wide: str
    narrow: str


DRAW = {"trend": trend.draw, "hantel": dumbbell.draw, "kurs": course.draw}


def render_svg(chart: Chart, variant: Variant) -> str:
    """One variant of a chart as an SVG element with role img and its accessible name."""
    with canvas.settings():
        return DRAW[chart.kind](chart, variant)


def full_width(chart: Chart) -> Drawing:
    """A chart over the whole column: CSS shows the variant that fits."""
    return Drawing("", chart, render_svg(chart, "breit"), render_svg(chart, "schmal"))


def panel(title: str, chart: Chart) -> Drawing:
    """One of several small panels."""
    return Drawing(title, chart, "", render_svg(chart, "schmal"))
