-- The skeleton: every cell that has a row, whether or not anybody is in it.
-- Grain: one row per Kennzahl, schnitt and combination of categories.
-- Inputs: registry_gliederung (from breakdowns.toml and the code lists), core_bestand.
-- Method: docs/methodik/gliederungen.md. Districts have no code list: only values in the data.
select
    kennzahl,
    schnitt,
    auspraegung_1,
    auspraegung_2,
    rang_1,
    rang_2
from registry_gliederung
where schnitt <> 'stadtbezirk'
union all
select
    registry.kennzahl,
    registry.schnitt,
    bezirk.stadtbezirk as auspraegung_1,
    '' as auspraegung_2,
    cast(row_number() over (partition by registry.kennzahl order by bezirk.stadtbezirk) as integer)
        as rang_1,
    0 as rang_2
from registry_gliederung as registry
cross join (select distinct stadtbezirk from core_bestand) as bezirk
where registry.schnitt = 'stadtbezirk'
order by kennzahl, schnitt, rang_1, rang_2, auspraegung_1
