-- The measure a person is in, or has last left, at a Stichtag.
-- Grain: one row per person and month with such a measure.
-- Inputs: core_teilnahme, core_stichtag, code_instrument.
-- Method: docs/methodik/gliederungen.md. One-off benefits have no duration and do not count.
with with_duration as (
    select
        core_teilnahme.*,
        code_instrument.gruppe
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
        with_duration.teilnahme_id,
        with_duration.instrument,
        with_duration.gruppe,
        with_duration.eintritt,
        stichtag.monat,
        with_duration.austritt,
        with_duration.austritt is null or with_duration.austritt >= stichtag.stichtag as laeuft
    from with_duration
    inner join stichtag
        on
            with_duration.eintritt <= stichtag.stichtag
            and (
                with_duration.austritt is null
                or with_duration.austritt + to_months(stichtag.massnahme_nachlauf_monate)
                >= stichtag.stichtag
            )
),

ranked as (
    select
        at_stichtag.*,
        row_number() over (
            partition by person_nr, monat
            order by
                laeuft desc, austritt desc nulls first, eintritt desc, teilnahme_id desc
        ) as rang
    from at_stichtag
)

select
    person_nr,
    monat,
    teilnahme_id,
    instrument,
    gruppe
from ranked
where rang = 1
order by monat, person_nr
