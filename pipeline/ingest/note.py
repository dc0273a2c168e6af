"""What the deliverer says about a delivery, checked key by key: as lieferung.toml.

datapackage.py reads the same from a Data Package.
"""

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeGuard

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import listing, printable
from pipeline.registries import DELIVERED_TABLES, Contract, contract

# The list of Stichtage that may come with bezug; no table of its own.
STICHTAGE = "stichtage"
READ_TABLES = (*DELIVERED_TABLES, STICHTAGE)
ARTEN = ("voll", "nachlieferung", "korrektur")
# Whether person_id stays the same over all deliveries or holds within this one only.
STABLE, PER_DELIVERY = "stabil", "je_lieferung"
CHOICES = {"art": ARTEN, "pseudonym": (STABLE, PER_DELIVERY), "tabelle": READ_TABLES}
REQUIRED = ("lieferung", "datenstand", "traeger", "art")
KINDS = {
    "lieferung": "text",
    "datenstand": "date",
    "traeger": "text",
    "art": "text",
    "zeitraum_von": "date",
    "synthetisch": "bool",
    "profil": "text",
    "pseudonym": "text",
    "datei": "list",
}
FILE_KINDS = {"name": "text", "tabelle": "text", "zeilen": "count", "sha256": "text"}
LONGEST_TEXT = 100
LARGEST_NOTE = 1_000_000


@dataclass(frozen=True)
class NoteForm:
    """A form of delivery note: its file name, and how it spells the keys of lieferung.toml."""

    name: str
    prefix: str = ""

    def key(self, key: str) -> str:
        """zeitraum_von as this form calls it."""
        return self.prefix + key.replace("_", "-") if self.prefix else key


TOML = NoteForm("lieferung.toml")
NOTE_NAME = TOML.name


@dataclass(frozen=True)
class FileEntry:
    """A listed file: its name relative to the folder, its table; rows, hash and size if stated."""

    name: str
    tabelle: str
    zeilen: int | None
    sha256: str | None
    bytes: int | None = None


@dataclass(frozen=True)
class Note:
    """The content of a delivery note. pseudonym: STABLE or PER_DELIVERY."""

    id: str
    datenstand: date
    traeger: str
    art: str
    zeitraum_von: date | None
    synthetisch: bool
    files: tuple[FileEntry, ...]
    profil: str | None = None
    pseudonym: str = STABLE


def table_contract(name: str) -> Contract:
    """The contract of a file; the list of Stichtage has one column, which is that of bestand."""
    if name != STICHTAGE:
        return contract(name)
    bestand = contract("bestand")
    column = bestand.column("stichtag")
    return replace(bestand, tabelle=STICHTAGE, schluessel=(column.name,), columns=(column,))


def read_note(path: Path) -> Note:
    """Read and check lieferung.toml; raises DeliveryError with every problem found."""
    where = f"{printable(path.parent.name)}/{NOTE_NAME}"
    text = note_text(path, where)
    try:
        content = tomllib.loads(text)
    except RecursionError:
        raise DeliveryError(f"{where}: Zu tief verschachtelt. Datei prüfen.") from None
    except ValueError as error:
        spot = re.search(r"line (\d+)", str(error))
        line = f", Zeile {spot[1]}" if spot else ""
        raise DeliveryError(f"{where}{line}: Das ist kein gültiges TOML. Datei prüfen.") from None
    problems = check_keys(content, KINDS, REQUIRED, where)
    problems += check_choices(content, TOML, where)
    entries = content["datei"] if isinstance(content.get("datei"), list) else []
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
        pseudonym=content.get("pseudonym", STABLE),
    )


def note_text(path: Path, where: str) -> str:
    """The text of a note on deliveries; raises DeliveryError when it is no text or too long."""
    try:
        if not path.is_file():
            raise OSError
        with path.open("rb") as file:
            content = file.read(LARGEST_NOTE + 1)
    except OSError:
        raise DeliveryError(f"{where}: Die Datei lässt sich nicht lesen. Rechte prüfen.") from None
    if len(content) > LARGEST_NOTE:
        raise DeliveryError(
            f"{where}: Die Datei ist größer als {LARGEST_NOTE // 1_000_000} MB. Datei prüfen."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DeliveryError(f"{where}: Die Datei ist nicht in UTF-8. Neu speichern.") from None


def _check_entry(entry: Any, where: str) -> list[str]:
    if not isinstance(entry, dict):
        return [f"{where}: Das ist kein Eintrag mit name und tabelle. Eintrag berichtigen."]
    problems = check_keys(entry, FILE_KINDS, ("name", "tabelle"), where)
    problems += check_choices(entry, TOML, where)
    digest = entry.get("sha256")
    if _is_text(digest) and not re.fullmatch(r"[0-9a-fA-F]{64}", digest):
        problems.append(f"{where}: sha256 braucht 64 Zeichen aus 0-9 und a-f. Wert berichtigen.")
    return problems


def check_keys(
    content: dict[str, Any],
    kinds: dict[str, str],
    required: Iterable[str],
    where: str,
    also: frozenset[str] = frozenset(),
) -> list[str]:
    """A sentence for each unknown or missing key and each value of the wrong kind.

    also: keys that may stand there and are not looked at.
    """
    problems = []
    unknown = [key for key in content if key not in kinds and key not in also]
    if unknown:
        rest = " und die übrigen des Standards" if also else ""
        problems.append(
            f"{where}: Unbekannte Angaben: {listing(unknown)}. Erlaubt sind "
            f"{', '.join(kinds)}{rest}."
        )
    missing = [key for key in required if key not in content]
    if missing:
        problems.append(f"{where}: Fehlende Angaben: {', '.join(missing)}. Angaben ergänzen.")
    problems += [
        f"{where}: {key} muss {MEANING[kind]} sein. Wert berichtigen."
        for key, kind in kinds.items()
        if key in content and not CHECKS[kind](content[key])
    ]
    return problems


def check_choices(content: dict[str, Any], form: NoteForm, where: str) -> list[str]:
    """A sentence for each text that is none of the words its key knows."""
    return [
        f"{where}: {form.key(key)} kennt nur {listing(known)}. Wert berichtigen."
        for key, known in CHOICES.items()
        if _is_text(content.get(form.key(key))) and content[form.key(key)] not in known
    ]


def _is_text(value: Any) -> TypeGuard[str]:
    return (
        isinstance(value, str)
        and value == value.strip()
        and 0 < len(value) <= LONGEST_TEXT
        and value.isprintable()
    )


def _is_iso_day(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"sha256:[0-9a-fA-F]{64}", value))


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


# The kinds of value: how a message describes one, and the test.
MEANING = {
    "text": "ein nicht leerer Text in Anführungszeichen",
    "date": "ein Datum ohne Anführungszeichen, etwa 2026-03-31,",
    "iso_day": 'ein Datum als Text, etwa "2026-03-31",',
    "bool": "true oder false",
    "list": "eine Liste von Einträgen [[datei]]",
    "resources": "eine Liste von Dateien",
    "count": "eine Zahl ab 0",
    "hash": '"sha256:" mit 64 Zeichen aus 0-9 und a-f (andere Prüfsummen beweisen nichts)',
}
CHECKS: dict[str, Callable[[Any], bool]] = {
    "text": _is_text,
    "date": lambda value: isinstance(value, date) and not isinstance(value, datetime),
    "iso_day": _is_iso_day,
    "bool": lambda value: isinstance(value, bool),
    "list": lambda value: isinstance(value, list),
    "resources": lambda value: isinstance(value, list),
    "count": lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    "hash": _is_hash,
}
