-- Made-up take-ups in the layout of core_beschaeftigung: seven years, in stock or not.
-- Grain: one row per take-up.
-- Inputs: personen, parameters aufnahmen, personenzahl and beginn. Two take-ups in ten go to the
-- person's usual employer, so that the same job sometimes goes on under a new contract.
with roh as (
    select
        range as nr,
        cast(1 + zufall(range, 11) % $personenzahl as integer) as person_nr,
        cast($beginn - interval 24 month as date)
        + cast(zufall(range, 12) % 2556 as integer) as beginn,
        zufall(range, 13) as zufall
    from range($aufnahmen)
)

select
    roh.person_nr,
    'B' || lpad(cast(roh.nr as varchar), 9, '0') as beschaeftigung_id,
    personen.person_id,
    roh.beginn,
    if(
        roh.zufall % 10 < 7, roh.beginn + cast(zufall(roh.nr, 14) % 700 as integer), null
    ) as ende,
    ['sv', 'sv', 'sv', 'sv', 'sv', 'sv', 'ausbildung', 'selbstaendig', 'geringfuegig',
        'geringfuegig', 'oeffentlich_gefoerdert'][1 + roh.zufall // 16 % 11] as art,
    ['keine', 'keine', 'keine', 'keine', 'egz', 'esg', 'sonstige', 'unbekannt'][
        1 + roh.zufall // 256 % 8
    ] as foerderung,
    case
        when roh.zufall // 4096 % 10 < 2 then 'A' || zufall(roh.person_nr, 15) % 60000
        when roh.zufall // 4096 % 10 < 9 then 'A' || zufall(roh.nr, 15) % 60000
    end as arbeitgeber_id,
    cast(10 + roh.zufall // 65536 % 31 as decimal(18, 4)) as wochenstunden,
    case
        when roh.zufall // 1048576 % 100 < 90
            then roh.beginn + cast(zufall(roh.nr, 16) % 60 as integer)
        when roh.zufall // 1048576 % 100 < 95 then roh.beginn + 200
    end as erfasst_am,
    'skala' as lieferung,
    'beschaeftigungen.parquet' as datei,
    cast(roh.nr + 1 as integer) as zeile
from roh
inner join personen on roh.person_nr = personen.person_nr
order by roh.person_nr, roh.beginn, beschaeftigung_id
