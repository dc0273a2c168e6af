"""Charts: axes from zero, both sexes distinct in shape, text as text, identical bytes."""

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pipeline.report.chart import Break, Chart, Kind, Point, Variant, Words, axis
from pipeline.report.drawing import render_svg
from pipeline.report.tokens import tokens

WORDS = Words("Frauen", "Männer", "Integrationen je 100", "Abstand in Prozentpunkten")
VARIANTS: tuple[Variant, ...] = ("breit", "schmal")


def point(label: str, w: str | None, m: str | None, note: str = "") -> Point:
    women, men = (None if v is None else Decimal(v) for v in (w, m))
    gap = None if women is None or men is None else men - women
    return Point(label, women, men, gap, note)


def chart(kind: Kind, points: list[Point], breaks: tuple[Break, ...] = ()) -> Chart:
    return Chart("probe", kind, "de", "Zwei Reihen zur Probe.", WORDS, tuple(points), None, breaks)


ROWS = [
    point("unter 3 Monate", "18.1", "30.2"),
    point("3 bis unter 6 Monate", None, "12.0", "Frauen: geheim gehalten"),
    point("unbekannt", None, None, "geheim gehalten"),
]
MONTHS = [point(f"2015-{m:02d}", "18.1", "30.2") for m in range(1, 13)]


def words(svg: str) -> list[str]:
    return [t.text or "" for t in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize(
    ("largest", "last", "step"),
    [
        ("0", "1", "1"),
        ("5", "5", "1"),
        ("5.1", "6", "2"),
        ("43.9", "50", "10"),
        ("50", "50", "10"),
        ("50.1", "60", "20"),
    ],
)
def test_an_axis_starts_at_zero_and_covers_the_largest_value(
    largest: str, last: str, step: str
) -> None:
    ticks = axis(Decimal(largest))
    assert ticks[0] == 0
    assert ticks[-1] == Decimal(last)
    assert ticks[1] == Decimal(step)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("kind", "points"), [("hantel", ROWS), ("trend", MONTHS)])
def test_an_svg_is_named_scales_and_has_no_style(
    kind: Kind, points: list[Point], variant: Variant
) -> None:
    svg = render_svg(chart(kind, points), variant)
    root = ET.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == "Zwei Reihen zur Probe."
    assert "viewBox" in root.attrib and "width" not in root.attrib
    assert "style" not in svg and "url(" not in svg and "<metadata" not in svg
    ids = re.findall(r' id="([^"]+)"', svg)
    assert all(i.startswith(f"probe-{variant}-") for i in ids)
    assert set(re.findall(r'href="#([^"]+)"', svg)) == set(ids)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_dumbbell_says_in_words_what_it_does_not_draw(variant: Variant) -> None:
    shown = words(render_svg(chart("hantel", ROWS), variant))
    joined = " ".join(shown)
    assert {"12,1", "12,0", "Frauen", "Männer"} <= set(shown)
    assert "18,1" in joined and "30,2" in joined
    assert "Frauen: geheim gehalten" in joined
    assert joined.count("geheim gehalten") == 2


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_trend_labels_its_line_ends_and_its_gap(variant: Variant) -> None:
    shown = words(render_svg(chart("trend", MONTHS, (Break("2015-04", "A"),)), variant))
    assert {"Frauen 18,1", "Männer 30,2", "12,1", "A", "Abstand in Prozentpunkten"} <= set(shown)


def test_a_missing_month_interrupts_the_line() -> None:
    whole = render_svg(chart("trend", MONTHS), "breit")
    holed = render_svg(chart("trend", MONTHS[:5] + MONTHS[6:]), "breit")
    dashed = f'stroke-dasharray="{tokens().shapes["m"].dash[0] * 2:g}'
    assert holed.count(dashed) == whole.count(dashed) + 1


def test_a_single_month_is_drawn_as_two_marks() -> None:
    svg = render_svg(chart("trend", MONTHS[:1]), "schmal")
    assert "Frauen 18,1" in words(svg)


def test_nothing_to_draw_is_no_error() -> None:
    hidden = [point("2015-12", None, None)]
    assert words(render_svg(chart("trend", hidden), "breit"))
    assert words(render_svg(chart("hantel", []), "schmal"))


def test_a_negative_gap_gets_an_axis_below_zero() -> None:
    shown = words(render_svg(chart("trend", [point("2015-12", "30.0", "27.5")]), "breit"))
    assert "\u22122,5" in shown
    assert "0" in shown


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert len({render_svg(chart("hantel", ROWS), "breit") for _ in range(3)}) == 1


def test_markup_and_formulas_in_a_label_stay_text() -> None:
    label = '<b onload="x">$a_1$ & \\frac'
    svg = render_svg(chart("hantel", [point(label, "1.0", "2.0")]), "breit")
    assert "<b" not in svg
    assert label in " ".join(words(svg))


def test_women_and_men_differ_in_marker_fill_and_dash() -> None:
    women, men = tokens().shapes["w"], tokens().shapes["m"]
    assert women.marker != men.marker
    assert women.filled and not men.filled
    assert not women.dash and men.dash


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_marks_reach_three_to_one_and_text_four_and_a_half() -> None:
    colors = tokens().colors
    for mark in ("frauen", "maenner", "abstand", "marke"):
        assert contrast(colors[mark], colors["papier"]) >= 3, mark
    assert contrast(colors["frauen"], colors["maenner"]) >= 3
    for words_color in ("text", "gedaempft", "frauen_text", "maenner_text", "verweis"):
        for ground in ("papier", "flaeche"):
            assert contrast(colors[words_color], colors[ground]) >= 4.5, words_color
    assert contrast(colors["warnung"], colors["warnflaeche"]) >= 4.5


def test_a_matplotlibrc_of_the_user_changes_no_byte(tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "lines.scale_dashes: False\nfont.family: serif\ntext.color: red\nsvg.fonttype: path\n"
    )
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); from tests.report.test_charts import *; "
        "sys.stdout.write(render_svg(chart('trend', MONTHS), 'breit'))"
    )
    command = [sys.executable, "-c", program, str(Path(__file__).parents[2])]
    done = subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
    assert done.stdout.decode() == render_svg(chart("trend", MONTHS), "breit")
