"""What the rules found: counts only, written so that equal data give equal bytes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.files import write_json
from pipeline.quality.rules import Rule, Severity

PASSED, BROKEN = "bestanden", "verletzt"
SEVERITIES: tuple[Severity, ...] = ("critical", "warning", "info")
SEVERITY_DE = {"critical": "kritisch", "warning": "Warnung", "info": "Hinweis"}


@dataclass(frozen=True)
class RuleResult:
    """One rule's outcome: `checked` rows of its table, `failed` rows that its test names."""

    rule: Rule
    checked: int
    failed: int
    passed: bool

    def sentence(self, lang: str = "de") -> str:
        """The outcome of a broken rule in one line, without any value."""
        if lang == "en":
            return (
                f"Rule {self.rule.id} broken ({self.rule.severity}): {self.rule.titel_en} "
                f"({self.rule.table}: {self.failed} findings in {self.checked} rows)"
            )
        return (
            f"Regel {self.rule.id} verletzt ({SEVERITY_DE[self.rule.severity]}): "
            f"{self.rule.titel_de} "
            f"({self.rule.table}: {self.failed} Treffer in {self.checked} Zeilen)"
        )


@dataclass(frozen=True)
class Verdict:
    """All outcomes, sorted by rule id."""

    results: tuple[RuleResult, ...]

    @classmethod
    def of(cls, results: Iterable[RuleResult]) -> "Verdict":
        """The verdict over `results` in any order."""
        return cls(tuple(sorted(results, key=lambda result: result.rule.id)))

    @classmethod
    def from_json(cls, raw: Mapping[str, Any], rules: Iterable[Rule]) -> "Verdict":
        """The verdict that `as_json` gave, about `rules`."""
        by_id = {rule.id: rule for rule in rules}
        return cls.of(
            RuleResult(by_id[r["regel"]], r["geprueft"], r["verletzt"], r["urteil"] == PASSED)
            for r in raw["regeln"]
        )

    def broken(self, severity: Severity) -> tuple[RuleResult, ...]:
        return tuple(r for r in self.results if not r.passed and r.rule.severity == severity)

    @property
    def critical(self) -> bool:
        """Whether a critical rule is broken, so that nothing may be published."""
        return bool(self.broken("critical"))

    def lines(self, lang: str = "de") -> list[str]:
        """Broken rules that do not stop the run, a line each, and how many rules passed."""
        lines = [r.sentence(lang) for kind in SEVERITIES[1:] for r in self.broken(kind)]
        passed, total = sum(r.passed for r in self.results), len(self.results)
        if lang == "en":
            return [*lines, f"{passed} of {total} rules passed."]
        return [*lines, f"{passed} von {total} Regeln bestanden."]

    def as_json(self) -> dict[str, Any]:
        return {
            "urteil": BROKEN if self.critical else PASSED,
            "zaehlung": {
                severity: {
                    "regeln": sum(r.rule.severity == severity for r in self.results),
                    "verletzt": len(self.broken(severity)),
                }
                for severity in SEVERITIES
            },
            "regeln": [_as_json(result) for result in self.results],
        }

    def write(self, path: Path) -> None:
        """Write pruefung.json whole or not at all."""
        write_json(path, self.as_json())


def _as_json(result: RuleResult) -> dict[str, Any]:
    return {
        "regel": result.rule.id,
        "tabelle": result.rule.table,
        "ebene": result.rule.ebene,
        "severity": result.rule.severity,
        "titel_de": result.rule.titel_de,
        "titel_en": result.rule.titel_en,
        "warum_de": result.rule.why,
        "warum_en": result.rule.why_en,
        "herkunft": result.rule.origin,
        "geprueft": result.checked,
        "verletzt": result.failed,
        "urteil": PASSED if result.passed else BROKEN,
    }
