"""The duration of receipt at a Stichtag (docs/methodik/gliederungen.md)."""

import pytest

from tests.sql.running import Spec, persons

# Months, the class below them and the class that begins with them.
CLASSES = [
    (3, "unter_3_monate", "3_bis_unter_6_monate"),
    (6, "3_bis_unter_6_monate", "6_bis_unter_12_monate"),
    (12, "6_bis_unter_12_monate", "1_bis_unter_2_jahre"),
    (24, "1_bis_unter_2_jahre", "2_bis_unter_3_jahre"),
    (36, "2_bis_unter_3_jahre", "3_bis_unter_4_jahre"),
    (48, "3_bis_unter_4_jahre", "4_jahre_und_mehr"),
]
BEGAN = {3: "2024-02", 6: "2023-11", 12: "2023-05", 24: "2022-05", 36: "2021-05", 48: "2020-05"}


@pytest.mark.parametrize(("months", "below", "reached"), CLASSES)
def test_a_class_of_the_bezugsdauer_begins_on_the_day_its_months_are_reached(
    spec: Spec, months: int, below: str, reached: str
) -> None:
    spec.check(
        "core_personenmonat",
        stichtage="2024-05-15",
        core_person=persons(1, 2, 3),
        core_bestand=f"""
            person_nr | stichtag   | leistungsbezug_seit
            1         | 2024-05-15 | {BEGAN[months]}-16
            2         | 2024-05-15 | {BEGAN[months]}-15
            3         | 2024-05-15 | {BEGAN[months]}-14
        """,
        expected=f"""
            person_nr | bezugsdauer
            1         | {below}
            2         | {reached}
            3         | {reached}
        """,
    )


@pytest.mark.parametrize(
    ("stichtag", "seit", "bezugsdauer"),
    [
        ("2024-02-29", "2023-11-29", "3_bis_unter_6_monate"),
        ("2024-02-29", "2023-11-30", "3_bis_unter_6_monate"),
        ("2024-02-29", "2023-12-01", "unter_3_monate"),
        ("2024-02-28", "2023-11-30", "unter_3_monate"),
        ("2023-02-28", "2022-11-30", "3_bis_unter_6_monate"),
        ("2023-02-27", "2022-11-30", "unter_3_monate"),
        ("2024-02-29", "2023-08-31", "6_bis_unter_12_monate"),
        ("2023-02-28", "2022-08-31", "6_bis_unter_12_monate"),
        ("2025-02-28", "2024-02-29", "1_bis_unter_2_jahre"),
        ("2025-02-27", "2024-02-29", "6_bis_unter_12_monate"),
        ("2028-02-28", "2024-02-29", "3_bis_unter_4_jahre"),
        ("2028-02-29", "2024-02-29", "4_jahre_und_mehr"),
        ("2024-02-29", "2020-02-29", "4_jahre_und_mehr"),
    ],
)
def test_months_are_reached_on_the_same_day_or_on_the_last_day_of_a_shorter_month(
    spec: Spec, stichtag: str, seit: str, bezugsdauer: str
) -> None:
    spec.check(
        "core_personenmonat",
        stichtage=stichtag,
        core_person=persons(1),
        core_bestand=f"person_nr | stichtag | leistungsbezug_seit\n1 | {stichtag} | {seit}",
        expected=f"bezugsdauer\n{bezugsdauer}",
    )


def test_a_begin_that_is_missing_or_after_the_stichtag_is_unknown(spec: Spec) -> None:
    spec.check(
        "core_personenmonat",
        stichtage="2024-05-15",
        core_person=persons(1, 2, 3, 4),
        core_bestand="""
            person_nr | stichtag   | leistungsbezug_seit
            1         | 2024-05-15 |
            2         | 2024-05-15 | 2024-05-14
            3         | 2024-05-15 | 2024-05-15
            4         | 2024-05-15 | 2024-05-16
        """,
        expected="""
            person_nr | bezugsdauer
            1         | unbekannt
            2         | unter_3_monate
            3         | unter_3_monate
            4         | unbekannt
        """,
    )
