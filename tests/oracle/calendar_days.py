"""Calendar arithmetic: months as whole numbers, and the clipped addition of months.

A month is the integer `12 * year + (month - 1)`, so the month before `m` is `m - 1`.
"""

import calendar
from datetime import date


def month_of(day: date) -> int:
    """The calendar month a day lies in, as a whole number."""
    return 12 * day.year + day.month - 1


def month_label(month: int) -> str:
    """A month as `YYYY-MM`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def calendar_number(month: int) -> int:
    """1 for January … 12 for December."""
    return month % 12 + 1


def add_months(day: date, months: int) -> date:
    """Keep the day of the month and clip it to the last one: 31 Jan + 1 month = 28 or 29 Feb."""
    target = month_of(day) + months
    year, number = target // 12, target % 12 + 1
    last_day = calendar.monthrange(year, number)[1]
    return date(year, number, min(day.day, last_day))


def months_reached(start: date, end: date) -> int:
    """The greatest n with start + n months ≤ end; -1 when the end lies before the start."""
    if end < start:
        return -1
    reached = 0
    while add_months(start, reached + 1) <= end:
        reached += 1
    return reached
