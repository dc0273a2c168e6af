"""With which of several earlier rows the fixed attributes of a person are compared."""

from tests.sql.running import Spec


def test_sex_and_year_of_birth_are_compared_with_the_newest_earlier_row(spec: Spec) -> None:
    spec.check(
        "core_bestandsvergleich",
        core_lieferung="""
            rang | lieferung | art           | tabelle | erster_stichtag | letzter_stichtag
            1    | L1        | voll          | bestand | 2024-01-15      | 2024-01-15
            2    | L2        | nachlieferung | bestand | 2024-01-15      | 2024-01-15
            3    | L3        | nachlieferung | bestand | 2024-01-15      | 2024-01-15
        """,
        stg_bestand="""
            lieferung | person_id | stichtag   | geschlecht | geburtsjahr
            L1        | A         | 2024-01-15 | w          | 1980
            L1        | B         | 2024-01-15 | m          | 1980
            L2        | A         | 2024-01-15 | m          | 1980
            L2        | B         | 2024-01-15 | m          | 1981
            L3        | A         | 2024-01-15 | m          | 1980
            L3        | B         | 2024-01-15 | m          | 1981
        """,
        expected="""
            lieferung | geaendert | geschlecht_anders | geburtsjahr_anders
            L2        | 2         | 1                 | 1
            L3        | 0         | 0                 | 0
        """,
    )
