-- What a delivery says of persons and months that earlier deliveries carried too.
-- Grain: one row per delivery and month that an earlier delivery carries.
-- Inputs: stg_bestand, core_lieferung. Method: docs/methodik/pruefung.md.
-- weggefallen: earlier rows that a full delivery no longer carries; other deliveries need not
-- repeat anything.
with bestand as (
    select
        core_lieferung.rang,
        core_lieferung.lieferung,
        core_lieferung.art,
        stg_bestand.person_id,
        cast(date_trunc('month', stg_bestand.stichtag) as date) as monat,
        stg_bestand.geschlecht,
        stg_bestand.geburtsjahr,
        hash(
            stg_bestand.stichtag, stg_bestand.geschlecht, stg_bestand.geburtsjahr,
            stg_bestand.bg_typ, stg_bestand.juengstes_kind_alter,
            stg_bestand.staatsangehoerigkeit, stg_bestand.berufsabschluss,
            stg_bestand.arbeitsmarktstatus, stg_bestand.leistungsbezug_seit, stg_bestand.lzb,
            stg_bestand.hilfe_67, stg_bestand.stadtbezirk
        ) as inhalt
    from stg_bestand
    inner join core_lieferung
        on
            stg_bestand.lieferung = core_lieferung.lieferung
            and core_lieferung.tabelle in ('bestand', 'bezug')
),

volle as (
    select
        rang,
        cast(date_trunc('month', erster_stichtag) as date) as von,
        cast(date_trunc('month', letzter_stichtag) as date) as bis
    from core_lieferung
    where art = 'voll' and tabelle in ('bestand', 'bezug')
),

-- The months of each delivery, and the rank from which on earlier rows were valid until then.
monate as (
    select distinct
        rang,
        lieferung,
        art,
        monat
    from bestand
),

gueltig as (
    select
        monate.rang,
        monate.lieferung,
        monate.art,
        monate.monat,
        coalesce(max(volle.rang), 0) as ab_rang
    from monate
    left join volle
        on
            monate.rang > volle.rang
            and monate.monat between volle.von and volle.bis
    group by monate.rang, monate.lieferung, monate.art, monate.monat
),

zuvor as (
    select
        gueltig.lieferung,
        gueltig.art,
        gueltig.monat,
        bestand.person_id,
        arg_max(bestand.geschlecht, bestand.rang) as geschlecht,
        arg_max(bestand.geburtsjahr, bestand.rang) as geburtsjahr,
        arg_max(bestand.inhalt, bestand.rang) as inhalt
    from gueltig
    inner join bestand
        on
            gueltig.monat = bestand.monat
            and bestand.rang < gueltig.rang
            and bestand.rang >= gueltig.ab_rang
    group by gueltig.lieferung, gueltig.art, gueltig.monat, bestand.person_id
),

jetzt as (
    select bestand.*
    from bestand
    semi join zuvor on bestand.lieferung = zuvor.lieferung and bestand.monat = zuvor.monat
),

verglichen as (
    select
        coalesce(jetzt.lieferung, zuvor.lieferung) as lieferung,
        coalesce(jetzt.art, zuvor.art) as art,
        coalesce(jetzt.monat, zuvor.monat) as monat,
        jetzt.person_id is not null as ist_jetzt,
        zuvor.person_id is not null as war_zuvor,
        jetzt.inhalt <> zuvor.inhalt as geaendert,
        jetzt.geschlecht <> zuvor.geschlecht
        and 'u' not in (jetzt.geschlecht, zuvor.geschlecht) as geschlecht_anders,
        jetzt.geburtsjahr <> zuvor.geburtsjahr as geburtsjahr_anders
    from jetzt
    full outer join zuvor
        on
            jetzt.lieferung = zuvor.lieferung
            and jetzt.monat = zuvor.monat
            and jetzt.person_id = zuvor.person_id
)

select
    lieferung,
    monat,
    count(*) filter (where ist_jetzt) as zeilen,
    count(*) filter (where war_zuvor) as zuvor,
    count(*) filter (where ist_jetzt and war_zuvor) as gemeinsam,
    count(*) filter (where geaendert) as geaendert,
    count(*) filter (where not ist_jetzt and art = 'voll') as weggefallen,
    count(*) filter (where geschlecht_anders) as geschlecht_anders,
    count(*) filter (where geburtsjahr_anders) as geburtsjahr_anders
from verglichen
group by lieferung, monat
order by lieferung, monat
