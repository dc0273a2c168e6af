"""A second, independent route to the verdict: counts by plain SQL, judged by the pandas engine."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipeline.quality.engine import COUNTS_ONLY, quiet
from pipeline.quality.places import findings_sql
from pipeline.quality.suite import suite
from tests.quality.faults_of_marts import FAULTS as OF_MARTS
from tests.quality.faults_of_tables import FAULTS as OF_TABLES
from tests.quality.faults_over_time import FAULTS as OVER_TIME
from tests.quality.small import clean_tables, judge


def verdict_of_pandas(con: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, bool]]:
    """Findings and whether the rule is kept, per rule: one row each in a frame that is judged."""
    import great_expectations as gx
    from great_expectations.expectations import ExpectColumnValuesToBeBetween as Between
    from great_expectations.expectations.row_conditions import Column

    counts = {
        rule.id: con.execute(f"select count(*) from ({findings_sql(rule)}\n)").fetchall()[0][0]
        for rule in suite()
    }
    frame = pd.DataFrame({"regel": list(counts), "treffer": list(counts.values())})
    with quiet():
        source = gx.get_context(mode="ephemeral").data_sources.add_pandas("pandas")
        definition = source.add_dataframe_asset("t").add_batch_definition_whole_dataframe("t")
        batch = definition.get_batch({"dataframe": frame})
        expectations = [
            Between(
                column="treffer",
                max_value=0,
                condition_parser="great_expectations",
                row_condition=Column("regel") == name,
                meta={"regel": name},
            )
            for name in counts
        ]
        found = gx.ExpectationSuite("t", expectations=expectations)
        results = batch.validate(found, result_format=COUNTS_ONLY).results
    assert len(results) == len(counts)
    return {
        name: (counts[name], bool(result.success))
        for result in results
        if result.expectation_config is not None and result.expectation_config.meta is not None
        for name in [result.expectation_config.meta["regel"]]
    }


def breaking(faults: list[tuple[str, str, int]], every: int) -> list[str]:
    """Statements that break many rules at once."""
    return [fault for _, fault, findings in faults if findings][::every]


@pytest.mark.parametrize(
    "faults",
    [
        [],
        breaking(OF_TABLES, 3),
        breaking(OF_MARTS, 2),
        breaking(OVER_TIME, 2),
        ["insert into core_bestand from core_bestand where rowid < 3"],
    ],
    ids=["clean", "tables", "marts", "time", "keys"],
)
def test_both_routes_come_to_the_same_verdict_and_the_same_counts(
    faults: list[str], tmp_path: Path
) -> None:
    con = clean_tables()
    for fault in faults:
        con.execute(fault)
    ours = {name: (r.failed, r.passed) for name, r in judge(con, suite()).items()}
    assert ours == verdict_of_pandas(con)
    assert (sum(not passed for _, passed in ours.values()) > 2) == bool(faults)
