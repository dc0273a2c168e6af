"""Which months may be published, and the stock months of each figure (docs/methodik/k2.md)."""

import pytest

from tests.sql.running import Spec

YEAR = [f"2023-{month:02d}-15" for month in range(1, 13)]


def days(*parts: list[str] | str) -> str:
    return " ".join(day for part in parts for day in ([part] if isinstance(part, str) else part))


@pytest.mark.parametrize(
    ("stichtage", "veroeffentlichbar", "grund"),
    [
        pytest.param(days(YEAR[1:], "2024-01-15"), "false", "stichtage_fehlen", id="12 Stichtage"),
        pytest.param(days(YEAR, "2024-01-15"), "true", "''", id="13 Stichtage"),
        pytest.param(days("2022-12-15", YEAR, "2024-01-15"), "true", "''", id="14 Stichtage"),
        pytest.param(
            days("2022-12-15", YEAR[:4], YEAR[5:], "2024-01-15"),
            "false",
            "stichtage_fehlen",
            id="13 Stichtage with a gap",
        ),
        pytest.param(
            days("2022-12-15", YEAR[1:], "2024-01-15"),
            "false",
            "stichtage_fehlen",
            id="the first of the 13 months is the gap",
        ),
        pytest.param(
            days("2022-11-15", YEAR, "2024-01-15"), "true", "''", id="a gap before the 13 months"
        ),
    ],
)
def test_a_month_needs_its_own_stichtag_and_those_of_the_twelve_months_before(
    spec: Spec, stichtage: str, veroeffentlichbar: str, grund: str
) -> None:
    this_month = "select * from mart_berichtsmonat where berichtsmonat = '2024-01'"
    spec.check(
        "mart_berichtsmonat",
        ("this_month", this_month),
        stichtage=stichtage,
        core_lauf="datenstand\n2024-12-31",
        expected=f"veroeffentlichbar | grund\n{veroeffentlichbar} | {grund}",
    )


@pytest.mark.parametrize(
    ("datenstand", "veroeffentlichbar", "grund"),
    [
        ("2024-04-14", "false", "wartezeit_laeuft"),
        ("2024-04-15", "true", "''"),
        ("2024-04-16", "true", "''"),
    ],
)
def test_a_month_waits_until_its_wartezeit_is_over(
    spec: Spec, datenstand: str, veroeffentlichbar: str, grund: str
) -> None:
    this_month = "select * from mart_berichtsmonat where berichtsmonat = '2024-01'"
    spec.check(
        "mart_berichtsmonat",
        ("this_month", this_month),
        stichtage=days(YEAR, "2024-01-15"),
        core_lauf=f"datenstand\n{datenstand}",
        expected=f"veroeffentlichbar | grund\n{veroeffentlichbar} | {grund}",
    )


def test_every_stichtag_is_named_and_the_first_reason_is_the_missing_stichtag(spec: Spec) -> None:
    spec.check(
        "mart_berichtsmonat",
        stichtage="2023-12-15 2024-01-15",
        core_lauf="datenstand\n2024-03-31",
        ordered=True,
        expected="""
            berichtsmonat | monat_nr | kalendermonat | stichtag   | grund
            2023-12       | 24287    | 12            | 2023-12-15 | stichtage_fehlen
            2024-01       | 24288    | 1             | 2024-01-15 | stichtage_fehlen
        """,
    )


@pytest.mark.parametrize("kalendermonat", [1, 2, 11, 12])
def test_k2_takes_the_stock_of_twelve_months_and_k2_jfw_from_december_on(
    spec: Spec, kalendermonat: int
) -> None:
    december = 24287
    monat_nr = december + kalendermonat
    berichtsmonat = f"2024-{kalendermonat:02d}"
    spec.check(
        "mart_fenster",
        mart_berichtsmonat=f"""
            berichtsmonat   | monat_nr   | kalendermonat   | stichtag
            {berichtsmonat} | {monat_nr} | {kalendermonat} | {berichtsmonat}-15
        """,
        expected=f"""
            kennzahl | berichtsmonat   | erster_monat_nr | letzter_monat_nr | monate
            K2       | {berichtsmonat} | {monat_nr - 12} | {monat_nr - 1}   | 12
            K2_JFW   | {berichtsmonat} | {december}      | {monat_nr - 1}   | {kalendermonat}
        """,
    )


def test_a_month_that_is_not_publishable_has_no_window(spec: Spec) -> None:
    spec.check(
        "mart_fenster",
        mart_berichtsmonat="""
            berichtsmonat | monat_nr | kalendermonat | stichtag   | veroeffentlichbar
            2024-01       | 24288    | 1             | 2024-01-15 | false
            2024-02       | 24289    | 2             | 2024-02-15 | true
        """,
        expected="""
            kennzahl | berichtsmonat
            K2       | 2024-02
            K2_JFW   | 2024-02
        """,
    )


def test_details_are_for_the_calendar_months_of_the_entry_valid_at_the_stichtag(
    spec: Spec,
) -> None:
    spec.check(
        "mart_fenster",
        detailmonat="""
            gilt_ab    | gilt_bis   | kalendermonat
            2005-01-01 | 2024-12-15 | 12
            2024-12-15 | 9999-12-31 | 6
            2024-12-15 | 9999-12-31 | 12
        """,
        mart_berichtsmonat="""
            berichtsmonat | monat_nr | kalendermonat | stichtag
            2023-12       | 24287    | 12            | 2023-12-15
            2024-06       | 24293    | 6             | 2024-06-15
            2024-11       | 24298    | 11            | 2024-11-15
            2024-12       | 24299    | 12            | 2024-12-15
            2025-06       | 24305    | 6             | 2025-06-15
        """,
        expected="""
            kennzahl | berichtsmonat | mit_gliederungen
            K2       | 2023-12       | true
            K2       | 2024-06       | false
            K2       | 2024-11       | false
            K2       | 2024-12       | true
            K2       | 2025-06       | true
            K2_JFW   | 2023-12       | true
            K2_JFW   | 2024-06       | false
            K2_JFW   | 2024-11       | false
            K2_JFW   | 2024-12       | true
            K2_JFW   | 2025-06       | true
        """,
    )
