"""The canonical extracts, the code lists and the categories, written down a second time.

Only the list of instruments is read from the project's `codes/instrument.csv`: it is data that the
rules name as a minimum. Everything else here is typed from the rules, so that a slip in a contract
or a code list of the product shows up as a difference.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

UNKNOWN = "unbekannt"
SEXES = ("w", "m", "d", "o", "u")
COUNTABLE_ARTS = frozenset({"sv", "ausbildung", "selbstaendig"})
NOT_WITH_SV = frozenset({"agh16d", "taam16i", "fav16e_alt"})
INSTRUMENT_FILE = Path(__file__).resolve().parents[2] / "pipeline" / "codes" / "instrument.csv"


@dataclass(frozen=True)
class Column:
    """One column of an extract. `codes` is set for coded columns only."""

    name: str
    kind: str  # text, date, integer, decimal, boolean, code
    required: bool = False
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Instrument:
    """One line of the list of instruments."""

    code: str
    group: str
    one_off: bool


def read_instruments() -> list[Instrument]:
    """The instruments in the order of the file."""
    with INSTRUMENT_FILE.open(encoding="utf-8", newline="") as handle:
        return [
            Instrument(line["code"], line["gruppe"], line["einmalig"] == "ja")
            for line in csv.DictReader(handle)
        ]


INSTRUMENTS = read_instruments()
GROUP_OF = {instrument.code: instrument.group for instrument in INSTRUMENTS}
ONE_OFF = frozenset(instrument.code for instrument in INSTRUMENTS if instrument.one_off)


def _code(name: str, codes: str, required: bool = False) -> Column:
    return Column(name, "code", required, frozenset(codes.split()))


_ATTRIBUTES = (
    _code("geschlecht", "w m d o u", required=True),
    Column("geburtsjahr", "integer"),
    _code("bg_typ", "alleinstehend alleinerziehend paar_ohne_kind paar_mit_kind sonstige"),
    Column("juengstes_kind_alter", "integer"),
    _code("staatsangehoerigkeit", "deutsch eu asylherkunft ukraine sonstige"),
    _code("berufsabschluss", "ohne betrieblich akademisch"),
    _code(
        "arbeitsmarktstatus", "arbeitslos arbeitsuchend massnahme erwerbstaetig nicht_verfuegbar"
    ),
    Column("leistungsbezug_seit", "date"),
    Column("lzb", "boolean"),
    Column("hilfe_67", "boolean"),
    Column("stadtbezirk", "text"),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "bestand": (
        Column("person_id", "text", True),
        Column("stichtag", "date", True),
        *_ATTRIBUTES,
    ),
    "bezug": (
        Column("person_id", "text", True),
        Column("von", "date", True),
        Column("bis", "date"),
        *_ATTRIBUTES,
    ),
    "beschaeftigungen": (
        Column("beschaeftigung_id", "text", True),
        Column("person_id", "text", True),
        Column("beginn", "date", True),
        Column("ende", "date"),
        _code("art", "sv ausbildung selbstaendig geringfuegig oeffentlich_gefoerdert", True),
        _code("foerderung", "keine egz esg les evl16e agh16d taam16i fav16e_alt sonstige"),
        Column("arbeitgeber_id", "text"),
        Column("wochenstunden", "decimal"),
        Column("erfasst_am", "date"),
    ),
    "teilnahmen": (
        Column("teilnahme_id", "text", True),
        Column("person_id", "text", True),
        Column("instrument", "code", True, frozenset(GROUP_OF)),
        Column("massnahme_id", "text"),
        Column("traeger_id", "text"),
        Column("eintritt", "date", True),
        Column("austritt_geplant", "date"),
        Column("austritt", "date"),
        _code("austrittsgrund", "regulaer arbeitsaufnahme abbruch krankheit sonstige"),
        Column("kosten_eur", "decimal"),
        Column("erfasst_am", "date"),
    ),
}

# A value that cannot be read in one of these rejects its row although the column is optional.
REJECTING_IF_BAD = frozenset({"ende", "bis", "austritt", "erfasst_am"})
# A date in one of these after the delivery's datenstand rejects the row.
NOT_AFTER_DATENSTAND = frozenset({"stichtag", "beginn", "eintritt", "von", "erfasst_am"})

DURATION_CLASSES = (
    (0, "unter_3_monate"),
    (3, "3_bis_unter_6_monate"),
    (6, "6_bis_unter_12_monate"),
    (12, "1_bis_unter_2_jahre"),
    (24, "2_bis_unter_3_jahre"),
    (36, "3_bis_unter_4_jahre"),
    (48, "4_jahre_und_mehr"),
)
LENGTH_CLASSES = (
    (0, "unter_1_monat"),
    (1, "1_bis_unter_3_monate"),
    (3, "3_bis_unter_6_monate"),
    (6, "6_bis_unter_12_monate"),
    (12, "12_monate_und_mehr"),
)
AGE_CLASSES = (
    (25, "25_bis_unter_35"),
    (35, "35_bis_unter_45"),
    (45, "45_bis_unter_55"),
    (55, "55_und_mehr"),
)


def _listed(name: str) -> list[str]:
    order = next(column for column in _ATTRIBUTES if column.name == name).codes
    return [*sorted(order), UNKNOWN]


def _groups() -> list[str]:
    groups: list[str] = []
    for instrument in INSTRUMENTS:
        if instrument.group not in groups:
            groups.append(instrument.group)
    return groups


YES_NO = ["ja", "nein", UNKNOWN]

# The categories that have a row even when nobody is in them. `stadtbezirk` has no list: only the
# values in the data.
CATEGORIES: dict[str, list[str]] = {
    "insgesamt": ["insgesamt"],
    "bezugsdauer": [label for _, label in DURATION_CLASSES] + [UNKNOWN],
    "massnahme": [*_groups(), "keine"],
    "instrument": [*(instrument.code for instrument in INSTRUMENTS), "keine"],
    "alter": ["unter_25", *(label for _, label in AGE_CLASSES), UNKNOWN],
    "bg_typ": _listed("bg_typ"),
    "staatsangehoerigkeit": _listed("staatsangehoerigkeit"),
    "berufsabschluss": _listed("berufsabschluss"),
    "arbeitsmarktstatus": _listed("arbeitsmarktstatus"),
    "kind_unter_3": YES_NO,
    "hilfe_67": YES_NO,
    "lzb": YES_NO,
}

# What a breakdown needs: (table, column); a breakdown nobody delivers the column of is absent.
NEEDS: dict[str, tuple[str, str] | None] = {
    "insgesamt": None,
    "bezugsdauer": ("bestand", "leistungsbezug_seit"),
    "massnahme": ("teilnahmen", "instrument"),
    "instrument": ("teilnahmen", "instrument"),
    "alter": ("bestand", "geburtsjahr"),
    "bg_typ": ("bestand", "bg_typ"),
    "staatsangehoerigkeit": ("bestand", "staatsangehoerigkeit"),
    "berufsabschluss": ("bestand", "berufsabschluss"),
    "arbeitsmarktstatus": ("bestand", "arbeitsmarktstatus"),
    "stadtbezirk": ("bestand", "stadtbezirk"),
    "kind_unter_3": ("bestand", "juengstes_kind_alter"),
    "hilfe_67": ("bestand", "hilfe_67"),
    "lzb": ("bestand", "lzb"),
}

CROSSES = (("massnahme", "bezugsdauer"), ("bg_typ", "alter"))
