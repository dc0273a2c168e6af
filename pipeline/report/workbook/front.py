"""The first two sheets: what the workbook holds, and how to read it."""

from xlsxwriter.worksheet import Worksheet

from pipeline.registries import Code
from pipeline.report import state
from pipeline.report.pub import Pub
from pipeline.report.sentences import Voice
from pipeline.report.workbook.layout import Layout
from pipeline.report.workbook.sheets import Sheet, in_order

SOURCES = ("verordnung", "sgb2", "ba")
STATUSES = ("unsicher", "gesperrt", "keine_faelle", "fehlt")


def banners(pub: Pub, voice: Voice) -> list[str]:
    """What must be said on every sheet."""
    found = [voice.t("seite.banner_geheim"), voice.t("seite.banner_amtlich")]
    if pub.angaben.get("synthetisch") == "true":
        found.insert(0, voice.t("seite.banner_synthetisch"))
    return found


def write_contents(layout: Layout, pub: Pub, voice: Voice, sheets: tuple[Sheet, ...]) -> None:
    """Title, banners, the facts of the run and one linked line per sheet."""
    t, formats = voice.t, layout.formats
    page = layout.sheet(t("mappe.inhalt"))
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 80)
    page.set_column(2, 2, 10)
    page.write_string(0, 0, t("seite.titel"), formats["title"])
    row = 1
    for words in banners(pub, voice):
        page.write_string(row, 0, words, formats["warning"])
        row += 1
    for line in state.table(pub, voice, state.facts(pub, voice)).rows:
        row += 1
        page.write_string(row, 0, line.cells[0], formats["name"])
        page.write_string(row, 1, line.cells[1], formats["wrapped"])
    row += 2
    for column, words in enumerate(t.lines("mappe.inhalt_kopf")):
        page.write_string(row, column, words, formats["head"])
    _write_link(page, row + 1, t("mappe.hinweise"), layout)
    page.write_string(row + 1, 1, t("mappe.hinweise_zeile"))
    for below, sheet in enumerate(sheets, start=row + 2):
        _write_link(page, below, sheet.name, layout)
        page.write_string(below, 1, sheet.titel)
        page.write_number(below, 2, len(sheet.lines), formats["count"])


def write_notes(layout: Layout, voice: Voice, sheets: tuple[Sheet, ...]) -> None:
    """What is counted, units, columns, status words, rounding, suppression, sources."""
    t, formats = voice.t, layout.formats
    page = layout.sheet(t("mappe.hinweise"))
    page.set_column(0, 0, 46)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, t("mappe.hinweise"), formats["title"])
    _write_link(page, 1, t("mappe.inhalt"), layout)
    row = 3
    kennzahlen = in_order(code for sheet in sheets for code in sheet.kennzahlen)
    parts = {
        t("gezaehlt.titel"): [(t("gezaehlt.kern"), t("nicht_gesagt.wichtig"))],
        t("mappe.kennzahlen"): [_kennzahl(code, voice) for code in kennzahlen],
        t("mappe.spalten_titel"): _pairs(voice, "mappe.spalten"),
        t("mappe.status_titel"): [
            (t(f"status.{status}"), t(f"mappe.status.{status}")) for status in STATUSES
        ],
        t("abschnitt.sicher"): [("", line) for line in t.lines("sicher.absaetze")],
        t("methode.quellen_titel"): [(t(f"quelle.{s}"), t(f"quelle.{s}_url")) for s in SOURCES],
    }
    for heading, lines in parts.items():
        page.write_string(row, 0, heading, formats["heading"])
        for name, words in lines:
            row += 1
            page.write_string(row, 0, name, formats["wrapped"])
            page.write_string(row, 1, words, formats["wrapped"])
        row += 2


def _kennzahl(code: Code, voice: Voice) -> tuple[str, str]:
    name = f"{code.code}: {code.label(voice.n.lang)}"
    unit = code.extra["einheit"]
    return name, voice.t(
        "mappe.kennzahl",
        einheit=voice.t(f"einheit.kennzahl.{unit}"),
        zaehler=voice.t(f"explorer.zaehler.{unit}"),
        nenner=voice.t(f"explorer.nenner.{unit}"),
    )


def _pairs(voice: Voice, key: str) -> list[tuple[str, str]]:
    """Lines "name|meaning" of the text registry."""
    return [(name, words) for name, _, words in (e.partition("|") for e in voice.t.lines(key))]


def _write_link(page: Worksheet, row: int, name: str, layout: Layout) -> None:
    page.write_url(row, 0, f"internal:'{name}'!A1", layout.formats["link"], name)
