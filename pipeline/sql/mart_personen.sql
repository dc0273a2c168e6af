-- Persons behind the totals: how many, how many integrated, and the sums over persons that
-- intervals need.
-- Grain: one row per Kennzahl, Berichtsmonat, geschlechtsart and sex. geschlechtsart `geliefert`
-- has w, m, d, o, u and serves P1 in mart_quote; `veroeffentlicht` has w, m; both have insgesamt.
-- Inputs: core_personenspur, core_stichtag, mart_fenster. Method: docs/methodik/p1.md.
with fenster as (
    select
        mart_fenster.kennzahl,
        mart_fenster.berichtsmonat,
        bitstring_agg(core_stichtag.lfd_monat, 0, 599) as monate
    from mart_fenster
    inner join core_stichtag
        on
            core_stichtag.monat_nr
            between mart_fenster.erster_monat_nr and mart_fenster.letzter_monat_nr
    group by mart_fenster.kennzahl, mart_fenster.berichtsmonat
),

-- The same tracks by published sex, and whatever the sex.
spur as (
    select
        person_nr,
        geschlecht_veroeffentlicht as geschlecht,
        bit_or(bestand) as bestand,
        bit_or(integration) as integration
    from core_personenspur
    group by person_nr, geschlecht_veroeffentlicht
    union all
    select
        person_nr,
        'insgesamt' as geschlecht,
        bit_or(bestand) as bestand,
        bit_or(integration) as integration
    from core_personenspur
    group by person_nr
),

in_window as (
    select
        fenster.kennzahl,
        fenster.berichtsmonat,
        spur.geschlecht,
        bit_count(spur.bestand & fenster.monate) as bestand_monate,
        bit_count(spur.integration & fenster.monate) as integrationen
    from spur
    cross join fenster
),

person as (
    select
        kennzahl,
        berichtsmonat,
        geschlecht,
        bestand_monate,
        coalesce(integrationen, 0) as integrationen
    from in_window
    where bestand_monate > 0
),

event as (
    select
        kennzahl,
        berichtsmonat,
        'veroeffentlicht' as geschlechtsart,
        geschlecht,
        count(*) as personen,
        count(*) filter (where integrationen > 0) as personen_zaehler,
        sum(integrationen) as integrationen,
        sum(bestand_monate) as bestand_monate,
        sum(integrationen * integrationen) as summe_zz,
        sum(integrationen * bestand_monate) as summe_zb,
        sum(bestand_monate * bestand_monate) as summe_bb
    from person
    group by kennzahl, berichtsmonat, geschlecht
),

-- P1 counts a person once, with the sex of the latest Stichtag of the window. Almost nobody has
-- two tracks; only for them the latest one has to be found.
track as (
    select
        *,
        count(*) over (partition by person_nr) as spuren
    from core_personenspur
),

track_in_window as (
    select
        fenster.berichtsmonat,
        track.person_nr,
        track.spuren,
        track.geschlecht,
        track.geschlecht_veroeffentlicht,
        track.bestand & fenster.monate as monate,
        coalesce(bit_count(track.integration & fenster.monate), 0) > 0 as ist_integriert
    from track
    cross join fenster
    where fenster.kennzahl = 'K2'
),

last_sex as (
    select
        berichtsmonat,
        geschlecht,
        geschlecht_veroeffentlicht,
        ist_integriert
    from track_in_window
    where spuren = 1 and bit_count(monate) > 0
    union all
    select
        berichtsmonat,
        arg_max(geschlecht, reverse(cast(monate as varchar))) as geschlecht,
        arg_max(geschlecht_veroeffentlicht, reverse(cast(monate as varchar)))
            as geschlecht_veroeffentlicht,
        bool_or(ist_integriert) as ist_integriert
    from track_in_window
    where spuren > 1 and bit_count(monate) > 0
    group by berichtsmonat, person_nr
),

once as (
    select
        berichtsmonat,
        case
            when grouping(geschlecht_veroeffentlicht) = 0 then 'veroeffentlicht'
            when grouping(geschlecht) = 0 then 'geliefert'
            else 'beide'
        end as geschlechtsart,
        coalesce(geschlecht_veroeffentlicht, geschlecht, 'insgesamt') as geschlecht,
        count(*) as personen,
        count(*) filter (where ist_integriert) as personen_zaehler
    from last_sex
    group by
        grouping sets (
            (berichtsmonat, geschlecht_veroeffentlicht),
            (berichtsmonat, geschlecht),
            (berichtsmonat)
        )
)

select
    kennzahl,
    berichtsmonat,
    geschlechtsart,
    geschlecht,
    personen,
    personen_zaehler,
    integrationen,
    bestand_monate,
    summe_zz,
    summe_zb,
    summe_bb
from event
union all
select
    'P1' as kennzahl,
    berichtsmonat,
    geschlechtsart,
    geschlecht,
    personen,
    personen_zaehler,
    null as integrationen,
    null as bestand_monate,
    null as summe_zz,
    null as summe_zb,
    null as summe_bb
from once
order by kennzahl, berichtsmonat, geschlechtsart, geschlecht
