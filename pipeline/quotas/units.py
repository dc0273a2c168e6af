"""SQL generated from breakdowns.toml: exits from measures and participants, month by month."""

from pipeline.breakdowns import Breakdown
from pipeline.quotas.cube import grouping_sets, label_columns


def exit_sums(breakdowns: tuple[Breakdown, ...]) -> str:
    """SQL of mart_austrittssumme: exits of each month and those employed k months later."""
    columns = ",\n".join(label_columns(breakdowns))
    return f"""\
-- Exits from measures per calendar month, and how many of them are employed k months later.
-- Grain: one row per Kennzahl EQ_k, month of exit, schnitt, categories and delivered sex.
-- Inputs: core_austritt, core_austritt_beschaeftigt, kennzahl. Generated from breakdowns.toml.
with beobachtet as (
    select
        kennzahl.code as kennzahl,
        core_austritt.*,
        core_austritt_beschaeftigt.teilnahme_id is not null as beschaeftigt
    from core_austritt
    inner join kennzahl on kennzahl.art = 'austritt'
    left join core_austritt_beschaeftigt
        on
            core_austritt.teilnahme_id = core_austritt_beschaeftigt.teilnahme_id
            and kennzahl.code = core_austritt_beschaeftigt.kennzahl
)

select
    kennzahl,
    monat_nr,
{columns},
    geschlecht,
    cast(count(*) filter (where beschaeftigt) as bigint) as zaehler,
    cast(count(*) as bigint) as einheiten
from beobachtet
group by grouping sets (
{grouping_sets(("kennzahl", "monat_nr", "geschlecht"), breakdowns)}
)
order by kennzahl, monat_nr, schnitt, auspraegung_1, auspraegung_2, geschlecht
"""


def participants(breakdowns: tuple[Breakdown, ...]) -> str:
    """SQL of mart_foerdersumme: distinct persons in measures at each Stichtag."""
    columns = ",\n".join(label_columns(breakdowns))
    return f"""\
-- Persons in a measure with a duration at each Stichtag, in stock or not, each counted once.
-- Grain: one row per month of the Stichtag, schnitt, category and delivered sex or insgesamt.
-- Inputs: core_teilnahmetag. Generated from breakdowns.toml. Method: docs/methodik/fq.md.
select
    monat_nr,
{columns},
    coalesce(geschlecht, 'insgesamt') as geschlecht,
    cast(count(distinct person_nr) as bigint) as personen
from core_teilnahmetag
group by grouping sets (
{grouping_sets(("monat_nr", "geschlecht"), breakdowns)},
{grouping_sets(("monat_nr",), breakdowns)}
)
order by monat_nr, schnitt, auspraegung_1, auspraegung_2, geschlecht
"""
