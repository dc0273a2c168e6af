"""Take-ups and participations that were taken (docs/methodik/zusammenfuehrung.md)."""

from tests.sql.running import Spec


def test_only_rows_that_were_taken_become_take_ups(spec: Spec) -> None:
    spec.check(
        "core_beschaeftigung",
        core_verbleib="""
            tabelle          | lieferung | datei | zeile | verbleib     | person_nr
            beschaeftigungen | L1        | b.csv | 2     | uebernommen  | 1
            beschaeftigungen | L1        | b.csv | 3     | ersetzt      | 1
            beschaeftigungen | L1        | b.csv | 4     | entfallen    | 1
            beschaeftigungen | L1        | b.csv | 5     | ohne_bestand |
            teilnahmen       | L1        | b.csv | 4     | uebernommen  | 9
            beschaeftigungen | L2        | b.csv | 5     | uebernommen  | 9
            beschaeftigungen | L1        | c.csv | 5     | uebernommen  | 9
        """,
        stg_beschaeftigungen="""
            datei | zeile | beschaeftigung_id | beginn     | ende       | art | erfasst_am
            b.csv | 2     | a                 | 2024-02-01 | 2024-02-02 | sv  | 2024-02-03
            b.csv | 3     | b                 | 2024-02-01 |            | sv  |
            b.csv | 4     | c                 | 2024-02-01 |            | sv  |
            b.csv | 5     | d                 | 2024-02-01 |            | sv  |
        """,
        expected="""
            person_nr | beschaeftigung_id | beginn     | ende       | art | erfasst_am
            1         | a                 | 2024-02-01 | 2024-02-02 | sv  | 2024-02-03
        """,
    )


def test_only_rows_that_were_taken_become_participations(spec: Spec) -> None:
    spec.check(
        "core_teilnahme",
        core_verbleib="""
            tabelle          | lieferung | datei | zeile | verbleib     | person_nr
            teilnahmen       | L1        | t.csv | 2     | uebernommen  | 1
            teilnahmen       | L1        | t.csv | 3     | ersetzt      | 1
            teilnahmen       | L1        | t.csv | 4     | entfallen    | 1
            teilnahmen       | L1        | t.csv | 5     | ohne_bestand |
            beschaeftigungen | L1        | t.csv | 4     | uebernommen  | 9
            teilnahmen       | L2        | t.csv | 5     | uebernommen  | 9
            teilnahmen       | L1        | u.csv | 5     | uebernommen  | 9
        """,
        stg_teilnahmen="""
            datei | zeile | teilnahme_id | person_id | instrument | eintritt   | austritt
            t.csv | 2     | a            | A         | FBW        | 2024-02-01 | 2024-02-29
            t.csv | 3     | b            | A         | FBW        | 2024-02-01 |
            t.csv | 4     | c            | A         | FBW        | 2024-02-01 |
            t.csv | 5     | d            | X         | FBW        | 2024-02-01 |
        """,
        expected="""
            person_nr | teilnahme_id | instrument | eintritt   | austritt
            1         | a            | FBW        | 2024-02-01 | 2024-02-29
        """,
    )
