"""lieferung.toml: what the deliverer says about a delivery, checked key by key."""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import listing, printable
from pipeline.registries import DELIVERED_TABLES, Contract, contract

NOTE_NAME = "lieferung.toml"
# The list of Stichtage that may come with bezug; no table of its own.
STICHTAGE = "stichtage"
READ_TABLES = (*DELIVERED_TABLES, STICHTAGE)
ARTEN = ("voll", "nachlieferung", "korrektur")
REQUIRED = ("lieferung", "datenstand", "traeger", "art")
KINDS = {
    "lieferung": "text",
    "datenstand": "date",
    "traeger": "text",
    "art": "text",
    "zeitraum_von": "date",
    "synthetisch": "bool",
    "profil": "text",
    "datei": "list",
}
FILE_KINDS = {"name": "text", "tabelle": "text", "zeilen": "count", "sha256": "text"}
MEANING = {
    "text": "ein nicht leerer Text in Anführungszeichen",
    "date": "ein Datum ohne Anführungszeichen, etwa 2026-03-31,",
    "bool": "true oder false",
    "list": "eine Liste von Einträgen [[datei]]",
    "count": "eine Zahl ab 0",
}
LONGEST_TEXT = 100


@dataclass(frozen=True)
class FileEntry:
    """One [[datei]]: a file name relative to the folder, its table, rows and hash if stated."""

    name: str
    tabelle: str
    zeilen: int | None
    sha256: str | None


@dataclass(frozen=True)
class Note:
    """The content of lieferung.toml."""

    id: str
    datenstand: date
    traeger: str
    art: str
    zeitraum_von: date | None
    synthetisch: bool
    files: tuple[FileEntry, ...]
    profil: str | None = None


def table_contract(name: str) -> Contract:
    """The contract of a file; the list of Stichtage has one column, which is that of bestand."""
    if name != STICHTAGE:
        return contract(name)
    bestand = contract("bestand")
    column = next(c for c in bestand.columns if c.name == "stichtag")
    return replace(bestand, tabelle=STICHTAGE, schluessel=(column.name,), columns=(column,))


def read_note(path: Path) -> Note:
    """Read and check lieferung.toml; raises DeliveryError with every problem found."""
    where = f"{printable(path.parent.name)}/{NOTE_NAME}"
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        spot = re.search(r"line (\d+)", str(error))
        line = f", Zeile {spot[1]}" if spot else ""
        raise DeliveryError(f"{where}{line}: Das ist kein gültiges TOML. Datei prüfen.") from None
    except UnicodeDecodeError:
        raise DeliveryError(f"{where}: Die Datei ist nicht in UTF-8. Neu speichern.") from None
    except (OSError, RecursionError):
        raise DeliveryError(f"{where}: Die Datei lässt sich nicht lesen. Rechte prüfen.") from None
    problems = _check_keys(content, KINDS, REQUIRED, where)
    art = content.get("art")
    if _is("text", art) and art not in ARTEN:
        problems.append(f"{where}: art kennt nur {', '.join(ARTEN)}. Wert berichtigen.")
    entries = content["datei"] if _is("list", content.get("datei")) else []
    for number, entry in enumerate(entries, start=1):
        problems += _check_entry(entry, f"{where}, [[datei]] Nr. {number}")
    if problems:
        raise DeliveryError(problems)
    return Note(
        id=content["lieferung"],
        datenstand=content["datenstand"],
        traeger=content["traeger"],
        art=content["art"],
        zeitraum_von=content.get("zeitraum_von"),
        synthetisch=content.get("synthetisch", False),
        files=tuple(
            FileEntry(e["name"], e["tabelle"], e.get("zeilen"), _lower(e.get("sha256")))
            for e in entries
        ),
        profil=content.get("profil"),
    )


def _check_entry(entry: Any, where: str) -> list[str]:
    if not isinstance(entry, dict):
        return [f"{where}: Das ist kein Eintrag mit name und tabelle. Eintrag berichtigen."]
    problems = _check_keys(entry, FILE_KINDS, ("name", "tabelle"), where)
    tabelle, digest = entry.get("tabelle"), entry.get("sha256")
    if _is("text", tabelle) and tabelle not in READ_TABLES:
        problems.append(f"{where}: tabelle kennt nur {listing(READ_TABLES)}. Wert berichtigen.")
    if _is("text", digest) and not re.fullmatch(r"[0-9a-fA-F]{64}", str(digest)):
        problems.append(f"{where}: sha256 braucht 64 Zeichen aus 0-9 und a-f. Wert berichtigen.")
    return problems


def _check_keys(
    content: dict[str, Any],
    kinds: dict[str, str],
    required: tuple[str, ...],
    where: str,
) -> list[str]:
    problems = []
    unknown = [key for key in content if key not in kinds]
    if unknown:
        problems.append(
            f"{where}: Unbekannte Angaben: {listing(unknown)}. Erlaubt sind {', '.join(kinds)}."
        )
    missing = [key for key in required if key not in content]
    if missing:
        problems.append(f"{where}: Fehlende Angaben: {', '.join(missing)}. Angaben ergänzen.")
    problems += [
        f"{where}: {key} muss {MEANING[kind]} sein. Wert berichtigen."
        for key, kind in kinds.items()
        if key in content and not _is(kind, content[key])
    ]
    return problems


def _is(kind: str, value: Any) -> bool:
    if kind == "text":
        return (
            isinstance(value, str)
            and value == value.strip()
            and 0 < len(value) <= LONGEST_TEXT
            and value.isprintable()
        )
    if kind == "date":
        return isinstance(value, date) and not isinstance(value, datetime)
    if kind == "bool":
        return isinstance(value, bool)
    if kind == "list":
        return isinstance(value, list)
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()
