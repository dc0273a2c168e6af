"""What a chart shows, free of how it is drawn: the spec of every view of it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["trend", "hantel", "kurs"]
Variant = Literal["breit", "schmal"]


@dataclass(frozen=True)
class Point:
    """One row of a dumbbell chart or one point of a line.

    label: category, `YYYY-MM` in a trend, months after an exit in a course. w, m: quotas, None
    when not published. gap: men minus women in percentage points. note: words for what is not
    shown or is uncertain.
    """

    label: str
    w: Decimal | None
    m: Decimal | None
    gap: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Words:
    """The words written into a chart. Those that are empty are left out."""

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
class Reference:
    """A value that all rows are compared with, drawn as a line and named with its number.

    key: what it is in the texts.
    """

    key: str
    value: Decimal
    label: str


@dataclass(frozen=True)
class Chart:
    """A chart: `id` is unique on the page, `alt` its accessible name.

    below: title of the horizontal axis of a course. top: upper end of the quota axis, so that
    several charts share one scale; None: from the data.
    """

    id: str
    kind: Kind
    lang: str
    alt: str
    words: Words
    points: tuple[Point, ...]
    top: Decimal | None = None
    breaks: tuple[Break, ...] = ()
    references: tuple[Reference, ...] = ()
    below: str = ""

    @property
    def largest(self) -> Decimal:
        """The largest value of the chart, 0 without any."""
        values = [v for p in self.points for v in (p.w, p.m) if v is not None]
        values += [reference.value for reference in self.references]
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
