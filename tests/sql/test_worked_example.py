"""The worked example of docs/methodik/k2.md: seven women, S0 … S3 on the 15th, January … April."""

from typing import Any

import pytest

from tests.sql.running import Spec, persons

PERSONS = dict(enumerate("ABCDEFG", start=1))

STOCK = """
    person_nr | stichtag
    1         | 2024-01-15
    1         | 2024-02-15
    1         | 2024-03-15
    2         | 2024-02-15
    2         | 2024-03-15
    3         | 2024-01-15
    4         | 2024-02-15
    5         | 2024-02-15
    6         | 2024-01-15
    6         | 2024-02-15
    7         | 2024-02-15
"""

STARTS = """
    person_nr | beginn     | ende       | art                    | arbeitgeber_id | erfasst_am
    1         | 2024-02-16 | 2024-02-28 | sv                     | X              |
    1         | 2024-03-15 |            | sv                     | Y              |
    2         | 2024-02-10 |            | sv                     | X              |
    3         | 2024-03-01 |            | sv                     | X              |
    4         | 2024-03-01 |            | oeffentlich_gefoerdert | X              |
    4         | 2024-03-01 |            | geringfuegig           | Y              |
    5         | 2024-03-01 |            | sv                     | X              | 2024-07-15
    6         | 2024-02-01 |            | sv                     | X              |
    6         | 2024-03-01 |            | sv                     | Y              |
    7         | 2024-01-01 | 2024-02-29 | sv                     | X              |
    7         | 2024-03-01 |            | sv                     | X              |
"""

STEPS = ("core_start", "core_personenmonat")
INPUTS: dict[str, Any] = {
    "stichtage": "2024-01-15 2024-02-15 2024-03-15 2024-04-15",
    "core_bestand": STOCK,
    "core_person": persons(*PERSONS),
    "core_beschaeftigung": STARTS,
}


def test_the_three_months_hold_four_integrations_in_eleven_person_months(spec: Spec) -> None:
    sums = "select sum(integriert) as zaehler, count(*) as bestand_monate from core_personenmonat"
    spec.check(
        *STEPS,
        ("summe", sums),
        **INPUTS,
        expected="zaehler | bestand_monate\n4 | 11",
    )


@pytest.mark.parametrize(
    ("person", "flags"),
    [
        pytest.param("A", {"2024-02": 0, "2024-03": 1, "2024-04": 0}, id="A: one per month"),
        pytest.param("B", {"2024-03": 1, "2024-04": 0}, id="B: entrant, second window"),
        pytest.param("C", {"2024-02": 0}, id="C: not in stock at S1"),
        pytest.param("D", {"2024-03": 0}, id="D: publicly funded and marginal work"),
        pytest.param("E", {"2024-03": 0}, id="E: after the Wartezeit"),
        pytest.param("F", {"2024-02": 1, "2024-03": 1}, id="F: months 1 and 2"),
        pytest.param("G", {"2024-03": 0}, id="G: continuation"),
    ],
)
def test_each_person_is_integrated_in_the_months_of_the_example(
    spec: Spec, person: str, flags: dict[str, int]
) -> None:
    rows = spec.run(*STEPS, select=["person_nr", "berichtsmonat", "integriert"], **INPUTS)
    assert {month: flag for nr, month, flag in rows if PERSONS[nr] == person} == flags
