"""The files of a delivery folder: which tables they are, and by whose word."""

import stat
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.ingest.naming import printable
from pipeline.ingest.note import NOTE_NAME, READ_TABLES, TOML, FileEntry, NoteForm
from pipeline.ingest.profiles.profile_choice import (
    TableMapping,
    catalogue_of,
    mapped_files,
    mapped_patterns,
    mapping_of,
)
from pipeline.registries import DELIVERED_TABLES

FORMATS = ("csv", "parquet", "xlsx", "xml")


@dataclass(frozen=True)
class RawFile:
    """One delivered file, or the part of it that is one table.

    zeilen and sha256 as the delivery note states them, whose file name is stated_in; mapping as the
    profile it names does.
    """

    path: Path
    name: str
    tabelle: str
    format: str
    zeilen: int | None = None
    sha256: str | None = None
    mapping: TableMapping | None = None
    stated_in: str = NOTE_NAME


def _format_of(name: str) -> str | None:
    ending = name.rpartition(".")[2].lower()
    return ending if ending in FORMATS and "." in name else None


def table_of(name: str) -> str | None:
    """The table a conventional file name stands for."""
    stem = name.rpartition(".")[0]
    return stem if stem in READ_TABLES and _format_of(name) else None


def profile_files(
    where: str,
    profil: str,
    names: list[str],
    listed: list[FileEntry],
    problems: list[str],
    form: NoteForm = TOML,
) -> list[FileEntry]:
    """The files that the patterns of a profile find for tables the delivery note does not list."""
    try:
        found = mapped_files(profil, [name for name in names if _format_of(name)])
    except UsageError as error:
        problems += [f"{where}/{form.name}: {problem}" for problem in error.problems]
        return []
    stated = {entry.tabelle for entry in listed}
    return [FileEntry(name, table, None, None) for table, name in found if table not in stated]


def conventional_files(
    folder: Path,
    names: list[str],
    listed: set[str],
    profil: str | None,
    problems: list[str],
    form: NoteForm = TOML,
) -> list[RawFile | None]:
    """The files whose names say which table they are."""
    found: list[RawFile | None] = []
    for name in names:
        table = table_of(name)
        if table is not None and name not in listed:
            entry = FileEntry(name, table, None, None)
            found.append(listed_file(folder, entry, profil, problems, form))
    return found


def listed_file(
    folder: Path,
    entry: FileEntry,
    profil: str | None,
    problems: list[str],
    form: NoteForm = TOML,
) -> RawFile | None:
    """The file if it is a readable one inside the folder, else None and a problem."""
    where = f"{printable(folder.name)}/{printable(entry.name)}"
    path = folder / entry.name
    inside = not Path(entry.name).is_absolute() and ".." not in Path(entry.name).parts
    try:
        if not inside or not path.resolve().is_relative_to(folder.resolve()):
            problems.append(
                f"{where}: Die Datei liegt außerhalb des Lieferordners. Datei in den Ordner legen."
            )
            return None
        state = path.stat()
    except FileNotFoundError:
        problems.append(
            f"{where}: Die in {form.name} genannte Datei fehlt. Datei ergänzen oder Eintrag "
            "streichen."
        )
        return None
    except (OSError, ValueError, RuntimeError):
        problems.append(f"{where}: Die Datei lässt sich nicht öffnen. Rechte und Ablage prüfen.")
        return None
    ending = _format_of(entry.name)
    if not stat.S_ISREG(state.st_mode):
        problems.append(f"{where}: Das ist keine Datei. Als Datei liefern.")
    elif ending is None:
        problems.append(
            f"{where}: Gelesen werden nur .csv, .parquet, .xlsx und .xml. Datei umwandeln."
        )
    elif entry.bytes not in (None, state.st_size):
        problems.append(
            f"{where}: Die Datei hat {state.st_size} Bytes, {form.name} nennt {entry.bytes}. Datei "
            "neu anfordern."
        )
    else:
        mapping = _mapping(profil, entry.tabelle)
        if (ending == "xml") == bool(mapping and mapping.table.element):
            stated = entry.zeilen, entry.sha256
            return RawFile(path, entry.name, entry.tabelle, ending, *stated, mapping, form.name)
        problems.append(
            f"{where}: XML wird nur mit einem Profil gelesen, das die Elemente der Tabelle "
            f"{entry.tabelle} nennt, und ein solches Profil liest nur XML. In {form.name} mit "
            f"{form.key('profil')} das richtige nennen."
        )
    return None


def expected_names(profil: str | None) -> list[str]:
    """The file names that would be read: those of the profile, else the names of the tables."""
    patterns = [] if profil is None else mapped_patterns(profil)
    if patterns:
        return patterns
    return [f"{table}.csv" for table in DELIVERED_TABLES[:-1]] + [
        f"{DELIVERED_TABLES[-1]}.csv (auch .parquet oder .xlsx)"
    ]


def catalogue_name(profil: str | None) -> set[str]:
    """The file that explains keys, if the profile names one."""
    try:
        catalogue = catalogue_of(profil)
    except UsageError:
        return set()
    return {catalogue.datei} if catalogue else set()


def _mapping(profil: str | None, tabelle: str) -> TableMapping | None:
    """What a named profile says about a table; a broken profile is complained about elsewhere."""
    try:
        return mapping_of(profil, tabelle) if profil is not None else None
    except UsageError:
        return None
