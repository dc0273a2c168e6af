"""Which months may be published for EQ and FQ (docs/methodik/eq.md, docs/methodik/fq.md)."""

import pytest

from tests.sql.running import Spec

YEAR = [f"2023-{month:02d}-15" for month in range(1, 13)]
LATE = "tabelle | datenstand\nteilnahmen | 2029-12-31"
LATE_RUN = "datenstand\n2029-12-31"


def month_of(kennzahl: str, berichtsmonat: str) -> tuple[str, str]:
    """A step that leaves the judgement of one month."""
    condition = f"kennzahl = '{kennzahl}' and berichtsmonat = '{berichtsmonat}'"
    return "judged", f"select * from mart_berichtsmonat where {condition}"


def test_the_first_month_of_eq_is_eleven_months_after_that_of_the_first_stichtag(
    spec: Spec,
) -> None:
    around = "kennzahl = 'EQ_6' and berichtsmonat between '2023-10' and '2024-01'"
    spec.check(
        "mart_berichtsmonat",
        ("judged", f"select * from mart_berichtsmonat where {around}"),
        stichtage="2023-01-31 2023-02-15",
        core_lauf=LATE_RUN,
        core_lieferung=LATE,
        expected="""
            berichtsmonat | monat_nr | tag        | grund
            2023-10       | 24285    | 2023-10-31 | zeitraum_unvollstaendig
            2023-11       | 24286    | 2023-11-30 | zeitraum_unvollstaendig
            2023-12       | 24287    | 2023-12-31 | ''
            2024-01       | 24288    | 2024-01-31 | ''
        """,
    )


def test_eq_has_every_calendar_month_from_the_first_stichtag_to_the_datenstand(spec: Spec) -> None:
    spec.check(
        "mart_berichtsmonat",
        ("judged", "select * from mart_berichtsmonat where kennzahl = 'EQ_1'"),
        stichtage="2023-01-15 2023-04-15",
        core_lauf="datenstand\n2023-05-01",
        core_lieferung="tabelle | datenstand\nteilnahmen | 2023-05-01",
        ordered=True,
        expected="""
            berichtsmonat | tag        | veroeffentlichbar
            2023-01       | 2023-01-31 | false
            2023-02       | 2023-02-28 | false
            2023-03       | 2023-03-31 | false
            2023-04       | 2023-04-30 | false
            2023-05       | 2023-05-31 | false
        """,
    )


@pytest.mark.parametrize(
    ("kennzahl", "berichtsmonat", "day_before", "day", "day_after"),
    [
        pytest.param("EQ_1", "2024-01", "2024-02-28", "2024-02-29", "2024-03-01", id="EQ_1"),
        pytest.param("EQ_3", "2024-01", "2024-04-29", "2024-04-30", "2024-05-01", id="EQ_3"),
        pytest.param("EQ_6", "2024-01", "2024-07-30", "2024-07-31", "2024-08-01", id="EQ_6"),
        pytest.param("EQ_9", "2024-01", "2024-10-30", "2024-10-31", "2024-11-01", id="EQ_9"),
        pytest.param("EQ_12", "2024-01", "2025-01-30", "2025-01-31", "2025-02-01", id="EQ_12"),
        pytest.param("EQ_18", "2024-01", "2025-07-30", "2025-07-31", "2025-08-01", id="EQ_18"),
        pytest.param("EQ_1", "2024-02", "2024-03-28", "2024-03-29", "2024-03-30", id="from 29 Feb"),
        pytest.param("EQ_12", "2024-02", "2025-02-27", "2025-02-28", "2025-03-01", id="leap day"),
        pytest.param("EQ_6", "2024-08", "2025-02-27", "2025-02-28", "2025-03-01", id="to 28 Feb"),
        pytest.param("EQ_12", "2025-02", "2026-02-27", "2026-02-28", "2026-03-01", id="28 Feb"),
    ],
)
def test_a_month_of_eq_is_known_its_months_after_the_last_day(
    spec: Spec, kennzahl: str, berichtsmonat: str, day_before: str, day: str, day_after: str
) -> None:
    for datenstand, grund in ((day_before, "verbleib_offen"), (day, "''"), (day_after, "''")):
        spec.check(
            "mart_berichtsmonat",
            month_of(kennzahl, berichtsmonat),
            stichtage="2023-01-15",
            core_lauf=f"datenstand\n{datenstand}",
            core_lieferung=LATE,
            expected=f"grund\n{grund}",
        )


@pytest.mark.parametrize(
    ("of_the_run", "of_teilnahmen", "grund"),
    [
        ("2024-07-31", "2024-07-31", "''"),
        ("2024-07-31", "2024-07-30", "verbleib_offen"),
        ("2024-07-30", "2024-07-31", "verbleib_offen"),
        ("2029-12-31", "2024-07-31", "''"),
    ],
)
def test_eq_knows_what_both_the_run_and_the_newest_delivery_of_participations_know(
    spec: Spec, of_the_run: str, of_teilnahmen: str, grund: str
) -> None:
    spec.check(
        "mart_berichtsmonat",
        month_of("EQ_6", "2024-01"),
        stichtage="2023-01-15",
        core_lauf=f"datenstand\n{of_the_run}",
        core_lieferung=f"""
            tabelle          | datenstand
            teilnahmen       | 2023-06-30
            teilnahmen       | {of_teilnahmen}
            bestand          | 2028-12-31
            beschaeftigungen | 2028-12-31
        """,
        expected=f"grund\n{grund}",
    )


@pytest.mark.parametrize("kennzahl", ["FQ", "FA_ELB", "FA_ALO"])
@pytest.mark.parametrize(
    ("stichtage", "grund"),
    [
        pytest.param(YEAR[1:], "stichtage_fehlen", id="11 Stichtage"),
        pytest.param(YEAR, "''", id="12 Stichtage"),
        pytest.param(["2022-12-15", *YEAR], "''", id="13 Stichtage"),
        pytest.param(
            ["2022-12-15", *YEAR[:4], *YEAR[5:]], "stichtage_fehlen", id="12 with a gap"
        ),
    ],
)
def test_the_share_of_participants_needs_its_own_stichtag_and_eleven_before(
    spec: Spec, kennzahl: str, stichtage: list[str], grund: str
) -> None:
    spec.check(
        "mart_berichtsmonat",
        month_of(kennzahl, "2023-12"),
        stichtage=" ".join(stichtage),
        core_lauf=LATE_RUN,
        core_lieferung=LATE,
        expected=f"tag | grund\n2023-12-15 | {grund}",
    )


@pytest.mark.parametrize(
    ("of_teilnahmen", "grund"),
    [("2023-12-14", "teilnahmen_fehlen"), ("2023-12-15", "''"), ("2023-12-16", "''")],
)
def test_participants_are_known_up_to_the_datenstand_of_the_participations(
    spec: Spec, of_teilnahmen: str, grund: str
) -> None:
    spec.check(
        "mart_berichtsmonat",
        month_of("FQ", "2023-12"),
        stichtage=" ".join(YEAR),
        core_lauf=LATE_RUN,
        core_lieferung=f"tabelle | datenstand\nteilnahmen | {of_teilnahmen}",
        expected=f"grund\n{grund}",
    )


def test_participants_need_no_wartezeit(spec: Spec) -> None:
    december = "berichtsmonat = '2023-12' and kennzahl in ('K2', 'FQ')"
    spec.check(
        "mart_berichtsmonat",
        ("judged", f"select * from mart_berichtsmonat where {december}"),
        stichtage=" ".join(["2022-12-15", *YEAR]),
        core_lauf="datenstand\n2023-12-15",
        core_lieferung=LATE,
        expected="kennzahl | grund\nFQ | ''\nK2 | wartezeit_laeuft",
    )
