"""A linter for words that lead to misreading."""

import re

import pytest

from pipeline.report.texts import texts
from tests.report.html import Page, text

FORBIDDEN = [
    r"wurden? [^.]{0,40}integriert",
    r"jeder? (dritte|vierte|fünfte|zehnte)",
    r"(Prozent|%) der (Frauen|Männer|Leistungsberechtigten|Personen)[^.]*(vermittelt|integriert)",
    r"diskriminier",
    r"verursacht|bewirkt|dank der Maßnahme|führt zu",
    r"\b(schlechtest|best)e[rsnm]?\b",
    r"\bRang\b|Platz \d|Spitzenreiter|Schlusslicht",
    r"%-Punkte|\bPP\b|\bpp\b",
    r"[:*_]innen\b",
    r"\bLücke zwischen\b",
    r"Diese Grafik zeigt",
    r"signifikant",
]
DIFFERENCE = re.compile(r"Abstand|Lücke|Differenz|gestiegen|gesunken|höher|niedriger")
PERCENT = re.compile(r"Prozent(?!punkt)|%")
LONGEST = 22


def sentences(words: str) -> list[str]:
    plain = re.sub(r"(\d)\. (?=[A-ZÄÖÜ])|(Abs|Nr|BGBl|bzw|S|I)\. ", r"\1\2 ", words)
    return [s for s in re.split(r"(?<=[.:?])\s+", plain) if s]


def german() -> list[tuple[str, str]]:
    return [
        (key, line)
        for key, entry in texts("de").entries.items()
        for line in ([entry] if isinstance(entry, str) else entry)
        if not key.endswith("_url")
    ]


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_no_forbidden_phrase_on_the_page_or_in_the_registry(pattern: str, page: Page) -> None:
    spoken = [text(page.root), *(svg.attrib["aria-label"] for svg in page.all(".//svg"))]
    for words in [*spoken, *(line for _, line in german())]:
        found = re.search(pattern, words)
        assert found is None, found


def test_differences_are_stated_in_percentage_points(page: Page) -> None:
    for sentence in sentences(text(page.one(".//main"), without=("svg",))):
        if DIFFERENCE.search(sentence) and len(sentence) < 400:
            assert not PERCENT.search(sentence), sentence


def test_no_percent_sign_stands_in_the_text(page: Page) -> None:
    assert "%" not in text(page.one(".//main"))


def test_sentences_are_short() -> None:
    too_long = [
        (key, len(s.split()), s)
        for key, line in german()
        for s in sentences(line.replace("|", ". "))
        if len(s.split()) > LONGEST
    ]
    assert not too_long


def test_one_unit_stands_on_every_chart(page: Page) -> None:
    units = {line for key, line in german() if key.startswith("einheit.kennzahl.")}
    for svg in page.all(".//svg"):
        words = text(svg)
        found = {unit for unit in units if re.search(rf"{unit}(?! in sozial)", words)}
        assert len(found) == 1, (svg.attrib["aria-label"], found)


def test_the_page_says_that_events_are_counted_and_that_it_describes(page: Page) -> None:
    body = text(page.root)
    assert "Gezählt werden Aufnahmen von Arbeit oder Ausbildung, nicht Personen." in body
    assert "Beschreibend, keine Wirkung der Maßnahme." in body
    assert "K2 zählt Ereignisse, P1 zählt Personen." in body


def test_the_worked_example_adds_up(page: Page) -> None:
    rows = [[c.text or "" for c in r] for r in page.by_id("tabelle-beispiel").iter("tr")][1:]
    counts = [int(r[2]) for r in rows[:-1]]
    persons = sum(c > 0 for c in counts)
    assert sum(counts) == int(rows[-1][2]) == 4
    body = text(page.root)
    assert f"{persons} von 125 Personen" in body
    assert f"{100 * persons / 125:.1f}".replace(".", ",") + " Prozent" in body
