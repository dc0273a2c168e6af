-- Take-ups booked to a Berichtsmonat: Integrationen (K2), entries into marginal (K2E1) and into
-- publicly funded employment (K2E2).
-- Grain: one row per take-up that is booked (a person and month may have several).
-- Inputs: core_beschaeftigung, core_bestand, core_stichtag, code_art.
-- Method: docs/methodik/k2.md, k2e1.md, k2e2.md; § 5 of the ordinance to § 48a SGB II.
-- monat is the month of the Stichtag S(m-1) at which the person was in stock, m the Berichtsmonat.
with countable as (
    select
        code_art.kennzahl,
        core_beschaeftigung.person_nr,
        core_beschaeftigung.beschaeftigung_id,
        core_beschaeftigung.beginn,
        core_beschaeftigung.ende,
        core_beschaeftigung.art,
        core_beschaeftigung.arbeitgeber_id,
        core_beschaeftigung.erfasst_am
    from core_beschaeftigung
    inner join code_art on core_beschaeftigung.art = code_art.code
),

-- The windows between two Stichtage, named by the month of the later one.
fenster as (
    select
        this.monat as fenstermonat,
        cast(this.monat - interval 1 month as date) as vormonat,
        next.monat as folgemonat
    from core_stichtag as this
    left join core_stichtag as next on next.monat = this.monat + interval 1 month
    where this.stichtag_vormonat is not null
),

in_window as (
    select
        countable.kennzahl,
        countable.person_nr,
        countable.beschaeftigung_id,
        countable.beginn,
        countable.art,
        countable.arbeitgeber_id,
        countable.erfasst_am,
        fenster.fenstermonat,
        fenster.vormonat,
        fenster.folgemonat
    from countable
    inner join core_stichtag
        on core_stichtag.monat = cast(date_trunc('month', countable.beginn) as date)
    inner join fenster
        on
            fenster.fenstermonat = case
                when countable.beginn <= core_stichtag.stichtag then core_stichtag.monat
                else cast(core_stichtag.monat + interval 1 month as date)
            end
),

-- The stock is read once, and only for the persons and months that matter.
asked as (
    select
        person_nr,
        vormonat as monat
    from in_window
    union all
    select
        person_nr,
        fenstermonat as monat
    from in_window
),

in_stock as materialized (
    select
        core_bestand.person_nr,
        core_bestand.monat
    from core_bestand
    semi join asked
        on core_bestand.person_nr = asked.person_nr and core_bestand.monat = asked.monat
),

-- First window: in stock at the Stichtag before the take-up.
regular as (
    select
        in_window.*,
        in_window.vormonat as monat,
        in_window.fenstermonat as berichtsmonat_monat
    from in_window
    semi join in_stock
        on in_window.person_nr = in_stock.person_nr and in_window.vormonat = in_stock.monat
),

-- Second window: not yet in stock before the take-up, but at the Stichtag after it.
entrant as (
    select
        in_window.*,
        in_window.fenstermonat as monat,
        in_window.folgemonat as berichtsmonat_monat
    from in_window
    semi join in_stock
        on in_window.person_nr = in_stock.person_nr and in_window.fenstermonat = in_stock.monat
    anti join in_stock as before
        on in_window.person_nr = before.person_nr and in_window.vormonat = before.monat
    where in_window.folgemonat is not null
),

booked as (
    select
        found.*,
        core_stichtag.weiterbeschaeftigung_zaehlt,
        core_stichtag.arbeitgeberwechsel_zaehlt
    from (select * from regular union all select * from entrant) as found
    inner join core_stichtag on found.berichtsmonat_monat = core_stichtag.monat
    where
        (found.erfasst_am is null or found.erfasst_am <= core_stichtag.erfassungsgrenze)
        and (found.monat = found.vormonat or core_stichtag.zugangsfenster)
),

-- The same job going on: same employer, earlier begin, no day between. Only Integrationen are held
-- against earlier jobs, and only against those that could be an Integration.
continuation as (
    select distinct booked.beschaeftigung_id
    from booked
    inner join countable as earlier
        on
            booked.person_nr = earlier.person_nr
            and booked.kennzahl = earlier.kennzahl
            and booked.arbeitgeber_id = earlier.arbeitgeber_id
            and earlier.beginn < booked.beginn
            and (earlier.ende is null or earlier.ende >= booked.beginn - 1)
    where booked.kennzahl = 'K2' and not booked.weiterbeschaeftigung_zaehlt
),

-- Any countable job running on the day before.
employed_before as (
    select distinct booked.beschaeftigung_id
    from booked
    inner join countable as earlier
        on
            booked.person_nr = earlier.person_nr
            and booked.kennzahl = earlier.kennzahl
            and earlier.beginn < booked.beginn
            and (earlier.ende is null or earlier.ende >= booked.beginn - 1)
    where booked.kennzahl = 'K2' and not booked.arbeitgeberwechsel_zaehlt
)

select
    booked.kennzahl,
    booked.person_nr,
    booked.beschaeftigung_id,
    booked.beginn,
    booked.art,
    booked.monat
from booked
anti join continuation on booked.beschaeftigung_id = continuation.beschaeftigung_id
anti join employed_before on booked.beschaeftigung_id = employed_before.beschaeftigung_id
order by booked.person_nr, booked.beginn, booked.beschaeftigung_id
