-- Who of one month's stock is there in the next, and with the same sex, year of birth and degree.
-- Grain: one row per month that follows a month with a Stichtag.
-- An entry that is missing at one of the two is no other entry.
-- Inputs: core_bestand, core_stichtag. Method: docs/methodik/pruefung.md.
with vormonat as (
    select
        core_bestand.person_nr,
        core_bestand.geschlecht,
        core_bestand.geburtsjahr,
        core_bestand.berufsabschluss,
        cast(core_stichtag.monat + interval 1 month as date) as monat
    from core_bestand
    inner join core_stichtag on core_bestand.monat = core_stichtag.monat
    where core_stichtag.stichtag_folgemonat is not null
),

zuvor as (
    select
        monat,
        count(*) as personen
    from vormonat
    group by monat
)

select
    zuvor.monat,
    zuvor.personen as personen_zuvor,
    count(core_bestand.person_nr) as geblieben,
    count(*) filter (
        where core_bestand.geschlecht <> vormonat.geschlecht
        and 'u' not in (core_bestand.geschlecht, vormonat.geschlecht)
    ) as geschlecht_anders,
    count(*) filter (where core_bestand.geburtsjahr <> vormonat.geburtsjahr) as geburtsjahr_anders,
    count(*) filter (
        where core_bestand.berufsabschluss <> vormonat.berufsabschluss
        and 'unbekannt' not in (core_bestand.berufsabschluss, vormonat.berufsabschluss)
    ) as berufsabschluss_anders
from zuvor
inner join vormonat on zuvor.monat = vormonat.monat
left join core_bestand
    on
        vormonat.person_nr = core_bestand.person_nr
        and vormonat.monat = core_bestand.monat
group by zuvor.monat, zuvor.personen
order by zuvor.monat
