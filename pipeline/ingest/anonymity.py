"""How far the persons of a delivery hide behind each other (k-anonymity)."""

from pathlib import Path

import duckdb

from pipeline.ingest.staged import Anonymity, StagedTable
from pipeline.registries import contract

STOCK = "bestand"
SMALL_GROUP = 5


def anonymity(
    con: duckdb.DuckDBPyConnection, tabellen: dict[str, StagedTable], out: Path
) -> Anonymity | None:
    """The figures of the newest Stichtag, or None where no stock was taken in.

    tabellen: the staged tables by name; out: the folder with their files. Persons are alike when
    they agree in all delivered quasi-identifiers (contracts, `quasi_identifikator`); a missing
    value is a value.
    """
    file = out / f"stg_{STOCK}.parquet"
    delivered = {name for table in tabellen.values() for name in table.spalten}
    merkmale = [c.name for c in contract(STOCK).columns if c.quasi_identifikator]
    merkmale = [name for name in merkmale if name in delivered]
    if not file.exists() or not merkmale:
        return None
    day, smallest, persons, single, few = con.execute(
        f"""with
neueste as (
    select *
    from read_parquet($datei)
    where stichtag = (select max(stichtag) from read_parquet($datei))
),

gruppen as (
    select any_value(stichtag) as stichtag, count(*) as personen
    from neueste
    group by {", ".join(merkmale)}
)

select
    max(stichtag),
    min(personen),
    coalesce(sum(personen), 0),
    coalesce(sum(personen) filter (where personen = 1), 0),
    coalesce(sum(personen) filter (where personen < $klein), 0)
from gruppen""",
        {"datei": str(file.resolve()), "klein": SMALL_GROUP},
    ).fetchall()[0]
    if not persons:
        return None
    return Anonymity(
        stichtag=day,
        merkmale=tuple(merkmale),
        personen=int(persons),
        k=int(smallest),
        anteil_einzeln=round(int(single) / int(persons), 4),
        anteil_unter_5=round(int(few) / int(persons), 4),
    )
