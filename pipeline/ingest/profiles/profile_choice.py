"""Which profile a file is read with: the one that is named, else the only one that fits."""

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from pipeline.errors import DeliveryError, UsageError
from pipeline.ingest.profiles.canonical_text import Keys, Spelling
from pipeline.ingest.profiles.profile import (
    Catalogue,
    Profile,
    TableProfile,
    load_profile,
    profile_names,
)

if TYPE_CHECKING:
    from pipeline.ingest.delivered_files import RawFile

# Excel lays such a file beside a workbook while somebody has it open.
OPEN_IN_EXCEL = "~$"


@dataclass(frozen=True)
class TableMapping:
    """The part of the profile `name` that is about one table."""

    name: str
    profile: Profile
    tabelle: str

    @property
    def table(self) -> TableProfile:
        return self.profile.tabelle[self.tabelle]

    def spelling(self, typed: bool, keys: Keys) -> Spelling:
        """How cells are spelled; typed: in a file whose numbers have a type; keys: by field."""
        table = self.table
        fields = {target: self._field(source) for source, target in table.spalten.items()}
        return Spelling(
            typed=typed,
            days=tuple(table.day_formats()),
            decimal=table.dezimalzeichen or "",
            thousands=table.tausenderzeichen or "",
            empty=tuple(table.leer),
            codes=table.codes,
            keys={target: keys[field] for target, field in fields.items() if field in keys},
        )

    def _field(self, source: str) -> str:
        """A delivered column as a catalogue names it, without the name of joined records."""
        name, _, field = source.partition(".")
        return field if name in self.table.verbund else source


def mapping_of(name: str, tabelle: str) -> TableMapping | None:
    """The mapping of a table by a named profile; None when the profile is silent about it."""
    profile = load_profile(name)
    return TableMapping(name, profile, tabelle) if tabelle in profile.tabelle else None


def catalogue_of(name: str | None) -> Catalogue | None:
    """The catalogue that a named profile refers to, if there is one."""
    return None if name is None else load_profile(name).katalog


def mapped_files(name: str, files: list[str]) -> list[tuple[str, str]]:
    """Table and file name for each file that a pattern of the named profile finds."""
    return [
        (tabelle, file)
        for tabelle, table in load_profile(name).tabelle.items()
        if table.datei
        for file in files
        if fnmatchcase(file.lower(), table.datei.lower()) and not file.startswith(OPEN_IN_EXCEL)
    ]


def mapped_patterns(name: str) -> list[str]:
    """The patterns of a named profile, each once; none where it cannot be read."""
    try:
        tables = load_profile(name).tabelle.values()
    except UsageError:
        return []
    return list(dict.fromkeys(table.datei for table in tables if table.datei))


def fitting_profile(names: tuple[str, ...], file: "RawFile", where: str) -> TableMapping | None:
    """The one profile whose pattern fits the file and which knows every column of it."""
    fitting = [
        mapping
        for name in profile_names()
        if (mapping := _readable(name, file.tabelle)) is not None
        and fnmatchcase(file.name.rpartition("/")[2].lower(), mapping.table.datei.lower())
        and set(names) <= {*mapping.table.spalten, *mapping.table.ignoriert}
    ]
    if len(fitting) > 1:
        found = ", ".join(mapping.name for mapping in fitting)
        raise DeliveryError(
            f"{where}: Mehrere Profile passen ({found}). In {file.stated_in} mit "
            "profil eines nennen."
        )
    return fitting[0] if fitting else None


def _readable(name: str, tabelle: str) -> TableMapping | None:
    try:
        return mapping_of(name, tabelle)
    except UsageError as error:
        raise DeliveryError(error.problems) from None
