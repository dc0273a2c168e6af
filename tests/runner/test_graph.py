"""The graph of stages: what may read what, and when a stage has to run again."""

from pathlib import Path

import pytest

from pipeline.code import PACKAGE, code_hash, imported_files
from pipeline.registries import DELIVERED_TABLES, contract
from pipeline.runner import report_stage
from pipeline.stages import RAW, STAGES, file_name, load_function

ORDER = ["ingest", "quotas", "quality", "disclosure", "report"]


def test_every_table_is_written_by_one_stage_before_another_reads_it() -> None:
    written = {RAW}
    for stage in STAGES:
        assert written >= set(stage.reads), stage.name
        assert not written & set(stage.writes), stage.name
        written |= set(stage.writes)


def test_every_function_of_the_graph_exists() -> None:
    for stage in STAGES:
        assert callable(stage.load())
        assert not stage.warm_up or callable(load_function(stage.warm_up))


def test_the_report_reads_nothing_but_published_tables() -> None:
    level = {table: stage.level for stage in STAGES for table in stage.writes}
    assert {level[table] for table in report_stage().reads} == {"frei"}


def test_a_report_that_reads_a_mart_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    last = STAGES[-1]
    open_stage = type(last)(last.name, last.function, ("mart_quote",), last.writes, last.level)
    monkeypatch.setattr("pipeline.runner.STAGES", (*STAGES[:-1], open_stage))
    with pytest.raises(RuntimeError, match="mart_quote"):
        report_stage()


@pytest.mark.parametrize("folder", ORDER)
def test_a_folder_imports_only_what_the_data_has_already_passed(folder: str) -> None:
    later = ORDER[ORDER.index(folder) + 1 :]
    for file in (PACKAGE / folder).rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        used = [other for other in later if f"pipeline.{other}" in text]
        assert not used, f"{file.name} imports {used}"


def test_the_code_of_a_stage_is_its_module_and_what_that_imports() -> None:
    names = {str(p.relative_to(PACKAGE)) for p in imported_files("pipeline.quotas.marts")}
    assert {"quotas/marts.py", "quotas/cube.py", "quotas/steps.py", "registries.py"} <= names
    assert not any(name.startswith("report/") for name in names)


def test_a_changed_sql_file_changes_the_code_of_the_stages_that_run_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = PACKAGE / "sql"
    before = code_hash("pipeline.quotas.core", "sql")
    original = Path.read_bytes
    monkeypatch.setattr(
        Path,
        "read_bytes",
        lambda p: original(p) + (b" " if p == folder / "core_start.sql" else b""),
    )
    assert code_hash("pipeline.quotas.core", "sql") != before


@pytest.mark.parametrize(
    ("table", "file"),
    [("mart_quote", "mart_quote.parquet"), ("stg/", "stg"), ("pruefung.json", "pruefung.json")],
)
def test_the_name_of_a_table_tells_its_file(table: str, file: str) -> None:
    assert file_name(table) == file


def test_every_delivered_table_has_a_contract_with_its_key() -> None:
    for table in DELIVERED_TABLES:
        names = contract(table).names()
        assert set(contract(table).schluessel) <= set(names)
