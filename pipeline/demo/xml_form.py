"""The demo as XML in modules, with a catalogue of keys. Elements, numbers and keys are made up.

Nothing here is taken from an official standard. The shape is that of any such standard: records of
Bedarfsgemeinschaften and of persons, joined by a number; fields with numbers; keys in a catalogue.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import xlsxwriter

from pipeline.demo.foreign_form import file_name, foreign_table
from pipeline.ingest.profiles.profile import Catalogue, Profile, TableProfile, load_profile

XML = "demo_xml"
HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!-- Erfunden: keine Angabe über wirkliche Personen und kein amtliches Format. Elemente,
     Feldnummern und Schlüssel gibt es nur in dieser Demolieferung. -->
<lieferung>
<kopf><programm>Demo</programm></kopf>
"""
# A module that the profile leaves out.
LEFT_OUT = '<bescheid><feld nr="E.1">{}</feld></bescheid>\n'
STICHTAG = "meldung/@stichtag"
PERSONS_OF_A_BG = 2


def write_xml(tables: dict[str, pa.Table], folder: Path) -> None:
    """One XML file and its catalogue as the profile demo_xml declares them."""
    profile = load_profile(XML)
    catalogue = profile.katalog
    if catalogue is None:
        raise RuntimeError("the profile of the demo in XML has no catalogue")
    keys = _keys(profile)
    _write_catalogue(keys, catalogue, folder / catalogue.datei)
    with (folder / file_name(profile.tabelle["bestand"])).open("w", encoding="utf-8") as file:
        file.write(HEAD)
        declared = profile.tabelle["bestand"]
        file.writelines(_stock(_with_bg_number(_rows(tables["bestand"], declared, keys))))
        for name in ("beschaeftigungen", "teilnahmen"):
            declared = profile.tabelle[name]
            for row in _rows(tables[name], declared, keys):
                file.write(_record(declared.element, row))
        file.write("</lieferung>\n")


def _keys(profile: Profile) -> dict[str, dict[str, str]]:
    """Field → meaning → key, numbered in the order of the profile from 11 on."""
    return {
        source.rpartition("bg.")[2]: {
            meaning: str(11 + number)
            for number, meaning in enumerate(declared.codes[target])
        }
        for declared in profile.tabelle.values()
        for source, target in declared.spalten.items()
        if target in declared.codes
    }


def _rows(
    table: pa.Table, declared: TableProfile, keys: dict[str, dict[str, str]]
) -> Iterator[dict[str, str]]:
    """Field → text for each row, empty fields left out; keys in place of their meanings."""
    texts = foreign_table(table, declared.model_copy(update={"ignoriert": []}))
    names = texts.column_names
    translations = [keys.get(name.rpartition("bg.")[2], {}) for name in names]
    for cells in zip(*(column.to_pylist() for column in texts.columns), strict=True):
        yield {
            name: pairs.get(cell, cell)
            for name, pairs, cell in zip(names, translations, cells, strict=True)
            if cell
        }


def _with_bg_number(rows: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Give two persons at a time, of one Stichtag and with equal facts about it, one BG."""
    counted: dict[tuple[str, ...], int] = {}
    numbers: dict[tuple[str, ...], int] = {}
    for row in rows:
        facts = (row[STICHTAG], row.get("bg.A.2", ""), row.get("bg.A.3", ""))
        counted[facts] = counted.get(facts, 0) + 1
        key = (*facts, str((counted[facts] - 1) // PERSONS_OF_A_BG))
        row["B.2"] = f"G{numbers.setdefault(key, len(numbers)):07d}"
        yield row


def _stock(rows: Iterator[dict[str, str]]) -> Iterator[str]:
    """A block per Stichtag: its BGs, then its persons, then what the profile leaves out."""
    for stichtag, block in groupby(rows, key=lambda row: row[STICHTAG]):
        persons = list(block)
        yield f'<meldung stichtag="{stichtag}">\n'
        told: dict[str, str] = {}
        for row in persons:
            facts = {n.removeprefix("bg."): c for n, c in row.items() if n.startswith("bg.")}
            told.setdefault(row["B.2"], _record("gemeinschaft", {"A.1": row["B.2"], **facts}))
        yield from told.values()
        for row in persons:
            yield _record("person", {n: c for n, c in row.items() if n.startswith("B.")})
        yield LEFT_OUT.format("erfunden")
        yield "</meldung>\n"


def _record(element: str, row: dict[str, str]) -> str:
    fields = "".join(f'<feld nr="{name}">{escape(cell)}</feld>' for name, cell in row.items())
    return f"<{element}>{fields}</{element}>\n"


def _write_catalogue(keys: dict[str, dict[str, str]], declared: Catalogue, path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": datetime(2000, 1, 1), "comments": "Erfunden"})
    book.add_worksheet("Hinweis").write(0, 0, "Erfunden, wie die Demolieferung selbst")
    sheet = book.add_worksheet(declared.blatt)
    lines: list[tuple[Any, ...]] = [(declared.feld, declared.schluessel, declared.bedeutung)]
    lines += [(field, int(k), m) for field, pairs in keys.items() for m, k in pairs.items()]
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line)
    book.close()
