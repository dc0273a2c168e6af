"""The stage adds to the published facts what only the run and its settings know."""

from pathlib import Path

from pipeline.report.stage import run
from pipeline.settings import Settings
from pipeline.stages import STAGES, Work
from tests.report import example
from tests.report.html import parse, text


def test_the_run_and_the_labour_force_reach_the_page(full: example.Example, tmp_path: Path) -> None:
    table = example.Example(full.rows, {k: v for k, v in full.angaben.items() if k != "lauf"})
    quote, angaben = table.write(tmp_path / "pub")
    out, temp = tmp_path / "aus", tmp_path / "zwischen"
    out.mkdir()
    temp.mkdir()
    settings = Settings(erwerbspersonen_frauen=150_000, erwerbspersonen_maenner=170_000)
    inputs = {"pub_quote": quote, "pub_angaben": angaben}
    run(Work(inputs, {}, out, temp, settings, "abc123"))
    page = parse(out / "index.html")
    assert "Lauf abc123" in text(page.one(".//p[@class='stand']"))
    assert "150.000" in text(page.by_id("tabelle-mindestbeteiligung"))


def test_every_setting_the_page_depends_on_makes_it_anew() -> None:
    (stage,) = (s for s in STAGES if s.name == "berichten")
    assert set(stage.settings) == {"sprache", "erwerbspersonen_frauen", "erwerbspersonen_maenner"}
