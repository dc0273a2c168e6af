-- What became of each delivered take-up and participation when the deliveries were merged.
-- Grain: one row per delivered row of stg_beschaeftigungen and stg_teilnahmen.
-- Inputs: stg_beschaeftigungen, stg_teilnahmen, core_lieferung, core_person.
-- Method: docs/methodik/zusammenfuehrung.md.
-- verbleib: uebernommen, ersetzt (a later delivery carries the key), entfallen (a later full
-- delivery does not carry it any more), ohne_bestand (the person is nowhere in the merged stock).
with delivered as (
    select
        'beschaeftigungen' as tabelle,
        beschaeftigung_id as schluessel,
        person_id,
        beginn,
        lieferung,
        datei,
        zeile
    from stg_beschaeftigungen
    union all
    select
        'teilnahmen' as tabelle,
        teilnahme_id as schluessel,
        person_id,
        eintritt as beginn,
        lieferung,
        datei,
        zeile
    from stg_teilnahmen
),

ranked as (
    select
        delivered.*,
        core_lieferung.rang
    from delivered
    inner join core_lieferung
        on
            delivered.lieferung = core_lieferung.lieferung
            and delivered.tabelle = core_lieferung.tabelle
),

newest as (
    select
        tabelle,
        schluessel,
        max(rang) as rang
    from ranked
    group by tabelle, schluessel
),

-- A full delivery replaces what begins on or after its first Stichtag.
full_delivery as (
    select
        tabelle,
        rang,
        erster_stichtag
    from core_lieferung
    where art = 'voll' and erster_stichtag is not null
),

-- Per delivery and table: the earliest first Stichtag of any later full delivery.
later_full as (
    select
        core_lieferung.tabelle,
        core_lieferung.rang,
        min(full_delivery.erster_stichtag) as erster_stichtag
    from core_lieferung
    inner join full_delivery
        on
            core_lieferung.tabelle = full_delivery.tabelle
            and core_lieferung.rang < full_delivery.rang
    group by core_lieferung.tabelle, core_lieferung.rang
)

select
    ranked.tabelle,
    ranked.lieferung,
    ranked.datei,
    ranked.zeile,
    case
        when ranked.rang < newest.rang then 'ersetzt'
        when ranked.beginn >= later_full.erster_stichtag then 'entfallen'
        when core_person.person_nr is null then 'ohne_bestand'
        else 'uebernommen'
    end as verbleib,
    core_person.person_nr
from ranked
inner join newest
    on ranked.tabelle = newest.tabelle and ranked.schluessel = newest.schluessel
left join later_full
    on ranked.tabelle = later_full.tabelle and ranked.rang = later_full.rang
left join core_person on ranked.person_id = core_person.person_id
order by ranked.tabelle, ranked.lieferung, ranked.datei, ranked.zeile
