-- Which months may be published for each Kennzahl, and why the others may not.
-- Grain: one row per Kennzahl and calendar month. K2 and its family and FQ have the months with a
-- Stichtag, EQ all calendar months from the first Stichtag to the datenstand.
-- Inputs: core_stichtag, core_lieferung, core_lauf, kennzahl (the delivered ones of code_kennzahl).
-- Method: docs/methodik/k2.md, k2e3.md, m1.md, eq.md, fq.md.
-- tag: the day at which dated rules are looked up.
with stichtag as (
    select
        core_stichtag.*,
        count(*) over (order by monat_nr range between 12 preceding and current row)
            as stichtage_13,
        count(*) over (order by monat_nr range between 11 preceding and current row)
            as stichtage_12,
        count(*) over (order by monat_nr range between 1 following and 3 following)
            as folgestichtage
    from core_stichtag
),

-- Measures are known only as far as the table teilnahmen is.
lauf as (
    select
        core_lauf.datenstand,
        least(core_lauf.datenstand, teilnahmen.datenstand) as datenstand_massnahmen
    from core_lauf
    cross join (
        select max(datenstand) as datenstand
        from core_lieferung
        where tabelle = 'teilnahmen'
    ) as teilnahmen
),

im_bestand as (
    select
        kennzahl.code as kennzahl,
        stichtag.berichtsmonat,
        stichtag.monat_nr,
        stichtag.stichtag as tag,
        case
            when stichtag.stichtage_13 < 13 then 'stichtage_fehlen'
            when stichtag.erfassungsgrenze > lauf.datenstand then 'wartezeit_laeuft'
            when
                kennzahl.art = 'integration'
                and stichtag.stichtag + to_months(kennzahl.monate) > lauf.datenstand
                then 'verbleib_offen'
            when kennzahl.code = 'M1' and stichtag.folgestichtage < 3 then 'folgestichtage_fehlen'
            else ''
        end as grund
    from kennzahl
    cross join stichtag
    cross join lauf
    where kennzahl.art in ('bestand', 'personen', 'integration')
),

in_massnahmen as (
    select
        kennzahl.code as kennzahl,
        stichtag.berichtsmonat,
        stichtag.monat_nr,
        stichtag.stichtag as tag,
        case
            when stichtag.stichtage_12 < 12 then 'stichtage_fehlen'
            when stichtag.stichtag > lauf.datenstand_massnahmen then 'teilnahmen_fehlen'
            else ''
        end as grund
    from kennzahl
    cross join stichtag
    cross join lauf
    where kennzahl.art in ('teilnahme', 'anteil')
),

kalendermonat as (
    select
        months.monat_nr,
        make_date(months.monat_nr // 12, months.monat_nr % 12 + 1, 1) as monat,
        months.monat_nr - erster.monat_nr as seit_beginn
    from (select min(monat_nr) as monat_nr from core_stichtag) as erster
    cross join lauf
    cross join
        unnest(
            range(
                erster.monat_nr,
                year(lauf.datenstand_massnahmen) * 12 + month(lauf.datenstand_massnahmen)
            )
        ) as months (monat_nr)
),

nach_austritt as (
    select
        kennzahl.code as kennzahl,
        strftime(kalendermonat.monat, '%Y-%m') as berichtsmonat,
        cast(kalendermonat.monat_nr as integer) as monat_nr,
        last_day(kalendermonat.monat) as tag,
        case
            when kalendermonat.seit_beginn < 11 then 'zeitraum_unvollstaendig'
            when
                last_day(kalendermonat.monat) + to_months(kennzahl.monate)
                > lauf.datenstand_massnahmen
                then 'verbleib_offen'
            else ''
        end as grund
    from kennzahl
    cross join kalendermonat
    cross join lauf
    where kennzahl.art = 'austritt'
),

beurteilt as (
    select * from im_bestand
    union all
    select * from in_massnahmen
    union all
    select * from nach_austritt
)

select
    kennzahl,
    berichtsmonat,
    monat_nr,
    tag,
    grund = '' as veroeffentlichbar,
    grund
from beurteilt
order by kennzahl, monat_nr
