"""The history of verdicts: one line for the deliveries judged, in the order of their data."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.quality.history import HISTORY, broken_since, load, remember


def verdict(**findings: int) -> dict[str, Any]:
    """A verdict on two rules with these findings."""
    rules = [
        {"regel": name, "verletzt": findings.get(name, 0), "urteil": _outcome(findings, name)}
        for name in ("A", "B")
    ]
    broken = any(findings.values())
    return {"urteil": "verletzt" if broken else "bestanden", "regeln": rules}


def _outcome(findings: dict[str, int], name: str) -> str:
    return "verletzt" if findings.get(name) else "bestanden"


def test_a_run_adds_a_line_and_the_same_deliveries_replace_theirs(tmp_path: Path) -> None:
    remember(tmp_path, "2024-01-31", ["a"], verdict(A=3))
    remember(tmp_path, "2024-02-29", ["a", "b"], verdict())
    remember(tmp_path, "2024-01-31", ["a"], verdict(A=2, B=1))
    assert load(tmp_path) == [
        {
            "datenstand": "2024-01-31",
            "lieferungen": ["a"],
            "urteil": "verletzt",
            "regeln": 2,
            "verletzt": {"A": 2, "B": 1},
        },
        {
            "datenstand": "2024-02-29",
            "lieferungen": ["a", "b"],
            "urteil": "bestanden",
            "regeln": 2,
            "verletzt": {},
        },
    ]


def test_the_order_is_that_of_the_data_not_of_the_runs(tmp_path: Path) -> None:
    for day, names in (("2024-03-31", ["a", "b"]), ("2024-01-31", ["a"]), ("2024-03-31", ["a"])):
        remember(tmp_path, day, names, verdict())
    assert [(line["datenstand"], line["lieferungen"]) for line in load(tmp_path)] == [
        ("2024-01-31", ["a"]),
        ("2024-03-31", ["a"]),
        ("2024-03-31", ["a", "b"]),
    ]


def test_a_rule_is_broken_since_the_first_of_the_last_unbroken_row_of_lines(tmp_path: Path) -> None:
    findings = [("2024-01-31", 1), ("2024-02-29", 0), ("2024-03-31", 2), ("2024-04-30", 1)]
    for day, count in findings:
        remember(tmp_path, day, ["a"], verdict(A=count))
    history = load(tmp_path)
    assert broken_since(history, "A") == "2024-03-31"
    assert broken_since(history[:3], "A") == "2024-03-31"
    assert broken_since(history[:2], "A") is None
    assert broken_since(history[:1], "A") == "2024-01-31"
    assert broken_since([], "A") is None


@pytest.mark.parametrize(
    "damaged",
    [
        "{",
        '{"datenstand": ' + "[" * 100_000,
        '{"datenstand": "20240131", "lieferungen": ["a"], "verletzt": {}, "regeln": 2, "urteil": '
        '"bestanden"}',
        "[]",
        "1",
        '{"datenstand": "gestern", "lieferungen": [], "verletzt": {}}',
        '{"datenstand": "2024-01-31", "lieferungen": "a", "verletzt": {}}',
        '{"datenstand": "2024-01-31", "lieferungen": ["a"], "verletzt": {"A": "viele"}}',
        '{"datenstand": "2024-01-31", "lieferungen": ["a"], "verletzt": {}, "regeln": 2}',
    ],
)
def test_a_line_that_cannot_be_read_is_left_out(tmp_path: Path, damaged: str) -> None:
    remember(tmp_path, "2024-01-31", ["a"], verdict(A=1))
    path = tmp_path / HISTORY
    path.write_text(damaged + "\n" + path.read_text("utf-8"), encoding="utf-8")
    assert [line["verletzt"] for line in load(tmp_path)] == [{"A": 1}]


def test_without_a_file_there_is_no_history(tmp_path: Path) -> None:
    assert load(tmp_path) == []
    (tmp_path / HISTORY).write_bytes(b"\xff\n")
    assert load(tmp_path) == []


def test_the_same_runs_give_the_same_bytes(tmp_path: Path) -> None:
    remember(tmp_path, "2024-01-31", ["ä"], verdict(B=1, A=2))
    once = (tmp_path / HISTORY).read_bytes()
    remember(tmp_path, "2024-01-31", ["ä"], verdict(A=2, B=1))
    assert (tmp_path / HISTORY).read_bytes() == once
    assert json.loads(once)["lieferungen"] == ["ä"]
