-- Participations in measures, all deliveries merged, of persons in the merged stock.
-- Grain: one row per participation (teilnahme_id).
-- Inputs: stg_teilnahmen, core_verbleib. Method: docs/methodik/zusammenfuehrung.md.
with taken as (
    select
        lieferung,
        datei,
        zeile,
        person_nr
    from core_verbleib
    where tabelle = 'teilnahmen' and verbleib = 'uebernommen'
)

select
    taken.person_nr,
    stg_teilnahmen.teilnahme_id,
    stg_teilnahmen.person_id,
    stg_teilnahmen.instrument,
    stg_teilnahmen.massnahme_id,
    stg_teilnahmen.traeger_id,
    stg_teilnahmen.eintritt,
    stg_teilnahmen.austritt_geplant,
    stg_teilnahmen.austritt,
    stg_teilnahmen.austrittsgrund,
    stg_teilnahmen.kosten_eur,
    stg_teilnahmen.erfasst_am,
    stg_teilnahmen.lieferung,
    stg_teilnahmen.datei,
    stg_teilnahmen.zeile
from stg_teilnahmen
inner join taken
    on
        stg_teilnahmen.lieferung = taken.lieferung
        and stg_teilnahmen.datei = taken.datei
        and stg_teilnahmen.zeile = taken.zeile
order by taken.person_nr, stg_teilnahmen.eintritt, stg_teilnahmen.teilnahme_id
