"""Whether contenders agree: a fingerprint of a result, whatever the order of its rows."""

from pathlib import Path

import duckdb

# Columns and types as the project writes them; peers may store wider dates or numbers.
PERSON_MONTHS = {
    "person_nr": "integer", "monat": "date", "stichtag": "date", "berichtsmonat": "varchar",
    "geschlecht": "varchar", "geschlecht_veroeffentlicht": "varchar", "bezugsdauer": "varchar",
    "massnahme": "varchar", "instrument": "varchar", "alter": "varchar", "bg_typ": "varchar",
    "kind_unter_3": "varchar", "staatsangehoerigkeit": "varchar", "berufsabschluss": "varchar",
    "arbeitsmarktstatus": "varchar", "lzb": "varchar", "hilfe_67": "varchar",
    "stadtbezirk": "varchar", "integriert": "integer",
}  # fmt: skip
SUMS = {
    "monat_nr": "integer", "schnitt": "varchar", "auspraegung_1": "varchar",
    "auspraegung_2": "varchar", "geschlecht": "varchar", "bestand": "bigint",
    "integriert": "bigint",
}  # fmt: skip


def fingerprint(file: Path, columns: dict[str, str]) -> str:
    """Rows, Integrationen and the sum of the row hashes: equal for equal sets of rows."""
    values = ", ".join(f"cast({name} as {kind})" for name, kind in columns.items())
    quoted = str(file).replace("'", "''")
    with duckdb.connect(":memory:") as con:
        con.execute("set enable_progress_bar = false")
        row = con.execute(
            "select count(*), cast(sum(integriert) as bigint), "
            f"sum(cast(hash({values}) as hugeint) % 4294967296) "
            f"from read_parquet('{quoted}')"
        ).fetchone()
    return "-".join(str(value) for value in row or ())
