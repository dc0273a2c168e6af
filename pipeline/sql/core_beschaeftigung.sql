-- Take-ups of work, all deliveries merged, of persons in the merged stock.
-- Grain: one row per take-up (beschaeftigung_id).
-- Inputs: stg_beschaeftigungen, core_verbleib. Method: docs/methodik/zusammenfuehrung.md.
with taken as (
    select
        lieferung,
        datei,
        zeile,
        person_nr
    from core_verbleib
    where tabelle = 'beschaeftigungen' and verbleib = 'uebernommen'
)

select
    taken.person_nr,
    stg_beschaeftigungen.beschaeftigung_id,
    stg_beschaeftigungen.person_id,
    stg_beschaeftigungen.beginn,
    stg_beschaeftigungen.ende,
    stg_beschaeftigungen.art,
    stg_beschaeftigungen.foerderung,
    stg_beschaeftigungen.arbeitgeber_id,
    stg_beschaeftigungen.wochenstunden,
    stg_beschaeftigungen.erfasst_am,
    stg_beschaeftigungen.lieferung,
    stg_beschaeftigungen.datei,
    stg_beschaeftigungen.zeile
from stg_beschaeftigungen
inner join taken
    on
        stg_beschaeftigungen.lieferung = taken.lieferung
        and stg_beschaeftigungen.datei = taken.datei
        and stg_beschaeftigungen.zeile = taken.zeile
order by taken.person_nr, stg_beschaeftigungen.beginn, stg_beschaeftigungen.beschaeftigung_id
