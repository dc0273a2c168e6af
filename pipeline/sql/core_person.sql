-- Persons who were ever in stock, and the sex they are published under if theirs is d, o or u.
-- Grain: one row per person.
-- Inputs: core_bestand. Method: docs/methodik/geschlecht.md.
with person as (
    select distinct
        person_nr,
        person_id
    from core_bestand
),

-- First byte of SHA-256 over the UTF-8 of person_id: an even byte ends in an even hex digit.
hashed as (
    select
        person_nr,
        person_id,
        substr(sha256(person_id), 2, 1) as second_hex_digit
    from person
)

select
    person_nr,
    person_id,
    case
        when second_hex_digit in ('0', '2', '4', '6', '8', 'a', 'c', 'e') then 'w'
        else 'm'
    end as geschlecht_zugeordnet
from hashed
order by person_nr
