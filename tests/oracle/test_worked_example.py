"""The worked example of the method: seven women, four Stichtage, four Integrationen."""

import pytest

from tests.oracle.calendar_days import month_of
from tests.oracle.drawing import write_delivery
from tests.oracle.person_months import timely_starts
from tests.oracle.result import Expected, compute
from tests.oracle.rules import DEFAULT_RULES

# S0 = 15 Jan, S1 = 15 Feb, S2 = 15 Mar, S3 = 15 Apr. X is in stock at S3 only, so that S3 is known.
STOCK = """
    person_id | stichtag   | geschlecht
    A         | 2024-01-15 | w
    A         | 2024-02-15 | w
    A         | 2024-03-15 | w
    B         | 2024-02-15 | w
    B         | 2024-03-15 | w
    C         | 2024-01-15 | w
    D         | 2024-02-15 | w
    E         | 2024-02-15 | w
    F         | 2024-01-15 | w
    F         | 2024-02-15 | w
    G         | 2024-02-15 | w
    X         | 2024-04-15 | w
"""

STARTS = """
beschaeftigung_id|person_id|beginn    |ende      |art                   |arbeitgeber_id|erfasst_am
a1               |A        |2024-02-20|2024-02-25|sv                    |1             |
a2               |A        |2024-03-01|          |sv                    |2             |
b1               |B        |2024-02-01|          |sv                    |1             |
c1               |C        |2024-03-01|          |sv                    |1             |
d1               |D        |2024-03-01|          |oeffentlich_gefoerdert|1             |
d2               |D        |2024-03-01|          |geringfuegig          |2             |
e1               |E        |2024-03-01|          |sv                    |1             |2024-07-15
f1               |F        |2024-02-01|          |sv                    |1             |
f2               |F        |2024-03-01|          |sv                    |2             |
g1               |G        |2024-01-01|2024-02-29|sv                    |1             |
g2               |G        |2024-03-01|          |sv                    |1             |
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Expected:
    raw = tmp_path_factory.mktemp("raw")
    write_delivery(raw / "lieferung", "2024-12-31", bestand=STOCK, beschaeftigungen=STARTS)
    return compute(raw)


def integrations(result: Expected, person_id: str) -> list[str]:
    months = {month_of_label(1): "1", month_of_label(2): "2", month_of_label(3): "3"}
    return sorted(
        months[row.month] for row in result.months if row.person_id == person_id and row.integrated
    )


def month_of_label(number: int) -> int:
    return 12 * 2024 + number


@pytest.mark.parametrize(
    ("person_id", "expected"),
    [
        pytest.param("A", ["2"], id="two starts in one month are one Integration"),
        pytest.param("B", ["2"], id="an entrant who started in the month of entry is found later"),
        pytest.param("C", [], id="not in stock at the previous Stichtag"),
        pytest.param("D", [], id="publicly funded and marginal work do not count"),
        pytest.param("E", [], id="recorded after the Wartezeit"),
        pytest.param("F", ["1", "2"], id="two months are two Integrationen"),
        pytest.param("G", [], id="a new contract the day after the old one is a continuation"),
    ],
)
def test_each_person_is_integrated_in_the_months_of_the_example(
    result: Expected, person_id: str, expected: list[str]
) -> None:
    assert integrations(result, person_id) == expected


def test_publicly_funded_and_marginal_starts_are_found_for_their_own_figures(
    result: Expected,
) -> None:
    for art in ("oeffentlich_gefoerdert", "geringfuegig"):
        starts = timely_starts(result.merged, DEFAULT_RULES, "D", month_of_label(2), {art})
        assert len(starts) == 1


def test_the_months_1_to_3_hold_four_integrations_in_eleven_person_months(
    result: Expected,
) -> None:
    assert len(result.months) == 11
    assert sum(row.integrated for row in result.months) == 4


def test_the_stock_at_each_stichtag_is_that_of_the_example(result: Expected) -> None:
    at = {0: "ACF", 1: "ABDEFG", 2: "AB"}
    for number, persons in at.items():
        found = sorted(
            row.person_id for row in result.months if row.month == month_of_label(number + 1)
        )
        assert found == list(persons)
    assert min(result.merged.stichtage) == month_of(result.merged.stichtage[month_of_label(0)])
