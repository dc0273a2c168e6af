"""SQL generated from breakdowns.toml: persons behind Integrationen, exits and participants."""

from pipeline.breakdowns import Breakdown
from pipeline.quotas.cube import grouping_sets, label_columns
from pipeline.registries import code_list


def unit_cells(of_exits: tuple[Breakdown, ...], of_participants: tuple[Breakdown, ...]) -> str:
    """SQL of core_einheitenschnitt: persons and sums per person of K2E3, M1, EQ and FQ.

    of_exits, of_participants: the breakdowns that may be published, the total among them.
    """
    return f"""\
-- Persons, and the sums over persons that intervals need, for the Kennzahlen whose unit is an
-- Integration (K2E3, M1), an exit (EQ) or a day in a measure (FQ).
-- Grain: one row per Kennzahl, Berichtsmonat, schnitt, categories and published sex or insgesamt.
-- Inputs: core_integration, core_austritt, core_austritt_beschaeftigt, core_teilnahmetag,
-- mart_fenster. Generated from breakdowns.toml. Totals for every publishable month, the rest for
-- the publication calendar. b is a person's part of the denominator, z of the numerator.
with {_INTEGRATIONS},

{_exits(of_exits)},

{_participants(of_participants)},

person_cell as (
    select * from integration_person
    union all by name
    select * from austritt_person
    union all by name
    select * from teilnahme_person
),

summed as (
    select
        kennzahl,
        monat_nr,
        schnitt,
        auspraegung_1,
        auspraegung_2,
        geschlecht,
        sum(z) as zaehler,
        sum(b) as einheiten,
        count(*) as personen,
        count(*) filter (where z > 0) as personen_zaehler,
        sum(z * z) as summe_zz,
        sum(z * b) as summe_zb,
        sum(b * b) as summe_bb
    from person_cell
    group by kennzahl, monat_nr, schnitt, auspraegung_1, auspraegung_2, geschlecht
)

select
    summed.kennzahl,
    mart_fenster.berichtsmonat,
    summed.schnitt,
    summed.auspraegung_1,
    summed.auspraegung_2,
    summed.geschlecht,
    summed.zaehler,
    summed.einheiten,
    summed.personen,
    summed.personen_zaehler,
    summed.summe_zz,
    summed.summe_zb,
    summed.summe_bb
from summed
inner join mart_fenster
    on summed.kennzahl = mart_fenster.kennzahl and summed.monat_nr = mart_fenster.monat_nr
order by
    summed.kennzahl,
    mart_fenster.berichtsmonat,
    summed.schnitt,
    summed.auspraegung_1,
    summed.auspraegung_2,
    summed.geschlecht
"""


_INTEGRATIONS = """\
integration as (
    select
        'K2E3' as kennzahl,
        monat_nr,
        person_nr,
        geschlecht_veroeffentlicht as geschlecht,
        kontinuierlich as erfolg
    from core_integration
    where kontinuierlich is not null
    union all
    select
        'M1' as kennzahl,
        monat_nr,
        person_nr,
        geschlecht_veroeffentlicht as geschlecht,
        bestand_verlassen as erfolg
    from core_integration
),

integration_person as (
    select
        mart_fenster.kennzahl,
        mart_fenster.monat_nr,
        integration.person_nr,
        'insgesamt' as schnitt,
        'insgesamt' as auspraegung_1,
        '' as auspraegung_2,
        coalesce(integration.geschlecht, 'insgesamt') as geschlecht,
        sum(integration.erfolg) as z,
        count(*) as b
    from integration
    inner join mart_fenster
        on
            integration.kennzahl = mart_fenster.kennzahl
            and integration.monat_nr
            between mart_fenster.erster_monat_nr and mart_fenster.letzter_monat_nr
    group by grouping sets (
        (
            mart_fenster.kennzahl, mart_fenster.monat_nr, integration.person_nr,
            integration.geschlecht
        ),
        (mart_fenster.kennzahl, mart_fenster.monat_nr, integration.person_nr)
    )
)"""


def _exits(breakdowns: tuple[Breakdown, ...]) -> str:
    """The exits of a person in each cell and window; the six EQ_k side by side until the end."""
    detailed = tuple(b for b in breakdowns if b.merkmale)
    codes = [c.code for c in code_list("kennzahl").codes if c.extra["art"] == "austritt"]
    flags = ",\n".join(f"        bool_or(kennzahl = '{c}') as {c.lower()}" for c in codes)
    sums = ",\n".join(
        f"        count(*) filter (where {c.lower()}) as z_{c.lower()}" for c in codes
    )
    merkmale = sorted({m for b in detailed for m in b.merkmale})
    attributes = "".join(f"        core_austritt.{m},\n" for m in merkmale)
    keys = ("monat_nr", "person_nr")
    labels = ",\n".join(label_columns(detailed))
    total = f"""\
    select
        monat_nr,
        person_nr,
        'insgesamt' as schnitt,
        'insgesamt' as auspraegung_1,
        '' as auspraegung_2,
        coalesce(geschlecht, 'insgesamt') as geschlecht,
{sums},
        count(*) as b
    from austritt_fenster
    group by grouping sets ((monat_nr, person_nr, geschlecht), (monat_nr, person_nr))
"""
    details = f"""\
    union all
    select
        monat_nr,
        person_nr,
{labels},
        coalesce(geschlecht, 'insgesamt') as geschlecht,
{sums},
        count(*) as b
    from austritt_fenster
    where mit_gliederungen
    group by grouping sets (
{grouping_sets((*keys, "geschlecht"), detailed)},
{grouping_sets(keys, detailed)}
    )
"""
    lists = ",\n".join(f"            {{'kennzahl': '{c}', 'z': z_{c.lower()}}}" for c in codes)
    return f"""\
beschaeftigt as (
    select
        teilnahme_id,
{flags}
    from core_austritt_beschaeftigt
    group by teilnahme_id
),

austrittsfenster as (
    select distinct
        monat_nr,
        erster_monat_nr,
        letzter_monat_nr,
        mit_gliederungen
    from mart_fenster
    where art = 'austritt'
),

austritt_fenster as (
    select
        austrittsfenster.monat_nr,
        austrittsfenster.mit_gliederungen,
        core_austritt.person_nr,
        core_austritt.geschlecht_veroeffentlicht as geschlecht,
{attributes}        beschaeftigt.* exclude (teilnahme_id)
    from core_austritt
    inner join austrittsfenster
        on
            core_austritt.monat_nr
            between austrittsfenster.erster_monat_nr and austrittsfenster.letzter_monat_nr
    left join beschaeftigt on core_austritt.teilnahme_id = beschaeftigt.teilnahme_id
),

austritt_zelle as (
{total}{details if detailed else ""}),

austritt_je_kennzahl as (
    select
        monat_nr,
        person_nr,
        schnitt,
        auspraegung_1,
        auspraegung_2,
        geschlecht,
        b,
        unnest([
{lists}
        ]) as wert
    from austritt_zelle
),

austritt_person as (
    select
        wert.kennzahl as kennzahl,
        monat_nr,
        person_nr,
        schnitt,
        auspraegung_1,
        auspraegung_2,
        geschlecht,
        wert.z as z,
        b
    from austritt_je_kennzahl
)"""


def _participants(breakdowns: tuple[Breakdown, ...]) -> str:
    """The Stichtage a person was in a measure, in each cell and window."""
    labels = ",\n".join(label_columns(breakdowns))
    return f"""\
-- In one measure or in several of a category: a person counts once at a Stichtag, for a sex if one
-- of these participations has it.
teilnahmetag as (
    select
        monat_nr,
        person_nr,
{labels},
        bool_or(geschlecht_veroeffentlicht = 'w') as als_frau,
        bool_or(geschlecht_veroeffentlicht = 'm') as als_mann
    from core_teilnahmetag
    group by grouping sets (
{grouping_sets(("monat_nr", "person_nr"), breakdowns)}
    )
),

teilnehmende as (
    select
        mart_fenster.monat_nr,
        teilnahmetag.person_nr,
        teilnahmetag.schnitt,
        teilnahmetag.auspraegung_1,
        teilnahmetag.auspraegung_2,
        count(*) as b,
        count(*) filter (where teilnahmetag.als_frau) as z_w,
        count(*) filter (where teilnahmetag.als_mann) as z_m
    from teilnahmetag
    inner join mart_fenster
        on
            mart_fenster.art = 'teilnahme'
            and teilnahmetag.monat_nr
            between mart_fenster.erster_monat_nr and mart_fenster.letzter_monat_nr
            and (teilnahmetag.schnitt = 'insgesamt' or mart_fenster.mit_gliederungen)
    group by
        mart_fenster.monat_nr,
        teilnahmetag.person_nr,
        teilnahmetag.schnitt,
        teilnahmetag.auspraegung_1,
        teilnahmetag.auspraegung_2
),

teilnahme_person as (
    select
        'FQ' as kennzahl,
        monat_nr,
        person_nr,
        schnitt,
        auspraegung_1,
        auspraegung_2,
        unnest(['w', 'm', 'insgesamt']) as geschlecht,
        unnest([z_w, z_m, b]) as z,
        b
    from teilnehmende
)"""
