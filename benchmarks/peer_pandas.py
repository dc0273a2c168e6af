"""The same tables in pandas: vectorised, texts as categories, no loop over rows."""

from datetime import date
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.frames import (
    Numbers,
    categories,
    month_number,
    person_month_key,
    read_table,
    write_table,
)
from benchmarks.peers import (
    AGES,
    DURATIONS,
    RESULT_COLUMNS,
    STOCK_COLUMNS,
    Job,
    Month,
    attributes,
    countable_kinds,
    follow_up_months,
    instrument_groups,
    months_of,
    wanted,
)

FAR_AWAY = pd.Timestamp("2999-12-31")


def person_months(job: Job) -> None:
    """core_personenmonat from the core tables."""
    stock = read_table(job, "core_bestand", STOCK_COLUMNS)
    days = stock.groupby("monat", sort=True)["stichtag"].max()
    firsts = pd.DatetimeIndex(days.index)
    months = months_of(
        [(first.date(), day.date()) for first, day in zip(firsts, days, strict=True)]
    )
    nr = month_number(stock["monat"])
    key = person_month_key(stock["person_nr"], nr)
    has_next = np.array([m.berichtsmonat != "" for m in months])
    place = nr - months[0].nr
    at = np.zeros(place.max() + 1, dtype=np.int64)
    at[[m.nr - months[0].nr for m in months]] = np.arange(len(months))
    position = at[place]
    result = pd.DataFrame(index=stock.index)
    for column in STOCK_COLUMNS:
        if column in RESULT_COLUMNS:
            result[column] = stock[column]
    names = [m.berichtsmonat for m in months if m.berichtsmonat]
    codes = np.array([names.index(m.berichtsmonat) if m.berichtsmonat else -1 for m in months])
    result["berichtsmonat"] = categories(codes[position], names)
    result["geschlecht_veroeffentlicht"] = _published_sex(job, stock)
    result["bezugsdauer"] = _duration(stock, months, position)
    result["alter"] = _age(stock)
    result["kind_unter_3"] = _child(stock)
    integrated = np.isin(key, _starts(job, key, months)).astype(np.float32)
    result["integriert"] = np.where(has_next[position], integrated, np.float32("nan"))
    result["massnahme"], result["instrument"] = _measures(job, key, months)
    write_table(result[list(RESULT_COLUMNS)], job, "core_personenmonat")


def _days(values: list[date] | list[date | None]) -> Numbers:
    return np.array(values, dtype="datetime64[D]")


def _published_sex(job: Job, stock: pd.DataFrame) -> Any:
    """w or m as delivered, else as assigned to the person."""
    people = read_table(job, "core_person", ("person_nr", "geschlecht_zugeordnet"))
    assigned = np.zeros(int(people["person_nr"].max()) + 1, dtype=np.int8)
    assigned[people["person_nr"]] = people["geschlecht_zugeordnet"] == "m"
    sex = stock["geschlecht"]
    codes = np.select([sex == "w", sex == "m"], [0, 1], assigned[stock["person_nr"]])
    return categories(codes, ["w", "m"])


def _duration(stock: pd.DataFrame, months: list[Month], position: Numbers) -> Any:
    since = stock["leistungsbezug_seit"].to_numpy()
    names = ["unbekannt", "unter_3_monate", *(code for _, code in reversed(DURATIONS))]
    codes = np.ones(len(stock), dtype=np.int8)
    for step, (duration, _) in enumerate(reversed(DURATIONS), start=2):
        codes[since <= _days([m.reached[duration] for m in months])[position]] = step
    codes[np.isnat(since) | (since > stock["stichtag"].to_numpy())] = 0
    return categories(codes, names)


def _age(stock: pd.DataFrame) -> Any:
    age = stock["stichtag"].dt.year.to_numpy() - stock["geburtsjahr"].to_numpy(dtype=np.float32)
    names = [code for _, code in AGES] + ["55_und_mehr", "unbekannt"]
    codes = np.digitize(age, [limit for limit, _ in AGES])
    codes[np.isnan(age)] = len(names) - 1
    return categories(codes, names)


def _child(stock: pd.DataFrame) -> Any:
    child = stock["juengstes_kind_alter"].to_numpy(dtype=np.float32)
    childless = stock["bg_typ"].isin(["alleinstehend", "paar_ohne_kind"])
    codes = np.select([child < 3, (child >= 3) | childless], [0, 1], 2)
    return categories(codes, ["ja", "nein", "unbekannt"])


def _starts(job: Job, key: Numbers, months: list[Month]) -> Numbers:
    """Person and month, as one number, with at least one countable start."""
    columns = ("person_nr", "arbeitgeber_id", "art", "beginn", "ende", "erfasst_am")
    countable = read_table(job, "core_beschaeftigung", columns)
    countable = countable[countable["art"].isin(countable_kinds())].drop(columns="art")
    by_nr = {m.nr: m for m in months}
    first, last = months[0].nr, months[-1].nr
    numbers = range(first, last + 3)
    stichtag = _days([by_nr[n].stichtag if n in by_nr else None for n in numbers])
    limit = _days([by_nr[n].recorded_until if n in by_nr else None for n in numbers])
    has_previous = np.array([n in by_nr and by_nr[n].has_previous for n in numbers])
    month = month_number(countable["beginn"])
    inside = (month >= first) & (month <= last)
    jobs, place = countable[inside], month[inside] - first
    window = place + (jobs["beginn"].to_numpy() > stichtag[place])
    usable = ~np.isnat(stichtag[place]) & has_previous[window]
    before = person_month_key(jobs["person_nr"], window - 1 + first)
    after = person_month_key(jobs["person_nr"], window + first)
    asked = np.unique(np.concatenate([before[usable], after[usable]]))
    hits = key[np.isin(key, asked)]
    regular = usable & np.isin(before, hits)
    entrant = usable & ~regular & np.isin(after, hits) & ~np.isnat(limit[window + 1])
    deadline = np.where(regular, limit[window], limit[window + 1])
    recorded = jobs["erfasst_am"].to_numpy()
    counts = (regular | entrant) & (np.isnat(recorded) | (recorded <= deadline))
    target = np.where(regular, before, after)[counts]
    booked = jobs.loc[counts, ["person_nr", "arbeitgeber_id", "beginn"]]
    booked = booked.reset_index(drop=True)
    return np.unique(target[~_continued(booked, countable)])


def _continued(booked: pd.DataFrame, countable: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which take-ups go on with the same employer without a day between."""
    known = booked[booked["arbeitgeber_id"].notna()].reset_index(names="zeile")
    pairs = known.merge(
        countable[["person_nr", "arbeitgeber_id", "beginn", "ende"]],
        on=["person_nr", "arbeitgeber_id"],
        suffixes=("", "_frueher"),
    )
    earlier = pairs["beginn_frueher"] < pairs["beginn"]
    runs_on = pairs["ende"].isna() | (pairs["ende"] >= pairs["beginn"] - pd.Timedelta(days=1))
    result = np.zeros(len(booked), dtype=bool)
    result[pairs.loc[earlier & runs_on, "zeile"]] = True
    return result


def _measures(job: Job, key: Numbers, months: list[Month]) -> tuple[Any, Any]:
    """Group and instrument per row. A running measure ends later than any that has ended."""
    groups = instrument_groups()
    columns = ("person_nr", "teilnahme_id", "instrument", "eintritt", "austritt")
    taken = read_table(job, "core_teilnahme", columns)
    taken = taken[taken["instrument"].isin(list(groups))]
    taken = taken.sort_values(["austritt", "eintritt", "teilnahme_id"], na_position="last")
    stichtage = _days([m.stichtag for m in months])
    left = taken["austritt"].dt.as_unit("s")
    until = left + pd.DateOffset(months=follow_up_months(months[0].stichtag))
    stop = np.searchsorted(stichtage, until.fillna(FAR_AWAY).to_numpy().astype("M8[D]"), "right")
    first = np.searchsorted(stichtage, taken["eintritt"].to_numpy().astype("M8[D]"), "left")
    length = np.maximum(stop - first, 0)
    # One row per participation and month: the n-th month of each, without a loop.
    nth = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    numbers = np.array([m.nr for m in months])
    person = taken["person_nr"].repeat(length)
    covered = pd.Series(person_month_key(person, numbers[np.repeat(first, length) + nth]))
    rank = np.repeat(np.arange(len(taken)), length)
    beaten = covered.duplicated(keep="last").to_numpy()
    found = pd.Index(covered[~beaten]).get_indexer(pd.Index(key))
    chosen = rank[~beaten][found]
    instruments = list(groups)
    code = pd.Categorical(taken["instrument"], categories=instruments).codes[chosen]
    code = np.where(found < 0, len(instruments), code)
    names = list(dict.fromkeys(groups.values()))
    group_of = np.array([names.index(groups[i]) for i in instruments] + [len(names)])
    return (
        categories(group_of[code], [*names, "keine"]),
        categories(code, [*instruments, "keine"]),
    )


def _sums(job: Job, task: str) -> None:
    """Stock and Integrationen per month, sex and cell of some breakdowns."""
    chosen = wanted(task)
    columns = ("monat", "berichtsmonat", "geschlecht", "integriert", *attributes(chosen))
    rows = read_table(job, "core_personenmonat", columns)
    rows = rows[rows["berichtsmonat"].notna()]
    shaped = []
    for b in chosen:
        keys = ["monat", "geschlecht", *b.merkmale]
        grouped = rows.groupby(keys, observed=True, sort=False)["integriert"]
        summed = grouped.agg(bestand="size", integriert="sum").reset_index()
        first, second = [summed[m].astype("str") for m in b.merkmale] + ["insgesamt", ""][
            len(b.merkmale) :
        ]
        shaped.append(
            pd.DataFrame(
                {
                    "monat_nr": month_number(summed["monat"]),
                    "schnitt": b.id,
                    "auspraegung_1": first,
                    "auspraegung_2": second,
                    "geschlecht": summed["geschlecht"].astype("str"),
                    "bestand": summed["bestand"],
                    "integriert": summed["integriert"].astype("int64"),
                }
            )
        )
    keys = ["monat_nr", "schnitt", "auspraegung_1", "auspraegung_2", "geschlecht"]
    write_table(pd.concat(shaped).sort_values(keys), job, task)


TASKS = {
    "personenmonat": person_months,
    "wuerfel": partial(_sums, task="wuerfel"),
    "gliederungen": partial(_sums, task="gliederungen"),
}
