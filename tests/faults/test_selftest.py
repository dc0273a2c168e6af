"""The campaign of faults: all are caught, nearly all with file, line and column.

A normal run takes every fifth class once; `KAMPAGNE=voll` takes every class with four seeds and
judges fifty clean deliveries.
"""

import os
import shutil
from pathlib import Path

import pytest

from pipeline.errors import UsageError, VerificationError
from pipeline.quality.suite import suite
from pipeline.selftest import report
from pipeline.selftest.base import clean
from pipeline.selftest.catalogue import FAULTS
from pipeline.selftest.fault import Fault
from pipeline.selftest.judge import judge
from pipeline.selftest.run import Outcome, campaign

FULL = os.environ.get("KAMPAGNE") == "voll"
SEEDS = range(1, 5) if FULL else range(1, 2)
CHOSEN = FAULTS if FULL else FAULTS[::5]
CLEAN = [(seed, stock) for stock in ((320, 640, 1500, 3000, 640) if FULL else (640,))
         for seed in (range(100, 110) if FULL else range(100, 102))]  # fmt: skip


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    return campaign(SEEDS, CHOSEN)


def test_every_fault_is_stopped_quarantined_or_marked(outcomes: list[Outcome]) -> None:
    assert len(outcomes) == len(SEEDS) * len(CHOSEN)
    assert [(o.fault.id, o.seed) for o in outcomes if not o.gefangen] == []


def test_what_should_speak_does(outcomes: list[Outcome]) -> None:
    assert [(o.fault.id, o.seed, o.gesagt) for o in outcomes if not o.erwartet] == []


def test_nearly_all_faults_of_rows_are_found_with_file_line_and_column(
    outcomes: list[Outcome],
) -> None:
    asked = [o for o in outcomes if o.verortet is not None]
    missed = [(o.fault.id, o.seed) for o in asked if not o.verortet]
    assert len(asked) > 10
    assert len(missed) <= 0.05 * len(asked), missed


def test_clean_deliveries_break_nothing_critical_and_hardly_any_warning(tmp_path: Path) -> None:
    severity = {rule.id: rule.severity for rule in suite()}
    warnings = []
    for number, (seed, stock) in enumerate(CLEAN):
        place = tmp_path / str(number)
        (place / "arbeit").mkdir(parents=True)
        clean(place / "raw", seed, stock)
        said = judge(place / "raw", place / "arbeit")
        shutil.rmtree(place)
        assert said.refused == ()
        assert [name for name in said.findings if severity.get(name) == "critical"] == []
        warnings += [name for name in said.findings if severity.get(name) == "warning"]
    assert 10 * len(warnings) <= len(CLEAN), warnings


def fault(name: str) -> Fault:
    return next(f for f in FAULTS if f.id == name)


def test_without_the_rule_that_should_speak_a_fault_is_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without = tuple(rule for rule in suite() if rule.id != "BES-26")
    monkeypatch.setattr("pipeline.selftest.judge._rules", lambda: without)
    (missed,) = campaign([1], [fault("S13")])
    assert (missed.gefangen, missed.erwartet, missed.verortet) == (False, False, False)


def test_the_command_tells_each_class_and_the_sums(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    seen: list[tuple[int, int]] = []
    page = tmp_path / "seite.md"
    report.selftest(1, "S13, H02", page, said.append, lambda *n: seen.append(n))
    assert said == [
        "S13      1/1  Leistungsbezug vor 2005",
        "H02      1/1  Zeilen in anderer Folge",
        "",
        "Spalte: 1/1 gefunden",
        "Insgesamt: 1/1 gefunden",
        "Harmlose Änderungen ohne Folge für die Zahlen: 1/1",
        "Mit Datei, Zeile und Spalte: 1 von 1",
        f"Geschrieben: {page}",
    ]
    assert seen == [(1, 2), (2, 2)]
    text = page.read_text("utf-8")
    assert "| S13 | Spalte | Leistungsbezug vor 2005 | BES-26 | 1/1 | 1/1 |" in text
    assert "| dieselbe Person nach langer Pause mit neuer Kennung |" in text


def test_a_missed_fault_ends_with_exit_code_13(monkeypatch: pytest.MonkeyPatch) -> None:
    missed = Outcome(fault("S13"), 1, False, False, False, ())
    monkeypatch.setattr(report, "campaign", lambda *a: [missed])
    with pytest.raises(VerificationError, match="S13") as caught:
        report.selftest(1, "S13", None, lambda line: None, lambda *n: None)
    assert caught.value.exit_code == 13


@pytest.mark.parametrize(
    ("seeds", "klassen", "page"), [(0, "", None), (1, "S99", None), (1, "S13", Path("fehlt/x.md"))]
)
def test_a_wrong_call_is_a_usage_error(seeds: int, klassen: str, page: Path | None) -> None:
    with pytest.raises(UsageError):
        report.selftest(seeds, klassen, page, lambda line: None, lambda *n: None)
