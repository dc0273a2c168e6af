"""The naive second reading of the computing rules: plain Python against which the SQL is judged.

The oracle reads the same delivery folders as the product and shares no code with it. It uses dicts,
sets and `datetime.date`, one step after the other, and is written to be read beside the rules in
`docs/methodik/`, not to be fast. It is meant for hundreds of persons and some thirty months.

    folder → `reading` → `checking` → `merging` (with `spells`)
           → `person_months` with `features` → `integrations`, `quality`
           → `participations` → `exits`, `access`
           → `quotas` → `marts`
"""

from tests.oracle.merging import RefusedError
from tests.oracle.result import Expected, compute
from tests.oracle.rules import DEFAULT_RULES, Rules

__all__ = ["DEFAULT_RULES", "Expected", "RefusedError", "Rules", "compute"]
