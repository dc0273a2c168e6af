"""The built page: structure, numbers in text equal to numbers in tables, nothing from outside."""

import base64
import hashlib
import re
from itertools import pairwise
from pathlib import Path

from pipeline.breakdowns import breakdowns_of
from tests.report.html import Page, cells, decimals, text


def test_the_build_writes_two_pages_and_three_tables_and_nothing_else(built: Path) -> None:
    files = sorted(str(p.relative_to(built)) for p in built.rglob("*") if p.is_file())
    tables = [f"tabellen/{name}" for name in ("quoten.csv", "quoten.xlsx", "quoten_excel.csv")]
    assert files == ["explorer.html", "index.html", *tables]


def test_every_page_carries_the_three_notices_on_screen_and_in_print(page: Page) -> None:
    banner = text(page.one(".//div[@class='banner']"))
    style = text_of_style(page)
    for words in (
        "Geheimhaltung vorläufig – nicht veröffentlichen",
        "Eigene Auswertung nach den Definitionen zu § 48a SGB II – nicht amtlich",
    ):
        assert words in banner
        assert f'content: "{words}"' in style
    assert "Synthetische Daten" in banner


def test_the_synthetic_notice_appears_only_for_synthetic_data(full, build_page) -> None:
    full = type(full)(full.rows, full.angaben | {"synthetisch": "false"})
    assert "Synthetische Daten:" not in text(build_page(full).one(".//div[@class='banner']"))


def test_the_header_states_month_data_and_run(page: Page) -> None:
    stand = text(page.one(".//p[@class='stand']"))
    assert stand == "Berichtsmonat August 2016 · Datenstand 31. Dezember 2016 · Lauf a1b2c3d4e5f6"


def text_of_style(page: Page) -> str:
    return page.one(".//style").text or ""


def test_the_policy_allows_the_one_style_sheet_and_nothing_else(page: Page) -> None:
    policy = page.one(".//meta[@http-equiv='Content-Security-Policy']").attrib["content"]
    digest = hashlib.sha256(text_of_style(page).encode()).digest()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{base64.b64encode(digest).decode()}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_nothing_is_loaded_and_nothing_runs(page: Page) -> None:
    assert not page.all(".//script")
    for node in page.root.iter():
        for name, value in node.attrib.items():
            assert name != "style" and not name.startswith("on"), f"{node.tag} {name}"
            if name == "src" or (name == "href" and node.tag != "a"):
                assert value.startswith("#"), value
    assert "url(" not in text_of_style(page)
    assert "@import" not in text_of_style(page)


def test_headings_go_down_one_level_at_a_time_under_one_h1(page: Page) -> None:
    levels = [int(n.tag[1]) for n in page.root.iter() if re.fullmatch(r"h[1-6]", str(n.tag))]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_every_reference_resolves(page: Page) -> None:
    ids = [n.attrib["id"] for n in page.root.iter() if "id" in n.attrib]
    assert len(ids) == len(set(ids))
    for node in page.root.iter():
        for name in ("href", "aria-labelledby"):
            target = node.attrib.get(name, "")
            if name == "href" and not target.startswith("#"):
                continue
            if target:
                assert target.removeprefix("#") in ids, target


def test_every_present_breakdown_has_a_block_in_registry_order_within_its_section(
    page: Page,
) -> None:
    ids = [b.attrib["id"] for b in page.blocks]
    measures = ["massnahme", "bezugsdauer", "massnahme_x_bezugsdauer", "instrument"]
    placed = {"insgesamt", "hilfe_67", "lzb", *measures}
    others = [b.id for b in breakdowns_of("K2") if b.id not in placed]
    assert ids == [
        "verlauf",
        *("qualitaet", "qualitaet-jahre"),
        *measures,
        *("zugang", "zugang-instrument"),
        *("eq-verlauf", "eq_6-massnahmedauer", "eq_6-instrument_x_massnahmedauer"),
        *others,
        "jahr",
    ]


def test_every_block_keeps_the_fixed_order(page: Page) -> None:
    for block in page.blocks:
        classes = [
            c
            for node in block.iter()
            for c in [node.attrib.get("class", "") or str(node.tag)]
            if c in ("nummer", "h3", "untertitel", "bild breit", "lesen", "laden", "formel")
            or c.startswith("zahlen")
            or c == "grenze"
        ]
        order = ["nummer", "h3", "untertitel", "bild breit", "lesen", "zahlen", "laden", "formel"]
        places = [[*order, "grenze"].index(c.split(" kurz")[0]) for c in classes]
        assert places == sorted(places), block.attrib["id"]
        assert {"nummer", "h3", "untertitel", "laden", "formel", "grenze"} <= set(classes)


def test_every_table_has_a_caption_scopes_and_equal_rows(page: Page) -> None:
    tables = page.all(".//table")
    assert len(tables) == len(page.blocks) + 3
    for table in tables:
        assert text(table.findall("caption")[0])
        head = table.findall("thead/tr/th")
        assert all(th.attrib["scope"] == "col" for th in head)
        for row in table.findall("tbody/tr"):
            if row.attrib.get("class") == "gruppe":
                assert row[0].attrib == {"scope": "rowgroup", "colspan": str(len(head))}
                continue
            assert len(row) == len(head)
            assert row[0].tag == "th" and row[0].attrib["scope"] == "row"


def test_numbers_are_flush_right_and_words_stand_where_a_number_is_missing(page: Page) -> None:
    for table in page.all(".//table"):
        for cell in table.findall(".//td"):
            is_number = re.fullmatch(r"[+\u2212]?[\d.,]+", text(cell)) is not None
            assert cell.attrib["class"] == ("zahl" if is_number else "wort"), text(cell)
            assert text(cell) not in ("-", "–", "*", "x", "."), "words, not signs"


def test_every_chart_is_named_and_has_a_table(page: Page) -> None:
    for svg in page.all(".//svg"):
        assert svg.attrib["role"] == "img"
        assert 20 <= len(svg.attrib["aria-label"]) <= 140, svg.attrib["aria-label"]
        assert "viewBox" in svg.attrib and "width" not in svg.attrib
    for block in page.blocks:
        for figure in block.findall(".//figure"):
            assert figure.findall(".//svg")
            assert block.findall(".//table")


def test_every_number_of_a_block_stands_in_its_table(page: Page) -> None:
    for block in page.blocks:
        (table,) = block.findall(".//table")
        in_table = {c.lstrip("\u2212") for row in cells(table) for c in row}
        prose = " ".join(
            text(n) for n in block.findall(".//h3") + block.findall("p[@class='lesen']")
        )
        charts = [svg.attrib["aria-label"] + " " + text(svg) for svg in block.findall(".//svg")]
        for words in [prose, *charts]:
            assert decimals(words) <= in_table, block.attrib["id"]


def test_every_number_of_the_key_findings_stands_in_their_table(page: Page) -> None:
    section = page.one(".//section[@class='wichtig']")
    in_table = {c.lstrip("+\u2212") for row in cells(page.by_id("tabelle-wichtig")) for c in row}
    for part in ("ul[@class='saetze']", "dl"):
        words = text(section.findall(part)[0])
        assert decimals(words)
        assert decimals(words) <= in_table


def test_a_wide_chart_shows_as_many_rows_as_its_table_has_cells_with_persons(page: Page) -> None:
    block = page.by_id("bezugsdauer")
    rows = [r for r in cells(block.findall(".//table")[0]) if "keine Fälle" not in r[1:3]]
    wide = block.findall(".//svg[@class='bild breit']")[0]
    gaps = [t for t in wide.iter("text") if re.fullmatch(r"\u2212?\d+,\d", (t.text or "").strip())]
    bold = [t for t in gaps if t.attrib.get("font-weight") == "700"]
    assert len(bold) == len(rows)


def test_districts_and_instruments_are_tables_without_a_chart_or_ranking(page: Page) -> None:
    for name in ("stadtbezirk", "instrument"):
        assert not page.by_id(name).findall(".//svg")
    districts = [row[0] for row in cells(page.by_id("tabelle-stadtbezirk"))]
    assert districts == ["Mitte", "Nord", "Öhringer Vorstadt", "Ost", "Süd"]


def test_downloads_name_format_and_size_and_exist(page: Page) -> None:
    links = page.all(".//p[@class='laden']/a")
    assert len(links) == 3 * (len(page.blocks) + 1)
    for link in links:
        assert re.search(r"(CSV|Excel-Mappe) .*\([\d.]+\skB\)$", text(link))
        assert (page.folder / link.attrib["href"]).is_file()


def test_the_checksum_is_that_of_the_machine_readable_table(page: Page) -> None:
    digest = hashlib.sha256((page.folder / "tabellen/quoten.csv").read_bytes()).hexdigest()
    codes = {text(c) for c in page.all(".//details[@class='formel']//code")}
    assert codes == {digest}


def test_known_breaks_are_marked_inside_the_period_only(page: Page) -> None:
    (part,) = page.by_id("verlauf").findall("div[@class='brueche']")
    assert "A April 2016" in text(part)
    assert "2012" not in text(part) and "2019" not in text(part)


def test_the_state_of_the_data_names_what_is_missing(page: Page) -> None:
    body = text(page.root)
    assert "Hilfebedarf nach § 67 SGB XII, Langzeitleistungsbezug" in body
    assert "Langzeitleistungsbeziehenden (K3E1)." in body
    assert "K2, P1 (September 2016 bis Oktober 2016): Die Wartezeit von drei Monaten ist" in body
    assert "So zugeordnete Personen in diesen Daten: weniger als 3." in body


def test_the_english_page_has_the_same_ids_and_its_own_language(
    page: Page, full, build_page
) -> None:
    english = build_page(full, "en")
    assert english.root.attrib["lang"] == "en" and page.root.attrib["lang"] == "de"
    ids = [[n.attrib["id"] for n in p.root.iter() if "id" in n.attrib] for p in (page, english)]
    assert sorted(ids[0]) == sorted(ids[1])
    german = [r[1:3] for r in cells(page.by_id("tabelle-bezugsdauer"))]
    both = [r[1:3] for r in cells(english.by_id("tabelle-bezugsdauer"))]
    assert [c.replace(",", ".") for c in german[0]] == both[0]
