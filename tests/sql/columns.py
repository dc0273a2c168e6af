"""What a drawing leaves out: the columns of the tables the SQL reads, their types and defaults."""

from collections.abc import Callable

from pipeline.registries import DELIVERED_TABLES, code_list, contract
from tests.sql.drawing import Row

ORIGIN = ("lieferung", "datei", "zeile")
CELL = ("schnitt", "auspraegung_1", "auspraegung_2")
PERSON_SUMS = ("personen", "personen_zaehler", "summe_zz", "summe_zb", "summe_bb")
COUNTS = ("zaehler", "einheiten")

COLUMNS: dict[str, tuple[str, ...]] = {
    **{f"stg_{table}": (*ORIGIN, *contract(table).names()) for table in DELIVERED_TABLES},
    "core_lieferung": ("rang", "lieferung", "datenstand", "art", "erster_stichtag",
                       "letzter_stichtag", "tabelle", "datei", "geliefert", "abgewiesen",
                       "doppelt"),
    "core_lauf": ("datenstand",),
    "core_bestand": ("person_nr", "monat", *contract("bestand").names(), *ORIGIN),
    "core_beschaeftigung": ("person_nr", *contract("beschaeftigungen").names(), *ORIGIN),
    "core_teilnahme": ("person_nr", *contract("teilnahmen").names(), *ORIGIN),
    "core_person": ("person_nr", "person_id", "geschlecht_zugeordnet"),
    "core_verbleib": ("tabelle", *ORIGIN, "verbleib", "person_nr"),
    "core_start": ("kennzahl", "person_nr", "beschaeftigung_id", "beginn", "art", "monat"),
    "core_massnahme": ("person_nr", "teilnahme_id", "instrument", "gruppe", "von", "abgeloest_ab",
                       "ende"),
    "core_personenmonat": ("person_nr", "monat", "stichtag", "berichtsmonat", "geschlecht",
                           "geschlecht_veroeffentlicht", "bezugsdauer", "massnahme", "alter",
                           "instrument", "bg_typ", "arbeitsmarktstatus", "lzb", "stadtbezirk",
                           "integriert", "eintritt_geringfuegig", "eintritt_gefoerdert"),
    "core_integration": ("person_nr", "berichtsmonat", "monat_nr", "geschlecht",
                         "geschlecht_veroeffentlicht", "kontinuierlich", "bestand_verlassen"),
    "core_massnahmenteilnahme": ("teilnahme_id", "person_nr", "geschlecht",
                                 "geschlecht_veroeffentlicht", "massnahme", "instrument",
                                 "massnahme_id", "traeger_id", "eintritt", "austritt"),
    "core_austritt": ("teilnahme_id", "person_nr", "geschlecht", "geschlecht_veroeffentlicht",
                      "massnahme", "instrument", "massnahme_id", "traeger_id", "massnahmedauer",
                      "austritt", "monat_nr", "ausbildung_zaehlt"),
    "core_austritt_beschaeftigt": ("kennzahl", "teilnahme_id"),
    "core_teilnahmetag": ("monat_nr", "teilnahme_id", "person_nr", "geschlecht",
                          "geschlecht_veroeffentlicht", "massnahme", "instrument"),
    "core_stichtag": ("monat", "stichtag", "berichtsmonat", "monat_nr", "lfd_stichtag",
                      "erfassungsgrenze", "massnahme_ende_ab"),
    "mart_berichtsmonat": ("kennzahl", "berichtsmonat", "monat_nr", "tag", "veroeffentlichbar"),
    "mart_fenster": ("kennzahl", "art", "berichtsmonat", "monat_nr", "erster_monat_nr",
                     "letzter_monat_nr", "monate", "mit_gliederungen"),
    "mart_gliederung": ("kennzahl", *CELL, "rang_1", "rang_2", "oeffentlich"),
    "registry_gliederung": ("kennzahl", *CELL, "rang_1", "rang_2", "nach_daten", "oeffentlich"),
    "mart_monatssumme": ("monat_nr", *CELL, "geschlecht", "bestand", "integriert"),
    "mart_austrittssumme": ("kennzahl", "monat_nr", *CELL, "geschlecht", *COUNTS),
    "mart_foerdersumme": ("monat_nr", *CELL, "geschlecht", "personen"),
    "mart_summe": ("kennzahl", "monat_nr", *CELL, "geschlecht", *COUNTS),
    "mart_personen": ("kennzahl", "berichtsmonat", "geschlechtsart", "geschlecht", "personen",
                      "personen_zaehler", "integrationen", "bestand_monate", "summe_zz",
                      "summe_zb", "summe_bb"),
    "core_personenschnitt": ("kennzahl", "berichtsmonat", *CELL, "geschlecht", *COUNTS,
                             *PERSON_SUMS),
    "core_einheitenschnitt": ("kennzahl", "berichtsmonat", *CELL, "geschlecht", *COUNTS,
                              *PERSON_SUMS),
    "detailmonat": ("gilt_ab", "gilt_bis", "kalendermonat"),
    "parameter": ("name", "gilt_ab", "gilt_bis", "zahl"),
}  # fmt: skip

TYPES = {
    name: typ
    for typ, names in {
        "date": "stichtag monat beginn ende eintritt austritt austritt_geplant erfasst_am"
        " datenstand leistungsbezug_seit gilt_ab gilt_bis stichtag_vormonat erfassungsgrenze"
        " von bis abgeloest_ab massnahme_ende_ab erster_stichtag letzter_stichtag"
        " tag",
        "integer": "person_nr zeile geburtsjahr juengstes_kind_alter monat_nr lfd_stichtag rang_1"
        " rang_2 zahl integriert eintritt_geringfuegig eintritt_gefoerdert kontinuierlich"
        " bestand_verlassen",
        "bigint": f"rang geliefert abgewiesen doppelt kalendermonat erster_monat_nr bestand"
        f" letzter_monat_nr monate integrationen bestand_monate {' '.join(COUNTS + PERSON_SUMS)}",
        "decimal(18, 4)": "kosten_eur wochenstunden",
        "boolean": "veroeffentlichbar mit_gliederungen nach_daten oeffentlich ausbildung_zaehlt",
    }.items()
    for name in names.split()
}

_BY_ROW: dict[str, Callable[[Row, int], str | None]] = {
    "zeile": lambda row, number: str(number + 1),
    "beschaeftigung_id": lambda row, number: str(number),
    "teilnahme_id": lambda row, number: str(number),
    "person_id": lambda row, number: f"P{row.get('person_nr')}",
    "monat": lambda row, number: f"{(row['stichtag'] or '')[:7]}-01",
    "monat_nr": lambda row, number: _month_number(row.get("berichtsmonat") or row["austritt"]),
    "berichtsmonat": lambda row, number: _month_after(row["stichtag"] or ""),
    "geschlecht_veroeffentlicht": lambda row, number: row.get("geschlecht") or "w",
}
_CONSTANT = {
    "geschlecht": "w", "geschlecht_zugeordnet": "m", "lieferung": "L1", "datei": "tabelle.csv",
    "instrument": "MAT", "gruppe": "aktivierung", "tabelle": "bestand", "auspraegung_2": "",
    "rang_1": "0", "rang_2": "0", "abgewiesen": "0", "doppelt": "0", "bezugsdauer": "unbekannt",
    "massnahme": "keine", "alter": "unbekannt", "gilt_ab": "2005-01-01", "gilt_bis": "9999-12-31",
    "stadtbezirk": "unbekannt", "veroeffentlichbar": "true", "mit_gliederungen": "true",
    "integriert": "0", "eintritt_geringfuegig": "0", "eintritt_gefoerdert": "0", "kennzahl": "K2",
    "nach_daten": "false", "oeffentlich": "true", "ausbildung_zaehlt": "true",
    "massnahmedauer": "unter_1_monat", "schnitt": "insgesamt", "auspraegung_1": "insgesamt",
}  # fmt: skip


_ART = {c.code: c.extra["art"] for c in code_list("kennzahl").codes}
_CODED = {c.name for table in DELIVERED_TABLES for c in contract(table).columns if c.codes}


def _month_after(day: str) -> str:
    number = int(day[:4]) * 12 + int(day[5:7])
    return f"{number // 12}-{number % 12 + 1:02d}"


def _month_number(day: str | None) -> str | None:
    return None if day is None else str(int(day[:4]) * 12 + int(day[5:7]) - 1)


def fill(table: str, row: Row, number: int) -> list[str | None]:
    """All cells of a row in column order; number: position of the row in the drawing, from 1."""
    return [row[c] if c in row else _default(table, c, row, number) for c in COLUMNS[table]]


def _default(table: str, column: str, row: Row, number: int) -> str | None:
    if table == "mart_fenster" and column in ("art", "monate"):
        art = _ART[row["kennzahl"] or ""]
        return art if column == "art" else ("12" if art == "bestand" else "1")
    if column == "art":
        return "voll" if table == "core_lieferung" else "sv"
    if column == "rang":
        return str(number)
    if column in _BY_ROW:
        return _BY_ROW[column](row, number)
    if column in _CONSTANT:
        return _CONSTANT[column]
    return "unbekannt" if column in _CODED else None
