"""Profiles: what a file of foreign shape means, declared in profile/<name>.toml.

A profile only speaks; profile_check.py holds it against the contracts, mapping.py carries it out.
"""

import re
import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import UsageError
from pipeline.files import hash_bytes
from pipeline.ingest.naming import printable

PROFILES = Path(__file__).parents[3] / "profile"
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
KINDS = {
    "extra_forbidden": "Diese Angabe gibt es nicht. Streichen oder den Namen berichtigen.",
    "literal_error": "Diesen Wert gibt es nicht. docs/anleitung/profile.md nennt die zulässigen.",
    "missing": "Diese Angabe fehlt. Ergänzen.",
}
OTHERWISE = "Der Wert hat nicht die erwartete Art. docs/anleitung/profile.md nennt sie."

Text = Annotated[str, Field(min_length=1, max_length=200)]
Constant = str | bool | int | float | date


class _Declared(BaseModel):
    """Unknown keys are errors, and no value is bent into shape."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Joined(_Declared):
    """Records of another XML element that complete those of a table.

    element: local name. schluessel: field of the table's record = equal field of this one. The
    fields of this one are named `<name>.<field>`.
    """

    element: Text
    schluessel: Annotated[dict[str, Text], Field(min_length=1)]


class TableProfile(_Declared):
    """How the files of one table look.

    datei: pattern of the file name. blatt, kopfzeile: of a workbook, detected where not given.
    element, verbund: local names of the XML records and of what is joined to them, by name.
    datumsformat: spellings of days beside the canonical ones. leer: cells that mean empty.
    spalten: delivered column → column of the contract. codes: per column of the contract, content →
    code. konstanten: columns that no file delivers. ignoriert: delivered columns not to be taken.
    """

    datei: str = ""
    blatt: str = ""
    kopfzeile: Annotated[int, Field(ge=1, le=1000)] | None = None
    element: str = ""
    verbund: dict[str, Joined] = {}
    trennzeichen: Literal[";", ",", "\t", "|"] | None = None
    kodierung: Literal["utf-8", "windows-1252"] | None = None
    datumsformat: Text | list[Text] = []
    dezimalzeichen: Literal[",", "."] | None = None
    tausenderzeichen: Literal[".", ",", " ", "'"] | None = None
    leer: list[Text] = []
    spalten: dict[str, Text] = {}
    codes: dict[str, dict[str, Text]] = {}
    konstanten: dict[str, Constant] = {}
    ignoriert: list[str] = []

    def day_formats(self) -> list[str]:
        """The spellings of days as a list."""
        return [self.datumsformat] if isinstance(self.datumsformat, str) else self.datumsformat


class Catalogue(_Declared):
    """A workbook with the meaning of the keys in a field: one line per field and key.

    datei: file name, in the delivery or beside the profile. feld, schluessel, bedeutung: headings
    of its columns.
    """

    datei: Text
    blatt: str = ""
    kopfzeile: Annotated[int, Field(ge=1, le=1000)] | None = None
    feld: Text
    schluessel: Text
    bedeutung: Text


class Xml(_Declared):
    """What holds for all XML records.

    feldnummer: the attribute that carries the number of a field. uebergangen: elements that are
    left out with all they hold.
    """

    feldnummer: str = ""
    uebergangen: list[Text] = []


class Profile(_Declared):
    """The content of profile/<name>.toml."""

    beschreibung: str = ""
    tabelle: dict[str, TableProfile] = {}
    xml: Xml = Xml()
    katalog: Catalogue | None = None

    def elements(self) -> frozenset[str]:
        """The local names of all XML records that some table is made of."""
        tables = [table for table in self.tabelle.values() if table.element]
        joined = [part.element for table in tables for part in table.verbund.values()]
        return frozenset([*(table.element for table in tables), *joined])


def profile_names() -> list[str]:
    """The names of all profiles, sorted."""
    return sorted(path.stem for path in PROFILES.glob("*.toml"))


def load_profile(name: str) -> Profile:
    """The profile of that name; raises UsageError with every problem found."""
    if not NAME.fullmatch(name) or not (PROFILES / f"{name}.toml").is_file():
        known = ", ".join(profile_names()) or "keines"
        raise UsageError(f"Das Profil {printable(name)} gibt es nicht. Es gibt: {known}.")
    return read_profile(PROFILES / f"{name}.toml")


def read_profile(path: Path) -> Profile:
    """Read and check a profile file; raises UsageError with every problem found."""
    where = f"{path.parent.name}/{path.name}"
    try:
        return _parsed(path.read_bytes(), where)
    except OSError:
        raise UsageError(f"{where}: Die Datei lässt sich nicht lesen. Rechte prüfen.") from None


@cache
def _parsed(content: bytes, where: str) -> Profile:
    from pipeline.ingest.profiles.profile_check import problems_of

    try:
        values = tomllib.loads(content.decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        spot = re.search(r"line (\d+)", str(error))
        line = f", Zeile {spot[1]}" if spot else ""
        raise UsageError(f"{where}{line}: Das ist kein gültiges TOML. Datei prüfen.") from None
    except (UnicodeDecodeError, RecursionError):
        raise UsageError(f"{where}: Die Datei ist nicht in UTF-8. Neu speichern.") from None
    try:
        profile = Profile(**values)
    except ValidationError as error:
        raise UsageError(_complaints(error, where)) from None
    problems = problems_of(profile, where)
    if problems:
        raise UsageError(problems)
    return profile


def _complaints(error: ValidationError, where: str) -> list[str]:
    """One sentence per place; a place with alternatives is named once."""
    found: dict[str, str] = {}
    for entry in error.errors():
        place = ".".join(printable(str(part)) for part in _place(entry["loc"]))
        found.setdefault(f"{where}, {place}", KINDS.get(entry["type"], OTHERWISE))
    return [f"{place}: {sentence}" for place, sentence in found.items()]


def _place(loc: tuple[Any, ...]) -> tuple[Any, ...]:
    """The keys on the way to an error, without the names of the alternatives tried."""
    kinds = ("str", "bool", "int", "float", "date", "constrained-str")
    return tuple(p for p in loc if not (p in kinds or str(p).startswith(("list[", "function-"))))


def profiles_hash(name: str | None) -> str:
    """SHA-256 of what decides how a delivery is mapped: its profile, or all where none is named.

    The workbooks beside the profiles count: they may explain keys.
    """
    files = sorted([*PROFILES.glob(f"{name or '*'}.toml"), *PROFILES.glob("*.xlsx")])
    return hash_bytes(*(part for f in files for part in (f.name.encode(), f.read_bytes())))
