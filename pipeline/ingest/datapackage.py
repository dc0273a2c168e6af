"""datapackage.json: a Data Package as delivery note, read into the same Note as lieferung.toml.

Standard: https://datapackage.org/standard/data-package/ (version 2.0). What it lacks stands in
properties that begin with x-, named like the keys of lieferung.toml. Of the standard's own
properties only name, id, resources, path, hash and bytes are used.
"""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import listing, printable
from pipeline.ingest.note import (
    READ_TABLES,
    STABLE,
    FileEntry,
    Note,
    NoteForm,
    check_choices,
    check_keys,
    note_text,
)

DATAPACKAGE = NoteForm("datapackage.json", prefix="x-")
KINDS = {
    "name": "text",
    "resources": "resources",
    "x-datenstand": "iso_day",
    "x-traeger": "text",
    "x-art": "text",
    "x-zeitraum-von": "iso_day",
    "x-synthetisch": "bool",
    "x-profil": "text",
    "x-pseudonym": "text",
}
REQUIRED = ("name", "resources", "x-datenstand", "x-traeger", "x-art")
FILE_KINDS = {
    "name": "text",
    "path": "text",
    "hash": "hash",
    "bytes": "count",
    "x-tabelle": "text",
    "x-zeilen": "count",
}
COMMON = frozenset(
    {"$schema", "profile", "title", "description", "homepage", "sources", "licenses"}
)
STANDARD = COMMON | {"id", "version", "created", "contributors", "keywords", "image"}
FILE_STANDARD = COMMON | {"type", "format", "mediatype", "encoding", "dialect", "schema"}
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://")


class _NotAllowedError(ValueError):
    """Something the Python reader would let pass; the sentence says what."""


def read_datapackage(path: Path) -> Note:
    """Read and check datapackage.json; raises DeliveryError with every problem found."""
    where = f"{printable(path.parent.name)}/{DATAPACKAGE.name}"
    content = _parse(note_text(path, where), where)
    if "name" not in content and "id" in content:
        content["name"] = content["id"]
    problems = check_keys(content, KINDS, REQUIRED, where, STANDARD)
    problems += check_choices(content, DATAPACKAGE, where)
    resources = content["resources"] if isinstance(content.get("resources"), list) else []
    files = [
        _entry(resource, f"{where}, resources Nr. {number}", problems)
        for number, resource in enumerate(resources, start=1)
    ]
    if problems:
        raise DeliveryError(problems)
    since = content.get("x-zeitraum-von")
    return Note(
        id=content["name"],
        datenstand=date.fromisoformat(content["x-datenstand"]),
        traeger=content["x-traeger"],
        art=content["x-art"],
        zeitraum_von=None if since is None else date.fromisoformat(since),
        synthetisch=content.get("x-synthetisch", False),
        files=tuple(file for file in files if file is not None),
        profil=content.get("x-profil"),
        pseudonym=content.get("x-pseudonym", STABLE),
    )


def _entry(resource: Any, where: str, problems: list[str]) -> FileEntry | None:
    """The file a resource describes, or None and its problems."""
    if not isinstance(resource, dict):
        problems.append(f"{where}: Das ist kein Eintrag mit name und path. Eintrag berichtigen.")
        return None
    if "data" in resource:
        problems.append(
            f"{where}: Zeilen in data werden nicht gelesen. Als Datei liefern und in path nennen."
        )
        return None
    path = resource.get("path")
    if isinstance(path, list) and len(path) > 1:
        problems.append(f"{where}: path nennt mehrere Dateien. Je Tabelle eine Datei liefern.")
        return None
    if isinstance(path, list) and path:
        resource = {**resource, "path": path[0]}
    found = check_keys(resource, FILE_KINDS, ("name", "path"), where, FILE_STANDARD)
    found += check_choices(resource, DATAPACKAGE, where)
    if not found:
        found += _misplaced(resource, where)
    problems += found
    if found:
        return None
    digest = resource.get("hash")
    return FileEntry(
        name=str(PurePosixPath(resource["path"])),
        tabelle=resource.get("x-tabelle", resource["name"]),
        zeilen=resource.get("x-zeilen"),
        sha256=None if digest is None else digest.removeprefix("sha256:").lower(),
        bytes=resource.get("bytes"),
    )


def _misplaced(resource: dict[str, Any], where: str) -> list[str]:
    """What is wrong with the table and the place of a resource whose values are of their kind."""
    problems = []
    name, table = resource["name"], resource.get("x-tabelle")
    if ADDRESS.match(resource["path"]):
        problems.append(
            f"{where}: path ist eine Adresse im Netz. Datei in den Lieferordner legen und dort "
            "nennen."
        )
    if table is None and name not in READ_TABLES:
        problems.append(
            f"{where}: name nennt keine der Tabellen {listing(READ_TABLES)}. Tabelle in x-tabelle "
            "nennen."
        )
    elif table is not None and name in READ_TABLES and name != table:
        problems.append(
            f"{where}: name und x-tabelle nennen verschiedene Tabellen ({name}, {table}). Eine "
            "Angabe berichtigen."
        )
    return problems


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        content = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except RecursionError:
        raise DeliveryError(f"{where}: Zu tief verschachtelt. Datei prüfen.") from None
    except _NotAllowedError as error:
        raise DeliveryError(f"{where}: {error}") from None
    except json.JSONDecodeError as error:
        raise DeliveryError(
            f"{where}, Zeile {error.lineno}: Das ist kein gültiges JSON. Datei prüfen."
        ) from None
    except ValueError:
        raise DeliveryError(f"{where}: Eine Zahl ist zu lang. Datei prüfen.") from None
    if not isinstance(content, dict):
        raise DeliveryError(
            f"{where}: Das ist kein Data Package, sondern ein anderes JSON. Datei prüfen."
        )
    return content


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        twice = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]
        raise _NotAllowedError(f"Doppelte Angaben: {listing(twice)}. Eine davon streichen.")
    return content


def _no_constant(name: str) -> float:
    raise _NotAllowedError(f"{name} ist in JSON keine Zahl. Datei prüfen.")
