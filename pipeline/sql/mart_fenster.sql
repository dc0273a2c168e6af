-- The months whose counts enter a figure: the window of each Kennzahl and Berichtsmonat.
-- Grain: one row per Kennzahl and publishable Berichtsmonat.
-- Inputs: mart_berichtsmonat, kennzahl, detailmonat.
-- Method: docs/methodik/k2.md, k2_jfw.md, k2e3.md, m1.md, eq.md, fq.md.
-- Stock-months end one month before the Berichtsmonat, and K2_JFW begins with December. Everything
-- else is counted in the twelve months that end with the Berichtsmonat. A quota is
-- 100 * monate * zaehler / einheiten: monate turns stock-months into the average stock.
with publishable as (
    select
        mart_berichtsmonat.*,
        kennzahl.art,
        mart_berichtsmonat.monat_nr % 12 + 1 as kalendermonat,
        detailmonat.kalendermonat is not null as mit_gliederungen
    from mart_berichtsmonat
    inner join kennzahl on mart_berichtsmonat.kennzahl = kennzahl.code
    left join detailmonat
        on
            mart_berichtsmonat.monat_nr % 12 + 1 = detailmonat.kalendermonat
            and mart_berichtsmonat.tag >= detailmonat.gilt_ab
            and mart_berichtsmonat.tag < detailmonat.gilt_bis
    where mart_berichtsmonat.veroeffentlichbar
)

select
    kennzahl,
    art,
    berichtsmonat,
    monat_nr,
    case
        when kennzahl = 'K2_JFW' then monat_nr - kalendermonat
        when art in ('bestand', 'personen') then monat_nr - 12
        else monat_nr - 11
    end as erster_monat_nr,
    if(art in ('bestand', 'personen'), monat_nr - 1, monat_nr) as letzter_monat_nr,
    cast(
        case
            when kennzahl = 'K2_JFW' then kalendermonat
            when art = 'bestand' then 12
            else 1
        end as bigint
    ) as monate,
    mit_gliederungen
from publishable
order by kennzahl, monat_nr
