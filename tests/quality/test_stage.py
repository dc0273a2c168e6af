"""The stage keeps what it found; a broken critical rule then forbids the report."""

import json
from pathlib import Path

import pytest

from pipeline.errors import RuleError
from pipeline.quality.stage import refuse, run
from pipeline.quality.tables import checked_tables
from pipeline.settings import Settings
from pipeline.stages import Work
from tests.quality.small import clean_tables, export


def judged(folder: Path, *faults: str) -> tuple[Path, Settings]:
    """Where the stage wrote what it found in clean tables with these faults."""
    con = clean_tables()
    for fault in faults:
        con.execute(fault)
    work = Work(
        inputs=export(con, folder, checked_tables()),
        previous={},
        out=folder / "aus",
        temp=folder / "zwischen",
        settings=Settings(curated=folder, threads=1, memory_limit="500MB"),
    )
    work.out.mkdir()
    run(work)
    assert not (folder / ".pruefung").exists()
    return work.out, work.settings


def test_a_broken_critical_rule_forbids_the_report_and_the_verdict_is_kept(tmp_path: Path) -> None:
    out, settings = judged(
        tmp_path,
        "update core_zeilenbilanz set geliefert = geliefert + 1 where tabelle = 'bestand'",
        "update core_bestand set geburtsjahr = 1900 where rowid = 0",
    )
    assert [path.name for path in out.iterdir()] == ["pruefung.json"]
    assert json.loads((out / "pruefung.json").read_text("utf-8"))["urteil"] == "verletzt"
    with pytest.raises(RuleError) as caught:
        refuse(out, settings)
    assert caught.value.exit_code == 12
    assert caught.value.problems == [
        "Regel ZB-21 verletzt (kritisch): Geliefert = übernommen + abgewiesen + zusammengeführt "
        "(core_zeilenbilanz: 1 Treffer in 3 Zeilen)"
    ]


def test_a_warning_lets_the_run_pass(tmp_path: Path) -> None:
    out, settings = judged(
        tmp_path, "update core_bestand set geburtsjahr = 1900 where rowid = 0"
    )
    refuse(out, settings)
    found = json.loads((out / "pruefung.json").read_text("utf-8"))
    assert found["zaehlung"]["warning"]["verletzt"] >= 1
