"""Access beside outcome: shares against the two to compare with, and both times named."""

import re
from decimal import Decimal

import pytest

from pipeline.report.access import Facts, Line, access_reading
from pipeline.report.cells import Cell
from pipeline.report.numbers import Numbers
from pipeline.report.pub import Figure, Pair
from pipeline.report.sentences import Voice
from pipeline.report.texts import texts
from tests.report import example
from tests.report.conftest import Builder
from tests.report.html import Page, cells, text

GERMAN = Voice(texts("de"), Numbers("de"))
NOTHING = Pair(Figure("fehlt"), Figure("fehlt"), Figure("fehlt"))


def share(women: str | None) -> Pair:
    if women is None:
        return Pair(Figure("gesperrt"), Figure("gesperrt"), Figure("gesperrt"))
    return Pair(
        Figure("ok", 10, Decimal(100), Decimal(women)),
        Figure("ok", 90, Decimal(100), 100 - Decimal(women)),
        Figure("ok", 100, Decimal(100), Decimal(100)),
    )


def line(women: str | None, name: str = "insgesamt") -> Line:
    return Line(Cell((name,), (name,), NOTHING), share(women))


def facts(women: str | None, unemployed: str | None) -> Facts:
    base = None if unemployed is None else Decimal(unemployed)
    return Facts("2015-12", "", line(women), None, base)


@pytest.mark.parametrize(
    ("women", "words"),
    [
        ("49.5", "liegt 0,1 Prozentpunkte unter ihrem Anteil"),
        ("49.6", "ist so groß wie ihr Anteil"),
        ("49.7", "liegt 0,1 Prozentpunkte über ihrem Anteil"),
    ],
)
def test_the_direction_follows_the_sign(women: str, words: str) -> None:
    (sentence,) = access_reading(GERMAN, facts(women, "49.6"), ())
    assert words in sentence


@pytest.mark.parametrize(("women", "unemployed"), [(None, "49.6"), ("43.0", None)])
def test_nothing_is_compared_with_what_is_not_published(
    women: str | None, unemployed: str | None
) -> None:
    assert access_reading(GERMAN, facts(women, unemployed), ()) == []


def test_groups_below_the_share_of_the_unemployed_are_counted() -> None:
    rows = tuple(line(women, women) for women in ("40.0", "49.6", "60.0"))
    reading = access_reading(GERMAN, facts("49.6", "49.6"), (*rows, line(None, "geheim")))
    assert "In 1 von 3 Maßnahmegruppen" in reading[1]
    assert reading[2] == "Der Anteil reicht von 40,0 Prozent („40.0“) bis 60,0 Prozent („60.0“)."


def test_no_group_below_the_share_of_the_unemployed_has_a_sentence_of_its_own() -> None:
    rows = tuple(line(women, women) for women in ("49.6", "60.0"))
    reading = access_reading(GERMAN, facts("49.6", "49.6"), rows)
    assert reading[1].startswith("In keiner der 2 Maßnahmegruppen")


def test_a_single_group_is_neither_counted_nor_a_range() -> None:
    assert len(access_reading(GERMAN, facts("40.0", "49.6"), (line("40.0", "a"),))) == 1


def test_both_periods_are_named(page: Page) -> None:
    for name in ("zugang", "zugang-instrument"):
        subtitle = text(page.by_id(name).findall(".//p[@class='untertitel']")[0])
        assert "zwölf Stichtage bis Dezember 2015" in subtitle
        assert "Austritte der zwölf Monate bis Dezember 2015" in subtitle


def test_the_shares_to_compare_with_stand_in_chart_and_table(page: Page) -> None:
    rows = {row[0]: row for row in cells(page.by_id("tabelle-zugang"))}
    stock = rows["Zum Vergleich: Leistungsberechtigte"][1]
    unemployed = rows["Zum Vergleich: Arbeitslose"][1]
    assert (stock, unemployed) == ("50,5", "49,6")
    chart = text(page.by_id("zugang").findall(".//svg")[0])
    assert f"Bestand {stock}" in chart and f"Arbeitslose {unemployed}" in chart


def test_the_distance_is_that_of_the_two_shares(page: Page) -> None:
    for name in ("tabelle-zugang", "tabelle-zugang-instrument"):
        for row in cells(page.by_id(name)):
            if row[2] != "entfällt":
                left, right = (
                    Decimal(c.replace(",", ".").replace("\u2212", "-")) for c in row[1:3]
                )
                assert left - Decimal("49.6") == right


def test_measures_with_nobody_are_left_out_of_charts_and_tables(page: Page) -> None:
    block = text(page.by_id("zugang")) + text(page.by_id("zugang-instrument"))
    for name in ("Förderung besonderer Gruppen", "Vermittlungsbudget", "Ganzheitliche Betreuung"):
        assert name not in block.replace("wie das Vermittlungsbudget", "")
    assert "Aktivierung bei einem Träger" in block


def test_instruments_stand_under_the_title_of_their_group(page: Page) -> None:
    table = page.by_id("tabelle-zugang-instrument")
    titles = [text(row) for row in table.findall(".//tr[@class='gruppe']")]
    assert titles[:2] == [
        "Aktivierung und berufliche Eingliederung",
        "Berufswahl und Berufsausbildung",
    ]
    assert len(titles) == len(set(titles))


def test_shares_and_quotas_share_no_axis(page: Page) -> None:
    access, outcome = (text(svg) for svg in page.by_id("zugang").findall(".//svg"))
    assert "Prozent der Teilnehmenden" in access and "Austritte" not in access
    assert "Prozent der Austritte aus Maßnahmen" in outcome and "Teilnehm" not in outcome


def test_without_unemployed_the_headline_is_neutral_and_no_distance_is_given(
    full: example.Example, build_page: Builder
) -> None:
    table = example.Example(example.without(full.rows, "FA_ALO"), full.angaben)
    page = build_page(table)
    assert text(page.by_id("titel-zugang")) == (
        "Wer an Maßnahmen teilnimmt und wer danach beschäftigt ist"
    )
    assert {row[2] for row in cells(page.by_id("tabelle-zugang"))} == {"entfällt"}
    assert "Zum Vergleich: Arbeitslose" not in text(page.by_id("zugang"))


def test_without_exits_access_is_shown_alone(full: example.Example, build_page: Builder) -> None:
    rows = example.without(full.rows, *(c for c in example.TOTALS if c.startswith("EQ_")))
    page = build_page(example.Example(rows, full.angaben))
    assert "eq-verlauf" not in [b.attrib["id"] for b in page.blocks]
    for row in cells(page.by_id("tabelle-zugang"))[1:-2]:
        assert re.fullmatch(r"[\d,]+", row[1])
        assert row[3:] == ["nicht vorhanden", "nicht vorhanden", "entfällt", *row[3:5]]


def test_without_measures_there_is_no_section(full: example.Example, build_page: Builder) -> None:
    names = [c for c in (*example.TOTALS, *example.SHARES) if c[:2] in ("EQ", "FQ", "FA")]
    page = build_page(example.Example(example.without(full.rows, *names), full.angaben))
    ids = {n.attrib.get("id", "") for n in page.root.iter()}
    assert not ids & {"teil-zugang", "teil-austritt", "zugang", "eq-verlauf"}


def test_a_hidden_share_is_words_in_chart_and_table(
    full: example.Example, build_page: Builder
) -> None:
    def hide(row: dict[str, object]) -> bool:
        key = (row["kennzahl"], row["schnitt"], row["auspraegung_1"])
        return key == ("FQ", "massnahme", "aktivierung")

    rows = [example.suppressed(r) if hide(r) else r for r in full.rows]
    page = build_page(example.Example(rows, full.angaben))
    row = next(r for r in cells(page.by_id("tabelle-zugang")) if r[0].startswith("Aktivierung"))
    assert row[1:3] == ["geheim gehalten", "entfällt"]
    assert "geheim gehalten" in text(page.by_id("zugang").findall(".//svg")[0])
