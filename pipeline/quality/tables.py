"""What the checked tables look like: columns, keys and code lists, taken from the registries.

A rule is bound against these descriptions before any data is read, so that a misspelt column is an
error of the rule and never an empty result.
"""

from functools import cache

from pipeline.quality import computed
from pipeline.quality.shapes import CheckedColumn, CheckedTable, filled
from pipeline.registries import Column, code_list, contract

__all__ = ["CheckedColumn", "CheckedTable", "checked_tables"]

DUCKDB_TYPES = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "boolean": "VARCHAR",
    "datum": "DATE",
    "ganzzahl": "INTEGER",
    "dezimal": "DECIMAL(18,2)",
}


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
    columns += filled("lieferung", "datei", source=source)
    columns += filled("zeile", source=source, typ="BIGINT")
    return CheckedTable(
        name,
        contract(delivered).kuerzel,
        key,
        tuple(columns),
        source,
        person_month=delivered == "bestand",
    )


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
        computed.personenmonat(),
        computed.integration(),
        computed.austritt(),
        computed.zeilenbilanz(),
        computed.lieferung(),
        computed.befund(),
        computed.counted(
            "core_monatsbild",
            "MB",
            ("tabelle", "monat", "merkmal", "auspraegung"),
            ("zeilen",),
        ),
        computed.counted(
            "core_monatswechsel",
            "MW",
            ("monat",),
            ("personen_zuvor", "geblieben", "geschlecht_anders", "geburtsjahr_anders",
             "berufsabschluss_anders"),
        ),
        computed.counted(
            "core_bestandsvergleich",
            "BV",
            ("lieferung", "monat"),
            ("zeilen", "zuvor", "gemeinsam", "geaendert", "weggefallen", "geschlecht_anders",
             "geburtsjahr_anders"),
        ),
        computed.counted(
            "core_ereignisvergleich",
            "EV",
            ("lieferung", "tabelle"),
            ("zeilen", "zuvor", "gemeinsam", "geaendert", "weggefallen", "beginn_anders"),
        ),
        computed.quote(),
    )
    return {table.name: table for table in tables}
