-- Women's share in the stock and among the unemployed, against which access to measures is read.
-- Grain: one row per Kennzahl (FA_ELB, FA_ALO), Berichtsmonat and sex (w, m, insgesamt); columns as
-- in mart_veroeffentlichung.
-- Inputs: core_personenmonat, core_stichtag, mart_fenster, kennzahl. Method: docs/methodik/fq.md.
-- personen is the largest number at one of the twelve Stichtage: there are at least so many.
with bestand as (
    select
        core_stichtag.monat_nr,
        core_personenmonat.geschlecht_veroeffentlicht as geschlecht,
        count(*) as alle,
        count(*) filter (where core_personenmonat.arbeitsmarktstatus = 'arbeitslos')
            as arbeitslose
    from core_personenmonat
    inner join core_stichtag on core_personenmonat.monat = core_stichtag.monat
    group by core_stichtag.monat_nr, core_personenmonat.geschlecht_veroeffentlicht
),

je_stichtag as (
    select
        kennzahl.code as kennzahl,
        bestand.monat_nr,
        coalesce(bestand.geschlecht, 'insgesamt') as geschlecht,
        sum(if(kennzahl.code = 'FA_ALO', bestand.arbeitslose, bestand.alle)) as personen
    from bestand
    inner join kennzahl on kennzahl.art = 'anteil'
    group by grouping sets (
        (kennzahl.code, bestand.monat_nr, bestand.geschlecht),
        (kennzahl.code, bestand.monat_nr)
    )
),

im_fenster as (
    select
        mart_fenster.kennzahl,
        mart_fenster.berichtsmonat,
        je_stichtag.geschlecht,
        sum(je_stichtag.personen) as summe,
        max(je_stichtag.personen) as personen
    from mart_fenster
    inner join je_stichtag
        on
            mart_fenster.kennzahl = je_stichtag.kennzahl
            and je_stichtag.monat_nr
            between mart_fenster.erster_monat_nr and mart_fenster.letzter_monat_nr
    group by mart_fenster.kennzahl, mart_fenster.berichtsmonat, je_stichtag.geschlecht
),

geschlecht as (
    select *
    from (values ('w', 1), ('m', 2), ('insgesamt', 3)) as t (geschlecht, rang)
)

select
    alle.kennzahl,
    alle.berichtsmonat,
    'insgesamt' as schnitt,
    'insgesamt' as auspraegung_1,
    '' as auspraegung_2,
    geschlecht.geschlecht,
    cast(coalesce(eigene.summe, 0) as bigint) as zaehler,
    cast(null as bigint) as bestand_monate,
    cast(alle.summe as double) as nenner,
    100 * coalesce(eigene.summe, 0) / cast(nullif(alle.summe, 0) as double) as quote,
    cast(alle.personen as bigint) as personen,
    cast(coalesce(eigene.personen, 0) as bigint) as personen_zaehler,
    cast(null as bigint) as summe_zz,
    cast(null as bigint) as summe_zb,
    cast(null as bigint) as summe_bb
from im_fenster as alle
cross join geschlecht
left join im_fenster as eigene
    on
        alle.kennzahl = eigene.kennzahl
        and alle.berichtsmonat = eigene.berichtsmonat
        and geschlecht.geschlecht = eigene.geschlecht
where alle.geschlecht = 'insgesamt'
order by alle.kennzahl, alle.berichtsmonat, geschlecht.rang
