"""How long the explorer takes to draw a change: python -m benchmarks.explorer [PAGE ...].

Opens each page in Chromium at 1280 pixels, changes a random control again and again and measures
from the change until Plotly has drawn, the table is filled and the browser has painted.
"""

import os
import random
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.find import browser as find_browser

PAGES = (Path("reports/aktuell/explorer.html"), Path("data/intern/explorer.html"))
CHANGES = 50
SEED = 1
# Takes two numbers in [0, 1): which of the visible controls, and which of its other options.
CHANGE = """async ([which, option]) => {
    const controls = [...document.querySelectorAll('select')]
        .filter(s => !s.closest('.feld').hidden && s.options.length > 1);
    const control = controls[Math.floor(which * controls.length)];
    const others = [...control.options].filter(o => !o.selected);
    const chart = document.getElementById('diagramm');
    const drawn = chart.hidden || !chart.on ? Promise.resolve()
        : new Promise(done => { chart.once('plotly_afterplot', done); setTimeout(done, 2000); });
    const start = performance.now();
    control.value = others[Math.floor(option * others.length)].value;
    control.dispatchEvent(new Event('change', {bubbles: true}));
    await drawn;
    const ready = performance.now();
    await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
    return [ready - start, performance.now() - start, location.hash];
}"""


@dataclass(frozen=True)
class Change:
    """Milliseconds until chart and table were ready, until they were painted, and the view."""

    ready: float
    painted: float
    view: str


def opening(page: Page, path: Path) -> float:
    """Seconds until a page has drawn its first chart."""
    page.goto(path.resolve().as_uri())
    page.wait_for_selector("#diagramm .main-svg")
    return float(page.evaluate("performance.now()")) / 1000


def changes(page: Page) -> list[Change]:
    """The measured changes of an open page; the same views in the same order in every run."""
    chance = random.Random(SEED)
    return [
        Change(*page.evaluate(CHANGE, [chance.random(), chance.random()])) for _ in range(CHANGES)
    ]


def report(path: Path, seconds: float, found: list[Change]) -> str:
    """The measurements of a page in two lines."""
    worst = max(found, key=lambda change: change.painted)
    ready, painted = ([c.ready for c in found], [c.painted for c in found])
    return (
        f"{path} ({path.stat().st_size / 1e6:.1f} MB): offen nach {seconds:.1f} s; "
        f"{len(found)} Änderungen: Bild und Tabelle fertig im Median {statistics.median(ready):.0f}"
        f" ms, höchstens {max(ready):.0f} ms; gemalt im Median {statistics.median(painted):.0f} ms,"
        f" höchstens {worst.painted:.0f} ms\n    am längsten: {worst.view}"
    )


def measure(browser: Browser, path: Path) -> str:
    """Open a page and measure it."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    seconds = opening(page, path)
    line = report(path, seconds, changes(page))
    page.close()
    return line


def main() -> int:
    paths = [Path(name) for name in sys.argv[1:]] or [p for p in PAGES if p.exists()]
    executable = find_browser()
    if not paths or executable is None:
        sys.stderr.write("Fehler: Seite oder Chromium fehlt. Zuerst make report ausführen.\n")
        return 15
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=sandbox)
        for path in paths:
            sys.stdout.write(measure(browser, path) + "\n")
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
