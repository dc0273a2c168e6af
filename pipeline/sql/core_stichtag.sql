-- The Stichtage in the data with their neighbours and the rules that hold at them.
-- Grain: one row per calendar month that has a Stichtag.
-- Inputs: core_bestand, parameter. Method: docs/methodik/personenmonat.md.
-- A neighbour is NULL where the calendar month next to it has no Stichtag.
with stichtag as (
    select
        monat,
        max(stichtag) as stichtag
    from core_bestand
    group by monat
),

rule as (
    select
        stichtag.monat,
        max(parameter.zahl) filter (where parameter.name = 'wartezeit_monate') as wartezeit_monate,
        max(parameter.zahl) filter (where parameter.name = 'zugangsfenster') as zugangsfenster,
        max(parameter.zahl) filter (where parameter.name = 'weiterbeschaeftigung_zaehlt')
            as weiterbeschaeftigung_zaehlt,
        max(parameter.zahl) filter (where parameter.name = 'arbeitgeberwechsel_zaehlt')
            as arbeitgeberwechsel_zaehlt,
        max(parameter.zahl) filter (where parameter.name = 'massnahme_nachlauf_monate')
            as massnahme_nachlauf_monate
    from stichtag
    inner join parameter
        on
            parameter.gilt_ab <= stichtag.stichtag
            and stichtag.stichtag < coalesce(parameter.gilt_bis, date '9999-12-31')
    group by stichtag.monat
),

-- The rule valid at the following Stichtag, the one of the Berichtsmonat, decides how long a
-- measure counts after its end. Going back may clip to the end of a month, hence the second look.
follow_up as (
    select
        this.monat,
        this.stichtag,
        coalesce(next.massnahme_nachlauf_monate, own.massnahme_nachlauf_monate) as monate
    from stichtag as this
    inner join rule as own on this.monat = own.monat
    left join rule as next on next.monat = this.monat + interval 1 month
),

measure as (
    select
        monat,
        case
            when cast(stichtag - to_months(monate) as date) + to_months(monate) >= stichtag
                then cast(stichtag - to_months(monate) as date)
            else cast(stichtag - to_months(monate) as date) + 1
        end as massnahme_ende_ab
    from follow_up
)

select
    this.monat,
    this.stichtag,
    strftime(this.monat, '%Y-%m') as berichtsmonat,
    cast(year(this.monat) * 12 + month(this.monat) - 1 as integer) as monat_nr,
    cast(row_number() over (order by this.monat) - 1 as integer) as lfd_stichtag,
    previous.stichtag as stichtag_vormonat,
    next.stichtag as stichtag_folgemonat,
    cast(this.stichtag + to_months(rule.wartezeit_monate) as date) as erfassungsgrenze,
    rule.zugangsfenster = 1 as zugangsfenster,
    rule.weiterbeschaeftigung_zaehlt = 1 as weiterbeschaeftigung_zaehlt,
    rule.arbeitgeberwechsel_zaehlt = 1 as arbeitgeberwechsel_zaehlt,
    rule.massnahme_nachlauf_monate,
    measure.massnahme_ende_ab
from stichtag as this
inner join rule on this.monat = rule.monat
inner join measure on this.monat = measure.monat
left join stichtag as previous on previous.monat = this.monat - interval 1 month
left join stichtag as next on next.monat = this.monat + interval 1 month
order by this.monat
