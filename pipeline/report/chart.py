"""What a chart shows, free of how it is drawn: the spec of every view of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["trend", "hantel"]
Variant = Literal["breit", "schmal"]


@dataclass(frozen=True)
class Point:
    """One row of a dumbbell chart or one month of a trend.

    label: category, or `YYYY-MM` in a trend. w, m: quotas, None when not published.
    gap: men minus women in percentage points. note: words for what is not shown or is uncertain.
    """

    label: str
    w: Decimal | None
    m: Decimal | None
    gap: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Words:
    """The words written into a chart."""

    frauen: str
    maenner: str
    achse: str
    abstand: str


@dataclass(frozen=True)
class Break:
    """A change of law or statistics at a month, marked by a letter."""

    month: str
    letter: str


@dataclass(frozen=True)
class Chart:
    """A chart: `id` is unique on the page, `alt` its accessible name.

    top: upper end of the quota axis, so that several charts share one scale; None: from the data.
    """

    id: str
    kind: Kind
    lang: str
    alt: str
    words: Words
    points: tuple[Point, ...]
    top: Decimal | None = None
    breaks: tuple[Break, ...] = ()

    @property
    def largest(self) -> Decimal:
        """The largest quota of the chart, 0 without any."""
        values = [v for p in self.points for v in (p.w, p.m) if v is not None]
        return max(values, default=Decimal(0))


def axis(largest: Decimal, most: int = 5) -> list[Decimal]:
    """Ticks from 0 to at least `largest`, at most `most` steps of 1, 2, 5, 10, 20, 50, …"""
    step = Decimal(1)
    factors = (Decimal(2), Decimal("2.5"), Decimal(2))
    i = 0
    while step * most < largest:
        step *= factors[i % 3]
        i += 1
    count = 1
    while step * count < largest:
        count += 1
    return [step * k for k in range(count + 1)]
