-- Exits from measures that have a duration.
-- Grain: one row per participation that has ended.
-- Inputs: core_massnahmenteilnahme, parameter. Method: docs/methodik/eq.md.
-- massnahmedauer: calendar months reached between eintritt and the day after austritt.
with beendet as (
    select
        *,
        datesub('month', eintritt, austritt + 1) as dauer_monate
    from core_massnahmenteilnahme
    where austritt is not null
),

rule as (
    select
        gilt_ab,
        coalesce(gilt_bis, date '9999-12-31') as gilt_bis,
        zahl
    from parameter
    where name = 'eq_zaehlt_ausbildung'
)

select
    beendet.teilnahme_id,
    beendet.person_nr,
    beendet.geschlecht,
    beendet.geschlecht_veroeffentlicht,
    beendet.massnahme,
    beendet.instrument,
    beendet.massnahme_id,
    beendet.traeger_id,
    case
        when beendet.dauer_monate >= 12 then '12_monate_und_mehr'
        when beendet.dauer_monate >= 6 then '6_bis_unter_12_monate'
        when beendet.dauer_monate >= 3 then '3_bis_unter_6_monate'
        when beendet.dauer_monate >= 1 then '1_bis_unter_3_monate'
        else 'unter_1_monat'
    end as massnahmedauer,
    beendet.austritt,
    cast(year(beendet.austritt) * 12 + month(beendet.austritt) - 1 as integer) as monat_nr,
    rule.zahl = 1 as ausbildung_zaehlt
from beendet
inner join rule on beendet.austritt >= rule.gilt_ab and beendet.austritt < rule.gilt_bis
order by beendet.person_nr, beendet.austritt, beendet.teilnahme_id
