"""The value of every breakdown for one person-month, taken at the Stichtag of the stock."""

from collections.abc import Iterable
from datetime import date

from tests.oracle.calendar_days import add_months, months_reached
from tests.oracle.catalogue import (
    AGE_CLASSES,
    DURATION_CLASSES,
    GROUP_OF,
    ONE_OFF,
    UNKNOWN,
)
from tests.oracle.checking import Row

AS_DELIVERED = (
    "bg_typ",
    "staatsangehoerigkeit",
    "berufsabschluss",
    "arbeitsmarktstatus",
    "stadtbezirk",
    "hilfe_67",
    "lzb",
)


def features_of(stock_row: Row, participations: Iterable[Row], after_run: int) -> dict[str, str]:
    """Breakdown → category. `after_run` is the number of months a measure that was left counts."""
    stichtag: date = stock_row["stichtag"]
    features = {name: stock_row[name] or UNKNOWN for name in AS_DELIVERED}
    features["insgesamt"] = "insgesamt"
    features["bezugsdauer"] = duration_class(stock_row["leistungsbezug_seit"], stichtag)
    features["alter"] = age_class(stock_row["geburtsjahr"], stichtag)
    features["kind_unter_3"] = child_under_3(stock_row["juengstes_kind_alter"], stock_row["bg_typ"])
    measure = measure_at(stichtag, participations, after_run)
    features["instrument"] = "keine" if measure is None else measure["instrument"]
    features["massnahme"] = "keine" if measure is None else GROUP_OF[measure["instrument"]]
    return features


def duration_class(since: date | None, stichtag: date) -> str:
    """Months reached between the begin of the current receipt and the Stichtag."""
    if since is None or since > stichtag:
        return UNKNOWN
    reached = months_reached(since, stichtag)
    return [label for months, label in DURATION_CLASSES if months <= reached][-1]


def age_class(year_of_birth: int | None, stichtag: date) -> str:
    """The year of the Stichtag minus the year of birth."""
    if year_of_birth is None:
        return UNKNOWN
    age = stichtag.year - year_of_birth
    return (["unter_25"] + [label for years, label in AGE_CLASSES if years <= age])[-1]


def child_under_3(youngest: int | None, bg_typ: str | None) -> str:
    """A given age decides; without one only households without a child are certain."""
    if youngest is not None:
        return "ja" if youngest < 3 else "nein"
    return "nein" if bg_typ in {"alleinstehend", "paar_ohne_kind"} else UNKNOWN


def measure_at(stichtag: date, participations: Iterable[Row], after_run: int) -> Row | None:
    """The running measure, else the one left last within the after-run, else None."""
    candidates = []
    for one in participations:
        # A participation whose end lies before its begin is not left before it has begun.
        if one["instrument"] in ONE_OFF or one["eintritt"] > stichtag:
            continue
        left: date | None = one["austritt"]
        running = left is None or left >= stichtag
        recent = left is not None and left < stichtag and add_months(left, after_run) >= stichtag
        if running or recent:
            order = (
                running,
                (left is None, left or date.max),
                one["eintritt"],
                one["teilnahme_id"].encode("utf-8"),
            )
            candidates.append((order, one))
    if not candidates:
        return None
    return max(candidates, key=lambda candidate: candidate[0])[1]
