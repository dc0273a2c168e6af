-- The heart: a person at a Stichtag S(m-1), with the attributes of that day and what happened in
-- the month that follows. Every K2 slice takes numerator and denominator from these rows.
-- Grain: one row per person and month in stock.
-- Inputs: core_bestand, core_person, core_stichtag, core_start, core_massnahme.
-- Method: docs/methodik/personenmonat.md, docs/methodik/gliederungen.md.
-- berichtsmonat and integriert are NULL where the data have no following Stichtag.
with integration as (
    select distinct
        person_nr,
        monat
    from core_start
),

berichtsmonat as (
    select
        this.monat,
        next.berichtsmonat
    from core_stichtag as this
    left join core_stichtag as next on next.monat = this.monat + interval 1 month
)

select
    core_bestand.person_nr,
    core_bestand.monat,
    core_bestand.stichtag,
    berichtsmonat.berichtsmonat,
    core_bestand.geschlecht,
    case
        when core_bestand.geschlecht in ('w', 'm') then core_bestand.geschlecht
        else core_person.geschlecht_zugeordnet
    end as geschlecht_veroeffentlicht,
    case
        when core_bestand.leistungsbezug_seit is null then 'unbekannt'
        when core_bestand.leistungsbezug_seit > core_bestand.stichtag then 'unbekannt'
        when core_bestand.leistungsbezug_seit + interval 48 month <= core_bestand.stichtag
            then '4_jahre_und_mehr'
        when core_bestand.leistungsbezug_seit + interval 36 month <= core_bestand.stichtag
            then '3_bis_unter_4_jahre'
        when core_bestand.leistungsbezug_seit + interval 24 month <= core_bestand.stichtag
            then '2_bis_unter_3_jahre'
        when core_bestand.leistungsbezug_seit + interval 12 month <= core_bestand.stichtag
            then '1_bis_unter_2_jahre'
        when core_bestand.leistungsbezug_seit + interval 6 month <= core_bestand.stichtag
            then '6_bis_unter_12_monate'
        when core_bestand.leistungsbezug_seit + interval 3 month <= core_bestand.stichtag
            then '3_bis_unter_6_monate'
        else 'unter_3_monate'
    end as bezugsdauer,
    coalesce(core_massnahme.gruppe, 'keine') as massnahme,
    coalesce(core_massnahme.instrument, 'keine') as instrument,
    case
        when core_bestand.geburtsjahr is null then 'unbekannt'
        when year(core_bestand.stichtag) - core_bestand.geburtsjahr < 25 then 'unter_25'
        when year(core_bestand.stichtag) - core_bestand.geburtsjahr < 35 then '25_bis_unter_35'
        when year(core_bestand.stichtag) - core_bestand.geburtsjahr < 45 then '35_bis_unter_45'
        when year(core_bestand.stichtag) - core_bestand.geburtsjahr < 55 then '45_bis_unter_55'
        else '55_und_mehr'
    end as alter,
    core_bestand.bg_typ,
    case
        when core_bestand.juengstes_kind_alter < 3 then 'ja'
        when core_bestand.juengstes_kind_alter >= 3 then 'nein'
        when core_bestand.bg_typ in ('alleinstehend', 'paar_ohne_kind') then 'nein'
        else 'unbekannt'
    end as kind_unter_3,
    core_bestand.staatsangehoerigkeit,
    core_bestand.berufsabschluss,
    core_bestand.arbeitsmarktstatus,
    core_bestand.lzb,
    core_bestand.hilfe_67,
    core_bestand.stadtbezirk,
    case
        when berichtsmonat.berichtsmonat is null then null
        when integration.person_nr is null then 0
        else 1
    end::tinyint as integriert
from core_bestand
-- Left joins, though every row has its month and person: the optimizer expects few rows after an
-- inner join and would build its hash table from the whole stock.
left join berichtsmonat on core_bestand.monat = berichtsmonat.monat
left join core_person on core_bestand.person_nr = core_person.person_nr
left join integration
    on
        core_bestand.person_nr = integration.person_nr
        and core_bestand.monat = integration.monat
left join core_massnahme
    on
        core_bestand.person_nr = core_massnahme.person_nr
        and core_bestand.monat = core_massnahme.monat
