"""The same tables in Polars: lazy, with the streaming engine."""

from datetime import date
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from benchmarks.peers import (
    AGES,
    DURATIONS,
    RESULT_COLUMNS,
    STOCK_COLUMNS,
    Job,
    Month,
    add_months,
    countable_kinds,
    follow_up_months,
    instrument_groups,
    months_of,
    wanted,
)

OPEN = date(9999, 12, 31)
KEY = "schluessel"
FACTOR = 65_536


def person_months(job: Job) -> None:
    """core_personenmonat from the core tables."""
    stock = pl.scan_parquet(job.path("core_bestand")).select(STOCK_COLUMNS)
    days = stock.group_by("monat").agg(pl.col("stichtag").max()).collect(engine="streaming")
    months = months_of([(row[0], row[1]) for row in days.rows()])
    keyed = stock.with_columns(_key(_month_nr("monat")))
    integrated = _starts(job, keyed, months)
    result = (
        keyed.join(_calendar(months).lazy(), on="monat", how="inner")
        .join(pl.scan_parquet(job.path("core_person")), on="person_nr", how="inner")
        .join(integrated.lazy(), on=KEY, how="left")
        .join(_measures(job, months).lazy(), on=KEY, how="left")
        .with_columns(**_derived())
        .select(RESULT_COLUMNS)
    )
    result.sink_parquet(job.out / "core_personenmonat.parquet", compression="zstd")


def _month_nr(column: str) -> pl.Expr:
    day = pl.col(column).dt
    return day.year() * 12 + day.month().cast(pl.Int32) - 1


def _key(month_nr: pl.Expr) -> pl.Expr:
    """Person and month as one number."""
    return (pl.col("person_nr").cast(pl.Int64) * FACTOR + month_nr).alias(KEY)


def _calendar(months: list[Month]) -> pl.DataFrame:
    """One row per month in the data."""
    columns: dict[str, list[object]] = {
        "monat": [m.first_day for m in months],
        "berichtsmonat": [m.berichtsmonat or None for m in months],
    }
    for duration, _ in DURATIONS:
        columns[f"seit_{duration}"] = [m.reached[duration] for m in months]
    return pl.DataFrame(columns)


def _starts(job: Job, keyed: pl.LazyFrame, months: list[Month]) -> pl.DataFrame:
    """Person and month, as one number, with at least one countable start."""
    by_nr = {m.nr: m for m in months}
    countable = pl.scan_parquet(job.path("core_beschaeftigung")).filter(
        pl.col("art").is_in(countable_kinds())
    )
    windows = pl.DataFrame(
        {
            "nr": [m.nr for m in months],
            "stichtag": [m.stichtag for m in months],
        },
        schema_overrides={"nr": pl.Int32},
    ).lazy()
    booked_to = pl.DataFrame(
        {
            "fenster": [m.nr for m in months if m.has_previous],
            "grenze": [m.recorded_until for m in months if m.has_previous],
            "grenze_zugang": [
                by_nr[m.nr + 1].recorded_until if m.nr + 1 in by_nr else None
                for m in months if m.has_previous
            ],
        },
        schema_overrides={"fenster": pl.Int32, "grenze_zugang": pl.Date},
    ).lazy()  # fmt: skip
    candidates = (
        countable.select("person_nr", "beginn", "arbeitgeber_id", "erfasst_am")
        .with_columns(nr=_month_nr("beginn"))
        .join(windows, on="nr")
        .with_columns(fenster=pl.col("nr") + (pl.col("beginn") > pl.col("stichtag")))
        .join(booked_to, on="fenster")
        .with_columns(
            _key(pl.col("fenster") - 1).alias("vor"), _key(pl.col("fenster")).alias("nach")
        )
        .collect(engine="streaming")
    )
    asked = pl.concat([candidates["vor"], candidates["nach"]]).unique().to_frame(KEY)
    hits = keyed.select(KEY).join(asked.lazy(), on=KEY, how="semi").collect(engine="streaming")
    before = pl.col("vor").is_in(hits[KEY].implode())
    after = pl.col("nach").is_in(hits[KEY].implode())
    booked = (
        candidates.with_columns(vor_im_bestand=before, nach_im_bestand=after)
        .with_columns(
            pl.when("vor_im_bestand").then("vor").otherwise("nach").alias(KEY),
            pl.when("vor_im_bestand").then("grenze").otherwise("grenze_zugang").alias("grenze"),
        )
        .filter(
            pl.col("vor_im_bestand")
            | (pl.col("nach_im_bestand") & pl.col("grenze_zugang").is_not_null())
        )
        .filter(pl.col("erfasst_am").is_null() | (pl.col("erfasst_am") <= pl.col("grenze")))
        .select("person_nr", "arbeitgeber_id", "beginn", KEY)
        .with_row_index("zeile")
    )
    continued = (
        booked.lazy()
        .join(
            countable.select(
                "person_nr", "arbeitgeber_id", pl.col("beginn").alias("frueher"), "ende"
            ),
            on=["person_nr", "arbeitgeber_id"],
        )
        .filter(
            (pl.col("frueher") < pl.col("beginn"))
            & (pl.col("ende").is_null() | (pl.col("ende") >= pl.col("beginn").dt.offset_by("-1d")))
        )
        .select("zeile")
        .unique()
        .collect(engine="streaming")
    )
    kept = booked.join(continued, on="zeile", how="anti")
    return kept.select(KEY).unique().with_columns(integriert_wert=pl.lit(1, pl.Int8))


def _measures(job: Job, months: list[Month]) -> pl.DataFrame:
    """The measure of a person and month. A running one ends later than any that has ended."""
    groups = instrument_groups()
    follow_up = follow_up_months(months[0].stichtag)
    stichtage = np.array([m.stichtag for m in months], dtype="datetime64[D]")
    ranked = (
        pl.scan_parquet(job.path("core_teilnahme"))
        .select("person_nr", "teilnahme_id", "instrument", "eintritt", "austritt")
        .filter(pl.col("instrument").is_in(list(groups)))
        .with_columns(pl.col("austritt").fill_null(OPEN))
        .collect(engine="streaming")
        .sort("austritt", "eintritt", "teilnahme_id")
        .with_row_index("rang")
    )
    until = ranked["austritt"].clip(upper_bound=add_months(months[-1].stichtag, 1))
    until = until.dt.offset_by(f"{follow_up}mo")
    first = np.searchsorted(stichtage, ranked["eintritt"].to_numpy(), side="left")
    stop = np.searchsorted(stichtage, until.to_numpy(), side="right")
    numbers = pl.Series(np.array([m.nr for m in months], dtype=np.int32))
    best = (
        ranked.lazy()
        .select("person_nr", "rang", von=pl.Series(first), bis=pl.Series(stop))
        .filter(pl.col("von") < pl.col("bis"))
        .with_columns(stelle=pl.int_ranges("von", "bis"))
        .explode("stelle")
        .select("rang", _key(pl.lit(numbers).gather(pl.col("stelle"))))
        .group_by(KEY)
        .agg(pl.col("rang").max())
        .collect(engine="streaming")
    )
    named = ranked.select(
        "rang", "instrument", massnahme=pl.col("instrument").replace_strict(groups)
    )
    return best.join(named, on="rang").select(KEY, "massnahme", "instrument")


def _derived() -> dict[str, pl.Expr]:
    """The columns of the person-month that are not as delivered."""
    since, age = pl.col("leistungsbezug_seit"), pl.col("stichtag").dt.year() - pl.col("geburtsjahr")
    unknown = since.is_null() | (since > pl.col("stichtag"))
    duration: Any = pl.when(unknown).then(pl.lit("unbekannt"))
    for months, code in DURATIONS:
        duration = duration.when(since <= pl.col(f"seit_{months}")).then(pl.lit(code))
    ages: Any = pl.when(age.is_null()).then(pl.lit("unbekannt"))
    for limit, code in AGES:
        ages = ages.when(age < limit).then(pl.lit(code))
    child = pl.col("juengstes_kind_alter")
    childless = pl.col("bg_typ").is_in(["alleinstehend", "paar_ohne_kind"])
    return {
        "geschlecht_veroeffentlicht": pl.when(pl.col("geschlecht").is_in(["w", "m"]))
        .then("geschlecht").otherwise("geschlecht_zugeordnet"),
        "bezugsdauer": duration.otherwise(pl.lit("unter_3_monate")),
        "massnahme": pl.col("massnahme").fill_null("keine"),
        "instrument": pl.col("instrument").fill_null("keine"),
        "alter": ages.otherwise(pl.lit("55_und_mehr")),
        "kind_unter_3": pl.when(child < 3).then(pl.lit("ja"))
        .when(child.is_not_null() | childless).then(pl.lit("nein"))
        .otherwise(pl.lit("unbekannt")),
        "integriert": pl.when(pl.col("berichtsmonat").is_not_null())
        .then(pl.col("integriert_wert").fill_null(0)),
    }  # fmt: skip


def _sums(job: Job, task: str) -> None:
    """Stock and Integrationen per month, sex and cell of some breakdowns."""
    chosen = wanted(task)
    rows = pl.scan_parquet(job.path("core_personenmonat")).filter(
        pl.col("berichtsmonat").is_not_null()
    )
    counts = (pl.len().alias("bestand"), pl.col("integriert").cast(pl.Int64).sum())
    grouped = [rows.group_by("monat", "geschlecht", *b.merkmale).agg(*counts) for b in chosen]
    # One after the other: collect_all takes as long and keeps all columns in memory.
    results = [one.collect(engine="streaming") for one in grouped]
    shaped = [
        frame.select(
            _month_nr("monat").alias("monat_nr"),
            pl.lit(b.id).alias("schnitt"),
            pl.col(b.merkmale[0]).alias("auspraegung_1") if b.merkmale
            else pl.lit("insgesamt").alias("auspraegung_1"),
            pl.col(b.merkmale[1]).alias("auspraegung_2") if len(b.merkmale) > 1
            else pl.lit("").alias("auspraegung_2"),
            "geschlecht",
            pl.col("bestand").cast(pl.Int64),
            "integriert",
        )
        for b, frame in zip(chosen, results, strict=True)
    ]  # fmt: skip
    keys = ["monat_nr", "schnitt", "auspraegung_1", "auspraegung_2", "geschlecht"]
    pl.concat(shaped).sort(keys).write_parquet(job.out / f"{task}.parquet", compression="zstd")


TASKS = {
    "personenmonat": person_months,
    "wuerfel": partial(_sums, task="wuerfel"),
    "gliederungen": partial(_sums, task="gliederungen"),
}
