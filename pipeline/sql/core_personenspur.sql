-- The track of a person: the months in stock and those with an Integration, one bit a month.
-- Grain: one row per person and delivered sex.
-- Inputs: core_personenmonat, core_stichtag. Method: docs/methodik/p1.md.
-- Bit n stands for Stichtag number n from 0; 600 bits hold fifty years of months.
select
    core_personenmonat.person_nr,
    core_personenmonat.geschlecht,
    core_personenmonat.geschlecht_veroeffentlicht,
    bitstring_agg(core_stichtag.lfd_stichtag, 0, 599) as bestand,
    bitstring_agg(core_stichtag.lfd_stichtag, 0, 599)
        filter (where core_personenmonat.integriert = 1) as integration
from core_personenmonat
inner join core_stichtag on core_personenmonat.monat = core_stichtag.monat
where core_personenmonat.berichtsmonat is not null
group by
    core_personenmonat.person_nr,
    core_personenmonat.geschlecht,
    core_personenmonat.geschlecht_veroeffentlicht
