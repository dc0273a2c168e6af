"""Parquet files: each type becomes its canonical text; damaged or nested ones are refused."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import DeliveryError
from tests.ingest.building import read_bestand, stage, write

DAY = dt.date(2024, 1, 15)
NOON = dt.datetime(2024, 1, 15, 12)
MIDNIGHT = dt.datetime(2024, 1, 15)


def deliver(tmp_path: Path, columns: dict[str, Any]) -> Path:
    """A delivery with a bestand.parquet; required columns are added where they are not given."""
    length = len(next(iter(columns.values())))
    whole = {
        "person_id": [f"P{i}" for i in range(length)],
        "stichtag": [DAY] * length,
        "geschlecht": ["w"] * length,
    } | columns
    folder = write(tmp_path / "raw", {})
    pq.write_table(pa.table(whole), folder / "bestand.parquet")
    return folder / "bestand.parquet"


def texts(tmp_path: Path, column: str, values: pa.Array) -> list[str | None]:
    raw = read_bestand(deliver(tmp_path, {column: values}))
    return raw.table.column(column).to_pylist()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pa.array(["a", "", None]), ["a", "", None]),
        (pa.array(["a", "ä", None], pa.large_string()), ["a", "ä", None]),
        (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"]),
        (pa.array([1985, 0, -1, None], pa.int16()), ["1985", "0", "-1", None]),
        (pa.array([1985, None], pa.uint64()), ["1985", None]),
        (pa.array([1985.0, 1985.5, float("nan"), None]), ["1985", "1985.5", None, None]),
        (pa.array([39.1, 1e6, 0.1], pa.float32()), ["39.1", "1000000", "0.1"]),
        (pa.array([float("inf"), 1e20]), ["inf", "1e+20"]),
        (pa.array([True, False, None]), ["true", "false", None]),
        (pa.array([Decimal("39.50"), None], pa.decimal128(5, 2)), ["39.50", None]),
        (pa.array([Decimal("0.0000000010")], pa.decimal128(20, 10)), ["0.0000000010"]),
        (pa.array([DAY, None]), ["2024-01-15", None]),
        (pa.array([DAY], pa.date64()), ["2024-01-15"]),
        (pa.array([MIDNIGHT, NOON, None]), ["2024-01-15", "2024-01-15 12:00:00.000000", None]),
        (pa.array([MIDNIGHT], pa.timestamp("ns")), ["2024-01-15"]),
        (pa.array([MIDNIGHT], pa.timestamp("s", "UTC")), ["2024-01-15"]),
        (
            pa.array([dt.datetime(2024, 1, 14, 23)], pa.timestamp("us", "UTC")).cast(
                pa.timestamp("us", "Europe/Berlin")
            ),
            ["2024-01-15"],
        ),
        (pa.array([b"a", b"\xc3\xa4"]), ["a", "ä"]),
        (pa.nulls(2), [None, None]),
    ],
)
def test_every_type_has_one_canonical_text(
    tmp_path: Path, values: pa.Array, expected: list[str | None]
) -> None:
    assert texts(tmp_path, "stadtbezirk", values) == expected


def test_typed_columns_are_staged_like_text(tmp_path: Path) -> None:
    deliver(
        tmp_path,
        {
            "stichtag": [DAY, DAY, dt.date(2024, 2, 15), None],
            "geschlecht": ["w", None, "m", "w"],
            "geburtsjahr": pa.array([1985.0, float("nan"), 1985.5, 1]),
            "lzb": [True, False, None, True],
        },
    )
    result = stage(tmp_path / "raw")
    assert result.accepted("zeile", "stichtag", "geschlecht", "geburtsjahr", "lzb") == [
        (1, DAY, "w", 1985, "ja"),
        (2, DAY, "u", None, "nein"),
        (3, dt.date(2024, 2, 15), "m", None, "unbekannt"),
    ]
    assert result.rejected() == [(4, "BES-02")]
    assert result.table().unbekannt == {"geburtsjahr": 1, "lzb": 0}


def test_a_timestamp_with_a_time_of_day_is_no_date(tmp_path: Path) -> None:
    deliver(tmp_path, {"stichtag": [MIDNIGHT, NOON]})
    assert stage(tmp_path / "raw").rejected() == [(2, "BES-02")]


def test_a_file_without_rows_is_a_table_without_rows(tmp_path: Path) -> None:
    deliver(tmp_path, {"geburtsjahr": pa.array([], pa.int64())})
    result = stage(tmp_path / "raw")
    assert (result.table().geliefert, result.accepted("zeile"), result.rejected()) == (0, [], [])


def refusal(path: Path) -> list[str]:
    with pytest.raises(DeliveryError) as caught:
        read_bestand(path)
    return caught.value.problems


@pytest.mark.parametrize(
    "values",
    [pa.array([["a"]]), pa.array([{"a": 1}]), pa.array([dt.time(12)]), pa.array([dt.timedelta(1)])],
)
def test_types_without_a_plain_text_are_refused(tmp_path: Path, values: pa.Array) -> None:
    [sentence] = refusal(deliver(tmp_path, {"stadtbezirk": values}))
    assert sentence.startswith("l1/bestand.parquet, Spalte stadtbezirk: Der Typ ")
    assert sentence.endswith("Spalte als Text, Zahl, Datum oder Wahrheitswert liefern.")


def test_unknown_columns_are_refused(tmp_path: Path) -> None:
    assert refusal(deliver(tmp_path, {"zeile": [1]})) == [
        "l1/bestand.parquet: Unbekannte Spalten: zeile. Spalten umbenennen, weglassen oder mit "
        "einem Profil zuordnen (Entwurf: `python -m pipeline profile suggest DATEI`)."
    ]


DAMAGED = (
    "l1/bestand.parquet: Die Parquet-Datei ist beschädigt oder unvollständig. Datei neu anfordern."
)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (
            lambda data: b"",
            "l1/bestand.parquet: Die Datei ist leer (0 Bytes). Datei neu anfordern.",
        ),
        (
            lambda data: b"person_id;stichtag",
            "l1/bestand.parquet: Die Datei ist keine Parquet-Datei. Format oder Dateiendung "
            "berichtigen.",
        ),
        (lambda data: data[:-1], DAMAGED),
        (lambda data: data[: len(data) // 2], DAMAGED),
        (lambda data: data[:4], DAMAGED),
        (lambda data: data[:4] + bytes(len(data) - 8) + data[-4:], DAMAGED),
    ],
)
def test_a_file_that_is_no_whole_parquet_is_refused(
    tmp_path: Path, damage: Any, sentence: str
) -> None:
    path = deliver(tmp_path, {"geburtsjahr": [1985] * 100})
    path.write_bytes(damage(path.read_bytes()))
    assert refusal(path) == [sentence]


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    bad = pa.array([b"\xff\xfe", b"a"]).view(pa.string())
    assert refusal(deliver(tmp_path, {"stadtbezirk": bad})) == [DAMAGED]
