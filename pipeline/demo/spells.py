"""The stock of the demo told in spells of receipt, as a system without Stichtage delivers it."""

import duckdb
import pyarrow as pa

SPELLS = """
with numbered as (
    select distinct *, dense_rank() over (order by stichtag) as nr
    from bestand
),

-- Months in a row with the same attributes have the same distance to their own count.
runs as (
    select *, nr - row_number() over (partition by all_but_day order by nr) as run
    from (select *, row({attributes}) as all_but_day from numbered)
)

select
    person_id,
    min(stichtag) as von,
    nullif(max(stichtag), (select max(stichtag) from bestand)) as bis,
    {attributes_of_run}
from runs
group by person_id, all_but_day, run
order by person_id, von
"""


def in_spells(bestand: pa.Table) -> dict[str, pa.Table]:
    """bezug and stichtage in the place of bestand; who is in stock at the last Stichtag stays so.

    A spell is a run of Stichtage with equal attributes. Copies of a row disappear.
    """
    names = [name for name in bestand.column_names if name not in ("person_id", "stichtag")]
    sql = SPELLS.format(
        attributes=", ".join(["person_id", *names]),
        attributes_of_run=", ".join(f"any_value({name}) as {name}" for name in names),
    )
    con = duckdb.connect()
    con.register("bestand", bestand)
    tables = {
        "bezug": con.sql(sql).to_arrow_table(),
        "stichtage": con.sql("select distinct stichtag from bestand order by 1").to_arrow_table(),
    }
    con.close()
    return tables
