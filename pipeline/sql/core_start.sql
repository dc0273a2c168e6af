-- Countable starts: take-ups that are an Integration of one person in one Berichtsmonat.
-- Grain: one row per take-up that is booked (a person and month may have several).
-- Inputs: core_beschaeftigung, core_bestand, core_stichtag, code_art.
-- Method: docs/methodik/k2.md, § 5 Abs. 1 of the ordinance to § 48a SGB II.
-- monat is the month of the Stichtag S(m-1) at which the person was in stock, m the Berichtsmonat.
with countable as (
    select core_beschaeftigung.*
    from core_beschaeftigung
    inner join code_art on core_beschaeftigung.art = code_art.code
    where code_art.zaehlt_k2 = 'ja'
),

-- The window between two Stichtage in which the take-up lies, named by the month of the later one.
in_window as (
    select
        countable.*,
        case
            when countable.beginn <= core_stichtag.stichtag then core_stichtag.monat
            else cast(core_stichtag.monat + interval 1 month as date)
        end as fenstermonat
    from countable
    inner join core_stichtag
        on core_stichtag.monat = cast(date_trunc('month', countable.beginn) as date)
),

in_stock as (
    select
        person_nr,
        monat
    from core_bestand
),

-- First window: in stock at the Stichtag before the take-up.
regular as (
    select
        in_window.*,
        stichtag_m.monat as berichtsmonat_monat
    from in_window
    inner join core_stichtag as stichtag_m on in_window.fenstermonat = stichtag_m.monat
    semi join in_stock
        on
            in_window.person_nr = in_stock.person_nr
            and in_window.fenstermonat = in_stock.monat + interval 1 month
    where stichtag_m.stichtag_vormonat is not null
),

-- Second window: not yet in stock before the take-up, but at the Stichtag after it.
entrant as (
    select
        in_window.*,
        stichtag_m.monat as berichtsmonat_monat
    from in_window
    inner join core_stichtag as stichtag_entry on in_window.fenstermonat = stichtag_entry.monat
    inner join core_stichtag as stichtag_m
        on stichtag_m.monat = stichtag_entry.monat + interval 1 month
    semi join in_stock
        on
            in_window.person_nr = in_stock.person_nr
            and in_window.fenstermonat = in_stock.monat
    anti join in_stock as before
        on
            in_window.person_nr = before.person_nr
            and in_window.fenstermonat = before.monat + interval 1 month
    where stichtag_entry.stichtag_vormonat is not null and stichtag_m.zugangsfenster
),

booked as (
    select * from regular
    union all
    select * from entrant
),

-- The same job going on: same employer, earlier begin, no day between.
continuation as (
    select distinct booked.beschaeftigung_id
    from booked
    inner join countable as earlier
        on
            booked.person_nr = earlier.person_nr
            and booked.arbeitgeber_id = earlier.arbeitgeber_id
            and earlier.beginn < booked.beginn
            and (earlier.ende is null or earlier.ende >= booked.beginn - 1)
),

-- Any countable job running on the day before.
employed_before as (
    select distinct booked.beschaeftigung_id
    from booked
    inner join countable as earlier
        on
            booked.person_nr = earlier.person_nr
            and earlier.beginn < booked.beginn
            and (earlier.ende is null or earlier.ende >= booked.beginn - 1)
)

select
    booked.person_nr,
    booked.beschaeftigung_id,
    booked.beginn,
    booked.art,
    cast(core_stichtag.monat - interval 1 month as date) as monat
from booked
inner join core_stichtag on booked.berichtsmonat_monat = core_stichtag.monat
left join continuation on booked.beschaeftigung_id = continuation.beschaeftigung_id
left join employed_before on booked.beschaeftigung_id = employed_before.beschaeftigung_id
where
    (booked.erfasst_am is null or booked.erfasst_am <= core_stichtag.erfassungsgrenze)
    and (core_stichtag.weiterbeschaeftigung_zaehlt or continuation.beschaeftigung_id is null)
    and (core_stichtag.arbeitgeberwechsel_zaehlt or employed_before.beschaeftigung_id is null)
order by booked.person_nr, booked.beginn, booked.beschaeftigung_id
