"""The page about the rules: the verdict in a sentence, every rule, no payload."""

import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.quality.history import remember
from pipeline.quality.suite import suite
from pipeline.quality.wellformed import LAYERS
from pipeline.report.check_history import EDGES
from pipeline.report.check_page import pages
from pipeline.report.tokens import tokens
from tests.report import check_example
from tests.report.html import Page, parse, text
from tests.report.test_charts import contrast

TOTAL = len(suite())
BESIDE = {
    "pruefbericht.html": "pruefbericht.en.html",
    "pruefbericht.en.html": "pruefbericht.html",
}


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
    ({}, f"Alle {TOTAL} Regeln sind eingehalten: Einem Bericht"),
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


@pytest.mark.parametrize(
    ("findings", "besides"),
    [({"BES-21": 3}, "einem Hinweis"), ({"BES-21": 3, "BES-22": 3}, "2 Hinweisen")],
)
def test_notes_break_no_verdict_but_are_named(
    tmp_path: Path, findings: dict[str, int], besides: str
) -> None:
    page = opened(check_example.write(tmp_path, findings, severity="info"))
    words = text(page.one(".//main"))
    assert f"Alle {TOTAL} Regeln sind eingehalten, von {besides} abgesehen: Einem Bericht" in words
    assert len(cells(page, "tabelle-verletzt")) == len(findings)


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
        ["ZB-21", "kritisch", "verletzt", "3", "100", "28. Januar 2024", "core_zeilenbilanz"],
        ["BES-21", "Warnung", "verletzt", "12", "100", "28. Januar 2024", "core_bestand"],
    ]


def test_a_rule_that_is_kept_is_broken_since_no_day(tmp_path: Path) -> None:
    """Also where another set of deliveries of the same datenstand broke it."""
    folder = check_example.write(tmp_path, {})
    remember(folder, "2024-01-28", ["demo", "zweite"], check_example.verdict({"BES-21": 3}))
    page = opened(folder)
    rules = {row[0].split()[0]: row for row in cells(page, "tabelle-spalte-1")}
    assert rules["BES-21"][2:6] == ["eingehalten", "0", "100", "–"]


@pytest.mark.parametrize(("count", "shown"), [(1, "1–2"), (2, "1–2"), (3, "3"), (12, "12")])
def test_one_and_two_findings_are_not_told_apart(tmp_path: Path, count: int, shown: str) -> None:
    page = opened(check_example.write(tmp_path, {"BES-21": count}))
    assert cells(page, "tabelle-verletzt")[0][3] == shown


def test_the_row_balance_hides_small_parts(tmp_path: Path) -> None:
    page = opened(check_example.write(tmp_path, {}, parts=(90, 1, 7)))
    assert cells(page, "tabelle-bilanz") == [["demo / bestand.csv", "98", "–", "1–2", "–"]]


@pytest.mark.parametrize(("rejected", "taken"), [(0, "90"), (1, "–"), (2, "–"), (3, "90")])
def test_checked_rows_do_not_give_back_what_the_balance_hides(
    tmp_path: Path, rejected: int, taken: str
) -> None:
    folder = check_example.write(tmp_path, {"BES-21": 5}, parts=(90, rejected, 0), checked=90)
    page = opened(folder)
    assert cells(page, "tabelle-bilanz")[0][2] == taken
    assert cells(page, "tabelle-verletzt")[0][4] == taken
    tables = {row[0]: row[1] for row in cells(page, "tabelle-tabellen")}
    assert tables["core_bestand"] == taken


def test_the_rows_of_the_table_of_findings_are_never_shown_as_checked(tmp_path: Path) -> None:
    first, second = [rule.id for rule in suite() if rule.table == "core_befund"][:2]
    folder = check_example.write(tmp_path, {first: 1, second: 99}, severity="info")
    page = opened(folder)
    assert [row[3:5] for row in cells(page, "tabelle-verletzt")] == [["1–2", "–"], ["99", "–"]]
    none = opened(check_example.write(tmp_path, {}, checked=0))
    tables = {row[0]: row[1] for row in cells(none, "tabelle-tabellen")}
    assert tables["core_befund"] == "0"


def test_findings_are_hidden_only_where_they_are_rejected_rows(tmp_path: Path) -> None:
    """The balance hides seven rejected rows beside one merged; BES-21 names rows that are kept."""
    rejected = next(rule.id for rule in suite() if rule.table == "core_befund")
    folder = check_example.write(
        tmp_path, {"BES-21": 7, rejected: 7}, parts=(90, 7, 1), severity="info"
    )
    found = {row[0].split()[0]: row[3] for row in cells(opened(folder), "tabelle-verletzt")}
    assert found == {"BES-21": "7", rejected: "–"}


def test_a_balance_that_does_not_hold_is_shown_as_it_is(tmp_path: Path) -> None:
    page = opened(check_example.write(tmp_path, {"ZB-21": 3}, parts=(90, 7, 3), lost=4))
    assert cells(page, "tabelle-bilanz")[0][1:] == ["104", "90", "7", "3"]


def test_every_table_is_listed_with_its_rows_and_rules(tmp_path: Path) -> None:
    page = opened(check_example.write(tmp_path, {"BES-21": 3, "BES-22": 3}))
    rows = {row[0]: row[1:] for row in cells(page, "tabelle-tabellen")}
    assert set(rows) == {rule.table for rule in suite()}
    of_bestand = sum(rule.table == "core_bestand" for rule in suite())
    assert rows["core_bestand"] == ["100", str(of_bestand), "2"]


def test_a_run_that_looks_back_tells_nothing_of_later_verdicts(tmp_path: Path) -> None:
    folder = check_example.write(tmp_path, {"BES-21": 3}, runs=2)
    before = pages(folder)
    remember(folder, "2024-03-28", ["demo"], check_example.verdict({}))
    assert pages(folder) == before


def test_with_two_runs_there_is_a_chart_and_its_table(tmp_path: Path) -> None:
    one = opened(check_example.write(tmp_path / "a", {"BES-21": 3}))
    two = opened(check_example.write(tmp_path / "b", {"BES-21": 3}, runs=2))
    assert (len(one.all(".//svg")), len(two.all(".//svg"))) == (0, 1)
    assert [row[4] for row in cells(two, "tabelle-verlauf")] == ["1", "1"]
    assert two.one(".//svg").attrib["role"] == "img"
    assert "in den letzten 2 Läufen, höchstens 1." in two.one(".//svg").attrib["aria-label"]


@pytest.mark.parametrize(("findings", "bars"), [({}, 0), ({"BES-21": 1}, 3), ({"ZB-21": 1}, 3)])
def test_the_chart_has_a_bar_for_every_run_with_broken_rules(
    tmp_path: Path, findings: dict[str, int], bars: int
) -> None:
    page = opened(check_example.write(tmp_path, findings, runs=3))
    legend = 3
    assert len(page.all(".//svg/rect")) == legend + bars
    assert "style" not in page.source[page.source.index("<svg") : page.source.index("</svg>")]


def test_every_severity_stands_out_from_the_paper() -> None:
    colors = tokens().colors
    for name in EDGES.values():
        assert contrast(colors[name], colors["papier"]) >= 3


def test_the_page_is_made_without_matplotlib(tmp_path: Path) -> None:
    """A run with nothing to do makes it too, and must not wait for an import."""
    folder = check_example.write(tmp_path, {"BES-21": 3}, runs=3)
    code = (
        "import sys; from pathlib import Path; from pipeline.report.check_page import pages; "
        "pages(Path(sys.argv[1])); sys.exit('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, folder], check=False)
    assert done.returncode == 0


PAYLOADS = [
    "javascript:alert(1)",
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
        assert payload not in page.source or "<" not in payload
        assert [a.attrib["href"] for a in page.all(".//main//a")] == [BESIDE[name]]
        assert page.all(".//script") == page.all(".//img") == page.all(".//b") == []


def test_a_name_that_names_a_person_is_not_shown(tmp_path: Path) -> None:
    mail = "erika.mustermann@example.org"
    page = opened(check_example.write(tmp_path, {}, name=mail, datei=mail, traeger=mail))
    assert mail not in page.source


def test_the_page_loads_nothing_and_says_that_data_are_synthetic(tmp_path: Path) -> None:
    page = opened(check_example.write(tmp_path, {}))
    assert "src=" not in page.source
    assert [a.attrib["href"] for a in page.all(".//main//a")] == ["pruefbericht.en.html"]
    assert "Synthetische Daten" in text(page.one(".//header"))


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    one = pages(check_example.write(tmp_path / "a", {"BES-21": 3}, runs=3))
    assert one == pages(check_example.write(tmp_path / "b", {"BES-21": 3}, runs=3))


def test_no_cell_of_a_person_can_come_in(tmp_path: Path) -> None:
    """Whatever else the folder, its tables or the verdict hold is not read or not shown."""
    canary = "KANARIENVOGEL"
    folder = check_example.write(tmp_path, {"BES-21": 3}, runs=2)
    for path in folder.glob("*.parquet"):
        table = pq.read_table(path)
        table = table.append_column("person_id", pa.array([canary] * table.num_rows))
        pq.write_table(table, path)
    pq.write_table(pa.table({"person_id": [canary]}), folder / "core_bestand.parquet")
    content = json.loads((folder / "pruefung.json").read_text("utf-8"))
    content["treffer"] = canary
    for rule in content["regeln"]:
        rule["zeilen"] = [canary]
    (folder / "pruefung.json").write_text(json.dumps(content), "utf-8")
    history = folder / "pruefungen.jsonl"
    lines = [
        json.loads(line) | {"treffer": canary}
        for line in history.read_text("utf-8").splitlines()
    ]
    history.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    for html in pages(folder).values():
        assert "BES-21" in html
        assert canary not in html
