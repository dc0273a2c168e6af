-- How each month is composed: rows by attribute and category, to notice what changes suddenly.
-- Grain: one row per table, month, attribute and category that occurs. `leer` stands for NULL.
-- Inputs: core_bestand, core_beschaeftigung, core_teilnahme. Method: docs/methodik/pruefung.md.
with bestand as (
    select
        monat,
        geschlecht,
        bg_typ,
        staatsangehoerigkeit,
        berufsabschluss,
        arbeitsmarktstatus,
        lzb,
        hilfe_67,
        stadtbezirk,
        if(geburtsjahr is null, 'leer', 'gefuellt') as geburtsjahr,
        if(leistungsbezug_seit is null, 'leer', 'gefuellt') as leistungsbezug_seit,
        if(juengstes_kind_alter is null, 'leer', 'gefuellt') as juengstes_kind_alter
    from core_bestand
),

gezaehlt as (
    select
        monat,
        geschlecht,
        bg_typ,
        staatsangehoerigkeit,
        berufsabschluss,
        arbeitsmarktstatus,
        lzb,
        hilfe_67,
        stadtbezirk,
        geburtsjahr,
        leistungsbezug_seit,
        juengstes_kind_alter,
        count(*) as zeilen
    from bestand
    group by grouping sets (
        (monat, geschlecht), (monat, bg_typ), (monat, staatsangehoerigkeit),
        (monat, berufsabschluss), (monat, arbeitsmarktstatus), (monat, lzb), (monat, hilfe_67),
        (monat, stadtbezirk), (monat, geburtsjahr), (monat, leistungsbezug_seit),
        (monat, juengstes_kind_alter)
    )
),

-- Every row of a grouping set has content in exactly one attribute.
bild as (
    unpivot gezaehlt
    on
        geschlecht, bg_typ, staatsangehoerigkeit, berufsabschluss, arbeitsmarktstatus, lzb,
        hilfe_67, stadtbezirk, geburtsjahr, leistungsbezug_seit, juengstes_kind_alter
    into name merkmal value auspraegung
),

ereignis as (
    select
        'beschaeftigungen' as tabelle,
        beginn,
        'art' as merkmal,
        art as auspraegung
    from core_beschaeftigung
    union all
    select
        'teilnahmen' as tabelle,
        eintritt as beginn,
        'instrument' as merkmal,
        instrument as auspraegung
    from core_teilnahme
)

select
    'bestand' as tabelle,
    monat,
    merkmal,
    auspraegung,
    zeilen
from bild
union all
select
    tabelle,
    cast(date_trunc('month', beginn) as date) as monat,
    merkmal,
    auspraegung,
    count(*) as zeilen
from ereignis
group by tabelle, date_trunc('month', beginn), merkmal, auspraegung
order by tabelle, monat, merkmal, auspraegung
