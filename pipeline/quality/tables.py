"""What the checked tables look like: columns, keys and code lists, taken from the registries.

A rule is bound against these descriptions before any data is read, so that a misspelt column is an
error of the rule and never an empty result.
"""

from dataclasses import dataclass
from functools import cache

from pipeline.breakdowns import breakdowns, breakdowns_of
from pipeline.registries import Column, code_list, contract

DUCKDB_TYPES = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "boolean": "VARCHAR",
    "datum": "DATE",
    "ganzzahl": "INTEGER",
    "dezimal": "DECIMAL(18,2)",
}


@dataclass(frozen=True)
class CheckedColumn:
    """A column: DuckDB type, whether it must be filled, and the codes it may hold (None: any).

    source: the registry file that demands the codes or the filling, shown as the reason.
    """

    name: str
    typ: str
    filled: bool = False
    codes: tuple[str, ...] | None = None
    source: str = ""


@dataclass(frozen=True)
class CheckedTable:
    """A table: `kuerzel` starts the ids of its rules, `key` names one row.

    person_month: the key is (person_nr, monat), which has a cheap test of uniqueness.
    """

    name: str
    kuerzel: str
    key: tuple[str, ...]
    columns: tuple[CheckedColumn, ...]
    source: str
    person_month: bool = False

    def column_names(self) -> frozenset[str]:
        return frozenset(c.name for c in self.columns)

    @property
    def part_of_delivery(self) -> str:
        """What holds of the rows that one delivery is answerable for.

        An SQL condition with $lieferung, and $von and $bis for its first and last month.
        """
        names = self.column_names()
        if "lieferung" in names:
            return "lieferung = $lieferung"
        if "monat" in names:
            return "monat between $von and $bis"
        if "berichtsmonat" in names:
            return "strptime(berichtsmonat, '%Y-%m') between $von and $bis"
        return "date_trunc('month', austritt) between $von and $bis"


def _text(*names: str, source: str, typ: str = "VARCHAR") -> list[CheckedColumn]:
    return [CheckedColumn(name, typ, filled=True, source=source) for name in names]


def _from_contract(column: Column, source: str) -> CheckedColumn:
    """A delivered column in core: codes are never NULL there, an empty cell is `unbekannt`."""
    return CheckedColumn(
        name=column.name,
        typ=DUCKDB_TYPES[column.typ],
        filled=column.pflicht or column.codes is not None or column.leer is not None,
        codes=code_list(column.codes).values() if column.codes else None,
        source=source,
    )


def _core(name: str, delivered: str, key: tuple[str, ...], **extra: str) -> CheckedTable:
    """A core table of one delivered table: the contract's columns, `extra` ones and the origin."""
    source = f"contracts/{delivered}.toml"
    columns = [CheckedColumn(n, typ, filled=True, source=source) for n, typ in extra.items()]
    columns += [_from_contract(column, source) for column in contract(delivered).columns]
    columns += _text("lieferung", "datei", source=source)
    columns += _text("zeile", source=source, typ="BIGINT")
    return CheckedTable(
        name,
        contract(delivered).kuerzel,
        key,
        tuple(columns),
        source,
        person_month=delivered == "bestand",
    )


def _personenmonat() -> CheckedTable:
    """One row per person and Stichtag, with a column per breakdown of the registry."""
    source = "breakdowns.toml"
    columns = _text("person_nr", source=source, typ="INTEGER")
    columns += _text("monat", "stichtag", source=source, typ="DATE")
    columns.append(CheckedColumn("berichtsmonat", "VARCHAR"))
    columns.append(
        CheckedColumn("geschlecht", "VARCHAR", True, code_list("geschlecht").values(), source)
    )
    columns += _merkmale("K2")
    columns += [
        CheckedColumn(flag, "TINYINT")
        for flag in ("integriert", "eintritt_geringfuegig", "eintritt_gefoerdert")
    ]
    key = ("person_nr", "monat")
    return CheckedTable("core_personenmonat", "PM", key, tuple(columns), source, person_month=True)


def _merkmale(kennzahl: str) -> list[CheckedColumn]:
    """A column for every single breakdown of a Kennzahl."""
    return [
        CheckedColumn(
            b.merkmale[0],
            "VARCHAR",
            True,
            tuple(c.code for c in b.categories(kennzahl)[0]) or None,
            "breakdowns.toml",
        )
        for b in breakdowns_of(kennzahl)
        if len(b.merkmale) == 1
    ]


def _integration() -> CheckedTable:
    """One row per Integration, with what became of it; NULL where that cannot be known."""
    source = "codes/art.csv"
    columns = _text("person_nr", "monat_nr", source=source, typ="INTEGER")
    columns += _text("monat", "beginn", source=source, typ="DATE")
    columns += _text("berichtsmonat", source=source)
    kinds = tuple(c.code for c in code_list("art").codes if c.extra["kennzahl"] == "K2")
    columns.append(CheckedColumn("art", "VARCHAR", True, kinds, source))
    columns += [
        CheckedColumn(flag, "TINYINT") for flag in ("kontinuierlich", "bestand_verlassen")
    ]
    key = ("person_nr", "monat")
    return CheckedTable("core_integration", "INT", key, tuple(columns), source, person_month=True)


def _austritt() -> CheckedTable:
    """One row per participation that has ended, with a column per breakdown of EQ."""
    source = "breakdowns.toml"
    columns = _text("teilnahme_id", source=source)
    columns += _text("person_nr", "monat_nr", source=source, typ="INTEGER")
    columns += _text("austritt", source=source, typ="DATE")
    columns.append(
        CheckedColumn("geschlecht", "VARCHAR", True, code_list("geschlecht").values(), source)
    )
    columns += _merkmale("EQ_6")
    return CheckedTable("core_austritt", "AUS", ("teilnahme_id",), tuple(columns), source)


def _zeilenbilanz() -> CheckedTable:
    """One row per delivery, table and file, counting what became of the delivered rows."""
    source = "contracts/"
    columns = _text("lieferung", "tabelle", "datei", source=source)
    counts = ("geliefert", "uebernommen", "abgewiesen", "zusammengefuehrt")
    columns += _text(*counts, source=source, typ="BIGINT")
    key = ("lieferung", "tabelle", "datei")
    return CheckedTable("core_zeilenbilanz", "ZB", key, tuple(columns), source)


def _lieferung() -> CheckedTable:
    """One row per delivery and table it carries; angegeben: the rows its note states."""
    source = "contracts/"
    columns = _text("rang", source=source, typ="BIGINT")
    columns += _text("lieferung", "art", "tabelle", "datei", "sha256", source=source)
    columns += _text("datenstand", source=source, typ="DATE")
    columns += [
        CheckedColumn(name, "DATE")
        for name in ("erster_stichtag", "letzter_stichtag", "zeitraum_von")
    ]
    columns += _text("geliefert", "abgewiesen", "doppelt", source=source, typ="BIGINT")
    columns.append(CheckedColumn("angegeben", "BIGINT"))
    return CheckedTable("core_lieferung", "LIE", ("lieferung", "tabelle"), tuple(columns), source)


def _befund() -> CheckedTable:
    """One row per rejected row and per cell that counts as unknown because it cannot be read."""
    source = "pipeline/ingest/rules.toml"
    columns = _text("lieferung", "tabelle", "datei", "regel", source=source)
    columns += _text("zeile", source=source, typ="BIGINT")
    columns.append(CheckedColumn("spalte", "VARCHAR"))
    key = ("lieferung", "tabelle", "datei", "zeile", "regel", "spalte")
    return CheckedTable("core_befund", "BEF", key, tuple(columns), source)


def _counted(
    name: str, kuerzel: str, key: tuple[str, ...], counts: tuple[str, ...]
) -> CheckedTable:
    """A table of counts by delivery, table, month or category."""
    source = f"pipeline/sql/{name}.sql"
    texts = [column for column in key if column != "monat"]
    columns = _text(*texts, source=source)
    if "monat" in key:
        columns += _text("monat", source=source, typ="DATE")
    columns += _text(*counts, source=source, typ="BIGINT")
    return CheckedTable(name, kuerzel, key, tuple(columns), source)


def _quote() -> CheckedTable:
    """One row per figure; the empty string, never NULL, where a breakdown has fewer merkmale."""
    source = "breakdowns.toml"
    sexes = (*code_list("geschlecht").values(), "insgesamt")
    schnitte = tuple(b.id for b in breakdowns())
    codes = code_list("kennzahl").codes
    kennzahlen = tuple(c.code for c in codes if c.extra["art"] != "anteil")
    columns = (
        CheckedColumn("kennzahl", "VARCHAR", True, kennzahlen, "codes/kennzahl.csv"),
        CheckedColumn("berichtsmonat", "VARCHAR", True, source=source),
        CheckedColumn("schnitt", "VARCHAR", True, schnitte, source),
        CheckedColumn("auspraegung_1", "VARCHAR", True, source=source),
        CheckedColumn("auspraegung_2", "VARCHAR", True, source=source),
        CheckedColumn("geschlecht", "VARCHAR", True, sexes, "codes/geschlecht.csv"),
        CheckedColumn("zaehler", "BIGINT", True, source=source),
        CheckedColumn("bestand_monate", "BIGINT"),
        CheckedColumn("nenner", "DOUBLE", True, source=source),
        CheckedColumn("quote", "DOUBLE"),
    )
    key = tuple(c.name for c in columns[:6])
    return CheckedTable("mart_quote", "MQ", key, columns, source)


@cache
def checked_tables() -> dict[str, CheckedTable]:
    """All tables that have rules, by name."""
    tables = (
        _core(
            "core_bestand",
            "bestand",
            ("person_nr", "monat"),
            person_nr="INTEGER",
            monat="DATE",
        ),
        _core(
            "core_beschaeftigung",
            "beschaeftigungen",
            ("beschaeftigung_id",),
            person_nr="INTEGER",
        ),
        _core("core_teilnahme", "teilnahmen", ("teilnahme_id",), person_nr="INTEGER"),
        _personenmonat(),
        _integration(),
        _austritt(),
        _zeilenbilanz(),
        _lieferung(),
        _befund(),
        _counted(
            "core_monatsbild",
            "MB",
            ("tabelle", "monat", "merkmal", "auspraegung"),
            ("zeilen",),
        ),
        _counted(
            "core_monatswechsel",
            "MW",
            ("monat",),
            ("personen_zuvor", "geblieben", "geschlecht_anders", "geburtsjahr_anders"),
        ),
        _counted(
            "core_bestandsvergleich",
            "BV",
            ("lieferung", "monat"),
            ("zeilen", "zuvor", "gemeinsam", "geaendert", "weggefallen", "geschlecht_anders",
             "geburtsjahr_anders"),
        ),
        _counted(
            "core_ereignisvergleich",
            "EV",
            ("lieferung", "tabelle"),
            ("zeilen", "zuvor", "gemeinsam", "geaendert", "weggefallen"),
        ),
        _quote(),
    )
    return {table.name: table for table in tables}
