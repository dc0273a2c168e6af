"""The SQL generated from breakdowns.toml: sums by month, and persons by cell."""

import pytest

from pipeline.breakdowns import Breakdown, breakdowns, breakdowns_of
from pipeline.quotas.cube import monthly_sums
from pipeline.quotas.persons import person_cells
from tests.sql.running import Spec

REGISTRY = {b.id: b for b in breakdowns()}
STICHTAGE = "2024-01-15 2024-02-15 2024-03-15 2024-04-15"


def chosen(*ids: str) -> tuple[Breakdown, ...]:
    return tuple(REGISTRY[name] for name in ids)


MONTHS = (
    "mart_monatssumme",
    monthly_sums(chosen("insgesamt", "alter", "bg_typ_x_alter")),
)
CELLS = ("core_personenschnitt", person_cells(chosen("insgesamt", "alter", "bg_typ_x_alter")))

FENSTER = """
    kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr
    K2       | 2024-04       | 24288           | 24290
    K2_JFW   | 2024-04       | 24287           | 24290
"""


def test_each_person_month_enters_each_breakdown_once_and_each_cross_once(spec: Spec) -> None:
    spec.check(
        MONTHS,
        stichtage=STICHTAGE,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | bg_typ   | alter     | integriert
            1         | 2024-01-15 | w          | sonstige | unter_25  | 1
            2         | 2024-01-15 | w          | sonstige | unbekannt | 0
            3         | 2024-01-15 | d          | sonstige | unter_25  | 1
        """,
        expected="""
            schnitt        | auspraegung_1 | auspraegung_2 | geschlecht | bestand | integriert
            alter          | unbekannt     | ''            | w          | 1       | 0
            alter          | unter_25      | ''            | d          | 1       | 1
            alter          | unter_25      | ''            | w          | 1       | 1
            bg_typ_x_alter | sonstige      | unbekannt     | w          | 1       | 0
            bg_typ_x_alter | sonstige      | unter_25      | d          | 1       | 1
            bg_typ_x_alter | sonstige      | unter_25      | w          | 1       | 1
            insgesamt      | insgesamt     | ''            | d          | 1       | 1
            insgesamt      | insgesamt     | ''            | w          | 2       | 1
        """,
    )


def test_months_are_kept_apart_and_those_without_a_following_stichtag_left_out(spec: Spec) -> None:
    spec.check(
        ("mart_monatssumme", monthly_sums(chosen("insgesamt"))),
        stichtage=STICHTAGE,
        core_personenmonat="""
            person_nr | stichtag   | berichtsmonat | integriert
            1         | 2024-01-15 | 2024-02       | 1
            1         | 2024-02-15 | 2024-03       | 0
            2         | 2024-02-15 | 2024-03       | 1
            1         | 2024-04-15 |               |
        """,
        expected="""
            monat_nr | schnitt   | bestand | integriert
            24288    | insgesamt | 1       | 1
            24289    | insgesamt | 2       | 1
        """,
    )


@pytest.mark.parametrize("schnitt", [b.id for b in breakdowns_of("K2") if len(b.merkmale) == 1])
def test_every_breakdown_of_the_registry_reads_its_own_column(spec: Spec, schnitt: str) -> None:
    (column,) = REGISTRY[schnitt].merkmale
    found = spec.run(
        ("core_personenmonat", f"select date '2024-01-01' as monat, '2024-02' as berichtsmonat, "
         f"'w' as geschlecht, 'wert' as {column}, 1 as integriert"),
        ("mart_monatssumme", monthly_sums(chosen("insgesamt", schnitt))),
        select=["schnitt", "auspraegung_1", "bestand"],
        stichtage="2024-01-15",
    )  # fmt: skip
    assert sorted(found) == sorted([("insgesamt", "insgesamt", 1), (schnitt, "wert", 1)])


def test_a_person_counts_once_in_each_cell_she_was_in_within_the_window(spec: Spec) -> None:
    spec.check(
        CELLS,
        ("cells", "select * from core_personenschnitt where geschlecht = 'w'"),
        stichtage="2023-12-15 " + STICHTAGE,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | alter     | bg_typ   | integriert
            1         | 2023-12-15 | unter_25  | sonstige | 1
            1         | 2024-01-15 | unter_25  | sonstige | 1
            1         | 2024-02-15 | unter_25  | sonstige | 0
            1         | 2024-03-15 | unbekannt | sonstige | 0
            2         | 2024-03-15 | unter_25  | sonstige | 1
            2         | 2024-04-15 | unter_25  | sonstige | 1
        """,
        expected="""
            schnitt        | auspraegung_1 | auspraegung_2 | personen | einheiten
            alter          | unbekannt     | ''            | 1        | 1
            alter          | unter_25      | ''            | 2        | 3
            bg_typ_x_alter | sonstige      | unbekannt     | 1        | 1
            bg_typ_x_alter | sonstige      | unter_25      | 2        | 3
        """,
    )


def test_the_sums_of_a_cell_are_those_of_the_persons_in_it(spec: Spec) -> None:
    spec.check(
        ("core_personenschnitt", person_cells(chosen("alter"))),
        ("cells", "select * from core_personenschnitt where geschlecht = 'insgesamt'"),
        stichtage=STICHTAGE,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | alter    | integriert
            1         | 2024-01-15 | unter_25 | 1
            1         | 2024-02-15 | unter_25 | 1
            1         | 2024-03-15 | unter_25 | 0
            2         | 2024-01-15 | unter_25 | 1
            3         | 2024-01-15 | unter_25 | 0
            3         | 2024-02-15 | unter_25 | 0
        """,
        expected="""
            kennzahl | zaehler | einheiten | summe_zz | summe_zb | summe_bb
            K2       | 3       | 6         | 5        | 7        | 14
        """,
    )


def test_a_person_whose_published_sex_changed_counts_once_in_all(spec: Spec) -> None:
    spec.check(
        ("core_personenschnitt", person_cells(chosen("alter"))),
        stichtage=STICHTAGE,
        mart_fenster=FENSTER,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | geschlecht_veroeffentlicht | alter    | integriert
            1         | 2024-01-15 | w          | w                          | unter_25 | 1
            1         | 2024-02-15 | m          | m                          | unter_25 | 1
            2         | 2024-01-15 | d          | w                          | unter_25 | 0
        """,
        expected="""
            geschlecht | personen | personen_zaehler | zaehler | einheiten | summe_zz
            insgesamt  | 2        | 1                | 2       | 3         | 4
            m          | 1        | 1                | 1       | 1         | 1
            w          | 2        | 1                | 1       | 2         | 1
        """,
    )


def test_cells_are_counted_for_months_of_the_publication_calendar_only(spec: Spec) -> None:
    spec.check(
        ("core_personenschnitt", person_cells(chosen("alter"))),
        ("cells", "select * from core_personenschnitt where geschlecht = 'w'"),
        stichtage=STICHTAGE,
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr | mit_gliederungen
            K2       | 2024-03       | 24288           | 24289            | false
            K2       | 2024-04       | 24288           | 24290            | true
        """,
        core_personenmonat="""
            person_nr | stichtag   | alter
            1         | 2024-01-15 | unter_25
        """,
        expected="berichtsmonat | schnitt | personen\n2024-04 | alter | 1",
    )
