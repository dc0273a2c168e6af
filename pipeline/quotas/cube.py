"""SQL generated from breakdowns.toml: one grouping set per breakdown, one pass over the rows.

The text is saved beside the tables as it was executed.
"""

from collections.abc import Iterable
from math import prod

from pipeline.breakdowns import Breakdown

# Beyond some hundred cells per month and sex the hash tables outgrow the cache of the processor.
CELLS_PER_BLOCK = 256
CELLS_WITHOUT_CODES = 32


def label_columns(breakdowns: tuple[Breakdown, ...]) -> list[str]:
    """The columns schnitt, auspraegung_1 and auspraegung_2, read off the grouping sets."""
    crossed_first = sorted(breakdowns, key=lambda b: -len(b.merkmale))

    def condition(b: Breakdown) -> str:
        return " and ".join(f"grouping({m}) = 0" for m in b.merkmale)

    def case(values: dict[str, str], otherwise: str, name: str) -> str:
        lines = [f"        when {when} then {then}" for when, then in values.items()]
        if not lines:
            return f"    {otherwise} as {name}"
        return "\n".join(["    case", *lines, f"        else {otherwise}", f"    end as {name}"])

    grouped = [b for b in crossed_first if b.merkmale]
    return [
        case({condition(b): f"'{b.id}'" for b in grouped}, "'insgesamt'", "schnitt"),
        case({condition(b): b.merkmale[0] for b in grouped}, "'insgesamt'", "auspraegung_1"),
        case({condition(b): b.merkmale[1] for b in grouped if len(b.merkmale) > 1}, "''",
             "auspraegung_2"),
    ]


def grouping_sets(keys: Iterable[str], breakdowns: tuple[Breakdown, ...]) -> str:
    sets = [", ".join((*keys, *b.merkmale)) for b in breakdowns]
    return ",\n".join(f"    ({one})" for one in sets)


def blocks(breakdowns: tuple[Breakdown, ...]) -> list[tuple[str, ...]]:
    """Attributes to count together: few blocks of few cells, crosses never torn apart.

    Grouping every row once per block and the small result once per breakdown is faster than
    grouping every row once per breakdown. First fit, widest breakdowns first.
    """
    sizes = {
        m: len(codes) or CELLS_WITHOUT_CODES
        for b in breakdowns
        for m, codes in zip(b.merkmale, b.codes, strict=False)
    }
    found: list[tuple[str, ...]] = []
    for b in sorted(breakdowns, key=lambda b: -prod(sizes[m] for m in b.merkmale)):
        if any(set(b.merkmale) <= set(block) for block in found):
            continue
        for position, block in enumerate(found):
            joined = tuple(dict.fromkeys((*block, *b.merkmale)))
            if prod(sizes[m] for m in joined) <= CELLS_PER_BLOCK:
                found[position] = joined
                break
        else:
            found.append(b.merkmale)
    return found


def _of_block(
    breakdowns: tuple[Breakdown, ...], parts: list[tuple[str, ...]]
) -> list[tuple[Breakdown, ...]]:
    """The breakdowns that are summed from each block: every one from the first that has it."""
    first = {
        b.id: next(n for n, part in enumerate(parts) if set(b.merkmale) <= set(part))
        for b in breakdowns
    }
    return [tuple(b for b in breakdowns if first[b.id] == n) for n in range(len(parts))]


def _sums_of_block(number: int, breakdowns: tuple[Breakdown, ...]) -> str:
    """The rows of one block, summed once per breakdown."""
    columns = ",\n".join(label_columns(breakdowns))
    return f"""\
select
    monat,
    geschlecht,
{columns},
    sum(bestand) as bestand,
    sum(integriert) as integriert
from counted
where block = {number}
group by grouping sets (
{grouping_sets(("monat", "geschlecht"), breakdowns)}
)"""


def monthly_sums(breakdowns: tuple[Breakdown, ...]) -> str:
    """SQL of mart_monatssumme: stock and Integrationen per month, sex and cell."""
    keys = ("monat", "geschlecht")
    parts = blocks(breakdowns)
    attributes = sorted({m for part in parts for m in part})
    selected = "".join(f"    {m},\n" for m in attributes)
    numbers = "\n".join(
        f"        when {' and '.join(f'grouping({m}) = 0' for m in part)} then {n}"
        for n, part in sorted(enumerate(parts), key=lambda p: -len(p[1]))
        if part
    )
    block = f"case\n{numbers}\n    end" if numbers else "0"
    block_sets = ",\n".join(f"    ({', '.join((*keys, *part))})" for part in parts)
    summed = "\nunion all\n".join(
        _sums_of_block(n, own) for n, own in enumerate(_of_block(breakdowns, parts))
    )
    return f"""\
-- Stock at each Stichtag and the Integrationen of the month after it, for every breakdown.
-- Grain: one row per month, delivered sex, schnitt and categories.
-- Inputs: core_personenmonat, core_stichtag. Generated from breakdowns.toml.
-- Every row is counted once per block of attributes, the small result once per breakdown.
with counted as materialized (
select
    monat,
    geschlecht,
{selected}    {block} as block,
    count(*) as bestand,
    sum(integriert) as integriert
from core_personenmonat
where berichtsmonat is not null
group by grouping sets (
{block_sets}
)
),

grouped as (
{summed}
)

select
    core_stichtag.monat_nr,
    grouped.schnitt,
    grouped.auspraegung_1,
    grouped.auspraegung_2,
    grouped.geschlecht,
    cast(grouped.bestand as bigint) as bestand,
    cast(grouped.integriert as bigint) as integriert
from grouped
inner join core_stichtag on grouped.monat = core_stichtag.monat
order by monat_nr, schnitt, auspraegung_1, auspraegung_2, geschlecht
"""
