"""Rules as data, run by Great Expectations on DuckDB: is what was computed fit to be published?

`validate` judges in this process, `start` in a child that imports Great Expectations while other
work goes on. Both write pruefung.json: counts only, equal bytes for equal data.
"""

from pipeline.quality.child import Check, start
from pipeline.quality.suite import suite, validate
from pipeline.quality.verdict import RuleResult, Verdict

__all__ = ["Check", "RuleResult", "Verdict", "start", "suite", "validate"]
