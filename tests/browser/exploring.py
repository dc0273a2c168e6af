"""Choosing views of the explorer and reading what it shows, and what it must show."""

from typing import Any

from playwright.sync_api import Page

from pipeline.report.numbers import Numbers
from tests.report import example

NUMBERS = Numbers("de")
WOMEN, MEN = "#f46a25", "#12436d"
CONTROLS = ("kennzahl", "schnitt", "ansicht", "monat", "gruppe")
VIEWS = (
    "kennzahl=K2&schnitt=insgesamt&monat=2014-06",
    "kennzahl=K2&schnitt=insgesamt&ansicht=verlauf",
    "kennzahl=K2&schnitt=instrument&monat=2013-12",
    "kennzahl=K2&schnitt=bg_typ&ansicht=verlauf&eins=alleinerziehend",
    "kennzahl=K2&schnitt=bg_typ_x_alter&monat=2015-12&eins=alleinstehend",
    "kennzahl=K2&schnitt=bg_typ_x_alter&monat=2015-12&zwei=unter_25",
    "kennzahl=K2&schnitt=massnahme_x_bezugsdauer&ansicht=verlauf"
    "&eins=kommunal&zwei=unter_3_monate",
    "kennzahl=P1&schnitt=insgesamt&monat=2016-08",
)


def go(page: Page, view: str) -> None:
    """Choose a view by its address and wait until it is drawn."""
    page.evaluate(
        """view => new Promise(done => {
            const chart = document.getElementById('diagramm');
            if (location.hash === '#' + view) return done();
            window.addEventListener('hashchange', () => setTimeout(done, 0), {once: true});
            location.hash = view;
        })""",
        view,
    )


def cells(page: Page) -> list[list[str]]:
    """The body of the table as shown."""
    found: list[list[str]] = page.eval_on_selector_all(
        "#tabelle tbody tr", "rows => rows.map(r => [...r.children].map(c => c.textContent))"
    )
    return found


def drawn(page: Page) -> dict[str, list[float]]:
    """The quotas in the chart, women and men, as Plotly has them: top down or oldest first."""
    traces: list[dict[str, Any]] = page.evaluate(
        """() => document.getElementById('diagramm').data.map(t => ({
            mode: t.mode, color: t.line && t.line.color || t.marker && t.marker.line.color,
            x: [...t.x], y: [...t.y]}))"""
    )
    over_time = "ansicht=verlauf" in page.url
    found = {}
    for trace in traces:
        if "markers" in trace["mode"]:
            values = trace["y"] if over_time else trace["x"]
            found[trace["color"]] = [v for v in values if v is not None]
    return found


def published(table: example.Example, view: str) -> list[dict[str, dict[str, Any]]]:
    """The rows of pub_quote that a view must show, per category or month, by sex."""
    asked = dict(part.split("=") for part in view.split("&"))
    over_time = asked.get("ansicht") == "verlauf"
    groups: dict[tuple[str, ...], dict[str, dict[str, Any]]] = {}
    for row in table.rows:
        same = row["kennzahl"] == asked["kennzahl"] and row["schnitt"] == asked["schnitt"]
        same = same and (over_time or row["berichtsmonat"] == asked["monat"])
        same = same and asked.get("eins", row["auspraegung_1"]) == row["auspraegung_1"]
        if same and asked.get("zwei", row["auspraegung_2"]) == row["auspraegung_2"]:
            key = (row["berichtsmonat"], row["auspraegung_1"], row["auspraegung_2"])
            groups.setdefault(key, {})[row["geschlecht"]] = row
    return [g for g in groups.values() if any(r["status"] != "keine_faelle" for r in g.values())]


def expected(rows: dict[str, dict[str, Any]]) -> list[str]:
    """The first cells of a table row as they must read: three quotas, then three counts."""
    words = {"gesperrt": "geheim gehalten", "keine_faelle": "keine Fälle"}
    quotas, counts = [], []
    for sex in ("w", "m", "insgesamt"):
        row = rows[sex]
        shown = row["status"] in ("ok", "unsicher")
        quotas.append(NUMBERS.rate(row["quote"]) if shown else words[row["status"]])
        none = words[row["status"]] if row["status"] == "gesperrt" else "0"
        counts.append(NUMBERS.count(row["zaehler"]) if shown else none)
    return quotas + counts
