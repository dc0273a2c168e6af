-- Made-up people behind the scale data.
-- Grain: one row per person who is ever in stock.
-- A place in stock is held by one person after the other; the places fall into five classes by
-- how long a person stays. Three people take turns on a place, so that people come back.
-- Input: parameters plaetze and monate. zufall(schluessel, salz) is the only source of chance.
with platz as (
    select
        range as platz,
        [4, 9, 18, 36, 120][1 + range % 5] as dauer
    from range($plaetze)
),

spur as (
    select distinct
        platz.platz,
        ((monat.range + zufall(platz.platz, 1) % platz.dauer) // platz.dauer) % 3 as folge
    from platz
    cross join range($monate) as monat
),

person as (
    select
        platz * 3 + folge as schluessel,
        'P' || printf('%016x', hash(platz * 3 + folge)) as person_id
    from spur
)

select
    schluessel,
    person_id,
    cast(row_number() over (order by person_id) as integer) as person_nr,
    case
        when zufall(schluessel, 2) % 1000 < 485 then 'w'
        when zufall(schluessel, 2) % 1000 < 993 then 'm'
        when zufall(schluessel, 2) % 1000 < 995 then 'd'
        when zufall(schluessel, 2) % 1000 < 996 then 'o'
        else 'u'
    end as geschlecht,
    case
        when zufall(schluessel, 3) % 1000 > 0
            then cast(1949 + zufall(schluessel, 4) % 48 as integer)
    end as geburtsjahr,
    ['deutsch', 'deutsch', 'deutsch', 'deutsch', 'eu', 'asylherkunft', 'ukraine', 'sonstige',
        'sonstige', 'unbekannt'][1 + zufall(schluessel, 5) % 10] as staatsangehoerigkeit,
    ['ohne', 'ohne', 'ohne', 'betrieblich', 'betrieblich', 'akademisch', 'unbekannt'][
        1 + zufall(schluessel, 6) % 7
    ] as berufsabschluss,
    'Bezirk ' || lpad(
        cast(1 + (zufall(schluessel, 7) % 25 * (zufall(schluessel, 8) % 25)) // 25
        as varchar), 2, '0'
    ) as stadtbezirk
from person
order by person_nr
