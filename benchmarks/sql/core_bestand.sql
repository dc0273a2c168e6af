-- Made-up stock in the layout of core_bestand.
-- Grain: one row per person and month. Every month has exactly as many rows as there are places.
-- Inputs: personen, parameters plaetze, monate and beginn (first day of the first month).
with platz as (
    select
        range as platz,
        [4, 9, 18, 36, 120][1 + range % 5] as dauer
    from range($plaetze)
),

belegung as (
    select
        platz.platz,
        platz.dauer,
        monat.range as lfd_monat,
        zufall(platz.platz, 1) % platz.dauer as versatz,
        (monat.range + zufall(platz.platz, 1) % platz.dauer) // platz.dauer as spell
    from platz
    cross join range($monate) as monat
),

spell as (
    select
        platz,
        lfd_monat,
        platz * 3 + spell % 3 as schluessel,
        zufall(platz * 200 + spell, 9) as zufall,
        zufall(platz * 200 + spell, 10 + lfd_monat // 3) as zufall_quartal,
        lfd_monat + versatz - spell * dauer as monate_im_bezug
    from belegung
)

select
    personen.person_nr,
    personen.person_id,
    cast($beginn + to_months(cast(spell.lfd_monat as integer)) as date) as monat,
    cast($beginn + to_months(cast(spell.lfd_monat as integer)) as date) + 14 as stichtag,
    personen.geschlecht,
    personen.geburtsjahr,
    ['alleinstehend', 'alleinstehend', 'alleinstehend', 'alleinerziehend', 'paar_ohne_kind',
        'paar_mit_kind', 'paar_mit_kind', 'sonstige', 'unbekannt'][1 + spell.zufall % 9] as bg_typ,
    case
        when spell.zufall % 9 in (3, 5, 6, 7) then cast(spell.zufall // 16 % 18 as integer)
    end as juengstes_kind_alter,
    personen.staatsangehoerigkeit,
    personen.berufsabschluss,
    ['arbeitslos', 'arbeitslos', 'arbeitslos', 'arbeitsuchend', 'massnahme', 'erwerbstaetig',
        'erwerbstaetig', 'nicht_verfuegbar', 'unbekannt'][1 + spell.zufall_quartal % 9]
        as arbeitsmarktstatus,
    case
        when spell.zufall // 64 % 100 > 0
            then cast(
                $beginn + to_months(cast(spell.lfd_monat - spell.monate_im_bezug as integer))
                as date
            ) + 14 - cast(spell.zufall // 4096 % 30 as integer)
    end as leistungsbezug_seit,
    if(spell.monate_im_bezug >= 21, 'ja', 'nein') as lzb,
    ['ja', 'nein', 'nein', 'nein', 'nein', 'nein', 'nein', 'nein', 'nein', 'unbekannt'][
        1 + spell.zufall // 1048576 % 10
    ] as hilfe_67,
    personen.stadtbezirk,
    'skala' as lieferung,
    'bestand.parquet' as datei,
    cast(spell.lfd_monat * $plaetze + spell.platz + 1 as integer) as zeile
from spell
inner join personen on spell.schluessel = personen.schluessel
order by spell.lfd_monat, personen.person_nr
