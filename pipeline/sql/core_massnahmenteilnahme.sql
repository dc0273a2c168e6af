-- Participations in measures that have a duration, with the sex of the participant.
-- Grain: one row per participation (teilnahme_id).
-- Inputs: core_teilnahme, core_bestand, core_person, code_instrument.
-- Method: docs/methodik/eq.md. The sex is that of the last Stichtag on or before the entry, else of
-- the first one after it. A missing massnahme_id or traeger_id is `unbekannt`.
with mit_dauer as (
    select
        core_teilnahme.*,
        code_instrument.gruppe
    from core_teilnahme
    inner join code_instrument on core_teilnahme.instrument = code_instrument.code
    where code_instrument.einmalig = 'nein'
),

bestand as (
    select
        core_bestand.person_nr,
        core_bestand.stichtag,
        core_bestand.geschlecht
    from core_bestand
    semi join mit_dauer on core_bestand.person_nr = mit_dauer.person_nr
),

erster_stichtag as (
    select
        person_nr,
        arg_min(geschlecht, stichtag) as geschlecht
    from bestand
    group by person_nr
),

mit_geschlecht as (
    select
        mit_dauer.*,
        coalesce(davor.geschlecht, erster_stichtag.geschlecht) as geschlecht
    from mit_dauer
    asof left join bestand as davor
        on
            mit_dauer.person_nr = davor.person_nr
            and mit_dauer.eintritt >= davor.stichtag
    inner join erster_stichtag on mit_dauer.person_nr = erster_stichtag.person_nr
)

select
    mit_geschlecht.teilnahme_id,
    mit_geschlecht.person_nr,
    mit_geschlecht.geschlecht,
    case
        when mit_geschlecht.geschlecht in ('w', 'm') then mit_geschlecht.geschlecht
        else core_person.geschlecht_zugeordnet
    end as geschlecht_veroeffentlicht,
    mit_geschlecht.gruppe as massnahme,
    mit_geschlecht.instrument,
    coalesce(mit_geschlecht.massnahme_id, 'unbekannt') as massnahme_id,
    coalesce(mit_geschlecht.traeger_id, 'unbekannt') as traeger_id,
    mit_geschlecht.eintritt,
    mit_geschlecht.austritt
from mit_geschlecht
inner join core_person on mit_geschlecht.person_nr = core_person.person_nr
order by mit_geschlecht.person_nr, mit_geschlecht.eintritt, mit_geschlecht.teilnahme_id
