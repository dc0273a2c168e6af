"""What may be published of K2, before disclosure control (docs/methodik/geschlecht.md)."""

from pipeline.breakdowns import breakdowns
from pipeline.quotas.cube import monthly_sums
from pipeline.quotas.persons import person_cells
from tests.sql.running import Spec

STICHTAGE = "2023-12-15 2024-01-15 2024-02-15 2024-03-15 2024-04-15"
BREAKDOWNS = tuple(b for b in breakdowns() if b.id in ("insgesamt", "alter"))
STEPS = (
    "core_personenspur",
    "mart_personen",
    ("core_personenschnitt", person_cells(BREAKDOWNS)),
    "mart_veroeffentlichung",
)
OF_K2 = "code\nK2\nP1\nK2_JFW"

FENSTER = """
    kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr | monate | mit_gliederungen
    K2       | 2024-04       | 24288           | 24290            | 12     | true
    K2_JFW   | 2024-04       | 24288           | 24290            | 3      | true
    P1       | 2024-04       | 24288           | 24290            | 1      | true
"""

GLIEDERUNG = """
    kennzahl | schnitt   | auspraegung_1 | rang_1
    K2       | insgesamt | insgesamt     | 0
    K2       | alter     | unter_25      | 0
    K2       | alter     | unbekannt     | 1
    K2_JFW   | insgesamt | insgesamt     | 0
    P1       | insgesamt | insgesamt     | 0
"""

FIVE_SEXES = """
    person_nr | stichtag   | geschlecht | geschlecht_veroeffentlicht | alter    | integriert
    1         | 2024-01-15 | w          | w                          | unter_25 | 1
    2         | 2024-01-15 | m          | m                          | unter_25 | 0
    3         | 2024-01-15 | d          | w                          | unter_25 | 0
    4         | 2024-01-15 | o          | m                          | unter_25 | 1
    4         | 2024-02-15 | o          | m                          | unter_25 | 1
    5         | 2024-01-15 | u          | w                          | unter_25 | 0
"""


def test_d_o_and_u_are_counted_as_assigned_so_that_w_and_m_make_the_total(spec: Spec) -> None:
    spec.check(
        *STEPS,
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        mart_gliederung=GLIEDERUNG,
        core_personenmonat=FIVE_SEXES,
        expected="""
            kennzahl | schnitt   | auspraegung_1 | geschlecht | zaehler | bestand_monate | personen
            K2       | alter     | unbekannt     | insgesamt  | 0       | 0              | 0
            K2       | alter     | unbekannt     | m          | 0       | 0              | 0
            K2       | alter     | unbekannt     | w          | 0       | 0              | 0
            K2       | alter     | unter_25      | insgesamt  | 3       | 6              | 5
            K2       | alter     | unter_25      | m          | 2       | 3              | 2
            K2       | alter     | unter_25      | w          | 1       | 3              | 3
            K2       | insgesamt | insgesamt     | insgesamt  | 3       | 6              | 5
            K2       | insgesamt | insgesamt     | m          | 2       | 3              | 2
            K2       | insgesamt | insgesamt     | w          | 1       | 3              | 3
            K2_JFW   | insgesamt | insgesamt     | insgesamt  | 3       | 6              | 5
            K2_JFW   | insgesamt | insgesamt     | m          | 2       | 3              | 2
            K2_JFW   | insgesamt | insgesamt     | w          | 1       | 3              | 3
            P1       | insgesamt | insgesamt     | insgesamt  | 2       |                | 5
            P1       | insgesamt | insgesamt     | m          | 1       |                | 2
            P1       | insgesamt | insgesamt     | w          | 1       |                | 3
        """,
    )


def test_each_figure_has_its_own_denominator_and_quote(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("women", "select * from mart_veroeffentlichung where geschlecht = 'w'"),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        mart_gliederung=GLIEDERUNG,
        core_personenmonat=FIVE_SEXES,
        expected="""
            kennzahl | schnitt   | auspraegung_1 | zaehler | nenner | quote
            K2       | alter     | unbekannt     | 0       | 0      |
            K2       | alter     | unter_25      | 1       | 0.25   | 400
            K2       | insgesamt | insgesamt     | 1       | 0.25   | 400
            K2_JFW   | insgesamt | insgesamt     | 1       | 1      | 100
            P1       | insgesamt | insgesamt     | 1       | 3      | 33.33333333
        """,
    )


def test_the_sums_per_person_accompany_totals_and_cells_but_not_p1(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("men", "select * from mart_veroeffentlichung where geschlecht = 'm'"),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        mart_gliederung=GLIEDERUNG,
        core_personenmonat=FIVE_SEXES,
        expected="""
            kennzahl | schnitt   | auspraegung_1 | personen_zaehler | summe_zz | summe_zb | summe_bb
            K2       | alter     | unbekannt     | 0                | 0        | 0        | 0
            K2       | alter     | unter_25      | 1                | 4        | 4        | 5
            K2       | insgesamt | insgesamt     | 1                | 4        | 4        | 5
            K2_JFW   | insgesamt | insgesamt     | 1                | 4        | 4        | 5
            P1       | insgesamt | insgesamt     | 1                |          |          |
        """,
    )


def test_outside_the_publication_calendar_there_are_totals_only(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("women", "select * from mart_veroeffentlichung where geschlecht = 'w'"),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster="""
            kennzahl | berichtsmonat | erster_monat_nr | letzter_monat_nr | mit_gliederungen
            K2       | 2024-03       | 24288           | 24289            | false
            K2       | 2024-04       | 24288           | 24290            | true
            P1       | 2024-03       | 24288           | 24289            | false
            P1       | 2024-04       | 24288           | 24290            | true
        """,
        mart_gliederung=GLIEDERUNG,
        core_personenmonat="person_nr | stichtag | alter\n1 | 2024-01-15 | unter_25",
        expected="""
            kennzahl | berichtsmonat | schnitt   | auspraegung_1 | personen
            K2       | 2024-03       | insgesamt | insgesamt     | 1
            K2       | 2024-04       | alter     | unbekannt     | 0
            K2       | 2024-04       | alter     | unter_25      | 1
            K2       | 2024-04       | insgesamt | insgesamt     | 1
            P1       | 2024-03       | insgesamt | insgesamt     | 1
            P1       | 2024-04       | insgesamt | insgesamt     | 1
        """,
    )


def test_a_kennzahl_that_the_registry_lists_nowhere_has_no_rows(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("rows", "select distinct kennzahl, schnitt from mart_veroeffentlichung"),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        mart_gliederung="kennzahl | schnitt | auspraegung_1\nK2 | insgesamt | insgesamt",
        expected="kennzahl | schnitt\nK2 | insgesamt",
    )


def test_rows_stand_in_the_order_of_the_registry_and_women_first(spec: Spec) -> None:
    spec.check(
        *STEPS,
        ("k2", "select * from mart_veroeffentlichung where kennzahl = 'K2'"),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        mart_gliederung=GLIEDERUNG,
        ordered=True,
        expected="""
            schnitt   | auspraegung_1 | geschlecht
            alter     | unter_25      | w
            alter     | unter_25      | m
            alter     | unter_25      | insgesamt
            alter     | unbekannt     | w
            alter     | unbekannt     | m
            alter     | unbekannt     | insgesamt
            insgesamt | insgesamt     | w
            insgesamt | insgesamt     | m
            insgesamt | insgesamt     | insgesamt
        """,
    )


def test_where_all_are_w_or_m_the_published_figures_are_those_of_the_analysts(spec: Spec) -> None:
    equal = """
        select q.kennzahl, q.schnitt, q.auspraegung_1, q.geschlecht
        from mart_quote as q
        inner join mart_veroeffentlichung as v
            on
                q.kennzahl = v.kennzahl and q.schnitt = v.schnitt
                and q.auspraegung_1 = v.auspraegung_1 and q.geschlecht = v.geschlecht
                and q.zaehler = v.zaehler and q.nenner = v.nenner
                and q.bestand_monate is not distinct from v.bestand_monate
                and q.quote is not distinct from v.quote
        where q.schnitt = 'insgesamt' or q.auspraegung_1 = 'unter_25'
    """
    spec.check(
        *STEPS,
        ("mart_monatssumme", monthly_sums(BREAKDOWNS)),
        "mart_summe",
        "mart_quote",
        ("equal", equal),
        stichtage=STICHTAGE,
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        mart_gliederung=GLIEDERUNG,
        core_personenmonat="""
            person_nr | stichtag   | geschlecht | alter    | integriert
            1         | 2023-12-15 | w          | unter_25 | 1
            1         | 2024-01-15 | w          | unter_25 | 1
            1         | 2024-02-15 | m          | unter_25 | 1
            2         | 2024-03-15 | m          | unter_25 | 0
        """,
        expected="""
            kennzahl | schnitt   | auspraegung_1 | geschlecht
            K2       | alter     | unter_25      | insgesamt
            K2       | alter     | unter_25      | m
            K2       | alter     | unter_25      | w
            K2       | insgesamt | insgesamt     | insgesamt
            K2       | insgesamt | insgesamt     | m
            K2       | insgesamt | insgesamt     | w
            K2_JFW   | insgesamt | insgesamt     | insgesamt
            K2_JFW   | insgesamt | insgesamt     | m
            K2_JFW   | insgesamt | insgesamt     | w
            P1       | insgesamt | insgesamt     | insgesamt
            P1       | insgesamt | insgesamt     | m
            P1       | insgesamt | insgesamt     | w
        """,
    )


def test_cells_of_two_attributes_are_told_apart_by_both(spec: Spec) -> None:
    spec.check(
        "mart_veroeffentlichung",
        ("women", "select * from mart_veroeffentlichung where geschlecht = 'w'"),
        kennzahl=OF_K2,
        mart_fenster=FENSTER,
        mart_gliederung="""
            kennzahl | schnitt        | auspraegung_1 | auspraegung_2
            K2       | bg_typ_x_alter | sonstige      | unter_25
            K2       | bg_typ_x_alter | sonstige      | unbekannt
            K2       | bg_typ_x_alter | alleinstehend | unter_25
        """,
        core_personenschnitt="""
            kennzahl | berichtsmonat | schnitt        | auspraegung_1 | auspraegung_2 | zaehler
            K2       | 2024-04       | bg_typ_x_alter | sonstige      | unter_25      | 1
            K2       | 2024-04       | bg_typ_x_alter | sonstige      | unbekannt     | 2
            K2       | 2024-04       | bg_typ_x_alter | alleinstehend | unter_25      | 4
        """,
        expected="""
            auspraegung_1 | auspraegung_2 | zaehler
            alleinstehend | unter_25      | 4
            sonstige      | unbekannt     | 2
            sonstige      | unter_25      | 1
        """,
    )
