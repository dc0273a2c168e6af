-- Which Berichtsmonate may be published for K2, P1 and K2_JFW, and why the others may not.
-- Grain: one row per calendar month that has a Stichtag.
-- Inputs: core_stichtag, core_lauf. Method: docs/methodik/k2.md.
with counted as (
    select
        core_stichtag.*,
        count(*) over (order by monat_nr range between 12 preceding and current row)
            as stichtage
    from core_stichtag
)

select
    counted.berichtsmonat,
    counted.monat_nr,
    counted.stichtag,
    month(counted.monat) as kalendermonat,
    counted.stichtage = 13 and counted.erfassungsgrenze <= core_lauf.datenstand as veroeffentlichbar,
    case
        when counted.stichtage < 13 then 'stichtage_fehlen'
        when counted.erfassungsgrenze > core_lauf.datenstand then 'wartezeit_laeuft'
        else ''
    end as grund
from counted
cross join core_lauf
order by counted.monat_nr
