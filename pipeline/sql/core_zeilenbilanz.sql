-- Row balance: what was delivered is taken, rejected or merged, and nothing else.
-- Grain: one row per delivery and file.
-- Inputs: core_lieferung, stg_bestand, core_bestand, core_verbleib. Method:
-- docs/methodik/zusammenfuehrung.md. merged = identical rows within the file, and rows that a
-- later delivery replaced or no longer carries. An accepted spell of bezug is always taken: what
-- later deliveries replace are person-months, and a spell has many or none.
with taken_bestand as (
    select
        lieferung,
        count(*) as zeilen
    from core_bestand
    group by lieferung
),

superseded_bestand as (
    select
        stg_bestand.lieferung,
        count(*) as zeilen
    from stg_bestand
    anti join core_bestand
        on
            stg_bestand.lieferung = core_bestand.lieferung
            and stg_bestand.zeile = core_bestand.zeile
    group by stg_bestand.lieferung
),

event as (
    select
        tabelle,
        lieferung,
        count(*) filter (where verbleib = 'uebernommen') as uebernommen,
        count(*) filter (where verbleib = 'ohne_bestand') as ohne_bestand,
        count(*) filter (where verbleib in ('ersetzt', 'entfallen')) as abgeloest
    from core_verbleib
    group by tabelle, lieferung
)

select
    core_lieferung.lieferung,
    core_lieferung.tabelle,
    core_lieferung.datei,
    core_lieferung.geliefert,
    cast(
        case core_lieferung.tabelle
            when 'bestand' then coalesce(taken_bestand.zeilen, 0)
            when 'bezug'
                then core_lieferung.geliefert - core_lieferung.abgewiesen - core_lieferung.doppelt
            else coalesce(event.uebernommen, 0)
        end as bigint
    ) as uebernommen,
    cast(core_lieferung.abgewiesen + coalesce(event.ohne_bestand, 0) as bigint) as abgewiesen,
    cast(
        core_lieferung.doppelt
        + case core_lieferung.tabelle
            when 'bestand' then coalesce(superseded_bestand.zeilen, 0)
            when 'bezug' then 0
            else coalesce(event.abgeloest, 0)
        end as bigint
    ) as zusammengefuehrt
from core_lieferung
left join taken_bestand on core_lieferung.lieferung = taken_bestand.lieferung
left join superseded_bestand on core_lieferung.lieferung = superseded_bestand.lieferung
left join event
    on
        core_lieferung.lieferung = event.lieferung
        and core_lieferung.tabelle = event.tabelle
order by core_lieferung.rang, core_lieferung.tabelle
