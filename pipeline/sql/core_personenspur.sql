-- The track of a person: the months in stock and those with an event, one bit a month.
-- Grain: one row per Kennzahl, person and delivered sex. K2E4 and K3E1 have the months in their
-- group; K2E1 and K2E2 only the persons who have such an entry at all.
-- Inputs: core_personenmonat, core_stichtag. Method: docs/methodik/p1.md.
-- Bit n stands for Stichtag number n from 0; 600 bits hold fifty years of months.
with monat as (
    select
        core_personenmonat.*,
        core_stichtag.lfd_stichtag
    from core_personenmonat
    inner join core_stichtag on core_personenmonat.monat = core_stichtag.monat
    where core_personenmonat.berichtsmonat is not null
),

spur as (
    select
        person_nr,
        geschlecht,
        geschlecht_veroeffentlicht,
        bitstring_agg(lfd_stichtag, 0, 599) as bestand,
        bitstring_agg(lfd_stichtag, 0, 599) filter (where bg_typ = 'alleinerziehend')
            as alleinerziehend,
        bitstring_agg(lfd_stichtag, 0, 599) filter (where lzb = 'ja') as langzeit,
        bitstring_agg(lfd_stichtag, 0, 599) filter (where integriert = 1) as integration,
        bitstring_agg(lfd_stichtag, 0, 599) filter (where eintritt_geringfuegig = 1)
            as geringfuegig,
        bitstring_agg(lfd_stichtag, 0, 599) filter (where eintritt_gefoerdert = 1) as gefoerdert
    from monat
    group by person_nr, geschlecht, geschlecht_veroeffentlicht
),

je_kennzahl as (
    select
        kennzahl.code as kennzahl,
        spur.person_nr,
        spur.geschlecht,
        spur.geschlecht_veroeffentlicht,
        case kennzahl.code
            when 'K2E4' then spur.alleinerziehend
            when 'K3E1' then spur.langzeit
            else spur.bestand
        end as bestand,
        case kennzahl.code
            when 'K2E1' then spur.geringfuegig
            when 'K2E2' then spur.gefoerdert
            when 'K2E4' then spur.integration & spur.alleinerziehend
            when 'K3E1' then spur.integration & spur.langzeit
            else spur.integration
        end as ereignis
    from spur
    cross join kennzahl
    where kennzahl.art = 'bestand' and kennzahl.code <> 'K2_JFW'
)

select
    kennzahl,
    person_nr,
    geschlecht,
    geschlecht_veroeffentlicht,
    bestand,
    ereignis
from je_kennzahl
where bestand is not null
qualify
    kennzahl not in ('K2E1', 'K2E2')
    or bool_or(ereignis is not null) over (partition by kennzahl, person_nr)
