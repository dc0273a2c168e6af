"""Small numbers on the page about the rules: a count of 1 or 2 is not shown."""

from collections.abc import Sequence

SMALL = (1, 2)


def masked(parts: Sequence[int]) -> tuple[str | int, ...]:
    """Parts of a sum that is shown: "small" for 1 and 2, "hidden" where one would follow.

    If exactly one part is small, the others with content would give it away by subtraction, so the
    largest of them is hidden too.
    """
    shown: list[str | int] = ["small" if part in SMALL else part for part in parts]
    if shown.count("small") == 1:
        filled = [n for n, part in enumerate(shown) if isinstance(part, int) and part > 0]
        if filled:
            shown[max(filled, key=lambda n: parts[n])] = "hidden"
    return tuple(shown)
