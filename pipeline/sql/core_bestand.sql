-- Stock of persons entitled to benefits and able to work (ELB), all deliveries merged.
-- Grain: one row per person and calendar month; the month has exactly one Stichtag.
-- Inputs: stg_bestand, core_lieferung. Method: docs/methodik/zusammenfuehrung.md.
with delivered as (
    select
        stg_bestand.*,
        cast(date_trunc('month', stg_bestand.stichtag) as date) as monat,
        core_lieferung.rang
    from stg_bestand
    inner join core_lieferung
        on
            stg_bestand.lieferung = core_lieferung.lieferung
            and core_lieferung.tabelle in ('bestand', 'bezug')
),

-- A full delivery is complete for the months from its first Stichtag to its last, also for those
-- at which nobody is in stock.
full_period as (
    select
        rang,
        cast(date_trunc('month', erster_stichtag) as date) as von,
        cast(date_trunc('month', letzter_stichtag) as date) as bis
    from core_lieferung
    where art = 'voll' and tabelle in ('bestand', 'bezug')
),

complete_month as (
    select
        months.monat,
        max(full_period.rang) as rang
    from (select distinct monat from delivered) as months
    inner join full_period on months.monat between full_period.von and full_period.bis
    group by months.monat
),

not_superseded as (
    select delivered.*
    from delivered
    left join complete_month on delivered.monat = complete_month.monat
    where delivered.rang >= coalesce(complete_month.rang, 0)
),

-- Only where several deliveries carry a month can one row replace another.
shared_month as (
    select monat
    from not_superseded
    group by monat
    having min(rang) < max(rang)
),

newest as (
    select
        not_superseded.person_id,
        not_superseded.monat,
        max(not_superseded.rang) as rang
    from not_superseded
    inner join shared_month on not_superseded.monat = shared_month.monat
    group by not_superseded.person_id, not_superseded.monat
),

merged as (
    select not_superseded.*
    from not_superseded
    left join newest
        on
            not_superseded.person_id = newest.person_id
            and not_superseded.monat = newest.monat
    where newest.rang is null or newest.rang = not_superseded.rang
),

person as (
    select
        person_id,
        cast(row_number() over (order by person_id) as integer) as person_nr
    from (select distinct person_id from merged) as persons
)

select
    person.person_nr,
    merged.person_id,
    merged.monat,
    merged.stichtag,
    merged.geschlecht,
    merged.geburtsjahr,
    merged.bg_typ,
    merged.juengstes_kind_alter,
    merged.staatsangehoerigkeit,
    merged.berufsabschluss,
    merged.arbeitsmarktstatus,
    merged.leistungsbezug_seit,
    merged.lzb,
    merged.hilfe_67,
    merged.stadtbezirk,
    merged.lieferung,
    merged.datei,
    merged.zeile
from merged
inner join person on merged.person_id = person.person_id
