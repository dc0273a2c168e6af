"""Delivery → stg: the accepted rows typed, the rejected rows as delivered, and the balance."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb

from pipeline.database import connect
from pipeline.errors import DeliveryError
from pipeline.ingest.anonymity import anonymity
from pipeline.ingest.balance import balance
from pipeline.ingest.cells import newest_day, typed_table
from pipeline.ingest.code_types import prepare_typing
from pipeline.ingest.corrections import Numbered, corrected, missing_tables
from pipeline.ingest.delivered_files import RawFile
from pipeline.ingest.delivery import Delivery
from pipeline.ingest.identifiers.scan import name_problems
from pipeline.ingest.naming import place, printable
from pipeline.ingest.note import STICHTAGE, table_contract
from pipeline.ingest.profiles.catalogue import read_catalogue
from pipeline.ingest.profiles.mapping import (
    canonical_names,
    mapping_for,
    reading_of,
    to_canonical,
)
from pipeline.ingest.profiles.profile_choice import catalogue_of
from pipeline.ingest.reading.isolated import read_isolated
from pipeline.ingest.reading.readers import RawTable
from pipeline.ingest.source import Source
from pipeline.ingest.spells import write_person_months
from pipeline.ingest.staged import (
    Applied,
    StagedDelivery,
    StagedTable,
    load_staged,
    save_staged,
)
from pipeline.ingest.stichtage import stichtage_in_period
from pipeline.ingest.typing_sql import duplicates_sql, judged_sql
from pipeline.ingest.writing import write_accepted, write_rejected, write_unreadable
from pipeline.registries import contract

__all__ = ["StagedDelivery", "StagedTable", "load_staged", "stage_delivery"]


def stage_delivery(
    delivery: Delivery,
    out: Path,
    *,
    threads: int | None,
    memory_limit: str,
    corrections: Numbered = (),
    monatsgenau: bool = False,
) -> StagedDelivery:
    """Read, correct, type and judge a delivery into the existing empty directory `out`.

    Writes stg_<tabelle>.parquet, stg_<tabelle>_abgewiesen.parquet, stg_<tabelle>_unlesbar.parquet
    and lieferung.json; the spells of bezug as stg_bestand.parquet. Raises DeliveryError with the
    problems of all its files.
    """
    temp = out / ".temp"
    temp.mkdir()
    try:
        tables = _read_files(delivery, temp)
    except DeliveryError:
        shutil.rmtree(temp)
        raise
    con = connect(read_from=[out], temp=temp, threads=threads, memory_limit=memory_limit)
    try:
        prepare_typing(con)
        tables, applied = _correct(con, tables, corrections)
        datenstand = delivery.datenstand or _newest_day(con, delivery, tables)
        listed = tables.pop(STICHTAGE, None)
        stichtage: dict[date, str] = {}
        if "bezug" in tables:
            table = listed.raw if listed else None
            stichtage = stichtage_in_period(con, delivery, datenstand, table)
        tabellen = {}
        for file in delivery.files:
            source = replace(tables.pop(file.tabelle), monatsgenau=monatsgenau)
            days = stichtage if source.contract.ersetzt else {}
            tabellen[file.tabelle] = _stage_table(con, source, datenstand, days, out)
        hidden = anonymity(con, tabellen, out)
    finally:
        con.close()
        shutil.rmtree(temp, ignore_errors=True)
    result = StagedDelivery(
        id=delivery.id,
        folder=delivery.folder.name,
        datenstand=datenstand,
        traeger=delivery.traeger,
        art=delivery.art,
        zeitraum_von=delivery.zeitraum_von,
        synthetisch=delivery.synthetisch,
        warnings=(
            *delivery.warnings,
            *_period_warnings(delivery, tabellen),
            *_validity_warnings(delivery, tabellen),
        ),
        tabellen=tabellen,
        anonymitaet=hidden,
        pseudonym=delivery.pseudonym,
        berichtigungen=tuple(applied),
    )
    save_staged(result, out)
    return result


def _read_files(delivery: Delivery, temp: Path) -> dict[str, Source]:
    """Every file of the delivery by table, held against what its note states about it.

    A file that names a person, in any cell, heading or its own name, is refused.
    """
    tables = {}
    problems: list[str] = []
    files = [*delivery.files, *filter(None, [delivery.stichtage])]
    keys = read_catalogue(catalogue_of(delivery.profil), delivery.folder, temp)
    for file in files:
        columns = table_contract(file.tabelle)
        unspeakable = name_problems(delivery.folder.name, file.name, file.tabelle)
        if unspeakable:
            problems += unspeakable
            continue
        try:
            names = canonical_names(file, columns)
            raw = read_isolated(file.path, file.format, reading_of(file, columns), names, temp)
            mapping = mapping_for(raw, file, columns)
            tables[file.tabelle] = Source(
                delivery.id,
                file,
                columns,
                to_canonical(raw, replace(file, mapping=mapping), columns, keys),
                mapping.name if mapping else None,
            )
        except DeliveryError as error:
            problems += error.problems
            continue
        problems += _unlike_stated(file, raw)
    if problems:
        raise DeliveryError(problems)
    return tables


def _correct(
    con: duckdb.DuckDBPyConnection, tables: dict[str, Source], corrections: Numbered
) -> tuple[dict[str, Source], list[Applied]]:
    """The tables with the corrections of this delivery made, and what was done."""
    problems = missing_tables(corrections, tables)
    found, done = dict(tables), []
    for table, source in tables.items():
        try:
            raw, applied = corrected(con, source.raw, source.contract, corrections)
        except DeliveryError as error:
            problems += error.problems
            continue
        found[table] = replace(source, raw=raw)
        done += applied
    if problems:
        raise DeliveryError(problems)
    return found, sorted(done, key=lambda one: one.nummer)


def _unlike_stated(file: RawFile, raw: RawTable) -> list[str]:
    """A sentence for each thing that the delivery note states otherwise."""
    problems = []
    where = place(file.path)
    if file.sha256 is not None and file.sha256 != raw.sha256:
        problems.append(
            f"{where}: Die Prüfsumme stimmt nicht mit {file.stated_in} überein. Datei neu "
            "anfordern."
        )
    if file.zeilen is not None and file.zeilen != raw.delivered:
        problems.append(
            f"{where}: Die Datei hat {raw.delivered} Zeilen, {file.stated_in} nennt "
            f"{file.zeilen}. Datei neu anfordern."
        )
    return problems


def _newest_day(
    con: duckdb.DuckDBPyConnection, delivery: Delivery, tables: dict[str, Source]
) -> date:
    """The datenstand of a delivery that states none."""
    days = [
        newest_day(con, contract(table), source.raw)
        for table, source in tables.items()
        if table != STICHTAGE
    ]
    known = [day for day in days if day is not None]
    if not known:
        raise DeliveryError(
            f"{printable(delivery.folder.name)}: Ohne lieferung.toml und ohne lesbares Datum ist "
            "der Datenstand unbekannt. lieferung.toml mit datenstand ergänzen."
        )
    return max(known)


def _stage_table(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    datenstand: date,
    stichtage: dict[date, str],
    out: Path,
) -> StagedTable:
    """Judge one table and write its two files; spells are written as the months they stand for."""
    con.register("typisiert", typed_table(con, source.contract, source.raw))
    con.execute(
        f"create temp table beurteilt as {judged_sql(source.contract, source.raw.columns)}",
        {"datenstand": datenstand},
    )
    con.unregister("typisiert")
    con.execute(f"create temp table doppelt as {duplicates_sql(source.contract)}")
    con.execute(
        "create temp view angenommen as\n"
        "select * from beurteilt where regel is null\n"
        "and zeile not in (select zeile from doppelt)"
    )
    if source.contract.ersetzt:
        write_person_months(con, source, stichtage, out)
    else:
        write_accepted(con, source, out)
    write_rejected(con, source, out)
    staged = balance(con, source, stichtage)
    write_unreadable(con, staged, source.lieferung, out)
    con.execute("drop view angenommen; drop table doppelt; drop table beurteilt")
    return staged


def _period_warnings(delivery: Delivery, tabellen: dict[str, StagedTable]) -> list[str]:
    """Spells without any Stichtag tell nothing."""
    if "bezug" not in tabellen or tabellen["bezug"].stichtage:
        return []
    return [
        f"{printable(delivery.folder.name)}: Zwischen zeitraum_von und datenstand liegt kein "
        "Stichtag; bezug ergibt keinen Bestand. zeitraum_von oder stichtage.csv prüfen."
    ]


def _validity_warnings(delivery: Delivery, tabellen: dict[str, StagedTable]) -> list[str]:
    """One sentence per code used outside its valid_from … valid_to; such rows are taken."""
    return [
        f"{printable(delivery.folder.name)}/{printable(table.datei)}, Spalte {use.spalte}: Code "
        f"{use.code} steht in Zeilen außerhalb seiner Gültigkeit. codes/"
        f"{contract(name).column(use.spalte).codes}.csv oder Lieferung prüfen."
        for name, table in tabellen.items()
        for use in table.ausserhalb_gueltigkeit
    ]
