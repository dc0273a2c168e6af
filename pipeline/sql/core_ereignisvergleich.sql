-- What a delivery says of take-ups and participations that earlier deliveries carried too.
-- Grain: one row per delivery and table that earlier deliveries carry.
-- Inputs: stg_beschaeftigungen, stg_teilnahmen, core_lieferung. Method: docs/methodik/pruefung.md.
-- weggefallen: earlier rows of its own period that a full delivery no longer carries; other
-- deliveries need not repeat anything.
with ereignis as (
    select
        'beschaeftigungen' as tabelle,
        lieferung,
        beschaeftigung_id as schluessel,
        beginn,
        hash(
            person_id, beginn, ende, art, foerderung, arbeitgeber_id, wochenstunden, erfasst_am
        ) as inhalt
    from stg_beschaeftigungen
    union all
    select
        'teilnahmen' as tabelle,
        lieferung,
        teilnahme_id as schluessel,
        eintritt as beginn,
        hash(
            person_id, instrument, massnahme_id, traeger_id, eintritt, austritt_geplant, austritt,
            austrittsgrund, kosten_eur, erfasst_am
        ) as inhalt
    from stg_teilnahmen
),

geliefert as (
    select
        ereignis.*,
        core_lieferung.rang,
        core_lieferung.art
    from ereignis
    inner join core_lieferung
        on
            ereignis.lieferung = core_lieferung.lieferung
            and ereignis.tabelle = core_lieferung.tabelle
),

-- The keys to be compared: what a delivery carries, and for a full one all that came before.
gefragt as (
    select
        lieferung,
        tabelle,
        schluessel,
        rang,
        art
    from geliefert
    union
    select
        volle.lieferung,
        volle.tabelle,
        frueher.schluessel,
        volle.rang,
        volle.art
    from core_lieferung as volle
    inner join geliefert as frueher
        on
            volle.tabelle = frueher.tabelle
            and volle.rang > frueher.rang
            and frueher.beginn >= volle.erster_stichtag
    where volle.art = 'voll'
    -- What a full delivery in between did not carry was gone before.
    and not exists (
        select 1
        from core_lieferung as zwischen
        where
            zwischen.art = 'voll'
            and zwischen.tabelle = volle.tabelle
            and zwischen.rang > frueher.rang
            and zwischen.rang < volle.rang
            and zwischen.erster_stichtag <= frueher.beginn
    )
),

zuvor as (
    select
        gefragt.lieferung,
        gefragt.tabelle,
        gefragt.schluessel,
        arg_max(frueher.inhalt, frueher.rang) as inhalt,
        arg_max(frueher.beginn, frueher.rang) as beginn
    from gefragt
    inner join geliefert as frueher
        on
            gefragt.tabelle = frueher.tabelle
            and gefragt.schluessel = frueher.schluessel
            and gefragt.rang > frueher.rang
    group by gefragt.lieferung, gefragt.tabelle, gefragt.schluessel
),

verglichen as (
    select
        gefragt.lieferung,
        gefragt.tabelle,
        gefragt.art,
        jetzt.schluessel is not null as ist_jetzt,
        zuvor.schluessel is not null as war_zuvor,
        jetzt.inhalt <> zuvor.inhalt as geaendert,
        jetzt.beginn <> zuvor.beginn as beginn_anders
    from gefragt
    left join geliefert as jetzt
        on
            gefragt.lieferung = jetzt.lieferung
            and gefragt.tabelle = jetzt.tabelle
            and gefragt.schluessel = jetzt.schluessel
    left join zuvor
        on
            gefragt.lieferung = zuvor.lieferung
            and gefragt.tabelle = zuvor.tabelle
            and gefragt.schluessel = zuvor.schluessel
)

select
    lieferung,
    tabelle,
    count(*) filter (where ist_jetzt) as zeilen,
    count(*) filter (where war_zuvor) as zuvor,
    count(*) filter (where ist_jetzt and war_zuvor) as gemeinsam,
    count(*) filter (where geaendert) as geaendert,
    count(*) filter (where not ist_jetzt) as weggefallen,
    count(*) filter (where beginn_anders) as beginn_anders
from verglichen
group by lieferung, tabelle
having count(*) filter (where war_zuvor) > 0
order by lieferung, tabelle
