"""One record per person and Stichtag in stock that has a following Stichtag."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.oracle.calendar_days import add_months
from tests.oracle.catalogue import COUNTABLE_ARTS
from tests.oracle.checking import Row
from tests.oracle.features import features_of
from tests.oracle.merging import Merged
from tests.oracle.rules import Rules

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PersonMonth:
    """The stock at S(m-1), booked to Berichtsmonat m. `starts` holds every start that counts."""

    person_id: str
    month: int
    sex: str
    features: dict[str, str]
    starts: tuple[Row, ...]

    @property
    def integrated(self) -> bool:
        """At most one Integration per person and Berichtsmonat."""
        return bool(self.starts)


def person_months(merged: Merged, rules: Rules) -> list[PersonMonth]:
    """All person-months of the run, by person and month."""
    months = []
    for person_id, stock in merged.stock.items():
        for stock_month, stock_row in stock.items():
            month = stock_month + 1
            if month not in merged.stichtage:
                continue
            after_run = rules.at("massnahme_nachlauf_monate", merged.stichtage[month])
            months.append(
                PersonMonth(
                    person_id,
                    month,
                    stock_row["geschlecht"],
                    features_of(stock_row, merged.participations.get(person_id, ()), after_run),
                    tuple(countable_starts(merged, rules, person_id, month)),
                )
            )
    return months


def timely_starts(
    merged: Merged, rules: Rules, person_id: str, month: int, arts: Collection[str]
) -> list[Row]:
    """The take-ups of some arts in the windows of this Berichtsmonat, recorded in time.

    The person is in stock at S(month-1).
    """
    this_day = merged.stichtage[month]
    return [
        row
        for row in merged.take_ups.get(person_id, [])
        if row["art"] in arts
        and in_window(merged, rules, person_id, month, row["beginn"])
        and recorded_in_time(row, this_day, rules)
    ]


def countable_starts(merged: Merged, rules: Rules, person_id: str, month: int) -> list[Row]:
    """The starts that count for K2: continuations of the same job do not."""
    take_ups = merged.take_ups.get(person_id, [])
    return [
        row
        for row in timely_starts(merged, rules, person_id, month, COUNTABLE_ARTS)
        if is_new_job(row, take_ups, merged.stichtage[month], rules)
    ]


def in_window(merged: Merged, rules: Rules, person_id: str, month: int, start: date) -> bool:
    """The regular window, or the entrant's second one."""
    this_day, stock_day = merged.stichtage[month], merged.stichtage[month - 1]
    if stock_day < start <= this_day:
        return True
    earlier_day = merged.stichtage.get(month - 2)
    return (
        rules.at("zugangsfenster", this_day)
        and earlier_day is not None
        and month - 2 not in merged.stock[person_id]
        and earlier_day < start <= stock_day
    )


def recorded_in_time(row: Row, this_day: date, rules: Rules) -> bool:
    """The Wartezeit: recorded no later than S(m) + 3 months, or not dated at all."""
    recorded: date | None = row["erfasst_am"]
    return recorded is None or recorded <= add_months(
        this_day, rules.at("wartezeit_monate", this_day)
    )


def is_new_job(row: Row, take_ups: Iterable[Row], this_day: date, rules: Rules) -> bool:
    """Neither the continuation of the same job nor (by switch) a move between employers."""
    running_before = [
        other
        for other in take_ups
        if other["art"] in COUNTABLE_ARTS
        and other["beginn"] < row["beginn"]
        and (other["ende"] is None or other["ende"] >= row["beginn"] - ONE_DAY)
    ]
    if running_before and not rules.at("arbeitgeberwechsel_zaehlt", this_day):
        return False
    continued = any(
        row["arbeitgeber_id"] is not None and other["arbeitgeber_id"] == row["arbeitgeber_id"]
        for other in running_before
    )
    return not continued or rules.at("weiterbeschaeftigung_zaehlt", this_day)
