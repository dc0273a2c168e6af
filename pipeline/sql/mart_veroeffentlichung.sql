-- What may be published before disclosure control: women, men and all, with persons and the sums
-- per person that intervals need. Totals for every publishable month, the rest for the
-- publication calendar.
-- Grain: one row per Kennzahl, Berichtsmonat, schnitt, categories and sex (w, m, insgesamt).
-- Inputs: mart_fenster, mart_gliederung, mart_personen, core_personenschnitt,
-- core_einheitenschnitt.
-- Method: docs/methodik/geschlecht.md, docs/methodik/geheimhaltung.md. d, o and u are assigned to
-- w or m beforehand, so that w + m = insgesamt.
with geschlecht as (
    select * from (values ('w', 1), ('m', 2), ('insgesamt', 3)) as t (geschlecht, rang)
),

total as (
    select
        kennzahl,
        berichtsmonat,
        'insgesamt' as schnitt,
        'insgesamt' as auspraegung_1,
        '' as auspraegung_2,
        geschlecht,
        if(kennzahl = 'P1', personen_zaehler, integrationen) as zaehler,
        if(kennzahl = 'P1', personen, bestand_monate) as einheiten,
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
    union all
    select * from core_einheitenschnitt
),

counted as (
    select
        mart_fenster.kennzahl,
        mart_fenster.art,
        mart_fenster.berichtsmonat,
        mart_fenster.monate,
        mart_gliederung.schnitt,
        mart_gliederung.auspraegung_1,
        mart_gliederung.auspraegung_2,
        mart_gliederung.rang_1,
        mart_gliederung.rang_2,
        geschlecht.geschlecht,
        geschlecht.rang,
        cast(coalesce(cell.zaehler, 0) as bigint) as zaehler,
        cast(coalesce(cell.einheiten, 0) as bigint) as einheiten,
        cast(coalesce(cell.personen, 0) as bigint) as personen,
        cast(coalesce(cell.personen_zaehler, 0) as bigint) as personen_zaehler,
        cast(coalesce(cell.summe_zz, 0) as bigint) as summe_zz,
        cast(coalesce(cell.summe_zb, 0) as bigint) as summe_zb,
        cast(coalesce(cell.summe_bb, 0) as bigint) as summe_bb
    from mart_fenster
    inner join mart_gliederung on mart_fenster.kennzahl = mart_gliederung.kennzahl
    cross join geschlecht
    left join cell
        on
            mart_fenster.kennzahl = cell.kennzahl
            and mart_fenster.berichtsmonat = cell.berichtsmonat
            and mart_gliederung.schnitt = cell.schnitt
            and mart_gliederung.auspraegung_1 = cell.auspraegung_1
            and mart_gliederung.auspraegung_2 = cell.auspraegung_2
            and geschlecht.geschlecht = cell.geschlecht
    where
        mart_fenster.art <> 'anteil'
        and mart_gliederung.oeffentlich
        and (mart_gliederung.schnitt = 'insgesamt' or mart_fenster.mit_gliederungen)
)

select
    kennzahl,
    berichtsmonat,
    schnitt,
    auspraegung_1,
    auspraegung_2,
    geschlecht,
    zaehler,
    if(art = 'bestand', einheiten, null) as bestand_monate,
    einheiten / cast(monate as double) as nenner,
    100 * monate * zaehler / cast(nullif(einheiten, 0) as double) as quote,
    personen,
    personen_zaehler,
    if(art = 'personen', null, summe_zz) as summe_zz,
    if(art = 'personen', null, summe_zb) as summe_zb,
    if(art = 'personen', null, summe_bb) as summe_bb
from counted
order by kennzahl, berichtsmonat, schnitt, rang_1, rang_2, auspraegung_1, auspraegung_2, rang
