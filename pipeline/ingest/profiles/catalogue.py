"""A catalogue of keys: what the keys in a field mean, read from the user's own workbook.

The product ships none: whose data have keys has the catalogue of whoever set them.
"""

from pathlib import Path

from pipeline.errors import DeliveryError
from pipeline.ingest.naming import listing, place
from pipeline.ingest.profiles import profile as profiles
from pipeline.ingest.profiles.canonical_text import Keys
from pipeline.ingest.profiles.profile import Catalogue
from pipeline.ingest.reading.isolated import read_isolated
from pipeline.ingest.reading.options import Reading
from pipeline.ingest.reading.readers import RawTable


def read_catalogue(declared: Catalogue | None, folder: Path, temp: Path) -> Keys:
    """The keys of a profile's catalogue, nothing without one.

    It lies in the delivery folder or, for all deliveries, beside the profiles. Raises
    DeliveryError when it is missing or says two things about one key.
    """
    if declared is None:
        return {}
    path = folder / declared.datei
    if not path.is_file():
        path = profiles.PROFILES / declared.datei
    if not path.is_file() or path.resolve().parent not in (folder.resolve(), path.parent.resolve()):
        raise DeliveryError(
            f"{place(folder / declared.datei)}: Der Schlüsselkatalog fehlt, den das Profil unter "
            "katalog nennt. In den Lieferordner oder in profile/ legen."
        )
    names = (declared.feld, declared.schluessel, declared.bedeutung)
    reading = Reading(names, sheet=declared.blatt, header_row=declared.kopfzeile or 0)
    raw = read_isolated(path, "xlsx", reading, dict.fromkeys(names, ""), temp)
    return _keys(raw, names, place(path))


def _keys(raw: RawTable, names: tuple[str, ...], where: str) -> Keys:
    missing = [name for name in names if name not in raw.columns]
    if missing:
        raise DeliveryError(
            f"{where}: Dem Schlüsselkatalog fehlen die Spalten {listing(missing)}. Im Profil unter "
            "katalog die richtigen nennen."
        )
    columns = [raw.table.column(raw.columns.index(name)).to_pylist() for name in names]
    keys: dict[str, dict[str, str]] = {}
    twice = 0
    for field, key, meaning in zip(*columns, strict=True):
        known = keys.setdefault(str(field).strip(), {})
        told = known.setdefault(str(key).strip(), str(meaning).strip())
        twice += told != str(meaning).strip()
    if twice:
        raise DeliveryError(
            f"{where}: {twice} Zeilen des Schlüsselkatalogs geben einem Schlüssel eine zweite "
            "Bedeutung. Katalog auf ein Blatt und einen Stand beschränken."
        )
    return keys
