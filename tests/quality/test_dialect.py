"""Great Expectations on DuckDB counts what its own pandas engine counts, on faulted data.

The dialect relies on PostgreSQL paths inside Great Expectations; this test holds them in place.
"""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from pipeline.quality.engine import COUNTS_ONLY, Session, _expectation, quiet
from pipeline.quality.rules import Rule
from pipeline.quality.wellformed import KINDS

TABLE = "core_beschaeftigung"
ROWS = 400
PAIR = {"column_A": "ende", "column_B": "beginn"}
MISSING = {"ignore_row_if": "either_value_is_missing"}
CASES: list[tuple[str, dict[str, Any]]] = [
    ("expect_column_values_to_not_be_null", {"column": "arbeitgeber_id"}),
    ("expect_column_values_to_be_null", {"column": "ende"}),
    ("expect_column_values_to_be_in_set", {"column": "art", "value_set": ["sv", "ausbildung"]}),
    ("expect_column_values_to_not_be_in_set", {"column": "art", "value_set": ["falsch"]}),
    ("expect_column_values_to_be_between", {"column": "wochenstunden", "min_value": 0}),
    (
        "expect_column_values_to_be_between",
        {"column": "zeile", "min_value": 10, "max_value": 300, "strict_max": True},
    ),
    ("expect_column_values_to_match_regex", {"column": "arbeitgeber_id", "regex": "^A[0-9]+$"}),
    ("expect_column_values_to_match_regex", {"column": "arbeitgeber_id", "regex": "1"}),
    ("expect_column_values_to_not_match_regex", {"column": "arbeitgeber_id", "regex": "x$"}),
    (
        "expect_column_value_lengths_to_be_between",
        {"column": "arbeitgeber_id", "min_value": 2, "max_value": 3},
    ),
    ("expect_column_values_to_be_unique", {"column": "beschaeftigung_id"}),
    ("expect_compound_columns_to_be_unique", {"column_list": ["person_nr", "art"]}),
    ("expect_column_pair_values_a_to_be_greater_than_b", PAIR | MISSING | {"or_equal": True}),
    ("expect_column_pair_values_a_to_be_greater_than_b", PAIR | MISSING),
    ("expect_column_pair_values_to_be_equal", PAIR | MISSING),
    ("expect_table_row_count_to_be_between", {"min_value": ROWS + 1}),
]


def _frame() -> pd.DataFrame:
    """Take-ups with nulls, unknown codes, negative hours, repeated ids and reversed dates."""
    draw = random.Random(7)
    begins = [date(2024, 1, 1) + timedelta(draw.randrange(300)) for _ in range(ROWS)]
    ends = [b + timedelta(draw.choice((-3, 0, 5, 90))) for b in begins]
    rows = [
        {
            "person_nr": draw.randrange(150),
            "beschaeftigung_id": f"B{draw.randrange(3000)}",
            "person_id": "P1",
            "beginn": begin,
            "ende": draw.choice((None, end, end)),
            "art": draw.choice(("sv", "ausbildung", "selbstaendig", "falsch")),
            "foerderung": "keine",
            "arbeitgeber_id": draw.choice((None, "A1", "A22", "a3", "A4x", "", "A5555")),
            "wochenstunden": draw.choice((None, -1.0, 0.0, 38.5)),
            "erfasst_am": begin,
            "lieferung": "L1",
            "datei": "f.csv",
            "zeile": number,
        }
        for number, (begin, end) in enumerate(zip(begins, ends, strict=True))
    ]
    return pd.DataFrame(rows)


def _rule(name: str, kind: str, kwargs: dict[str, Any]) -> Rule:
    texts = ("t", "t", "info", "w", "w", "test")
    return Rule(name, TABLE, "spalte", *texts, type=kind, kwargs=kwargs)


def _rules() -> list[Rule]:
    return [
        _rule(f"T-{n}", kind, kwargs)
        for n, (kind, kwargs) in enumerate(CASES)
    ]


def _counts_of_pandas(frame: pd.DataFrame, rules: list[Rule]) -> dict[str, int]:
    import great_expectations as gx

    with quiet():
        source = gx.get_context(mode="ephemeral").data_sources.add_pandas("pandas")
        definition = source.add_dataframe_asset("t").add_batch_definition_whole_dataframe("t")
        batch = definition.get_batch({"dataframe": frame})
        suite = gx.ExpectationSuite("t", expectations=[_expectation(rule) for rule in rules])
        results = batch.validate(suite, result_format=COUNTS_ONLY).results
    return {
        r.expectation_config.meta["regel"]: r.result.get("unexpected_count", int(not r.success))
        for r in results
        if r.expectation_config is not None and r.expectation_config.meta is not None
    }


def _counts_of_duckdb(frame: pd.DataFrame, rules: list[Rule], folder: Path) -> dict[str, int]:
    path = folder / f"{TABLE}.parquet"
    with duckdb.connect() as con:
        con.register("frame", frame)
        con.execute(f"copy frame to '{path}' (format parquet)")
    with Session([folder], temp=folder / "temp", threads=1, memory_limit="500MB") as session:
        session.add(TABLE, path)
        return {result.rule.id: result.failed for result in session.judge(rules)}


def test_every_kind_a_rule_may_have_is_compared() -> None:
    assert {kind for kind, _ in CASES} == set(KINDS)


def test_both_engines_find_the_same_number_of_failing_rows(tmp_path: Path) -> None:
    frame, rules = _frame(), _rules()
    ours = _counts_of_duckdb(frame, rules, tmp_path)
    assert ours == _counts_of_pandas(frame, rules)
    assert all(ours.values())


def test_a_null_in_a_compound_key_differs_from_every_other_null_in_sql(tmp_path: Path) -> None:
    frame = _frame().head(3).assign(person_nr=1, arbeitgeber_id=None)
    kwargs = {"column_list": ["person_nr", "arbeitgeber_id"], "ignore_row_if": "never"}
    kind = "expect_compound_columns_to_be_unique"
    rules = [_rule("T-1", kind, kwargs)]
    assert _counts_of_duckdb(frame, rules, tmp_path) == {"T-1": 0}
    assert _counts_of_pandas(frame, rules) == {"T-1": 3}


def test_an_enumeration_is_compared_as_text(tmp_path: Path) -> None:
    path = tmp_path / f"{TABLE}.parquet"
    frame = _frame()
    con = duckdb.connect()
    con.register("frame", frame)
    con.execute(
        "copy (select * replace (art::enum('sv', 'ausbildung', 'selbstaendig', 'falsch') as art) "
        f"from frame) to '{path}' (format parquet)"
    )
    rules = [r for r in _rules() if r.kwargs.get("column") == "art"]
    with Session([tmp_path], temp=tmp_path / "temp", threads=1, memory_limit="500MB") as session:
        session.add(TABLE, path)
        counts = {r.rule.id: r.failed for r in session.judge(rules)}
    assert counts == _counts_of_pandas(frame, rules)
