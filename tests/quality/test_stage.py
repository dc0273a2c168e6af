"""The stage stops a run whose tables break a critical rule, and lets a warning pass."""

from pathlib import Path

import pytest

from pipeline.errors import RuleError
from pipeline.quality.stage import run
from pipeline.quality.tables import checked_tables
from pipeline.settings import Settings
from pipeline.stages import Work
from tests.quality.small import clean_tables, export


def test_a_broken_critical_rule_ends_the_run_with_exit_code_12(tmp_path: Path) -> None:
    con = clean_tables()
    con.execute("update core_zeilenbilanz set geliefert = geliefert + 1 where tabelle = 'bestand'")
    con.execute("update core_bestand set geburtsjahr = 1900 where rowid = 0")
    work = Work(
        inputs=export(con, tmp_path, checked_tables()),
        previous={},
        out=tmp_path / "aus",
        temp=tmp_path / "zwischen",
        settings=Settings(curated=tmp_path, threads=1, memory_limit="500MB"),
    )
    work.out.mkdir()
    with pytest.raises(RuleError) as caught:
        run(work)
    assert caught.value.exit_code == 12
    assert caught.value.problems == [
        "Regel ZB-21 verletzt (kritisch): Geliefert = übernommen + abgewiesen + zusammengeführt "
        "(core_zeilenbilanz: 1 Treffer in 3 Zeilen)"
    ]
    assert [path.name for path in work.out.iterdir()] == ["pruefung.json"]
    assert not (tmp_path / ".pruefung").exists()
