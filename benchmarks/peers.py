"""What the peers share: the calendar of Stichtage and the rules, as small Python values.

Sixty Stichtage and a handful of rules decide nothing about speed; the peers do everything that is
as long as the data in their own way.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.breakdowns import Breakdown, breakdowns_of
from pipeline.registries import code_list, parameters

STOCK_COLUMNS = (
    "person_nr", "monat", "stichtag", "geschlecht", "geburtsjahr", "bg_typ",
    "juengstes_kind_alter", "staatsangehoerigkeit", "berufsabschluss", "arbeitsmarktstatus",
    "leistungsbezug_seit", "lzb", "hilfe_67", "stadtbezirk",
)  # fmt: skip
RESULT_COLUMNS = (
    "person_nr", "monat", "stichtag", "berichtsmonat", "geschlecht", "geschlecht_veroeffentlicht",
    "bezugsdauer", "massnahme", "instrument", "alter", "bg_typ", "kind_unter_3",
    "staatsangehoerigkeit", "berufsabschluss", "arbeitsmarktstatus", "lzb", "hilfe_67",
    "stadtbezirk", "integriert",
)  # fmt: skip
DURATIONS = (
    (48, "4_jahre_und_mehr"), (36, "3_bis_unter_4_jahre"), (24, "2_bis_unter_3_jahre"),
    (12, "1_bis_unter_2_jahre"), (6, "6_bis_unter_12_monate"), (3, "3_bis_unter_6_monate"),
)  # fmt: skip
AGES = (
    (25, "unter_25"), (35, "25_bis_unter_35"), (45, "35_bis_unter_45"), (55, "45_bis_unter_55"),
)  # fmt: skip
CUBE = "massnahme_x_bezugsdauer"


@dataclass(frozen=True)
class Job:
    """What a contender gets: the folder of the inputs, an empty folder, a limit of memory.

    memory_limit: of the database, where the contender has one, e.g. "1200MB".
    """

    inputs: Path
    out: Path
    memory_limit: str

    def path(self, table: str) -> Path:
        return self.inputs / f"{table}.parquet"


@dataclass(frozen=True)
class Month:
    """A Stichtag S(m-1) and what holds at it.

    nr: months since year 0. has_previous: S of the month before is in the data. berichtsmonat: the
    month after, "" without a Stichtag in it. recorded_until: the last day on which a take-up booked
    to this month may be recorded. reached: per duration in months the latest begin that has it.
    """

    first_day: date
    nr: int
    stichtag: date
    has_previous: bool
    berichtsmonat: str
    recorded_until: date
    reached: dict[int, date]


def add_months(day: date, months: int) -> date:
    """The same day some calendar months later, clipped to the last day of the month."""
    nr = day.year * 12 + day.month - 1 + months
    year, month = nr // 12, nr % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def latest_begin(end: date, months: int) -> date:
    """The latest day from which `months` calendar months are reached on `end`."""
    begin = add_months(end, -months)
    if end.day == calendar.monthrange(end.year, end.month)[1]:
        return begin.replace(day=calendar.monthrange(begin.year, begin.month)[1])
    return begin


def months_of(stichtage: list[tuple[date, date]]) -> list[Month]:
    """The calendar of the data from (first day of the month, Stichtag), in order of time."""
    days = {first.year * 12 + first.month - 1: (first, day) for first, day in stichtage}
    wait = parameters()["wartezeit_monate"]
    return [
        Month(
            first_day=first,
            nr=nr,
            stichtag=day,
            has_previous=nr - 1 in days,
            berichtsmonat=f"{days[nr + 1][0]:%Y-%m}" if nr + 1 in days else "",
            recorded_until=add_months(day, int(rule(wait.at(day)))),
            reached={months: latest_begin(day, months) for months, _ in DURATIONS},
        )
        for nr, (first, day) in sorted(days.items())
    ]


def rule(value: object) -> int:
    """A rule of parameters.toml as a number; lists are no rule of the person-month."""
    if not isinstance(value, (bool, int)):
        raise TypeError("a list cannot be a rule of the person-month")
    return int(value)


def follow_up_months(day: date) -> int:
    """How long after its end a measure still counts."""
    return rule(parameters()["massnahme_nachlauf_monate"].at(day))


def countable_kinds() -> list[str]:
    """The kinds of employment that are an Integration."""
    return [c.code for c in code_list("art").codes if c.extra["kennzahl"] == "K2"]


def instrument_groups() -> dict[str, str]:
    """The group of every instrument that has a duration."""
    codes = code_list("instrument").codes
    return {c.code: c.extra["gruppe"] for c in codes if c.extra["einmalig"] == "nein"}


def wanted(task: str) -> tuple[Breakdown, ...]:
    """The breakdowns of a task: the cross measure × duration, or all of the registry."""
    return tuple(b for b in breakdowns_of("K2") if task != "wuerfel" or b.id == CUBE)


def attributes(wanted_breakdowns: tuple[Breakdown, ...]) -> list[str]:
    """The attribute columns that some breakdowns need."""
    return sorted({m for b in wanted_breakdowns for m in b.merkmale})
