"""Small numbers on the page about the rules: a 1 or 2 is told nowhere, and follows from nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

SMALL = (1, 2)
# From this sum of three parts on, every part shown as small can be 1 as well as 2, even for a
# reader who knows that a hidden part is at least 3.
ENOUGH = 10
PARTS = ("uebernommen", "abgewiesen", "zusammengefuehrt")

Shown = int | Literal["small", "hidden"]


def shown(count: int, exposed: frozenset[int] = frozenset()) -> Shown:
    """One count: "hidden" if it is one of `exposed` (see there), "small" for 1 and 2."""
    if count in exposed:
        return "hidden"
    return "small" if count in SMALL else count


def balanced(total: int, parts: Sequence[int]) -> tuple[Shown, ...]:
    """What was delivered, then its three parts; where no row is lost, they are its sum.

    Beside a small part every other one but 0 is hidden, and the total if it is below `ENOUGH`.
    """
    if not any(part in SMALL for part in parts):
        return (shown(total), *parts)
    hidden = frozenset(part for part in parts if part and part not in SMALL)
    return (total if total >= ENOUGH else "hidden", *(shown(part, hidden) for part in parts))


def exposed(balance: Iterable[Mapping[str, Any]]) -> frozenset[int]:
    """Sums over several rows of core_zeilenbilanz from which a part hidden there would follow.

    The rows of core_beschaeftigung are the rows taken of all its files, the findings of BEF-21 are
    all rejected rows: beside the balance such a number gives a small part back.
    """
    rows = list(balance)
    groups = [rows, *([r for r in rows if r["tabelle"] == t] for t in {r["tabelle"] for r in rows})]
    found = set()
    for group in groups:
        if not any(row[part] in SMALL for row in group for part in PARTS):
            continue
        for part in PARTS:
            counts = [row[part] for row in group if row[part]]
            if sum(counts) not in SMALL or len(counts) > 1:
                found.add(sum(counts))
    return frozenset(found - {0})
