-- What is counted in single months, for every Kennzahl whose window is a sum of months.
-- Grain: one row per Kennzahl, month, schnitt, categories and delivered sex.
-- Inputs: mart_monatssumme, core_personenmonat, core_stichtag, core_integration,
-- mart_austrittssumme, kennzahl.
-- Method: docs/methodik/k2.md and the pages of the other Kennzahlen beside it.
-- monat_nr is the month of the Stichtag for K2, K2_JFW, K2E1, K2E2, K2E4 and
-- K3E1, the Berichtsmonat of the Integration for K2E3 and M1, and that of the exit for EQ.
with eintritt as (
    select
        core_stichtag.monat_nr,
        core_personenmonat.geschlecht,
        count(*) as bestand,
        sum(core_personenmonat.eintritt_geringfuegig) as geringfuegig,
        sum(core_personenmonat.eintritt_gefoerdert) as gefoerdert
    from core_personenmonat
    inner join core_stichtag on core_personenmonat.monat = core_stichtag.monat
    where core_personenmonat.berichtsmonat is not null
    group by core_stichtag.monat_nr, core_personenmonat.geschlecht
),

total as (
    select
        'K2E1' as kennzahl,
        monat_nr,
        geschlecht,
        geringfuegig as zaehler,
        bestand as einheiten
    from eintritt
    union all
    select
        'K2E2' as kennzahl,
        monat_nr,
        geschlecht,
        gefoerdert as zaehler,
        bestand as einheiten
    from eintritt
    union all
    select
        'K2E3' as kennzahl,
        monat_nr,
        geschlecht,
        sum(kontinuierlich) as zaehler,
        count(kontinuierlich) as einheiten
    from core_integration
    group by monat_nr, geschlecht
    union all
    select
        'M1' as kennzahl,
        monat_nr,
        geschlecht,
        coalesce(sum(bestand_verlassen), 0) as zaehler,
        count(*) as einheiten
    from core_integration
    group by monat_nr, geschlecht
    -- K2E4 and K3E1 are K2 of one group, over the same people.
    union all
    select
        kennzahl.code as kennzahl,
        mart_monatssumme.monat_nr,
        mart_monatssumme.geschlecht,
        mart_monatssumme.integriert as zaehler,
        mart_monatssumme.bestand as einheiten
    from mart_monatssumme
    inner join kennzahl
        on
            mart_monatssumme.schnitt = kennzahl.schnitt
            and mart_monatssumme.auspraegung_1 = kennzahl.auspraegung
)

select
    kennzahl,
    monat_nr,
    'insgesamt' as schnitt,
    'insgesamt' as auspraegung_1,
    '' as auspraegung_2,
    geschlecht,
    cast(coalesce(zaehler, 0) as bigint) as zaehler,
    cast(einheiten as bigint) as einheiten
from total
union all
select
    'K2' as kennzahl,
    monat_nr,
    schnitt,
    auspraegung_1,
    auspraegung_2,
    geschlecht,
    integriert as zaehler,
    bestand as einheiten
from mart_monatssumme
union all
select
    'K2_JFW' as kennzahl,
    monat_nr,
    schnitt,
    auspraegung_1,
    auspraegung_2,
    geschlecht,
    integriert as zaehler,
    bestand as einheiten
from mart_monatssumme
where schnitt = 'insgesamt'
union all
select
    kennzahl,
    monat_nr,
    schnitt,
    auspraegung_1,
    auspraegung_2,
    geschlecht,
    zaehler,
    einheiten
from mart_austrittssumme
