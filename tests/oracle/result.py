"""The whole reading in one call."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.oracle.access import access_blocks, share_blocks
from tests.oracle.exits import exit_blocks
from tests.oracle.integrations import integration_blocks
from tests.oracle.marts import publication_rows, quote_rows
from tests.oracle.merging import Merged, load_deliveries, merge
from tests.oracle.person_months import PersonMonth, person_months
from tests.oracle.quality import quality_blocks
from tests.oracle.quotas import Counts, Figure, Key
from tests.oracle.rules import DEFAULT_RULES, Rules


@dataclass(frozen=True)
class Expected:
    """What a run over a folder of deliveries must come to.

    `rejected` holds (delivery, table, file, line); `balance` maps (delivery, table) to
    (delivered, taken, rejected, merged).
    """

    merged: Merged
    months: list[PersonMonth]
    mart_quote: dict[Key, Figure]
    mart_veroeffentlichung: dict[Key, Counts]
    mart_anteil: dict[Key, Counts]

    @property
    def publishable(self) -> set[tuple[str, str]]:
        """(kennzahl, berichtsmonat) of every figure there is."""
        keys = {*self.mart_quote, *self.mart_anteil}
        return {(key.kennzahl, key.berichtsmonat) for key in keys}

    @property
    def rejected(self) -> set[tuple[str, str, str, int]]:
        return self.merged.rejected

    @property
    def balance(self) -> dict[tuple[str, str], tuple[int, int, int, int]]:
        return self.merged.balance


def compute(raw: Path, as_of: date | None = None, rules: Rules = DEFAULT_RULES) -> Expected:
    """Read, merge and count the deliveries below `raw`; raises RefusedError."""
    merged = merge(load_deliveries(raw, as_of), rules)
    months = person_months(merged, rules)
    blocks = [
        *integration_blocks(months, merged, rules),
        *quality_blocks(months, merged, rules),
        *exit_blocks(merged, rules),
        *access_blocks(merged),
    ]
    return Expected(
        merged,
        months,
        quote_rows(blocks),
        publication_rows(blocks, rules),
        publication_rows(share_blocks(merged), rules),
    )
