"""Every cell that has a row (docs/methodik/gliederungen.md)."""

from tests.sql.running import Spec


def test_a_district_has_rows_for_the_values_in_the_data_only(spec: Spec) -> None:
    spec.check(
        "mart_gliederung",
        registry_gliederung="""
            kennzahl | schnitt     | auspraegung_1 | rang_1 | nach_daten
            K2       | alter       | unbekannt     | 5      | false
            K2       | stadtbezirk | ''            | 0      | true
            P1       | insgesamt   | insgesamt     | 0      | false
        """,
        core_bestand="""
            person_nr | stichtag   | stadtbezirk
            1         | 2024-01-15 | Nord
            2         | 2024-01-15 | Mitte
            2         | 2024-02-15 | Mitte
            3         | 2024-01-15 | unbekannt
        """,
        ordered=True,
        expected="""
            kennzahl | schnitt     | auspraegung_1 | auspraegung_2 | rang_1 | rang_2
            K2       | alter       | unbekannt     | ''            | 5      | 0
            K2       | stadtbezirk | Mitte         | ''            | 1      | 0
            K2       | stadtbezirk | Nord          | ''            | 2      | 0
            K2       | stadtbezirk | unbekannt     | ''            | 3      | 0
            P1       | insgesamt   | insgesamt     | ''            | 0      | 0
        """,
    )


def test_measures_and_providers_have_rows_for_the_values_of_all_participations(spec: Spec) -> None:
    spec.check(
        "mart_gliederung",
        registry_gliederung="""
            kennzahl | schnitt      | auspraegung_1 | nach_daten | oeffentlich
            EQ_1     | massnahme_id | ''            | true       | false
            EQ_6     | massnahme_id | ''            | true       | false
            EQ_6     | traeger_id   | ''            | true       | true
        """,
        core_teilnahme="""
            person_nr | instrument | eintritt   | massnahme_id | traeger_id
            1         | MAT        | 2024-01-15 | K7           | Nord
            2         | MAT        | 2024-01-15 | K7           |
            2         | VB         | 1999-01-15 | K2           | Nord
        """,
        ordered=True,
        expected="""
            kennzahl | schnitt      | auspraegung_1 | rang_1 | oeffentlich
            EQ_1     | massnahme_id | K2            | 1      | false
            EQ_1     | massnahme_id | K7            | 2      | false
            EQ_6     | massnahme_id | K2            | 1      | false
            EQ_6     | massnahme_id | K7            | 2      | false
            EQ_6     | traeger_id   | Nord          | 1      | true
            EQ_6     | traeger_id   | unbekannt     | 2      | true
        """,
    )


def test_a_breakdown_that_no_delivery_allows_has_no_rows(spec: Spec) -> None:
    spec.check(
        "mart_gliederung",
        registry_gliederung="kennzahl | schnitt | auspraegung_1\nK2 | alter | unbekannt",
        core_bestand="person_nr | stichtag | stadtbezirk\n1 | 2024-01-15 | Nord",
        core_teilnahme="person_nr | eintritt | massnahme_id\n1 | 2024-01-15 | K7",
        expected="schnitt | auspraegung_1\nalter | unbekannt",
    )


def test_a_participation_without_measure_or_provider_is_in_the_row_unbekannt(spec: Spec) -> None:
    spec.check(
        "mart_gliederung",
        registry_gliederung="""
            kennzahl | schnitt      | auspraegung_1 | nach_daten
            EQ_6     | massnahme_id | ''            | true
            EQ_6     | traeger_id   | ''            | true
        """,
        core_teilnahme="""
            person_nr | eintritt   | massnahme_id | traeger_id
            1         | 2024-01-15 |              |
            2         | 2024-01-15 |              | unbekannt
        """,
        expected="""
            schnitt      | auspraegung_1 | rang_1
            massnahme_id | unbekannt     | 1
            traeger_id   | unbekannt     | 1
        """,
    )


def test_without_participations_there_are_no_rows_by_measure_or_provider(spec: Spec) -> None:
    spec.check(
        "mart_gliederung",
        registry_gliederung="""
            kennzahl | schnitt      | auspraegung_1 | nach_daten
            EQ_6     | insgesamt    | insgesamt     | false
            EQ_6     | massnahme_id | ''            | true
            EQ_6     | traeger_id   | ''            | true
        """,
        core_bestand="person_nr | stichtag | stadtbezirk\n1 | 2024-01-15 | Nord",
        expected="schnitt | auspraegung_1\ninsgesamt | insgesamt",
    )
