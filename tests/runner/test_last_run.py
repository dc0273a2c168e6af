"""What is kept of the last run: whole or not at all, and its loss costs the comparison only."""

import os
from datetime import date
from pathlib import Path

import pytest

from pipeline import last_run
from pipeline.last_run import REMEMBERED, find_changes, remember
from pipeline.runner import Run
from pipeline.settings import Settings
from tests.runner.test_changes import k2, person, write


def run_with(root: Path, *persons: str, computed: bool = True, as_of: date | None = None) -> Run:
    """A run whose tables hold these persons."""
    staged = write(root / "neu", [person(name) for name in persons], k2("2015-01"))
    (root / "curated").mkdir(exist_ok=True)
    for file in staged.iterdir():
        os.replace(file, root / "curated" / file.name)
    settings = Settings(curated=root / "curated", as_of=as_of, threads=1)
    return Run(settings, {}, seconds={"rechnen": 1.0} if computed else {})


def new_rows(run: Run) -> int:
    """Rows of the stock that are new in this run."""
    found = find_changes(run)
    assert found and found.stand == "verglichen"
    return found.zeilen[0].neu


def test_the_first_run_has_nothing_to_compare_with(tmp_path: Path) -> None:
    found = find_changes(run_with(tmp_path, "a"))
    assert found and found.stand == "erster"


def test_a_run_is_compared_with_the_one_remembered_last(tmp_path: Path) -> None:
    for persons in ("a", "ab"):
        remember(run_with(tmp_path, *persons))
    assert new_rows(run_with(tmp_path, *"abcd")) == 2


def test_a_run_that_computed_nothing_says_nothing(tmp_path: Path) -> None:
    assert find_changes(run_with(tmp_path, "a", computed=False)) is None
    remember(run_with(tmp_path, "a"))
    assert find_changes(run_with(tmp_path, "a", computed=False)) is None


def test_what_a_killed_run_did_not_remember_is_said_by_the_next_one(tmp_path: Path) -> None:
    remember(run_with(tmp_path, "a"))
    assert new_rows(run_with(tmp_path, *"ab", computed=False)) == 1


@pytest.mark.parametrize("step", ["publish", "point_to"])
def test_a_run_killed_while_it_remembers_leaves_the_last_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    remember(run_with(tmp_path, "a"))

    def killed(*_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(last_run, step, killed)
        remember(run_with(tmp_path, *"ab"))
    run = run_with(tmp_path, *"abc")
    assert new_rows(run) == 2
    remember(run)
    assert len(list((tmp_path / "curated" / "vorlauf").iterdir())) == 2


def test_an_earlier_day_is_neither_compared_nor_remembered(tmp_path: Path) -> None:
    remember(run_with(tmp_path, "a"))
    back = run_with(tmp_path, *"ab", as_of=date(2015, 1, 31))
    assert find_changes(back) is None
    remember(back)
    assert new_rows(run_with(tmp_path, *"abc")) == 2


@pytest.mark.parametrize("damage", ["missing", "broken", "folder", "no_link"])
def test_a_damaged_last_run_costs_the_comparison_only_once(tmp_path: Path, damage: str) -> None:
    remember(run_with(tmp_path, "a"))
    link = tmp_path / "curated" / "vorlauf" / "aktuell"
    folder = link.resolve()
    if damage == "missing":
        (folder / "core_bestand.parquet").unlink()
    elif damage == "broken":
        (folder / "core_bestand.parquet").write_bytes(b"PAR1")
    elif damage == "folder":
        folder.rename(folder.with_name("anders"))
    else:
        link.unlink()
        link.mkdir()
    run = run_with(tmp_path, *"ab")
    found = find_changes(run)
    assert found and found.stand == ("erster" if damage == "no_link" else "unlesbar")
    remember(run)
    assert new_rows(run_with(tmp_path, *"abc")) == 1


def test_tables_of_another_version_are_not_compared(tmp_path: Path) -> None:
    old = run_with(tmp_path, "a")
    quotes = old.path("pub_quote")
    quotes.write_bytes(old.path("pub_angaben").read_bytes())
    remember(old)
    found = find_changes(run_with(tmp_path, *"ab"))
    assert found and found.stand == "unlesbar"


@pytest.mark.parametrize("possible", [True, False])
def test_tables_are_linked_or_copied_where_links_are_impossible(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, possible: bool
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    if not possible:
        monkeypatch.setattr(os, "link", refuse)
    run = run_with(tmp_path, "a")
    remember(run)
    kept = tmp_path / "curated" / "vorlauf" / "aktuell"
    for table in REMEMBERED:
        assert (kept / f"{table}.parquet").samefile(run.path(table)) == possible
    assert new_rows(run_with(tmp_path, *"ab")) == 1
