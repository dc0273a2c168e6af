-- Who is employed some months after leaving a measure.
-- Grain: one row per exit and Kennzahl EQ_1 ... EQ_18 for which the person is employed on that day.
-- Inputs: core_austritt, core_beschaeftigung, code_kennzahl. Method: docs/methodik/eq.md.
-- erfasst_am plays no role: the newest exits are understated.
with beobachtung as (
    select
        code_kennzahl.code as kennzahl,
        core_austritt.teilnahme_id,
        core_austritt.person_nr,
        core_austritt.ausbildung_zaehlt,
        cast(core_austritt.austritt + to_months(cast(code_kennzahl.monate as integer)) as date)
            as tag
    from core_austritt
    cross join code_kennzahl
    where code_kennzahl.familie = 'EQ'
)

select distinct
    beobachtung.kennzahl,
    beobachtung.teilnahme_id
from beobachtung
inner join core_beschaeftigung
    on
        beobachtung.person_nr = core_beschaeftigung.person_nr
        and core_beschaeftigung.beginn <= beobachtung.tag
        and (core_beschaeftigung.ende is null or core_beschaeftigung.ende >= beobachtung.tag)
where
    core_beschaeftigung.art = 'sv'
    or (core_beschaeftigung.art = 'ausbildung' and beobachtung.ausbildung_zaehlt)
order by beobachtung.teilnahme_id, beobachtung.kennzahl
