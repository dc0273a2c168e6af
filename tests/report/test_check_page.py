"""The page about the rules: the verdict in a sentence, every rule, no small number, no payload."""

from pathlib import Path

import pytest

from pipeline.quality.suite import suite
from pipeline.quality.wellformed import LAYERS
from pipeline.report.check_page import pages
from pipeline.report.small_counts import masked
from tests.report import check_example
from tests.report.html import Page, parse, text

TOTAL = len(suite())


def opened(folder: Path, name: str = "pruefbericht.html") -> Page:
    """One page of the folder, written and parsed strictly."""
    for file, html in pages(folder).items():
        (folder / file).write_text(html, encoding="utf-8")
    return parse(folder / name)


def cells(page: Page, table: str) -> list[list[str]]:
    """The body of a table as text."""
    rows = page.by_id(table).findall(".//tbody/tr")
    return [[text(cell).strip() for cell in row] for row in rows]


VERDICTS = [
    ({}, f"Alle {TOTAL} Regeln sind eingehalten"),
    ({"BES-21": 3}, f"Eine Warnung bei {TOTAL} Regeln"),
    ({"BES-21": 3, "BES-22": 3}, f"2 Warnungen bei {TOTAL} Regeln"),
    ({"ZB-21": 3, "BES-22": 3}, f"Eine kritische von {TOTAL} Regeln ist verletzt"),
    ({"ZB-21": 3, "ZB-23": 3}, f"2 kritische von {TOTAL} Regeln sind verletzt"),
]


@pytest.mark.parametrize(("findings", "sentence"), VERDICTS)
def test_the_verdict_stands_first_in_a_sentence(
    tmp_path: Path, findings: dict[str, int], sentence: str
) -> None:
    page = opened(check_example.write(tmp_path, findings))
    words = text(page.one(".//main"))
    assert words.index(sentence) < words.index("Was geprüft wurde")
    refused = "Zu diesem Lauf gibt es keinen Bericht." in words
    assert refused == ("kritische" in sentence)


def test_every_rule_of_the_suite_is_listed_with_title_and_reason_in_both_languages(
    tmp_path: Path,
) -> None:
    folder = check_example.write(tmp_path, {})
    german, english = opened(folder), opened(folder, "pruefbericht.en.html")
    for page, lang in ((german, "de"), (english, "en")):
        words = text(page.root)
        for rule in suite():
            title, why = (
                (rule.titel_de, rule.why) if lang == "de" else (rule.titel_en, rule.why_en)
            )
            assert f"{rule.id} {title}" in words
            assert why in words
    assert {n.attrib["id"] for n in german.all(".//h3") if "id" in n.attrib} == {
        f"ebene-{layer}" for layer in LAYERS if any(r.ebene == layer for r in suite())
    }


def test_broken_rules_come_first_the_gravest_on_top_and_say_since_when(tmp_path: Path) -> None:
    page = opened(check_example.write(tmp_path, {"BES-21": 12, "ZB-21": 3}, runs=3))
    assert [[row[0][:6].strip(), *row[1:]] for row in cells(page, "tabelle-verletzt")] == [
        ["ZB-21", "kritisch", "core_zeilenbilanz", "100", "3", "verletzt", "28. Januar 2024"],
        ["BES-21", "Warnung", "core_bestand", "100", "12", "verletzt", "28. Januar 2024"],
    ]


@pytest.mark.parametrize(("count", "shown"), [(1, "1–2"), (2, "1–2"), (3, "3"), (12, "12")])
def test_one_and_two_findings_are_not_told_apart(tmp_path: Path, count: int, shown: str) -> None:
    page = opened(check_example.write(tmp_path, {"BES-21": count}))
    assert cells(page, "tabelle-verletzt")[0][4] == shown


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ((90, 0, 0), (90, 0, 0)),
        ((90, 3, 4), (90, 3, 4)),
        ((90, 1, 0), ("hidden", "small", 0)),
        ((90, 2, 7), ("hidden", "small", 7)),
        ((90, 3, 2), ("hidden", 3, "small")),
        ((90, 1, 2), (90, "small", "small")),
        ((2, 90, 0), ("small", "hidden", 0)),
        ((1, 0, 0), ("small", 0, 0)),
        ((0, 0, 0), (0, 0, 0)),
    ],
)
def test_a_small_part_of_a_sum_does_not_follow_from_the_others(
    parts: tuple[int, int, int], shown: tuple[str | int, ...]
) -> None:
    assert masked(parts) == shown


def test_the_row_balance_hides_small_parts(tmp_path: Path) -> None:
    page = opened(check_example.write(tmp_path, {}, parts=(90, 1, 7)))
    assert cells(page, "tabelle-bilanz") == [["demo / bestand.csv", "98", "–", "1–2", "7"]]


def test_with_two_runs_there_is_a_chart_and_its_table(tmp_path: Path) -> None:
    one = opened(check_example.write(tmp_path / "a", {"BES-21": 3}))
    two = opened(check_example.write(tmp_path / "b", {"BES-21": 3}, runs=2))
    assert (len(one.all(".//svg")), len(two.all(".//svg"))) == (0, 1)
    assert [row[4] for row in cells(two, "tabelle-verlauf")] == ["1", "1"]
    assert two.one(".//svg").attrib["role"] == "img"
    assert "Säulenbild" in two.one(".//svg").attrib["aria-label"]


PAYLOADS = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '"><b>',
    "{{7*7}}",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_a_name_is_shown_as_text(tmp_path: Path, payload: str) -> None:
    folder = check_example.write(tmp_path, {}, name=payload, datei=payload, traeger=payload)
    for name in ("pruefbericht.html", "pruefbericht.en.html"):
        page = opened(folder, name)
        assert payload in text(page.root)
        assert payload not in page.source or payload == "{{7*7}}"
        assert page.all(".//script") == page.all(".//img") == page.all(".//b") == []


def test_a_name_that_names_a_person_is_not_shown(tmp_path: Path) -> None:
    mail = "erika.mustermann@example.org"
    page = opened(check_example.write(tmp_path, {}, name=mail, traeger=mail))
    assert mail not in page.source


def test_the_page_loads_nothing_and_says_that_data_are_synthetic(tmp_path: Path) -> None:
    page = opened(check_example.write(tmp_path, {}))
    assert "src=" not in page.source
    assert [a.attrib["href"] for a in page.all(".//main//a")] == ["pruefbericht.en.html"]
    assert "Synthetische Daten" in text(page.one(".//header"))


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    one = pages(check_example.write(tmp_path / "a", {"BES-21": 3}, runs=3))
    assert one == pages(check_example.write(tmp_path / "b", {"BES-21": 3}, runs=3))
