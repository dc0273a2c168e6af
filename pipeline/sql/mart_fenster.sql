-- The months whose stock enters a figure: the window of each Kennzahl and Berichtsmonat.
-- Grain: one row per Kennzahl and publishable Berichtsmonat.
-- Inputs: mart_berichtsmonat, detailmonat. Method: docs/methodik/k2.md.
-- The stock months end one month before the Berichtsmonat. K2_JFW begins with December.
with publishable as (
    select
        mart_berichtsmonat.*,
        detailmonat.kalendermonat is not null as mit_gliederungen
    from mart_berichtsmonat
    left join detailmonat
        on
            mart_berichtsmonat.kalendermonat = detailmonat.kalendermonat
            and mart_berichtsmonat.stichtag >= detailmonat.gilt_ab
            and mart_berichtsmonat.stichtag < detailmonat.gilt_bis
    where mart_berichtsmonat.veroeffentlichbar
)

select
    'K2' as kennzahl,
    berichtsmonat,
    monat_nr,
    monat_nr - 12 as erster_monat_nr,
    monat_nr - 1 as letzter_monat_nr,
    cast(12 as bigint) as monate,
    mit_gliederungen
from publishable
union all
select
    'K2_JFW' as kennzahl,
    berichtsmonat,
    monat_nr,
    monat_nr - kalendermonat as erster_monat_nr,
    monat_nr - 1 as letzter_monat_nr,
    kalendermonat as monate,
    mit_gliederungen
from publishable
order by kennzahl, monat_nr
