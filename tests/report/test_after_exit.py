"""Employment after an exit: the same exits at every point, and headlines that fit the figures."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from pipeline.report.chart import Chart, Point, Words
from pipeline.report.drawing import render_svg
from pipeline.report.kennzahlen import members
from pipeline.report.tokens import tokens
from tests.report import example
from tests.report.conftest import Builder
from tests.report.html import Page, cells, text

EQ = [c.code for c in members("EQ")]
MONTH = "2015-05"


def one_month(gaps: list[int], month: str = MONTH) -> example.Example:
    """K2, and every EQ with 500 of 1,000 men and so many fewer women."""
    table = example.Example()
    table.rows += example.totals(month, 0)
    for name, gap in zip(EQ, gaps, strict=True):
        slot = (name, month, "insgesamt", ("insgesamt",))
        counts = {"w": 500 - gap, "m": 500, "insgesamt": 1000 - gap}
        table.rows += [
            example.row(slot, sex, count, 12 * (2000 if sex == "insgesamt" else 1000))
            for sex, count in counts.items()
        ]
    return table


def test_all_points_are_of_the_newest_december_that_every_eq_has(page: Page) -> None:
    block = page.by_id("eq-verlauf")
    assert "Austritte der zwölf Monate bis Dezember 2014" in text(block)
    rows = cells(page.by_id("tabelle-eq-verlauf"))
    assert [row[0] for row in rows] == [
        *("1 Monat", "3 Monate", "6 Monate", "9 Monate", "12 Monate", "18 Monate")
    ]
    assert len({tuple(row[-2:]) for row in rows}) == 1


def test_without_a_common_december_it_is_the_newest_common_month(build_page: Builder) -> None:
    table = one_month([10] * 6)
    table.rows += [r for r in one_month([10] * 6, "2015-06").rows if r["kennzahl"] != EQ[-1]]
    block = text(build_page(table).by_id("eq-verlauf"))
    assert "Austritte der zwölf Monate bis Mai 2015" in block


def test_without_a_common_month_there_is_no_block(build_page: Builder) -> None:
    table = example.Example(example.without(one_month([10] * 6).rows, EQ[-1]))
    assert "eq-verlauf" not in [b.attrib["id"] for b in build_page(table).blocks]


@pytest.mark.parametrize(
    ("smallest", "words"),
    [
        (1, "Frauen sind zu jedem Zeitpunkt seltener beschäftigt als Männer"),
        (0, "Frauen und Männer sind nicht durchweg verschieden oft beschäftigt"),
        (-1, "Frauen und Männer sind nicht durchweg verschieden oft beschäftigt"),
    ],
)
def test_the_headline_holds_at_every_point(smallest: int, words: str, build_page: Builder) -> None:
    page = build_page(one_month([10, 20, smallest, 20, 20, 20]))
    assert words in text(page.by_id("titel-eq-verlauf"))


def test_the_headline_says_so_when_women_are_ahead_throughout(build_page: Builder) -> None:
    page = build_page(one_month([-10] * 6))
    assert "zu jedem Zeitpunkt häufiger" in text(page.by_id("titel-eq-verlauf"))


def test_a_hidden_point_leaves_a_neutral_headline_and_words_in_the_table(
    build_page: Builder,
) -> None:
    table = one_month([10] * 6)
    table.rows = [
        example.suppressed(r) if (r["kennzahl"], r["geschlecht"]) == (EQ[2], "w") else r
        for r in table.rows
    ]
    page = build_page(table)
    assert text(page.by_id("titel-eq-verlauf")) == (
        "Beschäftigung nach dem Austritt aus einer Maßnahme"
    )
    assert cells(page.by_id("tabelle-eq-verlauf"))[2][1] == "geheim gehalten"


def course(women: list[str | None]) -> Chart:
    points = [
        Point(str(3 * i), None if w is None else Decimal(w), Decimal("30.0"), None)
        for i, w in enumerate(women, start=1)
    ]
    words = Words("Frauen", "Männer", "Prozent der Austritte", "")
    return Chart(
        "probe", "kurs", "de", "Zwei Reihen zur Probe.", words, tuple(points), below="Monate"
    )


def stretches(svg: str) -> int:
    """The pieces of the line of women, each a path of its own."""
    color = tokens().shapes["w"].color
    paths = ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}path")
    return sum(p.attrib.get("stroke") == color and p.attrib.get("fill") == "none" for p in paths)


def test_a_missing_quota_interrupts_the_line() -> None:
    assert stretches(render_svg(course(["10.0", "11.0", "12.0", "13.0"]), "breit")) == 1
    assert stretches(render_svg(course(["10.0", "11.0", None, "13.0"]), "breit")) == 2


def test_a_last_quota_that_is_missing_has_no_label_at_the_end() -> None:
    assert "Frauen" not in render_svg(course(["10.0", None]), "schmal")
    assert "Frauen 11,0" in render_svg(course(["10.0", "11.0"]), "schmal")


def test_the_caveats_stand_beside_the_figures(page: Page) -> None:
    for name in ("eq-verlauf", "eq_6-massnahmedauer"):
        block = text(page.by_id(name))
        assert "Gezählt werden Teilnahmen, nicht Personen." in block
        assert "Bei den neuesten Austritten fällt die Quote deshalb eher zu niedrig aus." in block
    for name in ("zugang", "zugang-instrument", "eq_6-instrument_x_massnahmedauer"):
        assert "keine Unterschiede im Erfolg" in text(page.by_id(name))
    assert "Selbständige Tätigkeit und Minijobs zählen hier nicht" in text(page.by_id("eq-verlauf"))


def test_a_cross_leaves_out_instruments_with_nobody(page: Page) -> None:
    block = text(page.by_id("eq_6-instrument_x_massnahmedauer"))
    assert "Berufsorientierungspraktikum" not in block
    assert "Aktivierung bei einem Träger" in block
