"""The stage that writes pub_quote and pub_angaben, run on small Parquet files."""

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.disclosure.stage import PUB_QUOTE, run
from pipeline.settings import Settings
from pipeline.stages import Work
from tests.disclosure.cells import draw

ALL_COLUMNS = "person_id,stichtag,geschlecht,geburtsjahr,bg_typ,juengstes_kind_alter"
OF_MEASURES = "EQ_1,EQ_3,EQ_6,EQ_9,EQ_12,EQ_18,FQ,FA_ELB,FA_ALO"
MONTHS = {
    "2023-11": "stichtage_fehlen",
    "2023-12": "",
    "2024-01": "",
    "2024-02": "wartezeit_laeuft",
}


def publish(
    folder: Path,
    sexes: str = "w m",
    months: dict[str, dict[str, str]] | None = None,
    cells: str = "geschlecht | zaehler\nw | 2\nm | 40\ninsgesamt | 42",
    shares: str = "kennzahl | geschlecht\nFA_ELB | w",
    delivered: dict[str, str] | None = None,
) -> dict[str, pd.DataFrame]:
    """Run the stage; sexes: one person each. Returns the written tables by name.

    months: per Kennzahl its months and why they are not published. cells and shares: drawings of
    mart_veroeffentlichung and mart_anteil. delivered: tables and their columns.
    """
    reasons = {"K2": MONTHS} if months is None else months
    tables: dict[str, list[dict[str, Any]]] = {
        "core_lieferung": [
            {"tabelle": table, "spalten": columns}
            for table, columns in (delivered or {"bestand": ALL_COLUMNS}).items()
        ],
        "core_lauf": [
            {
                "datenstand": date(2024, 4, 30),
                "traeger": "T",
                "synthetisch": True,
                "pseudonym": "stabil",
            }
        ],
        "core_personenmonat": [
            {"person_nr": number, "geschlecht": sex} for number, sex in enumerate(sexes.split())
        ],
        "mart_berichtsmonat": [
            {
                "kennzahl": kennzahl, "berichtsmonat": m, "monat_nr": n,
                "veroeffentlichbar": not r, "grund": r,
            }
            for kennzahl, judged in reasons.items()
            for n, (m, r) in enumerate(judged.items())
        ],
    }  # fmt: skip
    for name in ("in", "out"):
        (folder / name).mkdir()
    inputs = {name: folder / "in" / f"{name}.parquet" for name in tables}
    for name, rows in tables.items():
        pq.write_table(pa.Table.from_pylist(rows), inputs[name])
    for name, drawing in (("mart_veroeffentlichung", cells), ("mart_anteil", shares)):
        inputs[name] = folder / "in" / f"{name}.parquet"
        draw(drawing).astype({"bestand_monate": "Int64"}).to_parquet(inputs[name])
    settings = Settings(jobcenter="Jobcenter Musterstadt", threads=1)
    run(Work(inputs, {}, folder / "out", folder / "temp", settings))
    return {path.stem: pd.read_parquet(path) for path in (folder / "out").iterdir()}


def fact(tables: dict[str, pd.DataFrame], key: str) -> str:
    facts = tables["pub_angaben"].set_index("schluessel")["wert"]
    return str(facts[key])


def of_k2(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    quotes = tables["pub_quote"]
    return quotes[quotes["kennzahl"] == "K2"]


def test_pub_quote_has_the_columns_of_its_schema_and_the_suppression_done(tmp_path: Path) -> None:
    quotes = of_k2(publish(tmp_path))
    assert pq.read_schema(tmp_path / "out" / "pub_quote.parquet").names == PUB_QUOTE.names
    assert list(quotes["geschlecht"]) == ["w", "m", "insgesamt"]
    assert list(quotes["status"]) == ["gesperrt", "gesperrt", "ok"]
    assert list(quotes["zaehler"].isna()) == [True, True, False]


def test_p1_is_judged_by_its_complement_and_the_crosses_of_the_registry_by_their_margins(
    tmp_path: Path,
) -> None:
    cells = """
        kennzahl | schnitt        | auspraegung_1 | auspraegung_2 | personen | zaehler
        P1       | insgesamt      | insgesamt     | ''            | 100      | 98
        K2       | bg_typ_x_alter | sonstige      | unter_25      | 100      | 2
        K2       | bg_typ_x_alter | sonstige      | unbekannt     | 100      | 50
        K2       | bg_typ         | sonstige      | ''            | 200      | 52
        K2       | alter          | unbekannt     | ''            | 100      | 50
    """
    quotes = publish(tmp_path, cells=cells)["pub_quote"]
    assert list(quotes["status"])[:5] == ["gesperrt", "gesperrt", "gesperrt", "ok", "gesperrt"]


def test_a_name_of_the_registrys_free_text_that_few_persons_have_is_not_published(
    tmp_path: Path,
) -> None:
    cells = """
        schnitt     | auspraegung_1 | personen | zaehler
        stadtbezirk | Mitte         | 50       | 20
        stadtbezirk | Musterfrau    | 9        | 9
        stadtbezirk | Nord          | 60       | 20
        alter       | unter_25      | 9        | 9
    """
    quotes = of_k2(publish(tmp_path, cells=cells))
    assert list(quotes["auspraegung_1"]) == ["Mitte", "Nord", "unter_25"]
    assert list(quotes["status"]) == ["gesperrt", "ok", "unsicher"]


def test_the_facts_name_the_run_its_months_and_why_the_others_are_missing(tmp_path: Path) -> None:
    tables = publish(tmp_path)
    assert fact(tables, "jobcenter") == "Jobcenter Musterstadt"
    assert fact(tables, "traeger") == "T"
    assert fact(tables, "datenstand") == "2024-04-30"
    assert fact(tables, "synthetisch") == "true"
    assert fact(tables, "pseudonym") == "stabil"
    assert fact(tables, "berichtsmonat") == "2024-01"
    assert fact(tables, "berichtsmonate") == "2023-12..2024-01"
    missing = "K2:2023-11=stichtage_fehlen;K2:2024-02=wartezeit_laeuft"
    assert fact(tables, "nicht_veroeffentlichbar") == missing


def test_without_a_publishable_month_the_newest_one_is_empty(tmp_path: Path) -> None:
    tables = publish(tmp_path, months={"K2": {"2024-01": "stichtage_fehlen"}})
    assert fact(tables, "berichtsmonat") == ""
    assert fact(tables, "berichtsmonate") == ""


def test_a_breakdown_whose_column_no_delivery_carries_is_named(tmp_path: Path) -> None:
    named = fact(publish(tmp_path), "fehlende_merkmale").split(",")
    assert {"massnahme", "bezugsdauer", "massnahme_x_bezugsdauer", "stadtbezirk"} <= set(named)
    assert not {"insgesamt", "alter", "bg_typ", "bg_typ_x_alter", "kind_unter_3"} & set(named)


def test_kennzahlen_whose_months_fail_for_the_same_reasons_are_named_together(
    tmp_path: Path,
) -> None:
    tables = publish(
        tmp_path,
        months={
            "K2": {"2024-01": "", "2024-02": "wartezeit_laeuft"},
            "P1": {"2024-01": "", "2024-02": "wartezeit_laeuft"},
            "M1": {"2024-01": "verbleib_offen", "2024-02": "wartezeit_laeuft"},
            "FQ": {"2024-01": "", "2024-02": ""},
        },
    )
    assert fact(tables, "nicht_veroeffentlichbar") == (
        "K2,P1:2024-02=wartezeit_laeuft;M1:2024-01=verbleib_offen;M1:2024-02=wartezeit_laeuft"
    )


def test_the_newest_month_is_that_of_k2_whatever_others_have(tmp_path: Path) -> None:
    tables = publish(tmp_path, months={"K2": {"2024-01": ""}, "FQ": {"2024-04": ""}})
    assert fact(tables, "berichtsmonat") == "2024-01"


@pytest.mark.parametrize(
    ("columns", "missing"),
    [("", f"K2E4,K3E1,{OF_MEASURES}"), ("lzb", f"K2E4,{OF_MEASURES}"), ("bg_typ,lzb", OF_MEASURES)],
)
def test_a_kennzahl_whose_column_no_delivery_carries_is_named(
    tmp_path: Path, columns: str, missing: str
) -> None:
    delivered = {"bestand": f"person_id,stichtag,geschlecht,{columns}"}
    assert fact(publish(tmp_path, delivered=delivered), "fehlende_kennzahlen") == missing


def test_with_participations_only_the_share_among_the_unemployed_needs_another_column(
    tmp_path: Path,
) -> None:
    bestand = "person_id,stichtag,geschlecht,bg_typ,lzb"
    delivered = {"bestand": bestand, "teilnahmen": "teilnahme_id,person_id,instrument"}
    tables = publish(tmp_path, delivered=delivered)
    assert fact(tables, "fehlende_kennzahlen") == "FA_ALO"


def test_the_shares_of_the_stock_are_published_and_judged_like_the_rest(tmp_path: Path) -> None:
    shares = """
        kennzahl | geschlecht | personen | zaehler | nenner | personen_zaehler
        FA_ELB   | w          | 100      | 398     | 400    | 98
        FA_ELB   | m          | 100      | 2       | 400    | 2
        FA_ELB   | insgesamt  | 100      | 400     | 400    | 100
        FA_ALO   | w          | 50       | 90      | 180    | 25
        FA_ALO   | m          | 50       | 90      | 180    | 25
        FA_ALO   | insgesamt  | 50       | 180     | 180    | 50
    """
    quotes = publish(tmp_path, shares=shares)["pub_quote"]
    of_stock, of_unemployed = (quotes[quotes["kennzahl"] == k] for k in ("FA_ELB", "FA_ALO"))
    assert list(of_stock["status"]) == ["gesperrt", "gesperrt", "ok"]
    assert list(of_unemployed["status"]) == ["ok", "ok", "ok"]
    assert list(of_unemployed["quote"]) == [50.0, 50.0, 100.0]


@pytest.mark.parametrize(("of_kennzahl", "of_k2"), [(12, 2), (2, 12)])
@pytest.mark.parametrize(
    ("kennzahl", "schnitt", "code"), [("K2E4", "bg_typ", "alleinerziehend"), ("K3E1", "lzb", "ja")]
)
def test_figures_over_the_same_people_of_the_registry_share_their_status(
    tmp_path: Path, kennzahl: str, schnitt: str, code: str, of_kennzahl: int, of_k2: int
) -> None:
    cells = f"""
        kennzahl   | schnitt   | auspraegung_1 | personen | zaehler | personen_zaehler
        {kennzahl} | insgesamt | insgesamt     | 40       | 12      | {of_kennzahl}
        K2         | {schnitt} | {code}        | 40       | 12      | {of_k2}
    """
    quotes = publish(tmp_path, cells=cells)["pub_quote"]
    assert list(quotes["status"])[:2] == ["gesperrt", "gesperrt"]


@pytest.mark.parametrize(
    ("sexes", "assigned"),
    [
        ("w m w", "0"),
        ("w m d", "weniger als 3"),
        ("w o u", "weniger als 3"),
        ("d o u", "3"),
        ("d o u d", "4"),
    ],
)
def test_one_or_two_persons_with_an_assigned_sex_are_not_counted_out(
    tmp_path: Path, sexes: str, assigned: str
) -> None:
    assert fact(publish(tmp_path, sexes=sexes), "geschlecht_zugeordnet") == assigned
