"""Spells of receipt → one row per person and Stichtag, in the shape of a delivered bestand.

Input: the view angenommen (staging.py) over a table bezug.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from pipeline.ingest.source import Source
from pipeline.ingest.typing_sql import canonical_order
from pipeline.ingest.writing import copy_sorted
from pipeline.registries import Contract, contract

BOUNDS = ("person_id", "von", "bis")


def write_person_months(
    con: duckdb.DuckDBPyConnection, source: Source, stichtage: Iterable[date], out: Path
) -> None:
    """Write stg_bestand.parquet, sorted by stichtag and zeile.

    zeile is that of the spell which supplied the attributes.
    """
    con.register("stichtag", pa.table({"stichtag": pa.array(stichtage, pa.date32())}))
    copy_sorted(con, source, contract(source.contract.ersetzt), months_sql(source.contract), out)
    con.unregister("stichtag")


def months_sql(spells: Contract) -> str:
    """One row per person and Stichtag in stock: zeile and the columns of bestand.

    Input: angenommen, stichtag (stichtag). Sorted by stichtag and zeile. A spell that ends before
    it begins holds no Stichtag.
    """
    attributes = [c for c in spells.columns if c.name not in BOUNDS]
    return f"""with
-- Of spells with equal bounds the greatest content is the last.
gleiche as (
    select
        zeile,
        row_number() over (
            partition by person_id, von, bis
            order by {canonical_order(attributes)}
        ) as platz
    from angenommen
    where (person_id, von, bis) in (
        select (person_id, von, bis)
        from angenommen
        group by person_id, von, bis
        having count(*) > 1
    )
),

-- rang: the later a spell, the greater; an open one ends last. Small numbers are compared faster.
gereiht as (
    select
        angenommen.person_id,
        angenommen.zeile,
        angenommen.von,
        angenommen.bis,
        row_number() over (
            order by angenommen.von, angenommen.bis nulls last, gleiche.platz nulls first,
                angenommen.zeile
        ) as rang
    from angenommen
    left join gleiche on angenommen.zeile = gleiche.zeile
),

-- Overlapping spells of a person count once at a Stichtag: the last one.
personenmonat as (
    select
        stichtag.stichtag,
        arg_max(gereiht.zeile, gereiht.rang) as zeile
    from gereiht
    inner join stichtag
        on
            gereiht.von <= stichtag.stichtag
            and (gereiht.bis is null or gereiht.bis >= stichtag.stichtag)
    group by gereiht.person_id, stichtag.stichtag
)

select
    personenmonat.zeile,
    angenommen.person_id,
    personenmonat.stichtag,
    {", ".join(f"angenommen.{c.name}" for c in attributes)}
from personenmonat
inner join angenommen on personenmonat.zeile = angenommen.zeile
order by personenmonat.stichtag, personenmonat.zeile"""
