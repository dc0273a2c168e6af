"""Which months may be published for K2 and its supplements (docs/methodik/k2.md, m1.md)."""

import pytest

from tests.sql.running import Spec

YEAR = [f"2023-{month:02d}-15" for month in range(1, 13)]
FOLLOWING = ["2024-02-15", "2024-03-15", "2024-04-15"]
OF_THE_STOCK = ("K2", "K2E1", "K2E2", "K2E4", "K2_JFW", "K3E1", "P1")


def days(*parts: list[str] | str) -> str:
    return " ".join(day for part in parts for day in ([part] if isinstance(part, str) else part))


def month_of(kennzahl: str, berichtsmonat: str = "2024-01") -> tuple[str, str]:
    """A step that leaves the judgement of one month."""
    condition = f"kennzahl = '{kennzahl}' and berichtsmonat = '{berichtsmonat}'"
    return "judged", f"select * from mart_berichtsmonat where {condition}"


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
    spec.check(
        "mart_berichtsmonat",
        month_of("K2"),
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
    spec.check(
        "mart_berichtsmonat",
        month_of("K2"),
        stichtage=days(YEAR, "2024-01-15"),
        core_lauf=f"datenstand\n{datenstand}",
        expected=f"veroeffentlichbar | grund\n{veroeffentlichbar} | {grund}",
    )


@pytest.mark.parametrize(("datenstand", "known"), [("2024-04-14", False), ("2024-04-15", True)])
def test_every_kennzahl_over_the_stock_has_the_months_of_k2(
    spec: Spec, datenstand: str, known: bool
) -> None:
    january = "berichtsmonat = '2024-01' and veroeffentlichbar"
    spec.check(
        "mart_berichtsmonat",
        ("judged", f"select kennzahl from mart_berichtsmonat where {january}"),
        stichtage=days(YEAR, "2024-01-15"),
        kennzahl="\n".join(["code", *OF_THE_STOCK, "K2E3", "M1"]),
        core_lauf=f"datenstand\n{datenstand}",
        expected="\n".join(["kennzahl", *(OF_THE_STOCK if known else ())]),
    )


def test_every_stichtag_is_named_and_the_first_reason_is_the_missing_stichtag(spec: Spec) -> None:
    spec.check(
        "mart_berichtsmonat",
        ("k2", "select * from mart_berichtsmonat where kennzahl in ('K2', 'M1')"),
        stichtage="2023-12-15 2024-01-15",
        core_lauf="datenstand\n2024-03-31",
        ordered=True,
        expected="""
            kennzahl | berichtsmonat | monat_nr | tag        | grund
            K2       | 2023-12       | 24287    | 2023-12-15 | stichtage_fehlen
            K2       | 2024-01       | 24288    | 2024-01-15 | stichtage_fehlen
            M1       | 2023-12       | 24287    | 2023-12-15 | stichtage_fehlen
            M1       | 2024-01       | 24288    | 2024-01-15 | stichtage_fehlen
        """,
    )


def test_a_kennzahl_that_no_delivery_allows_is_not_judged(spec: Spec) -> None:
    spec.check(
        "mart_berichtsmonat",
        ("codes", "select distinct kennzahl from mart_berichtsmonat"),
        stichtage="2023-12-15",
        kennzahl="code\nK2\nM1",
        core_lauf="datenstand\n2024-03-31",
        expected="kennzahl\nK2\nM1",
    )


@pytest.mark.parametrize(
    ("datenstand", "grund"),
    [
        ("2024-04-14", "wartezeit_laeuft"),
        ("2024-10-14", "verbleib_offen"),
        ("2024-10-15", "''"),
        ("2024-10-16", "''"),
    ],
)
def test_k2e3_is_known_nine_months_after_the_stichtag(
    spec: Spec, datenstand: str, grund: str
) -> None:
    spec.check(
        "mart_berichtsmonat",
        month_of("K2E3"),
        stichtage=days(YEAR, "2024-01-15"),
        core_lauf=f"datenstand\n{datenstand}",
        expected=f"grund\n{grund}",
    )


@pytest.mark.parametrize(
    ("year", "datenstand", "grund"),
    [
        (2022, "2023-02-27", "verbleib_offen"),
        (2022, "2023-02-28", "''"),
        (2023, "2024-02-28", "verbleib_offen"),
        (2023, "2024-02-29", "''"),
    ],
)
def test_nine_months_after_31_may_end_with_february(
    spec: Spec, year: int, datenstand: str, grund: str
) -> None:
    before = [f"{year - (m > 5)}-{m:02d}-28" for m in (5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 4)]
    before[0] = f"{year - 1}-05-28"
    spec.check(
        "mart_berichtsmonat",
        month_of("K2E3", f"{year}-05"),
        stichtage=days(before, f"{year}-05-31"),
        core_lauf=f"datenstand\n{datenstand}",
        expected=f"grund\n{grund}",
    )


def test_without_a_k2_there_is_neither_k2e3_nor_m1(spec: Spec) -> None:
    january = "berichtsmonat = '2024-01' and kennzahl in ('K2', 'K2E3', 'M1')"
    spec.check(
        "mart_berichtsmonat",
        ("judged", f"select * from mart_berichtsmonat where {january}"),
        stichtage=days(YEAR[1:], "2024-01-15", FOLLOWING),
        core_lauf="datenstand\n2025-12-31",
        expected="""
            kennzahl | grund
            K2       | stichtage_fehlen
            K2E3     | stichtage_fehlen
            M1       | stichtage_fehlen
        """,
    )


@pytest.mark.parametrize(
    ("datenstand", "grund"),
    [
        ("2024-04-14", "wartezeit_laeuft"),
        ("2024-07-14", "verbleib_offen"),
        ("2024-07-15", "''"),
        ("2024-07-16", "''"),
    ],
)
def test_m1_is_known_six_months_after_the_stichtag(
    spec: Spec, datenstand: str, grund: str
) -> None:
    spec.check(
        "mart_berichtsmonat",
        month_of("M1"),
        stichtage=days(YEAR, "2024-01-15", FOLLOWING),
        core_lauf=f"datenstand\n{datenstand}",
        expected=f"grund\n{grund}",
    )


@pytest.mark.parametrize(
    ("following", "grund"),
    [
        pytest.param([], "folgestichtage_fehlen", id="none"),
        pytest.param(FOLLOWING[:2], "folgestichtage_fehlen", id="the third is missing"),
        pytest.param(FOLLOWING[1:], "folgestichtage_fehlen", id="the first is missing"),
        pytest.param(
            [FOLLOWING[0], FOLLOWING[2], "2024-05-15"], "folgestichtage_fehlen", id="a gap"
        ),
        pytest.param(FOLLOWING, "''", id="all three"),
        pytest.param([*FOLLOWING, "2024-05-15"], "''", id="four"),
    ],
)
def test_m1_needs_the_stichtage_of_the_three_months_after(
    spec: Spec, following: list[str], grund: str
) -> None:
    spec.check(
        "mart_berichtsmonat",
        month_of("M1"),
        stichtage=days(YEAR, "2024-01-15", following),
        core_lauf="datenstand\n2025-12-31",
        expected=f"grund\n{grund}",
    )
