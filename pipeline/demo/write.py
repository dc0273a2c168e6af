"""Writing a delivery: its files and lieferung.toml."""

import calendar
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from pipeline.demo.excel_form import EXCEL, write_excel
from pipeline.demo.foreign_form import GERMAN, files_of, write_german
from pipeline.demo.simulate import simulate
from pipeline.demo.spells import in_spells
from pipeline.demo.state import History
from pipeline.demo.tables import cut
from pipeline.demo.xml_form import XML, write_xml
from pipeline.errors import UsageError

TRAEGER = "demo-stadt"
VON = date(2011, 4, 1)
TABLES = ("bestand", "beschaeftigungen", "teilnahmen")
TOML = "lieferung.toml"
SYNTHETIC = "synthetisch = true"
# "bezug": as csv, and the stock in spells of receipt instead of by Stichtag. "deutsch",
# "excel", "xml": as the profile of that form declares it.
Form = Literal["csv", "parquet", "bezug", "deutsch", "excel", "xml"]
SPELLS = ("bezug", "stichtage")
PROFILES = {"deutsch": GERMAN, "excel": EXCEL, "xml": XML}
WRITERS = {"deutsch": write_german, "excel": write_excel, "xml": write_xml}


@dataclass(frozen=True)
class DemoInfo:
    """What was written: folder, id and datenstand of the delivery, rows per table."""

    ordner: Path
    lieferung: str
    datenstand: date
    zeilen: dict[str, int]


def last_day(history: History) -> date:
    """The datenstand of the full delivery: the end of the month of the last Stichtag."""
    window = history.snapshots[-2].window
    return date(window.year, window.month, calendar.monthrange(window.year, window.month)[1])


def demo_history(
    *, bestand: int = 30000, seed: int = 1, von: date = VON, monate: int = 60, luecke: float = 1.0
) -> History:
    """The history behind the demo, from which `demo_tables` cuts any number of deliveries."""
    problems = []
    if bestand < 10:
        problems.append("Demo: bestand muss mindestens 10 sein.")
    if not 1 <= monate <= 120:
        problems.append("Demo: monate muss zwischen 1 und 120 liegen.")
    if not 0.0 <= luecke <= 1.0:
        problems.append("Demo: luecke muss zwischen 0 und 1 liegen.")
    if seed < 0:
        problems.append("Demo: seed darf nicht negativ sein.")
    if von < date(2009, 1, 1):
        problems.append("Demo: von muss 2009-01 oder später sein.")
    if problems:
        raise UsageError(problems)
    return simulate(
        bestand=bestand, seed=seed, von=von.replace(day=1), monate=monate, luecke=luecke
    )


def demo_tables(history: History, as_of: date | None = None) -> dict[str, pa.Table]:
    """The three tables as known on `as_of` (default: the end of the last Stichtag's month).

    Text columns are dictionary-encoded; missing values are null. The history also holds the month
    after its last Stichtag, which belongs to no delivery.
    """
    day = as_of or last_day(history)
    if day > last_day(history):
        raise UsageError(
            f"Demo: as_of liegt nach dem Ende der Daten ({last_day(history):%d.%m.%Y})."
        )
    if day.toordinal() - date(1970, 1, 1).toordinal() < history.snapshots[0].window.b:
        raise UsageError("Demo: as_of liegt vor dem ersten Stichtag.")
    return cut(history, day)


def write_delivery(
    history: History, out: Path, *, as_of: date | None = None, form: Form = "csv"
) -> DemoInfo:
    """Write one delivery of a history into the folder `out` (its name is the delivery's id)."""
    folder, day = out.resolve(), as_of or last_day(history)
    _refuse_foreign(folder)
    tables = demo_tables(history, as_of)
    begin = None
    if form == "bezug":
        told = in_spells(tables.pop("bestand"))
        tables, begin = {**told, **tables}, told["stichtage"]["stichtag"][0].as_py()
    staging = folder.with_name(f".{folder.name}.neu")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        _write_tables(tables, form, staging)
    except UsageError:
        shutil.rmtree(staging)
        raise
    _write_toml(staging, folder.name, day, begin, PROFILES.get(form))
    # A killed run leaves a hidden folder, never half a delivery.
    shutil.rmtree(folder, ignore_errors=True)
    staging.rename(folder)
    rows = {name: table.num_rows for name, table in tables.items()}
    return DemoInfo(out, folder.name, day, rows)


def _write_tables(tables: dict[str, pa.Table], form: Form, folder: Path) -> None:
    if form in WRITERS:
        WRITERS[form](tables, folder)
        return
    for name, table in tables.items():
        if form == "parquet":
            pa_parquet.write_table(table, folder / f"{name}.parquet", compression="zstd")
        else:
            _write_csv(table, folder / f"{name}.csv")


def _refuse_foreign(folder: Path) -> None:
    """Overwrite nothing but an earlier demo: real deliveries are never touched."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError(f"Demo: {folder.name} ist eine Datei, kein Ordner.")
    ours = {f"{name}.{end}" for name in (*TABLES, *SPELLS) for end in ("csv", "parquet")} | {TOML}
    ours |= {name for profil in PROFILES.values() for name in files_of(profil)}
    found = {path.name for path in folder.iterdir()}
    toml = folder / TOML
    synthetic = toml.is_file() and SYNTHETIC in toml.read_text(encoding="utf-8").splitlines()
    if found and (found - ours or not synthetic):
        raise UsageError(
            f"Demo: Der Ordner {folder.name} enthält etwas anderes als eine frühere Demolieferung. "
            "Es wird nichts überschrieben; bitte einen anderen Ordner nennen."
        )


def write_demo(
    out: Path,
    *,
    bestand: int = 30000,
    seed: int = 1,
    von: date = VON,
    monate: int = 60,
    as_of: date | None = None,
    form: Form = "csv",
    luecke: float = 1.0,
) -> DemoInfo:
    """Write a synthetic delivery into the folder `out`; same arguments, same bytes."""
    history = demo_history(bestand=bestand, seed=seed, von=von, monate=monate, luecke=luecke)
    return write_delivery(history, out, as_of=as_of, form=form)


def _write_csv(table: pa.Table, path: Path) -> None:
    """UTF-8, semicolon, ISO dates, true/false, decimal point, no quotes (no value needs them)."""
    options = pa_csv.WriteOptions(include_header=False, delimiter=";", quoting_style="none")
    with path.open("wb") as file:
        file.write((";".join(table.column_names) + "\n").encode())
        pa_csv.write_csv(table, file, options)


def _write_toml(
    folder: Path, lieferung: str, day: date, begin: date | None, profil: str | None
) -> None:
    text = (
        f'lieferung = "{lieferung}"\n'
        f"datenstand = {day:%Y-%m-%d}\n"
        f'traeger = "{TRAEGER}"\n'
        'art = "voll"\n'
        f"{SYNTHETIC}\n"
    )
    if begin is not None:
        text += f"zeitraum_von = {begin:%Y-%m-%d}\n"
    if profil is not None:
        text += f'profil = "{profil}"\n'
    (folder / TOML).write_text(text, encoding="utf-8")
