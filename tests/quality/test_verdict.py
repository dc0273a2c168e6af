"""pruefung.json: counts only, the same bytes whoever writes it, and no value of any row."""

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import CannotJudgeError, UsageError
from pipeline.quality import RuleResult, Verdict, start, suite, validate
from pipeline.quality.dialect import Cursor
from pipeline.quality.rules import Rule
from pipeline.quality.tables import checked_tables
from tests.quality.small import clean_tables, export, rule

CANARY_NUMBER = 7654321
CANARIES = {
    "VARCHAR": ("'KANARIENVOGEL'", "KANARIENVOGEL"),
    "DATE": ("date '1777-07-07'", "1777"),
    "INTEGER": (str(CANARY_NUMBER), str(CANARY_NUMBER)),
    "BIGINT": (str(CANARY_NUMBER), str(CANARY_NUMBER)),
    "DECIMAL(18,2)": (f"-{CANARY_NUMBER}", str(CANARY_NUMBER)),
    "DOUBLE": (str(CANARY_NUMBER), str(CANARY_NUMBER)),
    "TINYINT": ("99", "TINYINT has no canary of its own"),
}
MARKS = sorted({mark for _, mark in CANARIES.values()})


@pytest.fixture
def clean(tmp_path: Path) -> dict[str, Path]:
    return export(clean_tables(), tmp_path, checked_tables())


@pytest.fixture
def canaries(tmp_path: Path) -> dict[str, Path]:
    """Tables in which every cell of two rows is a canary, so that most rules fail on them."""
    con = clean_tables()
    for table in checked_tables().values():
        cells = ", ".join(f"{c.name} = {CANARIES[c.typ][0]}" for c in table.columns)
        con.execute(f"update {table.name} set {cells} where rowid < 2")
    return export(con, tmp_path, checked_tables())


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every row that Great Expectations fetches from the database during a test."""
    rows: list[Any] = []
    for name in ("fetchone", "fetchmany", "fetchall"):
        original = getattr(Cursor, name)

        def recorded(self: Cursor, *args: Any, original: Any = original) -> Any:
            result = original(self, *args)
            rows.append(result)
            return result

        monkeypatch.setattr(Cursor, name, recorded)
    return rows


def test_no_value_of_a_row_is_fetched_written_printed_or_logged(
    canaries: dict[str, Path],
    tmp_path: Path,
    fetched: list[Any],
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    out = tmp_path / "pruefung.json"
    verdict = validate(canaries, out)
    captured = capfd.readouterr()
    assert verdict.critical
    assert len(verdict.broken("critical")) > 30
    assert captured.out == captured.err == ""
    shown = {"pruefung.json": out.read_text(), "fetched": repr(fetched), "log": caplog.text}
    assert [(where, m) for where, text in shown.items() for m in MARKS if m in text] == []
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix != ".parquet") == ["pruefung.json"]


def test_the_child_gives_the_same_bytes_as_this_process_under_another_hash_seed(
    canaries: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "4711")
    mart = {"mart_quote": canaries["mart_quote"]}
    core = {name: path for name, path in canaries.items() if name not in mart}
    check = start(core, spill_in=tmp_path, threads=2)
    here = validate(canaries, tmp_path / "here.json", threads=1)
    check.add(mart)
    there = check.wait(tmp_path / "there.json")
    assert there == here
    assert (tmp_path / "there.json").read_bytes() == (tmp_path / "here.json").read_bytes()
    captured = capfd.readouterr()
    assert captured.out == captured.err == ""


def test_a_rule_is_written_with_counts_titles_and_verdict_sorted_by_id(
    clean: dict[str, Path], tmp_path: Path
) -> None:
    out = tmp_path / "pruefung.json"
    rules = (rule("PM-21"), rule("BES-21"))
    verdict = validate(clean, out, rules=rules)
    written = json.loads(out.read_text(encoding="utf-8"))
    assert not verdict.critical
    assert written["urteil"] == "bestanden"
    assert written["zaehlung"]["critical"] == {"regeln": 1, "verletzt": 0}
    assert [entry["regel"] for entry in written["regeln"]] == ["BES-21", "PM-21"]
    assert written["regeln"][0] == {
        "regel": "BES-21",
        "tabelle": "core_bestand",
        "ebene": "spalte",
        "severity": "warning",
        "titel_de": "Das Alter am Stichtag liegt zwischen 15 und 67 Jahren",
        "titel_en": "The age at the reference day lies between 15 and 67 years",
        "warum_de": rule("BES-21").why,
        "warum_en": rule("BES-21").why_en,
        "herkunft": "expectations/core_bestand.toml",
        "geprueft": 154,
        "verletzt": 0,
        "urteil": "bestanden",
    }


def test_only_a_broken_critical_rule_makes_the_verdict_critical() -> None:
    warning, critical = rule("BES-21"), rule("PM-21")
    assert not Verdict((RuleResult(warning, 10, 3, False),)).critical
    assert Verdict((RuleResult(critical, 10, 1, False),)).critical


def test_a_broken_rule_is_said_in_both_languages() -> None:
    result = RuleResult(rule("BES-21"), 10, 3, False)
    assert result.sentence() == (
        "Regel BES-21 verletzt (Warnung): Das Alter am Stichtag liegt zwischen 15 und 67 Jahren "
        "(core_bestand: 3 Treffer in 10 Zeilen)"
    )
    assert result.sentence("en") == (
        "Rule BES-21 broken (warning): The age at the reference day lies between 15 and 67 years "
        "(core_bestand: 3 findings in 10 rows)"
    )


def test_a_missing_table_leaves_no_verdict(clean: dict[str, Path], tmp_path: Path) -> None:
    del clean["mart_quote"]
    with pytest.raises(CannotJudgeError, match="fehlt die Tabelle mart_quote") as caught:
        validate(clean, tmp_path / "pruefung.json")
    assert caught.value.exit_code == 15


def test_a_table_without_rules_is_refused(clean: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="core_x"):
        validate({**clean, "core_x": tmp_path / "x.parquet"}, tmp_path / "pruefung.json")


def test_a_missing_column_leaves_no_verdict(tmp_path: Path) -> None:
    con = clean_tables()
    con.execute("alter table core_bestand drop column lzb")
    paths = export(con, tmp_path, ["core_bestand"])
    with pytest.raises(CannotJudgeError, match="core_bestand: Die Spalte lzb fehlt"):
        validate(paths, tmp_path / "pruefung.json", rules=(rule("BES-21"),))


@pytest.mark.parametrize("content", [None, b"no parquet"])
def test_an_unreadable_table_leaves_no_verdict(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "core_bestand.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CannotJudgeError, match=r"core_bestand\.parquet lässt sich nicht lesen"):
        validate({"core_bestand": path}, tmp_path / "pruefung.json", rules=(rule("BES-21"),))


@pytest.mark.parametrize(
    ("sql", "type_"),
    [("select 1 from {batch} where cast(person_id as integer) = 1", None), (None, "expect_magic")],
)
def test_a_rule_that_cannot_be_evaluated_leaves_no_verdict_and_quotes_no_cell(
    clean: dict[str, Path], tmp_path: Path, sql: str | None, type_: str | None
) -> None:
    texts = ("t", "t", "info", "w", "w", "here")
    broken = Rule("BES-99", "core_bestand", "zeilen", *texts, type=type_, sql=sql)
    with pytest.raises(CannotJudgeError, match=r"Regel.* nicht aus") as caught:
        validate(clean, tmp_path / "pruefung.json", rules=(broken,))
    assert "P1" not in str(caught.value)
    assert not (tmp_path / "pruefung.json").exists()


def test_a_child_that_dies_leaves_no_verdict(tmp_path: Path) -> None:
    check = start({}, spill_in=tmp_path)
    check._process.kill()
    with pytest.raises(CannotJudgeError, match="abgebrochen") as caught:
        check.wait(tmp_path / "pruefung.json")
    assert caught.value.exit_code == 15
    check.stop()


def test_starting_a_check_does_not_import_great_expectations_here() -> None:
    """The parent would pay for the import that the child is there to hide."""
    import subprocess
    import sys

    code = "import sys, pipeline.quality; print('great_expectations' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_the_suite_has_no_id_twice() -> None:
    ids = [r.id for r in suite()]
    assert ids == sorted(set(ids))
