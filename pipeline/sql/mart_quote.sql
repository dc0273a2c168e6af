-- The Kennzahlen, exact, for analysts inside the Jobcenter: every publishable month, every cell.
-- Grain: one row per Kennzahl, Berichtsmonat, schnitt, categories and delivered sex or insgesamt.
-- Inputs: mart_fenster, mart_monatssumme, mart_gliederung, mart_personen, code_geschlecht.
-- Method: docs/methodik/k2.md, docs/methodik/p1.md, docs/methodik/k2_jfw.md.
with geschlecht as (
    select
        code as geschlecht,
        rank
    from code_geschlecht
    union all
    select
        'insgesamt' as geschlecht,
        0 as rank
),

fenster as (
    select
        kennzahl,
        berichtsmonat,
        monate,
        erster_monat_nr,
        letzter_monat_nr
    from mart_fenster
    union all
    select
        'P1' as kennzahl,
        berichtsmonat,
        monate,
        erster_monat_nr,
        letzter_monat_nr
    from mart_fenster
    where kennzahl = 'K2'
),

skeleton as (
    select
        fenster.kennzahl,
        fenster.berichtsmonat,
        fenster.monate,
        mart_gliederung.schnitt,
        mart_gliederung.auspraegung_1,
        mart_gliederung.auspraegung_2,
        mart_gliederung.rang_1,
        mart_gliederung.rang_2,
        geschlecht.geschlecht,
        geschlecht.rank
    from fenster
    inner join mart_gliederung on fenster.kennzahl = mart_gliederung.kennzahl
    cross join geschlecht
),

-- Integrationen and stock-months of K2 and K2_JFW: sums of the months of the window.
monatssumme as (
    select
        fenster.kennzahl,
        fenster.berichtsmonat,
        mart_monatssumme.schnitt,
        mart_monatssumme.auspraegung_1,
        mart_monatssumme.auspraegung_2,
        coalesce(mart_monatssumme.geschlecht, 'insgesamt') as geschlecht,
        sum(mart_monatssumme.integriert) as zaehler,
        sum(mart_monatssumme.bestand) as bestand_monate
    from fenster
    inner join mart_monatssumme
        on
            mart_monatssumme.monat_nr
            between fenster.erster_monat_nr and fenster.letzter_monat_nr
    where fenster.kennzahl in ('K2', 'K2_JFW')
    group by grouping sets (
        (
            fenster.kennzahl, fenster.berichtsmonat, mart_monatssumme.schnitt,
            mart_monatssumme.auspraegung_1, mart_monatssumme.auspraegung_2,
            mart_monatssumme.geschlecht
        ),
        (
            fenster.kennzahl, fenster.berichtsmonat, mart_monatssumme.schnitt,
            mart_monatssumme.auspraegung_1, mart_monatssumme.auspraegung_2
        )
    )
),

-- P1 counts people, each with the sex of the latest Stichtag of the window.
personen as (
    select
        berichtsmonat,
        geschlecht,
        personen_zaehler as zaehler,
        personen as nenner
    from mart_personen
    where kennzahl = 'P1' and geschlechtsart in ('geliefert', 'beide')
),

counted as (
    select
        skeleton.*,
        cast(
            coalesce(if(skeleton.kennzahl = 'P1', personen.zaehler, monatssumme.zaehler), 0)
            as bigint
        ) as zaehler,
        cast(
            if(skeleton.kennzahl = 'P1', null, coalesce(monatssumme.bestand_monate, 0)) as bigint
        ) as bestand_monate,
        coalesce(personen.nenner, 0) as personen
    from skeleton
    left join monatssumme
        on
            skeleton.kennzahl = monatssumme.kennzahl
            and skeleton.berichtsmonat = monatssumme.berichtsmonat
            and skeleton.schnitt = monatssumme.schnitt
            and skeleton.auspraegung_1 = monatssumme.auspraegung_1
            and skeleton.auspraegung_2 = monatssumme.auspraegung_2
            and skeleton.geschlecht = monatssumme.geschlecht
    left join personen
        on
            skeleton.kennzahl = 'P1'
            and skeleton.berichtsmonat = personen.berichtsmonat
            and skeleton.geschlecht = personen.geschlecht
)

select
    kennzahl,
    berichtsmonat,
    schnitt,
    auspraegung_1,
    auspraegung_2,
    geschlecht,
    zaehler,
    bestand_monate,
    if(kennzahl = 'P1', cast(personen as double), bestand_monate / cast(monate as double))
        as nenner,
    case
        when kennzahl = 'P1' then 100 * zaehler / cast(nullif(personen, 0) as double)
        when kennzahl = 'K2' then 1200 * zaehler / cast(nullif(bestand_monate, 0) as double)
        else 100 * monate * zaehler / cast(nullif(bestand_monate, 0) as double)
    end as quote
from counted
order by kennzahl, berichtsmonat, schnitt, rang_1, rang_2, auspraegung_1, auspraegung_2, rank
