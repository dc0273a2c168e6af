-- The skeleton: every cell that has a row, whether or not anybody is in it.
-- Grain: one row per Kennzahl, schnitt and combination of categories.
-- Inputs: registry_gliederung (from breakdowns.toml and the code lists), core_bestand,
-- core_teilnahme. Method: docs/methodik/gliederungen.md. Where there is no code list, only values in
-- the data have a row.
with wert as (
    select
        'stadtbezirk' as schnitt,
        stadtbezirk as wert
    from core_bestand
    union
    select
        'massnahme_id' as schnitt,
        coalesce(massnahme_id, 'unbekannt') as wert
    from core_teilnahme
    union
    select
        'traeger_id' as schnitt,
        coalesce(traeger_id, 'unbekannt') as wert
    from core_teilnahme
)

select
    kennzahl,
    schnitt,
    auspraegung_1,
    auspraegung_2,
    rang_1,
    rang_2,
    oeffentlich
from registry_gliederung
where not nach_daten
union all
select
    registry.kennzahl,
    registry.schnitt,
    wert.wert as auspraegung_1,
    '' as auspraegung_2,
    cast(
        row_number() over (partition by registry.kennzahl, registry.schnitt order by wert.wert)
        as integer
    ) as rang_1,
    0 as rang_2,
    registry.oeffentlich
from registry_gliederung as registry
inner join wert on registry.schnitt = wert.schnitt
where registry.nach_daten
order by kennzahl, schnitt, rang_1, rang_2, auspraegung_1
