"""The loading helper: labels, order, the SQL of a table, refusals in one sentence."""

from pathlib import Path

import plotly.graph_objects as go
import pyarrow.parquet as pq
import pytest

from notebooks import laden
from pipeline.errors import UsageError
from pipeline.registries import code_list


@pytest.fixture(autouse=True)
def folder(curated: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(laden.CURATED, str(curated))


@pytest.mark.parametrize(
    ("load", "table"), [(laden.load_pub, "pub_quote"), (laden.load_mart, "mart_quote")]
)
def test_every_row_is_there_with_its_figures(load, table: str, curated: Path) -> None:
    written = pq.read_table(curated / f"{table}.parquet").to_pandas()
    key = ["kennzahl", "berichtsmonat", *laden.CELL, "geschlecht"]
    columns = [*key, "zaehler", "nenner", "quote"]
    found = load()[columns].sort_values(key, ignore_index=True)
    expected = written[columns].sort_values(key, ignore_index=True)
    assert len(expected) > 1000
    for column in columns:
        same = (found[column] == expected[column]) | (
            found[column].isna() & expected[column].isna()
        )
        assert same.all(), column


def test_rows_stand_in_the_order_of_the_registries() -> None:
    mart = laden.load_mart()
    kennzahlen = [c.code for c in code_list("kennzahl").codes]
    assert list(mart["kennzahl"].unique()) == [k for k in kennzahlen if k in set(mart["kennzahl"])]
    classes = mart.loc[mart["schnitt"] == "bezugsdauer", "gruppe_1"].unique()
    assert list(classes) == [c.label("de") for c in code_list("bezugsdauer").codes]
    sexes = mart.loc[mart["schnitt"] == "bezugsdauer", "geschlecht"].unique()
    assert list(sexes) == ["w", "m", "d", "o", "u", "insgesamt"]


def test_codes_have_words_beside_them() -> None:
    pub = laden.load_pub()
    row = pub[(pub["schnitt"] == "bezugsdauer") & (pub["geschlecht"] == "w")].iloc[0]
    assert row["kennzahl_titel"] == "Integrationsquote"
    assert row["schnitt_titel"] == "Dauer des Leistungsbezugs"
    assert row["gruppe_1"] == "unter 3 Monate" and row["gruppe_2"] == ""
    assert row["geschlecht_titel"] == "Frauen"
    assert set(pub["status_titel"]) <= {c.label("de") for c in code_list("status").codes}
    assert "status_titel" not in laden.load_mart()


def test_the_origin_of_the_figures_is_said(curated: Path, tmp_path: Path) -> None:
    assert laden.origin() == "Synthetische Daten: Alle Personen und Zahlen sind erfunden."
    facts = pq.read_table(curated / "pub_angaben.parquet").to_pandas()
    facts.loc[facts["schluessel"] == "synthetisch", "wert"] = "false"
    facts.to_parquet(tmp_path / "pub_angaben.parquet")
    assert "wirkliche Personen" in laden.origin(tmp_path)


def test_the_sql_of_a_table_is_the_written_or_the_generated_one(curated: Path) -> None:
    assert laden.read_sql("core_personenmonat").startswith("-- The heart")
    generated = laden.read_sql("mart_monatssumme")
    assert generated == (curated / "mart_monatssumme.sql").read_text(encoding="utf-8")


def test_a_table_without_sql_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UsageError, match=r"Zu gibtesnicht gibt es kein SQL\. Es gibt: core_aus"):
        laden.read_sql("gibtesnicht")


def test_tables_that_are_not_computed_yet_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"mart_quote fehlt\. Erst `make report` aufrufen\."):
        laden.load_mart(tmp_path)


def test_the_database_has_a_view_for_every_table(curated: Path) -> None:
    con = laden.open_database()
    views = {
        name
        for (name,) in con.execute(
            "select view_name from duckdb_views() where not internal"
        ).fetchall()
    }
    assert views == {path.stem for path in curated.glob("*.parquet")}
    assert con.execute("select count(*) from core_personenmonat").fetchone() == (640,)


def test_a_chart_loads_nothing_and_has_no_cloud_button() -> None:
    html = laden.show(go.Figure()).data
    assert "<script src" not in html and "<link" not in html
    assert html.rpartition("Plotly.newPlot")[2].count('"showSendToCloud": false') == 1
