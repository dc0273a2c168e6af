-- The measure a person is in, or has last left, at a Stichtag.
-- Grain: one row per person and month with such a measure.
-- Inputs: core_teilnahme, core_stichtag, code_instrument.
-- Method: docs/methodik/gliederungen.md. One-off benefits have no duration and do not count.
-- The running one goes first, then the later exit, the later entry, the greater id. Who is still in
-- a measure leaves it later than anybody has left one, so one ranking holds at every Stichtag.
with with_duration as (
    select
        core_teilnahme.person_nr,
        core_teilnahme.teilnahme_id,
        core_teilnahme.instrument,
        core_teilnahme.eintritt,
        core_teilnahme.austritt,
        code_instrument.gruppe,
        row_number() over (
            order by
                core_teilnahme.austritt nulls last,
                core_teilnahme.eintritt,
                core_teilnahme.teilnahme_id
        ) as vorrang
    from core_teilnahme
    inner join code_instrument on core_teilnahme.instrument = code_instrument.code
    where code_instrument.einmalig = 'nein'
),

-- The rule valid at the following Stichtag, the one of the Berichtsmonat, decides.
stichtag as (
    select
        this.monat,
        this.stichtag,
        coalesce(next.massnahme_nachlauf_monate, this.massnahme_nachlauf_monate)
            as massnahme_nachlauf_monate
    from core_stichtag as this
    left join core_stichtag as next on next.monat = this.monat + interval 1 month
),

at_stichtag as (
    select
        with_duration.person_nr,
        stichtag.monat,
        max(with_duration.vorrang) as vorrang
    from with_duration
    inner join stichtag
        on
            with_duration.eintritt <= stichtag.stichtag
            and (
                with_duration.austritt is null
                or with_duration.austritt + to_months(stichtag.massnahme_nachlauf_monate)
                >= stichtag.stichtag
            )
    group by with_duration.person_nr, stichtag.monat
)

select
    at_stichtag.person_nr,
    at_stichtag.monat,
    with_duration.teilnahme_id,
    with_duration.instrument,
    with_duration.gruppe
from at_stichtag
inner join with_duration on at_stichtag.vorrang = with_duration.vorrang
order by at_stichtag.monat, at_stichtag.person_nr
