"""The SQL generated from breakdowns.toml for intervals: persons and their sums in each cell.

Drawn short: z the numerator, b the denominator, p and pz the persons behind them, zz, zb and bb the
sums over persons of the products of their parts.
"""

from pipeline.breakdowns import Breakdown, breakdowns
from pipeline.quotas.unit_cells import unit_cells
from tests.sql.running import Spec

REGISTRY = {b.id: b for b in breakdowns()}


def cells(*ids: str) -> tuple[str, str]:
    """The SQL for these breakdowns, of exits and of participants alike."""
    found: tuple[Breakdown, ...] = tuple(REGISTRY[name] for name in ids)
    return "core_einheitenschnitt", unit_cells(found, found)


def rows(condition: str) -> tuple[str, str]:
    """A step that leaves some rows, with short names of their figures."""
    short = (
        "zaehler as z, einheiten as b, personen as p, personen_zaehler as pz, "
        "summe_zz as zz, summe_zb as zb, summe_bb as bb"
    )
    return "chosen", f"select *, {short} from core_einheitenschnitt where {condition}"


CELLS = cells("insgesamt", "massnahme")
TOTAL = cells("insgesamt")

FENSTER = """
    kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
    K2E3     | 2024-01       | 24287           | 24288
    M1       | 2024-01       | 24287           | 24288
    EQ_1     | 2024-01       | 24287           | 24288
    EQ_6     | 2024-01       | 24287           | 24288
    FQ       | 2024-01       | 24287           | 24288
"""


def test_the_integrations_of_a_person_are_added_up_before_they_are_squared(spec: Spec) -> None:
    spec.check(
        TOTAL,
        rows("geschlecht = 'insgesamt'"),
        mart_fenster=FENSTER,
        core_integration="""
            person_nr | berichtsmonat | kontinuierlich | bestand_verlassen
            1         | 2023-12       | 1              | 1
            1         | 2024-01       | 0              | 1
            2         | 2024-01       |                | 0
            3         | 2024-01       | 0              | 0
            3         | 2023-11       | 1              | 1
            3         | 2024-02       | 1              | 1
        """,
        expected="""
            kennzahl | z | b | p | pz | zz | zb | bb
            K2E3     | 1 | 3 | 2 | 1  | 1  | 2  | 5
            M1       | 2 | 4 | 3 | 1  | 4  | 4  | 6
        """,
    )


def test_an_integration_has_the_published_sex_of_its_month_and_its_person_counts_once_in_all(
    spec: Spec,
) -> None:
    spec.check(
        TOTAL,
        rows("kennzahl = 'M1'"),
        mart_fenster=FENSTER,
        core_integration="""
            person_nr | berichtsmonat | geschlecht | geschlecht_veroeffentlicht | bestand_verlassen
            1         | 2023-12       | w          | w                          | 1
            1         | 2024-01       | d          | m                          | 1
        """,
        expected="""
            geschlecht | z | b | p | zz
            insgesamt  | 2 | 2 | 1 | 4
            m          | 1 | 1 | 1 | 1
            w          | 1 | 1 | 1 | 1
        """,
    )


def test_the_exits_of_a_person_are_added_up_in_each_cell_and_interval(spec: Spec) -> None:
    spec.check(
        CELLS,
        rows("geschlecht = 'w'"),
        mart_fenster=FENSTER,
        core_austritt="""
            teilnahme_id | person_nr | austritt   | massnahme
            a            | 1         | 2023-12-01 | kommunal
            b            | 1         | 2024-01-31 | kommunal
            c            | 1         | 2024-01-31 | weiterbildung
            d            | 2         | 2024-01-31 | kommunal
            e            | 2         | 2023-11-30 | kommunal
            f            | 2         | 2024-02-01 | kommunal
        """,
        core_austritt_beschaeftigt="""
            kennzahl | teilnahme_id
            EQ_1     | a
            EQ_1     | b
            EQ_1     | e
            EQ_6     | d
            EQ_18    | c
        """,
        expected="""
            kennzahl | auspraegung_1 | z | b | p | pz | zz | zb | bb
            EQ_1     | insgesamt     | 2 | 4 | 2 | 1  | 4  | 6  | 10
            EQ_1     | kommunal      | 2 | 3 | 2 | 1  | 4  | 4  | 5
            EQ_1     | weiterbildung | 0 | 1 | 1 | 0  | 0  | 0  | 1
            EQ_6     | insgesamt     | 1 | 4 | 2 | 1  | 1  | 1  | 10
            EQ_6     | kommunal      | 1 | 3 | 2 | 1  | 1  | 1  | 5
            EQ_6     | weiterbildung | 0 | 1 | 1 | 0  | 0  | 0  | 1
        """,
    )


def test_exits_of_a_person_under_two_sexes_are_one_person_in_all(spec: Spec) -> None:
    spec.check(
        CELLS,
        rows("kennzahl = 'EQ_6'"),
        mart_fenster=FENSTER,
        core_austritt="""
            teilnahme_id | person_nr | austritt   | geschlecht_veroeffentlicht | massnahme
            a            | 1         | 2024-01-31 | w                          | kommunal
            b            | 1         | 2024-01-31 | m                          | kommunal
        """,
        core_austritt_beschaeftigt="kennzahl | teilnahme_id\nEQ_6 | b",
        expected="""
            schnitt   | geschlecht | z | b | p | bb
            insgesamt | insgesamt  | 1 | 2 | 1 | 4
            insgesamt | m          | 1 | 1 | 1 | 1
            insgesamt | w          | 0 | 1 | 1 | 1
            massnahme | insgesamt  | 1 | 2 | 1 | 4
            massnahme | m          | 1 | 1 | 1 | 1
            massnahme | w          | 0 | 1 | 1 | 1
        """,
    )


def test_an_interval_that_is_not_known_yet_has_no_cell(spec: Spec) -> None:
    spec.check(
        TOTAL,
        rows("geschlecht = 'insgesamt'"),
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
            EQ_1     | 2024-01       | 24277           | 24288
            EQ_1     | 2023-12       | 24276           | 24287
            EQ_6     | 2023-12       | 24276           | 24287
        """,
        core_austritt="person_nr | austritt\n1 | 2023-12-31\n2 | 2024-01-31",
        expected="""
            kennzahl | berichtsmonat | b
            EQ_1     | 2023-12       | 1
            EQ_1     | 2024-01       | 2
            EQ_6     | 2023-12       | 1
        """,
    )


def test_outside_the_publication_calendar_there_are_totals_only(spec: Spec) -> None:
    spec.check(
        CELLS,
        rows("geschlecht = 'insgesamt'"),
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr | mit_gliederungen
            EQ_6     | 2023-12       | 24276           | 24287            | true
            EQ_6     | 2024-01       | 24277           | 24288            | false
            FQ       | 2023-12       | 24276           | 24287            | true
            FQ       | 2024-01       | 24277           | 24288            | false
        """,
        core_austritt="person_nr | austritt | massnahme\n1 | 2023-12-31 | kommunal",
        core_teilnahmetag="monat_nr | person_nr | massnahme\n24287 | 1 | kommunal",
        expected="""
            kennzahl | berichtsmonat | schnitt
            EQ_6     | 2023-12       | insgesamt
            EQ_6     | 2023-12       | massnahme
            EQ_6     | 2024-01       | insgesamt
            FQ       | 2023-12       | insgesamt
            FQ       | 2023-12       | massnahme
            FQ       | 2024-01       | insgesamt
        """,
    )


def test_of_participants_the_denominator_of_each_sex_is_everybody(spec: Spec) -> None:
    spec.check(
        TOTAL,
        rows("kennzahl = 'FQ'"),
        mart_fenster=FENSTER,
        core_teilnahmetag="""
            monat_nr | teilnahme_id | person_nr | geschlecht
            24286    | a            | 1         | w
            24287    | a            | 1         | w
            24288    | a            | 1         | w
            24287    | b            | 2         | m
            24289    | b            | 2         | m
        """,
        expected="""
            kennzahl | geschlecht | z | b | p | pz | zz | zb | bb
            FQ       | insgesamt  | 3 | 3 | 2 | 2  | 5  | 5  | 5
            FQ       | m          | 1 | 3 | 2 | 1  | 1  | 1  | 5
            FQ       | w          | 2 | 3 | 2 | 1  | 4  | 4  | 5
        """,
    )


def test_who_is_in_two_measures_of_a_group_counts_once_there_and_once_in_the_total(
    spec: Spec,
) -> None:
    spec.check(
        CELLS,
        rows("geschlecht = 'w'"),
        mart_fenster=FENSTER,
        core_teilnahmetag="""
            monat_nr | teilnahme_id | person_nr | massnahme
            24288    | a            | 1         | kommunal
            24288    | b            | 1         | kommunal
            24288    | c            | 1         | weiterbildung
        """,
        expected="""
            schnitt   | auspraegung_1 | z | b | p
            insgesamt | insgesamt     | 1 | 1 | 1
            massnahme | kommunal      | 1 | 1 | 1
            massnahme | weiterbildung | 1 | 1 | 1
        """,
    )


def test_who_is_in_two_measures_under_two_sexes_counts_for_both_and_once_in_all(
    spec: Spec,
) -> None:
    spec.check(
        TOTAL,
        rows("kennzahl = 'FQ'"),
        mart_fenster=FENSTER,
        core_teilnahmetag="""
            monat_nr | teilnahme_id | person_nr | geschlecht | geschlecht_veroeffentlicht
            24288    | a            | 1         | w          | w
            24288    | b            | 1         | o          | m
            24287    | a            | 1         | w          | w
        """,
        expected="""
            geschlecht | z | b | zz | zb | bb
            insgesamt  | 2 | 2 | 4  | 4  | 4
            m          | 1 | 2 | 1  | 2  | 4
            w          | 2 | 2 | 4  | 4  | 4
        """,
    )
