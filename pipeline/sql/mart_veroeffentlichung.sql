-- What may be published before disclosure control: women, men and all, with persons and the sums
-- per person that intervals need. Totals for every publishable month, the rest for the
-- publication calendar.
-- Grain: one row per Kennzahl, Berichtsmonat, schnitt, categories and sex (w, m, insgesamt).
-- Inputs: mart_fenster, mart_gliederung, mart_personen, core_personenschnitt.
-- Method: docs/methodik/geschlecht.md, docs/methodik/geheimhaltung.md. d, o and u are assigned to
-- w or m beforehand, so that w + m = insgesamt.
with geschlecht as (
    select * from (values ('w', 1), ('m', 2), ('insgesamt', 3)) as t (geschlecht, rang)
),

fenster as (
    select
        kennzahl,
        berichtsmonat,
        monate,
        mit_gliederungen
    from mart_fenster
    union all
    select
        'P1' as kennzahl,
        berichtsmonat,
        monate,
        mit_gliederungen
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
        geschlecht.rang
    from fenster
    inner join mart_gliederung on fenster.kennzahl = mart_gliederung.kennzahl
    cross join geschlecht
    where mart_gliederung.schnitt = 'insgesamt' or fenster.mit_gliederungen
),

total as (
    select
        kennzahl,
        berichtsmonat,
        'insgesamt' as schnitt,
        'insgesamt' as auspraegung_1,
        '' as auspraegung_2,
        geschlecht,
        integrationen,
        bestand_monate,
        personen,
        personen_zaehler,
        summe_zz,
        summe_zb,
        summe_bb
    from mart_personen
    where geschlechtsart in ('veroeffentlicht', 'beide')
),

cell as (
    select * from total
    union all
    select * from core_personenschnitt
),

counted as (
    select
        skeleton.*,
        cast(
            coalesce(
                if(skeleton.kennzahl = 'P1', cell.personen_zaehler, cell.integrationen), 0
            ) as bigint
        ) as zaehler,
        cast(
            if(skeleton.kennzahl = 'P1', null, coalesce(cell.bestand_monate, 0)) as bigint
        ) as bestand_monate,
        cast(coalesce(cell.personen, 0) as bigint) as personen,
        cast(coalesce(cell.personen_zaehler, 0) as bigint) as personen_zaehler,
        cast(if(skeleton.kennzahl = 'P1', null, coalesce(cell.summe_zz, 0)) as bigint)
            as summe_zz,
        cast(if(skeleton.kennzahl = 'P1', null, coalesce(cell.summe_zb, 0)) as bigint)
            as summe_zb,
        cast(if(skeleton.kennzahl = 'P1', null, coalesce(cell.summe_bb, 0)) as bigint)
            as summe_bb
    from skeleton
    left join cell
        on
            skeleton.kennzahl = cell.kennzahl
            and skeleton.berichtsmonat = cell.berichtsmonat
            and skeleton.schnitt = cell.schnitt
            and skeleton.auspraegung_1 = cell.auspraegung_1
            and skeleton.auspraegung_2 = cell.auspraegung_2
            and skeleton.geschlecht = cell.geschlecht
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
    end as quote,
    personen,
    personen_zaehler,
    summe_zz,
    summe_zb,
    summe_bb
from counted
order by kennzahl, berichtsmonat, schnitt, rang_1, rang_2, auspraegung_1, auspraegung_2, rang
