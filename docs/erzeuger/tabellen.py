"""The columns of every computed table, read off a run over a tiny made-up delivery."""

import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as pt

from pipeline.settings import Settings
from pipeline.stages import RAW, STAGES, Work, file_name

PERSONS = 40
MONTHS = [(2023 + month // 12, month % 12 + 1) for month in range(14)]
# Judging the rules changes no column and takes long; the report writes no table.
LEFT_OUT = {"pruefen", "berichten"}


@dataclass(frozen=True)
class Tables:
    """schemas: of all tables the stages write, by name. facts: the keys of pub_angaben."""

    schemas: dict[str, pa.Schema]
    facts: tuple[str, ...]


@cache
def tables() -> Tables:
    """What a run writes."""
    with tempfile.TemporaryDirectory() as folder:
        curated = small_run(Path(folder))
        facts = pq.read_table(curated / "pub_angaben.parquet").column("schluessel").to_pylist()
        schemas = {p.stem: pq.read_schema(p) for p in sorted(curated.glob("*.parquet"))}
        return Tables(schemas, tuple(facts))


def small_run(folder: Path) -> Path:
    """Compute the tables of the tiny delivery in `folder`; returns its data/curated."""
    raw, curated, temp = (folder / "data" / name for name in ("raw", "curated", "zwischen"))
    _write_delivery(raw / "klein")
    curated.mkdir()
    settings = Settings(raw=raw, curated=curated, threads=1)
    for stage in STAGES:
        if stage.name in LEFT_OUT:
            continue
        inputs = {t: raw if t == RAW else curated / file_name(t) for t in stage.reads}
        out = curated / stage.name
        out.mkdir()
        temp.mkdir()
        stage.load()(Work(inputs, {}, out, temp, settings))
        for path in out.iterdir():
            path.rename(curated / path.name)
        out.rmdir()
        shutil.rmtree(temp)
    return curated


def german_type(kind: pa.DataType) -> str:
    """An Arrow type in a reader's words."""
    if pt.is_boolean(kind):
        return "ja/nein"
    if pt.is_integer(kind):
        return "ganze Zahl"
    if pt.is_floating(kind) or pt.is_decimal(kind):
        return "Dezimalzahl"
    return "Datum" if pt.is_date(kind) else "Text"


def _write_delivery(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "lieferung.toml").write_text(
        'lieferung = "klein"\ndatenstand = 2024-06-30\ntraeger = "x"\nart = "voll"\n'
        "synthetisch = true\n",
        encoding="utf-8",
    )
    stock = [
        f"p{person};{year}-{month:02}-15;{'wm'[person % 2]}"
        for person in range(PERSONS)
        for year, month in MONTHS
    ]
    starts = [f"b{person};p{person};2023-05-20;sv" for person in range(PERSONS)]
    measures = [f"t{person};p{person};MAT;2023-02-01" for person in range(PERSONS)]
    for table, head, lines in (
        ("bestand", "person_id;stichtag;geschlecht", stock),
        ("beschaeftigungen", "beschaeftigung_id;person_id;beginn;art", starts),
        ("teilnahmen", "teilnahme_id;person_id;instrument;eintritt", measures),
    ):
        text = "\n".join([head, *lines]) + "\n"
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
