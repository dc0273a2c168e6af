-- The Kennzahlen, exact, for analysts inside the Jobcenter: every publishable month, every cell.
-- Grain: one row per Kennzahl, Berichtsmonat, schnitt, categories and delivered sex or insgesamt.
-- Inputs: mart_fenster, mart_gliederung, mart_summe, mart_foerdersumme, mart_personen,
-- code_geschlecht. Method: docs/methodik/k2.md and the pages of the other Kennzahlen beside it.
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

-- The sums of the months of the window, per delivered sex and over all of them.
fenstersumme as (
    select
        mart_fenster.kennzahl,
        mart_fenster.berichtsmonat,
        mart_summe.schnitt,
        mart_summe.auspraegung_1,
        mart_summe.auspraegung_2,
        coalesce(mart_summe.geschlecht, 'insgesamt') as geschlecht,
        sum(mart_summe.zaehler) as zaehler,
        sum(mart_summe.einheiten) as einheiten
    from mart_fenster
    inner join mart_summe
        on
            mart_fenster.kennzahl = mart_summe.kennzahl
            and mart_summe.monat_nr
            between mart_fenster.erster_monat_nr and mart_fenster.letzter_monat_nr
    group by grouping sets (
        (
            mart_fenster.kennzahl, mart_fenster.berichtsmonat, mart_summe.schnitt,
            mart_summe.auspraegung_1, mart_summe.auspraegung_2, mart_summe.geschlecht
        ),
        (
            mart_fenster.kennzahl, mart_fenster.berichtsmonat, mart_summe.schnitt,
            mart_summe.auspraegung_1, mart_summe.auspraegung_2
        )
    )
),

-- FQ counts distinct persons at each Stichtag, so its total is counted, not summed up.
teilnehmende as (
    select
        mart_fenster.kennzahl,
        mart_fenster.berichtsmonat,
        mart_foerdersumme.schnitt,
        mart_foerdersumme.auspraegung_1,
        mart_foerdersumme.auspraegung_2,
        mart_foerdersumme.geschlecht,
        sum(mart_foerdersumme.personen) as personen
    from mart_fenster
    inner join mart_foerdersumme
        on
            mart_foerdersumme.monat_nr
            between mart_fenster.erster_monat_nr and mart_fenster.letzter_monat_nr
    where mart_fenster.art = 'teilnahme'
    group by
        mart_fenster.kennzahl,
        mart_fenster.berichtsmonat,
        mart_foerdersumme.schnitt,
        mart_foerdersumme.auspraegung_1,
        mart_foerdersumme.auspraegung_2,
        mart_foerdersumme.geschlecht
),

anteil as (
    select
        alle.kennzahl,
        alle.berichtsmonat,
        alle.schnitt,
        alle.auspraegung_1,
        alle.auspraegung_2,
        geschlecht.geschlecht,
        coalesce(eigene.personen, 0) as zaehler,
        alle.personen as einheiten
    from teilnehmende as alle
    cross join geschlecht
    left join teilnehmende as eigene
        on
            alle.kennzahl = eigene.kennzahl
            and alle.berichtsmonat = eigene.berichtsmonat
            and alle.schnitt = eigene.schnitt
            and alle.auspraegung_1 = eigene.auspraegung_1
            and alle.auspraegung_2 = eigene.auspraegung_2
            and geschlecht.geschlecht = eigene.geschlecht
    where alle.geschlecht = 'insgesamt'
),

-- P1 counts people, each with the sex of the latest Stichtag of the window.
personen as (
    select
        kennzahl,
        berichtsmonat,
        'insgesamt' as schnitt,
        'insgesamt' as auspraegung_1,
        '' as auspraegung_2,
        geschlecht,
        personen_zaehler as zaehler,
        personen as einheiten
    from mart_personen
    where kennzahl = 'P1' and geschlechtsart in ('geliefert', 'beide')
),

cell as (
    select * from fenstersumme
    union all
    select * from anteil
    union all
    select * from personen
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
        geschlecht.rank,
        cast(coalesce(cell.zaehler, 0) as bigint) as zaehler,
        cast(coalesce(cell.einheiten, 0) as bigint) as einheiten
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
    where mart_fenster.art <> 'anteil'
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
    100 * monate * zaehler / cast(nullif(einheiten, 0) as double) as quote
from counted
order by kennzahl, berichtsmonat, schnitt, rang_1, rang_2, auspraegung_1, auspraegung_2, rank
