-- The heart: a person at a Stichtag S(m-1), with the attributes of that day and what happened in
-- the month that follows. Every K2 slice takes numerator and denominator from these rows.
-- Grain: one row per person and month in stock.
-- Inputs: core_bestand, core_person, core_stichtag, core_start, core_massnahme.
-- Method: docs/methodik/personenmonat.md, docs/methodik/gliederungen.md.
-- berichtsmonat and the three flags are NULL where the data have no following Stichtag.
with begonnen as (
    select
        person_nr,
        monat,
        cast(bool_or(kennzahl = 'K2') as tinyint) as integriert,
        cast(bool_or(kennzahl = 'K2E1') as tinyint) as eintritt_geringfuegig,
        cast(bool_or(kennzahl = 'K2E2') as tinyint) as eintritt_gefoerdert
    from core_start
    group by person_nr, monat
),

-- Calendar months reached since the begin of receipt; the day is clipped in shorter months.
bestand as (
    select
        core_bestand.*,
        datesub('month', core_bestand.leistungsbezug_seit, core_bestand.stichtag) as bezugsmonate
    from core_bestand
),

berichtsmonat as (
    select
        this.monat,
        this.massnahme_ende_ab,
        next.berichtsmonat
    from core_stichtag as this
    left join core_stichtag as next on next.monat = this.monat + interval 1 month
)

select
    bestand.person_nr,
    bestand.monat,
    bestand.stichtag,
    berichtsmonat.berichtsmonat,
    bestand.geschlecht,
    case
        when bestand.geschlecht in ('w', 'm') then bestand.geschlecht
        else core_person.geschlecht_zugeordnet
    end as geschlecht_veroeffentlicht,
    case
        when bestand.leistungsbezug_seit is null then 'unbekannt'
        when bestand.leistungsbezug_seit > bestand.stichtag then 'unbekannt'
        when bestand.bezugsmonate >= 48 then '4_jahre_und_mehr'
        when bestand.bezugsmonate >= 36 then '3_bis_unter_4_jahre'
        when bestand.bezugsmonate >= 24 then '2_bis_unter_3_jahre'
        when bestand.bezugsmonate >= 12 then '1_bis_unter_2_jahre'
        when bestand.bezugsmonate >= 6 then '6_bis_unter_12_monate'
        when bestand.bezugsmonate >= 3 then '3_bis_unter_6_monate'
        else 'unter_3_monate'
    end as bezugsdauer,
    coalesce(core_massnahme.gruppe, 'keine') as massnahme,
    coalesce(core_massnahme.instrument, 'keine') as instrument,
    case
        when bestand.geburtsjahr is null then 'unbekannt'
        when year(bestand.stichtag) - bestand.geburtsjahr < 25 then 'unter_25'
        when year(bestand.stichtag) - bestand.geburtsjahr < 35 then '25_bis_unter_35'
        when year(bestand.stichtag) - bestand.geburtsjahr < 45 then '35_bis_unter_45'
        when year(bestand.stichtag) - bestand.geburtsjahr < 55 then '45_bis_unter_55'
        else '55_und_mehr'
    end as alter,
    bestand.bg_typ,
    case
        when bestand.juengstes_kind_alter < 3 then 'ja'
        when bestand.juengstes_kind_alter >= 3 then 'nein'
        when bestand.bg_typ in ('alleinstehend', 'paar_ohne_kind') then 'nein'
        else 'unbekannt'
    end as kind_unter_3,
    bestand.staatsangehoerigkeit,
    bestand.berufsabschluss,
    bestand.arbeitsmarktstatus,
    bestand.lzb,
    bestand.hilfe_67,
    bestand.stadtbezirk,
    if(berichtsmonat.berichtsmonat is null, null, coalesce(begonnen.integriert, 0))
        as integriert,
    if(berichtsmonat.berichtsmonat is null, null, coalesce(begonnen.eintritt_geringfuegig, 0))
        as eintritt_geringfuegig,
    if(berichtsmonat.berichtsmonat is null, null, coalesce(begonnen.eintritt_gefoerdert, 0))
        as eintritt_gefoerdert
from bestand
-- Left joins, though every row has its month and person: the optimizer expects few rows after an
-- inner join and would build its hash table from the whole stock.
left join berichtsmonat on bestand.monat = berichtsmonat.monat
left join core_person on bestand.person_nr = core_person.person_nr
left join begonnen
    on
        bestand.person_nr = begonnen.person_nr
        and bestand.monat = begonnen.monat
left join core_massnahme
    on
        bestand.person_nr = core_massnahme.person_nr
        and bestand.monat >= core_massnahme.von
        and bestand.monat < core_massnahme.abgeloest_ab
        and berichtsmonat.massnahme_ende_ab <= core_massnahme.ende
