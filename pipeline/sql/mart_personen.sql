-- Persons behind the totals: how many, how many integrated, and the sums over persons that
-- intervals need.
-- Grain: one row per Kennzahl, Berichtsmonat, geschlechtsart and sex. geschlechtsart `geliefert`
-- has w, m, d, o, u and serves P1 in mart_quote; `veroeffentlicht` has w, m; `beide` insgesamt.
-- Inputs: core_personenspur, core_stichtag, mart_fenster, kennzahl. Method: docs/methodik/p1.md.
-- Almost everybody has one track, that is one delivered sex. Only the few with several need care:
-- insgesamt counts them once, and P1 takes the sex of the latest Stichtag of the window.
with fenster as (
    select
        mart_fenster.kennzahl,
        if(mart_fenster.kennzahl = 'K2_JFW', 'K2', mart_fenster.kennzahl) as spur,
        mart_fenster.berichtsmonat,
        bitstring_agg(core_stichtag.lfd_stichtag, 0, 599) as monate
    from mart_fenster
    inner join core_stichtag
        on
            core_stichtag.monat_nr
            between mart_fenster.erster_monat_nr and mart_fenster.letzter_monat_nr
    where mart_fenster.art = 'bestand'
    group by mart_fenster.kennzahl, mart_fenster.berichtsmonat
),

spur as (
    select
        *,
        count(*) over (partition by kennzahl, person_nr) as spuren
    from core_personenspur
),

-- What a track brings to a window.
track_in_window as (
    select
        fenster.kennzahl,
        fenster.berichtsmonat,
        spur.person_nr,
        spur.spuren,
        spur.geschlecht,
        spur.geschlecht_veroeffentlicht,
        spur.bestand,
        fenster.monate,
        bit_count(spur.bestand & fenster.monate) as bestand_monate,
        bit_count(spur.ereignis & fenster.monate) as integrationen
    from spur
    inner join fenster on spur.kennzahl = fenster.spur
),

in_window as (
    select * replace (coalesce(integrationen, 0) as integrationen)
    from track_in_window
    where bestand_monate > 0
),

single_track as (
    select
        kennzahl,
        berichtsmonat,
        geschlecht,
        geschlecht_veroeffentlicht,
        count(*) as personen,
        count(*) filter (where integrationen > 0) as personen_zaehler,
        sum(integrationen) as integrationen,
        sum(bestand_monate) as bestand_monate,
        sum(integrationen * integrationen) as summe_zz,
        sum(integrationen * bestand_monate) as summe_zb,
        sum(bestand_monate * bestand_monate) as summe_bb
    from in_window
    where spuren = 1
    group by kennzahl, berichtsmonat, geschlecht, geschlecht_veroeffentlicht
),

-- Persons with several tracks: once per published sex, and once whatever the sex.
several_tracks as (
    select
        kennzahl,
        berichtsmonat,
        person_nr,
        coalesce(geschlecht_veroeffentlicht, 'insgesamt') as geschlecht,
        sum(integrationen) as integrationen,
        sum(bestand_monate) as bestand_monate
    from in_window
    where spuren > 1
    group by grouping sets (
        (kennzahl, berichtsmonat, person_nr, geschlecht_veroeffentlicht),
        (kennzahl, berichtsmonat, person_nr)
    )
),

event as (
    select
        kennzahl,
        berichtsmonat,
        geschlecht_veroeffentlicht as geschlecht,
        personen,
        personen_zaehler,
        integrationen,
        bestand_monate,
        summe_zz,
        summe_zb,
        summe_bb
    from single_track
    union all
    select
        kennzahl,
        berichtsmonat,
        'insgesamt' as geschlecht,
        personen,
        personen_zaehler,
        integrationen,
        bestand_monate,
        summe_zz,
        summe_zb,
        summe_bb
    from single_track
    union all
    select
        kennzahl,
        berichtsmonat,
        geschlecht,
        1 as personen,
        cast(integrationen > 0 as integer) as personen_zaehler,
        integrationen,
        bestand_monate,
        integrationen * integrationen as summe_zz,
        integrationen * bestand_monate as summe_zb,
        bestand_monate * bestand_monate as summe_bb
    from several_tracks
),

last_sex as (
    select
        berichtsmonat,
        arg_max(geschlecht, reverse(cast(bestand & monate as varchar))) as geschlecht,
        arg_max(geschlecht_veroeffentlicht, reverse(cast(bestand & monate as varchar)))
            as geschlecht_veroeffentlicht,
        1 as personen,
        cast(sum(integrationen) > 0 as integer) as personen_zaehler
    from in_window
    where spuren > 1 and kennzahl = 'K2'
    group by berichtsmonat, person_nr
),

once as (
    select
        berichtsmonat,
        geschlecht,
        geschlecht_veroeffentlicht,
        personen,
        personen_zaehler
    from single_track
    where kennzahl = 'K2'
    union all
    select
        berichtsmonat,
        geschlecht,
        geschlecht_veroeffentlicht,
        personen,
        personen_zaehler
    from last_sex
),

summed as (
    select
        kennzahl,
        berichtsmonat,
        if(geschlecht = 'insgesamt', 'beide', 'veroeffentlicht') as geschlechtsart,
        geschlecht,
        cast(sum(personen) as bigint) as personen,
        cast(sum(personen_zaehler) as bigint) as personen_zaehler,
        cast(sum(integrationen) as bigint) as integrationen,
        cast(sum(bestand_monate) as bigint) as bestand_monate,
        cast(sum(summe_zz) as bigint) as summe_zz,
        cast(sum(summe_zb) as bigint) as summe_zb,
        cast(sum(summe_bb) as bigint) as summe_bb
    from event
    group by kennzahl, berichtsmonat, geschlecht
),

-- K2E1 and K2E2 have the stock of K2, and tracks only of those who have an entry.
entry as (
    select
        kennzahl.code as kennzahl,
        k2.berichtsmonat,
        k2.geschlechtsart,
        k2.geschlecht,
        k2.personen,
        coalesce(own.personen_zaehler, 0) as personen_zaehler,
        coalesce(own.integrationen, 0) as integrationen,
        k2.bestand_monate,
        coalesce(own.summe_zz, 0) as summe_zz,
        coalesce(own.summe_zb, 0) as summe_zb,
        k2.summe_bb
    from summed as k2
    inner join kennzahl on kennzahl.code in ('K2E1', 'K2E2')
    left join summed as own
        on
            kennzahl.code = own.kennzahl
            and k2.berichtsmonat = own.berichtsmonat
            and k2.geschlecht = own.geschlecht
    where k2.kennzahl = 'K2'
)

select *
from summed
where kennzahl not in ('K2E1', 'K2E2')
union all
select *
from entry
union all
select
    'P1' as kennzahl,
    berichtsmonat,
    case
        when grouping(geschlecht_veroeffentlicht) = 0 then 'veroeffentlicht'
        when grouping(geschlecht) = 0 then 'geliefert'
        else 'beide'
    end as geschlechtsart,
    coalesce(geschlecht_veroeffentlicht, geschlecht, 'insgesamt') as geschlecht,
    cast(sum(personen) as bigint) as personen,
    cast(sum(personen_zaehler) as bigint) as personen_zaehler,
    null as integrationen,
    null as bestand_monate,
    null as summe_zz,
    null as summe_zb,
    null as summe_bb
from once
group by
    grouping sets (
        (berichtsmonat, geschlecht_veroeffentlicht),
        (berichtsmonat, geschlecht),
        (berichtsmonat)
    )
order by kennzahl, berichtsmonat, geschlechtsart, geschlecht
