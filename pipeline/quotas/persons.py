"""SQL generated from breakdowns.toml: persons and sums over persons in the detailed cells."""

from pipeline.breakdowns import Breakdown
from pipeline.quotas.cube import grouping_sets, label_columns


def person_cells(breakdowns: tuple[Breakdown, ...]) -> str:
    """SQL of core_personenschnitt: persons and sums per person, for the publication calendar.

    Without a breakdown but the total it has no rows.
    """
    detailed = tuple(b for b in breakdowns if b.merkmale)
    columns = ",\n".join(label_columns(detailed))
    attributes = sorted({m for b in detailed for m in b.merkmale})
    selected = "".join(f"        core_personenmonat.{m},\n" for m in attributes)
    keys = ("berichtsmonat", "person_nr", "geschlecht")
    sets = grouping_sets(keys, detailed) if detailed else f"    ({', '.join(keys)})"
    months = "mart_fenster.mit_gliederungen" if detailed else "false"
    return f"""\
-- Persons, and the sums over persons that intervals need, in the cells of the detailed months.
-- Grain: one row per Berichtsmonat, schnitt, categories and published sex or insgesamt.
-- Inputs: core_personenmonat, core_stichtag, mart_fenster. Generated from breakdowns.toml.
with in_window as (
    select
        mart_fenster.berichtsmonat,
        core_personenmonat.person_nr,
        core_personenmonat.geschlecht_veroeffentlicht as geschlecht,
{selected}        core_personenmonat.integriert
    from core_personenmonat
    inner join core_stichtag on core_personenmonat.monat = core_stichtag.monat
    inner join mart_fenster
        on
            mart_fenster.kennzahl = 'K2'
            and {months}
            and core_stichtag.monat_nr
            between mart_fenster.erster_monat_nr and mart_fenster.letzter_monat_nr
),

person_cell as (
select
    berichtsmonat,
    person_nr,
    geschlecht,
{columns},
    count(*) as bestand_monate,
    sum(integriert) as integrationen
from in_window
group by grouping sets (
{sets}
)
),

-- Almost nobody changes sex; only those who do must be kept from counting twice in insgesamt.
several_sexes as (
    select person_nr
    from core_personenmonat
    group by person_nr
    having min(geschlecht_veroeffentlicht) < max(geschlecht_veroeffentlicht)
),

once as (
    select
        person_cell.berichtsmonat,
        person_cell.schnitt,
        person_cell.auspraegung_1,
        person_cell.auspraegung_2,
        'insgesamt' as geschlecht,
        sum(person_cell.bestand_monate) as bestand_monate,
        sum(person_cell.integrationen) as integrationen
    from person_cell
    semi join several_sexes on person_cell.person_nr = several_sexes.person_nr
    group by
        person_cell.berichtsmonat,
        person_cell.person_nr,
        person_cell.schnitt,
        person_cell.auspraegung_1,
        person_cell.auspraegung_2
),

summed as (
    select
        berichtsmonat,
        schnitt,
        auspraegung_1,
        auspraegung_2,
        geschlecht,
        person_nr in (select several_sexes.person_nr from several_sexes) as mehrere,
        sum(integrationen) as integrationen,
        sum(bestand_monate) as bestand_monate,
        count(*) as personen,
        count(*) filter (where integrationen > 0) as personen_zaehler,
        sum(integrationen * integrationen) as summe_zz,
        sum(integrationen * bestand_monate) as summe_zb,
        sum(bestand_monate * bestand_monate) as summe_bb
    from person_cell
    group by berichtsmonat, schnitt, auspraegung_1, auspraegung_2, geschlecht, mehrere
),

cell as (
    select * exclude (mehrere)
    from summed
    union all
    select * exclude (mehrere) replace ('insgesamt' as geschlecht)
    from summed
    where not mehrere
    union all
    select
        berichtsmonat,
        schnitt,
        auspraegung_1,
        auspraegung_2,
        geschlecht,
        integrationen,
        bestand_monate,
        1 as personen,
        cast(integrationen > 0 as integer) as personen_zaehler,
        integrationen * integrationen as summe_zz,
        integrationen * bestand_monate as summe_zb,
        bestand_monate * bestand_monate as summe_bb
    from once
)

select
    'K2' as kennzahl,
    berichtsmonat,
    schnitt,
    auspraegung_1,
    auspraegung_2,
    geschlecht,
    sum(integrationen) as zaehler,
    sum(bestand_monate) as einheiten,
    sum(personen) as personen,
    sum(personen_zaehler) as personen_zaehler,
    sum(summe_zz) as summe_zz,
    sum(summe_zb) as summe_zb,
    sum(summe_bb) as summe_bb
from cell
group by berichtsmonat, schnitt, auspraegung_1, auspraegung_2, geschlecht
order by berichtsmonat, schnitt, auspraegung_1, auspraegung_2, geschlecht
"""
