-- The measures that count for a person, each with the months in which it can be the one.
-- Grain: one row per participation that is the one at some Stichtag.
-- Inputs: core_teilnahme, core_stichtag, code_instrument.
-- Method: docs/methodik/gliederungen.md. One-off benefits have no duration and do not count.
-- At the Stichtag of a month the measure is the row with von <= monat < abgeloest_ab, if its ende is not
-- before core_stichtag.massnahme_ende_ab. At most one row of a person fulfils this.
with with_duration as (
    select
        core_teilnahme.person_nr,
        core_teilnahme.teilnahme_id,
        core_teilnahme.instrument,
        code_instrument.gruppe,
        core_teilnahme.eintritt,
        core_teilnahme.austritt,
        core_stichtag.monat as von
    from core_teilnahme
    inner join code_instrument on core_teilnahme.instrument = code_instrument.code
    asof join core_stichtag on core_teilnahme.eintritt <= core_stichtag.stichtag
    where code_instrument.einmalig = 'nein'
),

-- Who leaves later goes first, at every Stichtag: a running measure leaves later than any that has
-- ended, and while the earlier one still counts the later one does too. So a measure counts until
-- one that goes first is entered.
replaced as (
    select
        with_duration.*,
        min(von) over (
            partition by person_nr
            order by austritt desc nulls first, eintritt desc, teilnahme_id desc
            rows between unbounded preceding and 1 preceding
        ) as abgeloest_ab
    from with_duration
)

select
    replaced.person_nr,
    replaced.teilnahme_id,
    replaced.instrument,
    replaced.gruppe,
    replaced.von,
    coalesce(replaced.abgeloest_ab, date '9999-12-31') as abgeloest_ab,
    coalesce(replaced.austritt, date '9999-12-31') as ende
from replaced
where replaced.abgeloest_ab is null or replaced.von < replaced.abgeloest_ab
order by replaced.person_nr, replaced.von, replaced.teilnahme_id
