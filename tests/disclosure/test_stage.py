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
MONTHS = {
    "2023-11": "stichtage_fehlen",
    "2023-12": "",
    "2024-01": "",
    "2024-02": "wartezeit_laeuft",
}


def publish(
    folder: Path,
    sexes: str = "w m",
    months: dict[str, str] | None = None,
    cells: str = "geschlecht | zaehler\nw | 2\nm | 40\ninsgesamt | 42",
) -> dict[str, pd.DataFrame]:
    """Run the stage; sexes: one person each. Returns the written tables by name."""
    reasons = MONTHS if months is None else months
    tables: dict[str, list[dict[str, Any]]] = {
        "core_lieferung": [{"tabelle": "bestand", "spalten": ALL_COLUMNS}],
        "core_lauf": [{"datenstand": date(2024, 4, 30), "traeger": "T", "synthetisch": True}],
        "core_personenmonat": [
            {"person_nr": number, "geschlecht": sex} for number, sex in enumerate(sexes.split())
        ],
        "mart_berichtsmonat": [
            {"berichtsmonat": m, "monat_nr": n, "veroeffentlichbar": not r, "grund": r}
            for n, (m, r) in enumerate(reasons.items())
        ],
    }
    for name in ("in", "out"):
        (folder / name).mkdir()
    inputs = {name: folder / "in" / f"{name}.parquet" for name in tables}
    for name, rows in tables.items():
        pq.write_table(pa.Table.from_pylist(rows), inputs[name])
    inputs["mart_veroeffentlichung"] = folder / "in" / "mart_veroeffentlichung.parquet"
    draw(cells).to_parquet(inputs["mart_veroeffentlichung"])
    settings = Settings(jobcenter="Jobcenter Musterstadt", threads=1)
    run(Work(inputs, {}, folder / "out", folder / "temp", settings))
    return {path.stem: pd.read_parquet(path) for path in (folder / "out").iterdir()}


def fact(tables: dict[str, pd.DataFrame], key: str) -> str:
    facts = tables["pub_angaben"].set_index("schluessel")["wert"]
    return str(facts[key])


def test_pub_quote_has_the_columns_of_its_schema_and_the_suppression_done(tmp_path: Path) -> None:
    quotes = publish(tmp_path)["pub_quote"]
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
    status = list(publish(tmp_path, cells=cells)["pub_quote"]["status"])
    assert status == ["gesperrt", "gesperrt", "gesperrt", "ok", "gesperrt"]


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
    quotes = publish(tmp_path, cells=cells)["pub_quote"]
    assert list(quotes["auspraegung_1"]) == ["Mitte", "Nord", "unter_25"]
    assert list(quotes["status"]) == ["gesperrt", "ok", "unsicher"]


def test_the_facts_name_the_run_its_months_and_why_the_others_are_missing(tmp_path: Path) -> None:
    tables = publish(tmp_path)
    assert fact(tables, "jobcenter") == "Jobcenter Musterstadt"
    assert fact(tables, "traeger") == "T"
    assert fact(tables, "datenstand") == "2024-04-30"
    assert fact(tables, "synthetisch") == "true"
    assert fact(tables, "berichtsmonat") == "2024-01"
    assert fact(tables, "berichtsmonate") == "2023-12..2024-01"
    missing = "2023-11=stichtage_fehlen;2024-02=wartezeit_laeuft"
    assert fact(tables, "nicht_veroeffentlichbar") == missing


def test_without_a_publishable_month_the_newest_one_is_empty(tmp_path: Path) -> None:
    tables = publish(tmp_path, months={"2024-01": "stichtage_fehlen"})
    assert fact(tables, "berichtsmonat") == ""
    assert fact(tables, "berichtsmonate") == ""


def test_a_breakdown_whose_column_no_delivery_carries_is_named(tmp_path: Path) -> None:
    named = fact(publish(tmp_path), "fehlende_merkmale").split(",")
    assert {"massnahme", "bezugsdauer", "massnahme_x_bezugsdauer", "stadtbezirk"} <= set(named)
    assert not {"insgesamt", "alter", "bg_typ", "bg_typ_x_alter", "kind_unter_3"} & set(named)


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
