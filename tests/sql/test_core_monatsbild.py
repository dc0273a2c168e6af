"""How each month is composed (docs/methodik/pruefung.md)."""

from tests.sql.running import Spec

FILLED = """
    person_nr | monat      | geschlecht | bg_typ        | geburtsjahr | leistungsbezug_seit
    1         | 2024-01-01 | w          | alleinstehend | 1980        | 2020-01-01
    2         | 2024-01-01 | w          | sonstige      |             |
    3         | 2024-01-01 | m          | sonstige      | 1980        |
    1         | 2024-02-01 | w          | alleinstehend | 1980        | 2020-01-01
"""


def shown(spec: Spec, merkmal: str, **inputs: str) -> list[tuple[object, ...]]:
    """Month, category and rows of one attribute, in the order of the table."""
    columns = ["merkmal", "monat", "auspraegung", "zeilen"]
    rows = spec.run("core_monatsbild", select=columns, **inputs)
    return [(f"{month:%Y-%m}", *rest) for name, month, *rest in rows if name == merkmal]


def test_each_category_of_a_month_is_counted(spec: Spec) -> None:
    assert shown(spec, "geschlecht", core_bestand=FILLED) == [
        ("2024-01", "m", 1),
        ("2024-01", "w", 2),
        ("2024-02", "w", 1),
    ]
    assert shown(spec, "bg_typ", core_bestand=FILLED) == [
        ("2024-01", "alleinstehend", 1),
        ("2024-01", "sonstige", 2),
        ("2024-02", "alleinstehend", 1),
    ]


def test_numbers_and_days_count_as_filled_or_empty_only(spec: Spec) -> None:
    assert shown(spec, "geburtsjahr", core_bestand=FILLED) == [
        ("2024-01", "gefuellt", 2),
        ("2024-01", "leer", 1),
        ("2024-02", "gefuellt", 1),
    ]
    assert shown(spec, "leistungsbezug_seit", core_bestand=FILLED) == [
        ("2024-01", "gefuellt", 1),
        ("2024-01", "leer", 2),
        ("2024-02", "gefuellt", 1),
    ]
    assert shown(spec, "juengstes_kind_alter", core_bestand=FILLED) == [
        ("2024-01", "leer", 3),
        ("2024-02", "leer", 1),
    ]


def test_take_ups_and_participations_count_in_the_month_they_begin(spec: Spec) -> None:
    spec.check(
        "core_monatsbild",
        core_beschaeftigung="""
            beschaeftigung_id | beginn     | art
            a                 | 2024-01-31 | sv
            b                 | 2024-02-01 | sv
            c                 | 2024-02-29 | sv
        """,
        core_teilnahme="""
            teilnahme_id | eintritt   | instrument
            a            | 2024-02-10 | MAT
        """,
        expected="""
            tabelle          | monat      | merkmal    | auspraegung | zeilen
            beschaeftigungen | 2024-01-01 | art        | sv          | 1
            beschaeftigungen | 2024-02-01 | art        | sv          | 2
            teilnahmen       | 2024-02-01 | instrument | MAT         | 1
        """,
        ordered=True,
    )
