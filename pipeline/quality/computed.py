"""The shapes of the tables that the pipeline computes, taken from the registries."""

from pipeline.breakdowns import breakdowns, breakdowns_of
from pipeline.quality.shapes import CheckedColumn, CheckedTable, filled
from pipeline.registries import code_list


def personenmonat() -> CheckedTable:
    """One row per person and Stichtag, with a column per breakdown of the registry."""
    source = "breakdowns.toml"
    columns = filled("person_nr", source=source, typ="INTEGER")
    columns += filled("monat", "stichtag", source=source, typ="DATE")
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


def integration() -> CheckedTable:
    """One row per Integration, with what became of it; NULL where that cannot be known."""
    source = "codes/art.csv"
    columns = filled("person_nr", "monat_nr", source=source, typ="INTEGER")
    columns += filled("monat", "beginn", source=source, typ="DATE")
    columns += filled("berichtsmonat", source=source)
    kinds = tuple(c.code for c in code_list("art").codes if c.extra["kennzahl"] == "K2")
    columns.append(CheckedColumn("art", "VARCHAR", True, kinds, source))
    columns += [
        CheckedColumn(flag, "TINYINT") for flag in ("kontinuierlich", "bestand_verlassen")
    ]
    key = ("person_nr", "monat")
    return CheckedTable("core_integration", "INT", key, tuple(columns), source, person_month=True)


def austritt() -> CheckedTable:
    """One row per participation that has ended, with a column per breakdown of EQ."""
    source = "breakdowns.toml"
    columns = filled("teilnahme_id", source=source)
    columns += filled("person_nr", "monat_nr", source=source, typ="INTEGER")
    columns += filled("austritt", source=source, typ="DATE")
    columns.append(
        CheckedColumn("geschlecht", "VARCHAR", True, code_list("geschlecht").values(), source)
    )
    columns += _merkmale("EQ_6")
    return CheckedTable("core_austritt", "AUS", ("teilnahme_id",), tuple(columns), source)


def zeilenbilanz() -> CheckedTable:
    """One row per delivery, table and file, counting what became of the delivered rows."""
    source = "contracts/"
    columns = filled("lieferung", "tabelle", "datei", source=source)
    counts = ("geliefert", "uebernommen", "abgewiesen", "zusammengefuehrt")
    columns += filled(*counts, source=source, typ="BIGINT")
    key = ("lieferung", "tabelle", "datei")
    return CheckedTable("core_zeilenbilanz", "ZB", key, tuple(columns), source)


def lieferung() -> CheckedTable:
    """One row per delivery and table it carries; angegeben: the rows its note states."""
    typed = {
        "VARCHAR": ("lieferung", "art", "tabelle", "datei", "sha256"),
        "DATE": ("datenstand", "erster_stichtag", "letzter_stichtag", "zeitraum_von"),
        "BIGINT": ("rang", "geliefert", "abgewiesen", "doppelt", "angegeben"),
    }
    key = ("lieferung", "tabelle")
    return CheckedTable("core_lieferung", "LIE", key, _unfilled(typed), "contracts/")


def befund() -> CheckedTable:
    """One row per rejected row and per cell that counts as unknown because it cannot be read."""
    texts = ("lieferung", "tabelle", "datei", "regel", "spalte")
    key = ("lieferung", "tabelle", "datei", "zeile", "regel", "spalte")
    columns = _unfilled({"VARCHAR": texts, "BIGINT": ("zeile",)})
    return CheckedTable("core_befund", "BEF", key, columns, "pipeline/ingest/rules.toml")


def counted(
    name: str, kuerzel: str, key: tuple[str, ...], counts: tuple[str, ...]
) -> CheckedTable:
    """A table of counts by delivery, table, month or category."""
    texts = tuple(column for column in key if column != "monat")
    columns = _unfilled({"VARCHAR": texts, "DATE": ("monat",), "BIGINT": counts})
    if "monat" not in key:
        columns = tuple(c for c in columns if c.name != "monat")
    return CheckedTable(name, kuerzel, key, columns, f"pipeline/sql/{name}.sql")


def _unfilled(typed: dict[str, tuple[str, ...]]) -> tuple[CheckedColumn, ...]:
    """Columns by type of a table that nothing but the pipeline fills."""
    return tuple(CheckedColumn(name, typ) for typ, names in typed.items() for name in names)


def quote() -> CheckedTable:
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
