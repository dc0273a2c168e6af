"""Great Expectations at work: the only module of the project that imports it.

The import takes seconds and is delayed until a session opens. Results are counts; no value of a
row reaches a result, a log or a terminal: value lists are limited to none, and a rule's SQL is
wrapped so that Great Expectations fetches a constant per failing row.
"""

import io
import logging
import os
import warnings
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any, Self

import duckdb

from pipeline.database import connect
from pipeline.errors import CannotJudgeError, PipelineError
from pipeline.quality.dialect import lend
from pipeline.quality.rules import Rule
from pipeline.quality.tables import checked_tables
from pipeline.quality.verdict import RuleResult
from pipeline.quality.views import Part, batch_of, parquet, show

COUNTS_ONLY = {"result_format": "SUMMARY", "partial_unexpected_count": 0}
SOURCE = "pruefung"


class Session:
    """A DuckDB connection lent to Great Expectations; tables may arrive one after another.

    Use it in a with block. `judge` evaluates rules whose tables have been added. part: judge only
    the rows that one delivery is answerable for.
    """

    def __init__(
        self,
        read_from: Iterable[Path],
        *,
        temp: Path,
        threads: int | None,
        memory_limit: str,
        part: Part | None = None,
    ) -> None:
        self._con = connect(
            read_from=read_from, temp=temp, threads=threads, memory_limit=memory_limit
        )
        self._part = part
        self._rows: dict[str, int] = {}
        self._batches: dict[str, Any] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        url = self._stack.enter_context(lend(self._con))
        with quiet():
            self._source = _open_source(url)
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()
        self._con.close()

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(self._rows)

    def add(self, table: str, path: Path) -> None:
        """Make a Parquet file known. CannotJudgeError when it or a column is missing."""
        if table not in checked_tables():
            raise CannotJudgeError(f"Für die Tabelle «{table}» gibt es keine Regeln.")
        source = parquet(path)
        try:
            found = self._con.execute(f"describe from {source}").fetchall()
            given = {column[0] for column in found}
            missing = sorted(checked_tables()[table].column_names() - given)
            if missing:
                raise CannotJudgeError(
                    f"{table}: Die Spalte {', '.join(missing)} fehlt in {path.name}. "
                    "Die Tabelle neu erzeugen."
                )
            show(self._con, table, source, self._part)
            count = self._con.execute(f"select count(*) from {batch_of(table)}").fetchone()
        except duckdb.Error as error:
            raise CannotJudgeError(
                f"{table}: {path.name} lässt sich nicht lesen ({type(error).__name__}). "
                "Die Tabelle neu erzeugen."
            ) from None
        self._rows[table] = count[0] if count else 0

    def judge(self, rules: Iterable[Rule]) -> list[RuleResult]:
        """The outcome of each rule. CannotJudgeError when one could not be evaluated."""
        by_table: dict[str, list[Rule]] = {}
        for rule in rules:
            by_table.setdefault(rule.table, []).append(rule)
        outcomes: list[RuleResult] = []
        for table, group in by_table.items():
            try:
                with quiet():
                    outcomes += self._judge(table, group)
            except PipelineError:
                raise
            except Exception as error:
                # Whatever Great Expectations raises may quote cells: only its kind is told.
                raise CannotJudgeError(
                    f"{table}: Great Expectations konnte die Regeln nicht auswerten "
                    f"({type(error).__name__}). Prüfen, ob Regeln und Tabelle zusammenpassen."
                ) from None
        return outcomes

    def _judge(self, table: str, rules: list[Rule]) -> Iterator[RuleResult]:
        import great_expectations as gx

        if table not in self._batches:
            asset = self._source.add_table_asset(name=table, table_name=batch_of(table))
            self._batches[table] = asset.add_batch_definition_whole_table("alle").get_batch()
        suite = gx.ExpectationSuite(name=table, expectations=[_expectation(r) for r in rules])
        by_id = {rule.id: rule for rule in rules}
        for result in self._batches[table].validate(suite, result_format=COUNTS_ONLY).results:
            yield self._outcome(by_id[result.expectation_config.meta["regel"]], result)

    def _outcome(self, rule: Rule, result: Any) -> RuleResult:
        """Counts of one Great Expectations result; its texts may quote cells and are not used."""
        counts = result.result or {}
        failed = counts.get("unexpected_count", counts.get("observed_value"))
        if failed is None and self._rows[rule.table] == 0:
            failed = 0
        if result.exception_info.get("raised_exception", True) or failed is None:
            raise CannotJudgeError(
                f"Regel {rule.id} ({rule.table}) ließ sich nicht auswerten. "
                f"Prüfen, ob Regel und Tabelle zusammenpassen (siehe {rule.origin})."
            )
        passed = bool(result.success)
        if rule.type == "expect_table_row_count_to_be_between":
            failed = 0 if passed else 1
        return RuleResult(rule, self._rows[rule.table], int(failed), passed)


def _expectation(rule: Rule) -> Any:
    from great_expectations.expectations import expectation_configuration as configurations
    from great_expectations.expectations.metadata_types import FailureSeverity

    kind, kwargs = rule.type, dict(rule.kwargs)
    if rule.sql is not None:
        kind = _counted_rows()
        query = rule.sql.strip().rstrip(";")
        kwargs = {"unexpected_rows_query": f"select 1 as treffer from (\n{query}\n) as treffer"}
    return configurations.ExpectationConfiguration(
        type=str(kind),
        kwargs=kwargs,
        meta={"regel": rule.id},
        severity=FailureSeverity(rule.severity),
    ).to_domain_obj()


@cache
def _counted_rows() -> str:
    """Register an expectation on the rows of a query that only counts them; return its type.

    The one that comes with Great Expectations also fetches rows, for which it runs every query a
    second time.
    """
    from great_expectations.expectations.core.unexpected_rows_expectation import (
        UnexpectedRowsExpectation,
    )

    count = "unexpected_rows_query.row_count"

    class ExpectCountedRows(UnexpectedRowsExpectation):
        """No row fulfils the query."""

        metric_dependencies = (count,)

        def _validate(
            self,
            metrics: dict[str, Any],
            runtime_configuration: dict[str, Any] | None = None,
            execution_engine: Any = None,
        ) -> dict[str, Any]:
            return {"success": metrics[count] == 0, "result": {"observed_value": metrics[count]}}

    return str(ExpectCountedRows.expectation_type)


def _open_source(url: str) -> Any:
    """A data source of an ephemeral context: nothing is stored, nothing is sent, no bars."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context.data_sources.add_sql(name=SOURCE, connection_string=url, create_temp_table=False)


@contextmanager
def quiet() -> Iterator[None]:
    """Swallow what Great Expectations prints, warns and logs: it may quote cells."""
    disabled = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with (
            warnings.catch_warnings(),
            redirect_stdout(io.StringIO()),
            redirect_stderr(io.StringIO()),
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)
