"""The explorer's page: every published figure once, nothing suppressed, nothing from outside."""

import base64
import hashlib
import re
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.breakdowns import breakdowns_of
from pipeline.errors import UsageError
from pipeline.explore import build as build_internal
from pipeline.registries import code_list, parameters
from pipeline.report.explorer.columns import published, unsuppressed
from pipeline.report.explorer.page import embedded, own_code, plotly
from pipeline.report.explorer.payload import payload
from pipeline.report.numbers import Numbers
from pipeline.report.sentences import Voice
from pipeline.report.texts import texts
from tests.report import example
from tests.report.explorer_page import data_of, explorer, figures, k2, mart, of_rows, scripts

VOICE = Voice(texts("de"), Numbers("de"))


@pytest.fixture(scope="module")
def html(full: example.Example, tmp_path_factory: pytest.TempPathFactory) -> str:
    return explorer(full, tmp_path_factory.mktemp("pub"))


def test_the_page_holds_every_published_figure_and_no_other(
    full: example.Example, html: str
) -> None:
    known = {(k.code, b.id) for k in code_list("kennzahl").codes for b in breakdowns_of(k.code)}
    rows = [r for r in full.rows if (r["kennzahl"], r["schnitt"]) in known]
    expected = of_rows(rows)
    assert len(expected) > 1500
    assert {"gesperrt", "keine_faelle", "unsicher", "ok"} == {v[0] for v in expected.values()}
    assert figures(data_of(html)) == expected


def test_a_suppressed_cell_has_a_word_and_no_figure() -> None:
    line = example.row(("K2", "2015-12", "insgesamt", ("insgesamt",)), "w", 4711, 120000)
    table = pa.Table.from_pylist([example.suppressed(line)], example.SCHEMA)
    data = payload(published(table), VOICE, internal=False)
    assert "4711" not in embedded(data)
    grid = data["kennzahlen"][0]["schnitte"][0]
    assert (grid["status"], grid["zaehler"], grid["nenner"], grid["zehntel"]) == ("g--", [], [], [])
    assert data["status"]["g"] == "geheim gehalten"


def test_every_kennzahl_has_words_for_unit_numerator_and_denominator() -> None:
    for code in code_list("kennzahl").codes:
        for part in ("einheit.kennzahl", "explorer.zaehler", "explorer.nenner"):
            assert VOICE.t(f"{part}.{code.extra['einheit']}")


def test_the_policy_names_the_hash_of_every_script_and_allows_nothing_else(html: str) -> None:
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)[0]
    code = [text for attributes, text in scripts(html) if "application/json" not in attributes]
    hashes = [base64.b64encode(hashlib.sha256(c.encode()).digest()).decode() for c in code]
    assert policy.replace("&#39;", "'") == (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}' 'sha256-{hashes[1]}'; "
        "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )
    assert code == [plotly(), own_code()]


def test_nothing_outside_is_named_that_a_reader_could_reach(html: str) -> None:
    assert "cloud.plotly.com" not in html
    frame = re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)
    assert re.findall(r'(?:href|src|action)="([^"]*)"', frame) == ["#inhalt", "index.html"]
    assert not re.search(r"<[^>]*\son\w+=", frame)


def test_the_page_is_text_that_html_allows(html: str) -> None:
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", html)
    bodies = [text for _, text in scripts(html)]
    assert len(bodies) == 3
    assert not any("<!--" in body or "<script" in body for body in bodies)


def test_plotly_is_inlined_once_and_drawing_is_left_to_it(html: str) -> None:
    assert html.count("* plotly.js v") == 1
    assert "Plotly.react(" in own_code()


def test_a_name_from_the_data_cannot_leave_its_place(tmp_path: Path) -> None:
    table = example.Example()
    table.rows = example.totals("2015-12", 0)
    name = "</script><script>alert(1)</script>&<!--"
    table.rows += example.cell(("K2", "2015-12", "stadtbezirk", (name,)), 0.5, 0.3)
    page = explorer(table, tmp_path)
    assert len(scripts(page)) == 3
    assert data_of(page)["schnitte"]["stadtbezirk"]["kategorien"] == [[[name, name]]]


def test_without_any_row_the_page_says_so_and_carries_no_script(tmp_path: Path) -> None:
    page = explorer(example.Example(), tmp_path)
    assert scripts(page) == []
    assert "Für diese Daten gibt es noch keine Zahlen." in page
    assert "script-src &#39;none&#39;" in page or "script-src 'none'" in page


def test_a_row_that_stands_twice_is_refused() -> None:
    rows = unsuppressed(mart(k2("2015-12", "w", 1, 12), k2("2015-12", "w", 2, 12)), 10)
    with pytest.raises(UsageError, match="insgesamt: eine Zeile steht doppelt"):
        payload(rows, VOICE, internal=True)


@pytest.mark.parametrize(
    ("zaehler", "bestand_monate", "tenths"),
    [
        (0, 12000, 0),
        (49, 1200000, 0),  # 0.049 per 100
        (50, 1200000, 1),  # 0.05 per 100: half goes away from zero
        (51, 1200000, 1),
        (245, 24000, 123),  # 12.25
        (2450, 240000, 123),
        (12000, 12000, 12000),  # more than 100 per 100 is possible
    ],
)
def test_an_unsuppressed_quota_is_rounded_once_from_whole_numbers(
    zaehler: int, bestand_monate: int, tenths: int
) -> None:
    rows = unsuppressed(mart(k2("2015-12", "w", zaehler, bestand_monate)), 10)
    assert rows["zehntel"].to_pylist() == [tenths]


def test_a_share_has_its_whole_denominator_and_the_year_to_date_its_months() -> None:
    total = ("insgesamt", "insgesamt", "")
    rows = unsuppressed(
        mart(
            ("EQ_6", "2015-12", *total, "w", 1, None, 8.0),
            ("K2_JFW", "2015-03", *total, "w", 10, 300, 100.0),
        ),
        10,
    )
    assert rows["zehntel"].to_pylist() == [125, 100]


@pytest.mark.parametrize(("zaehler", "letter"), [(0, "u"), (9, "u"), (10, "o"), (11, "o")])
def test_fewer_events_than_the_threshold_are_marked(zaehler: int, letter: str) -> None:
    assert parameters()["unsicher_unter"].at(date(2015, 12, 31)) == 10
    page = build_internal(mart(k2("2015-12", "w", zaehler, 1200)), {}, "de")
    assert data_of(page)["kennzahlen"][0]["schnitte"][0]["status"] == f"{letter}--"


def test_nobody_in_the_denominator_is_no_case_and_has_no_quota() -> None:
    page = build_internal(mart(k2("2015-12", "w", 0, 0)), {}, "de")
    assert data_of(page)["kennzahlen"][0]["schnitte"][0]["status"] == "k--"


def test_delivered_sexes_other_than_women_and_men_are_only_in_the_total() -> None:
    rows = [k2("2015-12", sex, 20, 1200) for sex in ("w", "m", "d", "o", "u")]
    page = build_internal(mart(*rows, k2("2015-12", "insgesamt", 100, 6000)), {}, "de")
    assert [key[-1] for key in figures(data_of(page))] == ["w", "m", "insgesamt"]
    assert "enthält auch Personen, deren Geschlecht divers" in page


def test_single_measures_and_providers_are_in_the_internal_view() -> None:
    rows = [
        ("EQ_6", "2015-12", schnitt, code, "", "w", 3, None, 8.0)
        for schnitt, code in (("massnahme_id", "M-1"), ("traeger_id", "T-1"))
    ]
    shown = {key[2:4] for key in figures(data_of(build_internal(mart(*rows), {}, "de")))}
    assert shown == {("massnahme_id", "M-1"), ("traeger_id", "T-1")}


@pytest.mark.parametrize(
    ("lang", "mark"), [("de", "Nur für den Dienstgebrauch"), ("en", "For official use only")]
)
def test_the_internal_view_says_so_on_screen_on_paper_and_in_every_line(
    lang: str, mark: str
) -> None:
    page = build_internal(mart(k2("2015-12", "w", 20, 1200)), {"synthetisch": "true"}, lang)
    assert f'<p class="geheim">{mark}</p>' in page
    assert f"<title>{mark}: " in page
    style = re.findall(r"<style>(.*?)</style>", page, flags=re.DOTALL)[0]
    assert f'@top-left {{ content: "{mark}"' in style
    assert f'.wasserzeichen::after {{ content: "{mark}"' in style
    assert VOICE.t("seite.banner_geheim") not in page
    words = data_of(page)["status"]
    assert words["o"] in words["u"] and words["o"] == texts(lang)("explorer.nur_intern")
