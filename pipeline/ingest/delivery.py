"""The delivery folders under data/raw: what is there and what the delivery note says about it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.errors import DeliveryError
from pipeline.ingest.datapackage import DATAPACKAGE, read_datapackage
from pipeline.ingest.delivered_files import (
    RawFile,
    catalogue_name,
    conventional_files,
    expected_names,
    listed_file,
    profile_files,
    table_of,
)
from pipeline.ingest.naming import listing, printable
from pipeline.ingest.note import (
    NOTE_NAME,
    READ_TABLES,
    STABLE,
    STICHTAGE,
    TOML,
    Note,
    NoteForm,
    read_note,
)
from pipeline.registries import DELIVERED_TABLES

READERS = {TOML: read_note, DATAPACKAGE: read_datapackage}
NOTE_NAMES = frozenset(form.name for form in READERS)


@dataclass(frozen=True)
class Delivery:
    """One delivery folder. datenstand is None when no delivery note states it.

    stichtage: the list of Stichtage for bezug, if there is one. profil: name of the profile that
    the delivery note names. pseudonym: STABLE or PER_DELIVERY.
    """

    id: str
    folder: Path
    datenstand: date | None
    traeger: str | None
    art: str
    zeitraum_von: date | None
    synthetisch: bool
    files: tuple[RawFile, ...]
    warnings: tuple[str, ...]
    stichtage: RawFile | None = None
    profil: str | None = None
    pseudonym: str = STABLE


@dataclass(frozen=True)
class FoundFolder:
    """A delivery folder: its delivery, or what is wrong with it (German sentences)."""

    folder: Path
    delivery: Delivery | None
    problems: tuple[str, ...]


def discover(raw: Path) -> list[Delivery]:
    """All deliveries under `raw`, sorted by folder name.

    Raises DeliveryError with the problems of all deliveries together.
    """
    found = survey(raw)
    deliveries = [one.delivery for one in found if one.delivery is not None]
    problems = [problem for one in found for problem in one.problems]
    problems += repeated_ids(deliveries).values()
    if problems:
        raise DeliveryError(problems)
    return deliveries


def survey(raw: Path) -> list[FoundFolder]:
    """Every delivery folder under `raw`, sorted by name, each for itself.

    Raises DeliveryError when there is none or tables lie directly in `raw`.
    """
    advice = "Lieferung dort ablegen oder mit `python -m pipeline demo` eine Demolieferung erzeugen"
    if not raw.is_dir():
        raise DeliveryError(f"Der Ordner {printable(str(raw))} fehlt. {advice}.")
    try:
        entries = sorted(raw.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise DeliveryError(
            f"Der Ordner {printable(str(raw))} lässt sich nicht lesen ({error.strerror}). Rechte "
            "prüfen."
        ) from None
    loose = [e.name for e in entries if e.is_file() and table_of(e.name) is not None]
    if loose:
        raise DeliveryError(
            f"{printable(str(raw))}: {listing(loose)} liegt nicht in einem Unterordner. Jede "
            f"Lieferung ist ein Unterordner: Dateien nach {printable(raw.name)}/<lieferung>/ "
            "verschieben."
        )
    folders = [e for e in entries if e.is_dir() and not e.name.startswith(".")]
    if not folders:
        raise DeliveryError(f"{printable(str(raw))} enthält keine Lieferung. {advice}.")
    return [_found(folder) for folder in folders]


def repeated_ids(deliveries: list[Delivery]) -> dict[str, str]:
    """Every id that several deliveries have, with a sentence that names their folders."""
    folders: dict[str, list[str]] = {}
    for delivery in deliveries:
        folders.setdefault(delivery.id, []).append(delivery.folder.name)
    return {
        name: f"Die Lieferung {printable(name)} gibt es mehrfach (Ordner {listing(where)}). Jede "
        "Lieferung braucht eine eigene Kennung."
        for name, where in folders.items()
        if len(where) > 1
    }


def _found(folder: Path) -> FoundFolder:
    try:
        return FoundFolder(folder, _read_folder(folder), ())
    except DeliveryError as error:
        return FoundFolder(folder, None, tuple(error.problems))


def _read_folder(folder: Path) -> Delivery:
    where = printable(folder.name)
    try:
        names = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise DeliveryError(
            f"{where}: Der Ordner lässt sich nicht lesen ({error.strerror}). Rechte prüfen."
        ) from None
    warnings: list[str] = []
    problems: list[str] = []
    forms = [form for form in READERS if form.name in names]
    form = forms[0] if forms else TOML
    note: Note | None = None
    if len(forms) > 1:
        problems.append(
            f"{where}: {' und '.join(one.name for one in forms)} liegen nebeneinander. Nur einen "
            "Lieferschein behalten."
        )
    elif forms:
        try:
            note = READERS[form](folder / form.name)
        except DeliveryError as error:
            problems += error.problems
    elif not folder.name.isprintable():
        problems.append(
            f"{where}: Der Ordnername enthält nicht darstellbare Zeichen. Ordner umbenennen."
        )
    else:
        warnings.append(
            f"{where}: {NOTE_NAME} fehlt. Angenommen: Lieferung {where}, Art voll, Datenstand ist "
            "der neueste gelieferte Tag."
        )
    listed = list(note.files) if note else []
    profil = note.profil if note else None
    if profil is not None:
        listed += profile_files(where, profil, names, listed, problems, form)
    files = [listed_file(folder, entry, profil, problems, form) for entry in listed]
    files += conventional_files(folder, names, {e.name for e in listed}, profil, problems, form)
    found = [file for file in files if file is not None]
    unknown = set(names) - NOTE_NAMES - {f.name.split("/")[0] for f in found}
    unknown -= {entry.name.split("/")[0] for entry in listed}
    unknown -= catalogue_name(profil)
    tables = {file.tabelle for file in found}
    problems += _repeated_tables(where, found)
    if note or not forms:
        problems += _stock_problems(where, tables, note, form)
    unknown |= {f.name for f in found if f.tabelle == STICHTAGE and "bezug" not in tables}
    if all(file is not None and file.tabelle == STICHTAGE for file in files):
        problems.append(
            f"{where}: Der Ordner enthält keine Tabelle. Erwartet wird mindestens eine Datei "
            f"{' oder '.join(expected_names(profil))}."
        )
    if problems:
        raise DeliveryError(problems)
    rest = sorted(n for n in unknown if not (folder / n).is_symlink() or (folder / n).exists())
    if rest:
        warnings.append(f"{where}: Nicht gelesen: {listing(rest)}.")
    order = {table: i for i, table in enumerate(DELIVERED_TABLES)}
    return Delivery(
        id=note.id if note else folder.name,
        folder=folder,
        datenstand=note.datenstand if note else None,
        traeger=note.traeger if note else None,
        art=note.art if note else "voll",
        zeitraum_von=note.zeitraum_von if note else None,
        synthetisch=note.synthetisch if note else False,
        files=tuple(
            sorted((f for f in found if f.tabelle in order), key=lambda f: order[f.tabelle])
        ),
        warnings=tuple(warnings),
        stichtage=next((f for f in found if f.tabelle == STICHTAGE and "bezug" in tables), None),
        profil=profil,
        pseudonym=note.pseudonym if note else STABLE,
    )


def _stock_problems(
    where: str, tables: set[str], note: Note | None, form: NoteForm
) -> list[str]:
    """What is wrong with how the stock is delivered: by Stichtag or by spell, never both."""
    if "bezug" not in tables:
        return []
    problems = []
    if "bestand" in tables:
        problems.append(
            f"{where}: bestand und bezug schließen sich aus. Den Bestand entweder je Stichtag "
            "oder als Zeiträume liefern."
        )
    if note is None or note.zeitraum_von is None:
        problems.append(
            f"{where}: bezug braucht {form.key('zeitraum_von')} in {form.name}: den Tag, von dem "
            "an die Zeiträume vollständig sind. Angabe ergänzen."
        )
    elif note.zeitraum_von > note.datenstand:
        problems.append(
            f"{where}/{form.name}: {form.key('zeitraum_von')} liegt nach dem "
            f"{form.key('datenstand')}. Wert berichtigen."
        )
    return problems


def _repeated_tables(where: str, files: list[RawFile]) -> list[str]:
    problems = []
    for table in READ_TABLES:
        names = [file.name for file in files if file.tabelle == table]
        if len(names) > 1:
            problems.append(
                f"{where}: Die Tabelle {table} ist mehrfach geliefert ({listing(names)}). Nur "
                "eine Datei je Tabelle liefern."
            )
    return problems
