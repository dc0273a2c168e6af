"""The track of a person: months in stock and with an event (docs/methodik/p1.md)."""

from tests.sql.running import Spec


def test_only_kennzahlen_of_the_stock_have_tracks_and_not_the_one_since_january(
    spec: Spec,
) -> None:
    spec.check(
        "core_personenspur",
        stichtage="2024-01-15 2024-02-15",
        kennzahl="code\nK2\nK2_JFW\nK2E3\nK2E4\nEQ_6",
        core_personenmonat="""
            person_nr | stichtag   | bg_typ          | integriert
            1         | 2024-01-15 | alleinerziehend | 1
            1         | 2024-02-15 | sonstige        | 1
            2         | 2024-01-15 | sonstige        | 0
        """,
        expected="""
            kennzahl | person_nr | bit_count(bestand) | bit_count(ereignis)
            K2       | 1         | 2                  | 2
            K2       | 2         | 1                  |
            K2E4     | 1         | 1                  | 1
        """,
    )
