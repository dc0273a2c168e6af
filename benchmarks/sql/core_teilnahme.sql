-- Made-up participations in the layout of core_teilnahme.
-- Grain: one row per participation.
-- Inputs: personen, code_instrument, parameters teilnahmen, personenzahl and beginn.
with instrument as (
    select list(code order by rank) as codes
    from code_instrument
),

roh as (
    select
        range as nr,
        cast(1 + zufall(range, 17) % $personenzahl as integer) as person_nr,
        cast($beginn - interval 6 month as date)
        + cast(zufall(range, 18) % 2007 as integer) as eintritt,
        zufall(range, 19) as zufall
    from range($teilnahmen)
)

select
    roh.person_nr,
    'T' || lpad(cast(roh.nr as varchar), 9, '0') as teilnahme_id,
    personen.person_id,
    instrument.codes[
        1 + (roh.zufall // 16 % len(instrument.codes) * (roh.zufall // 1024 % 24)) // 24
    ] as instrument,
    'M' || roh.zufall // 65536 % 2000 as massnahme_id,
    'Q' || roh.zufall // 65536 % 90 as traeger_id,
    roh.eintritt,
    roh.eintritt + 90 as austritt_geplant,
    if(
        roh.zufall % 16 > 0, roh.eintritt + cast(zufall(roh.nr, 20) % 240 as integer), null
    ) as austritt,
    ['regulaer', 'regulaer', 'arbeitsaufnahme', 'abbruch', 'unbekannt'][
        1 + roh.zufall // 1048576 % 5
    ] as austrittsgrund,
    cast(100 + roh.zufall // 65536 % 5000 as decimal(18, 4)) as kosten_eur,
    roh.eintritt + 5 as erfasst_am,
    'skala' as lieferung,
    'teilnahmen.parquet' as datei,
    cast(roh.nr + 1 as integer) as zeile
from roh
inner join personen on roh.person_nr = personen.person_nr
cross join instrument
order by roh.person_nr, roh.eintritt, teilnahme_id
