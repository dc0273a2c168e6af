-- Integrationen and what became of them: whether the work lasted and whether receipt ended.
-- Grain: one row per integrated person-month, that is per Integration of K2.
-- Inputs: core_personenmonat, core_start, core_beschaeftigung, core_bestand, core_stichtag.
-- Method: docs/methodik/k2e3.md, docs/methodik/m1.md.
-- kontinuierlich is NULL where the deciding take-up is not sv; bestand_verlassen is NULL where the
-- data have no Stichtag three months after the Berichtsmonat.
with erste_aufnahme as (
    select
        person_nr,
        monat,
        arg_min(beginn, (beginn, beschaeftigung_id)) as beginn,
        arg_min(art, (beginn, beschaeftigung_id)) as art
    from core_start
    where kennzahl = 'K2'
    group by person_nr, monat
),

-- "Employed in each of the six months after" is looked at on the days beginn + 1 ... + 6 months.
pruefmonat as (
    select
        erste_aufnahme.person_nr,
        erste_aufnahme.monat,
        months.anzahl,
        cast(erste_aufnahme.beginn + to_months(months.anzahl) as date) as tag
    from erste_aufnahme
    cross join (select unnest(range(1, 7))::integer as anzahl) as months
    where erste_aufnahme.art = 'sv'
),

beschaeftigt as (
    select
        pruefmonat.person_nr,
        pruefmonat.monat,
        count(distinct pruefmonat.anzahl) as monate
    from pruefmonat
    inner join core_beschaeftigung
        on
            pruefmonat.person_nr = core_beschaeftigung.person_nr
            and core_beschaeftigung.art = 'sv'
            and core_beschaeftigung.beginn <= pruefmonat.tag
            and (core_beschaeftigung.ende is null or core_beschaeftigung.ende >= pruefmonat.tag)
    group by pruefmonat.person_nr, pruefmonat.monat
),

integration as (
    select
        core_personenmonat.person_nr,
        core_personenmonat.monat,
        core_personenmonat.berichtsmonat,
        core_personenmonat.geschlecht,
        core_personenmonat.geschlecht_veroeffentlicht,
        cast(core_personenmonat.monat + interval 4 month as date) as monat_danach
    from core_personenmonat
    where core_personenmonat.integriert = 1
),

noch_im_bestand as (
    select
        integration.person_nr,
        integration.monat
    from integration
    inner join core_bestand
        on
            integration.person_nr = core_bestand.person_nr
            and integration.monat_danach = core_bestand.monat
)

select
    integration.person_nr,
    integration.monat,
    integration.berichtsmonat,
    berichtsmonat.monat_nr,
    integration.geschlecht,
    integration.geschlecht_veroeffentlicht,
    erste_aufnahme.beginn,
    erste_aufnahme.art,
    case
        when erste_aufnahme.art <> 'sv' then null
        when beschaeftigt.monate = 6 then 1
        else 0
    end::tinyint as kontinuierlich,
    case
        when danach.monat is null then null
        when noch_im_bestand.person_nr is null then 1
        else 0
    end::tinyint as bestand_verlassen
from integration
inner join erste_aufnahme
    on
        integration.person_nr = erste_aufnahme.person_nr
        and integration.monat = erste_aufnahme.monat
inner join core_stichtag as berichtsmonat
    on integration.berichtsmonat = berichtsmonat.berichtsmonat
left join core_stichtag as danach on integration.monat_danach = danach.monat
left join beschaeftigt
    on
        integration.person_nr = beschaeftigt.person_nr
        and integration.monat = beschaeftigt.monat
left join noch_im_bestand
    on
        integration.person_nr = noch_im_bestand.person_nr
        and integration.monat = noch_im_bestand.monat
order by integration.person_nr, integration.monat
