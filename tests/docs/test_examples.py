"""The examples in the guides run as they stand, on the tables of a tiny delivery."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import duckdb
import pytest

from docs.erzeuger.tabellen import small_run
from pipeline.files import hash_path
from pipeline.ingest.corrections import read_corrections
from pipeline.ingest.note import read_note
from tests.docs.pages import DOCS

GUIDES = sorted((DOCS / "anleitung").glob("*.md"))
SCRIPT = re.compile(r"\.venv/bin/python - <<'ENDE'\n(.*?)\nENDE\n", flags=re.S)
CHECKSUMS = "ausgaben_sha256"


def blocks(language: str) -> list[str]:
    """All code blocks of a language in the guides."""
    pattern = rf"```{language}\n(.*?)```"
    return [b for g in GUIDES for b in re.findall(pattern, g.read_text("utf-8"), flags=re.S)]


def scripts() -> list[str]:
    """All Python scripts that the guides show for a shell."""
    return [s for block in blocks("") for s in SCRIPT.findall(block)]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with data/curated and the checksums of its tables in data/curated/lauf.json."""
    folder = tmp_path_factory.mktemp("projekt")
    curated = small_run(folder)
    hashes = {p.stem: hash_path(p) for p in curated.glob("*.parquet")}
    record = json.dumps({CHECKSUMS: hashes})
    (curated / "lauf.json").write_text(record, encoding="utf-8")
    return folder


def output_of(script: str, project: Path) -> str:
    """What a script prints when run in the project's folder."""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_query_script_runs(project: Path) -> None:
    queries = [s for s in scripts() if CHECKSUMS not in s]
    assert queries
    for script in queries:
        assert "─" in output_of(script, project)


def test_every_sql_block_runs(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    assert blocks("sql")
    for sql in blocks("sql"):
        assert duckdb.execute(sql).description


def test_the_checksum_script_is_silent_until_a_table_changes(project: Path) -> None:
    (script,) = [s for s in scripts() if CHECKSUMS in s]
    assert output_of(script, project) == ""
    table = project / "data" / "curated" / "core_lauf.parquet"
    kept = table.read_bytes()
    table.write_bytes(kept + b"x")
    try:
        assert output_of(script, project) == "core_lauf weicht ab\n"
    finally:
        table.write_bytes(kept)


def test_the_example_of_lieferung_toml_is_accepted(tmp_path: Path) -> None:
    (text,) = [block for block in blocks("toml") if block.startswith("lieferung")]
    (tmp_path / "lieferung.toml").write_text(text, encoding="utf-8")
    note = read_note(tmp_path / "lieferung.toml")
    assert tomllib.loads(text)["lieferung"] == note.id


def test_the_example_of_corrections_toml_is_accepted(tmp_path: Path) -> None:
    (text,) = [block for block in blocks("toml") if block.startswith("[[korrektur]]")]
    (tmp_path / "corrections.toml").write_text(text, encoding="utf-8")
    (found,) = read_corrections(tmp_path, ["2016-03"]).values()
    assert [one.wert for _, one in found] == ["w"]
