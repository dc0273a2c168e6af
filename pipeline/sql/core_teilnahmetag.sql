-- Who is in a measure at a Stichtag, in stock or not.
-- Grain: one row per running participation and Stichtag.
-- Inputs: core_massnahmenteilnahme, core_stichtag. Method: docs/methodik/fq.md.
select
    core_stichtag.monat_nr,
    core_massnahmenteilnahme.teilnahme_id,
    core_massnahmenteilnahme.person_nr,
    core_massnahmenteilnahme.geschlecht,
    core_massnahmenteilnahme.geschlecht_veroeffentlicht,
    core_massnahmenteilnahme.massnahme,
    core_massnahmenteilnahme.instrument
from core_massnahmenteilnahme
inner join core_stichtag
    on
        core_massnahmenteilnahme.eintritt <= core_stichtag.stichtag
        and coalesce(core_massnahmenteilnahme.austritt, date '9999-12-31')
        >= core_stichtag.stichtag
order by core_stichtag.monat_nr, core_massnahmenteilnahme.teilnahme_id
