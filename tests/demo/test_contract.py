"""No row of the demo would be rejected or questioned."""

from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from pipeline.demo import write_demo
from pipeline.demo.write import Form
from pipeline.ingest.delivery import discover
from pipeline.ingest.staging import stage_delivery
from pipeline.registries import code_list, contract

Tables = dict[str, pa.Table]
NAMES = ("bestand", "beschaeftigungen", "teilnahmen")
DATENSTAND = date(2016, 3, 31)


def count(tables: Tables, sql: str) -> int:
    con = duckdb.connect()
    for name in NAMES:
        con.register(name, tables[name])
    row = con.execute(f"select count(*) from {sql}").fetchone()
    con.close()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_those_of_the_contract_in_its_order(full: Tables, name: str) -> None:
    assert tuple(full[name].column_names) == contract(name).names()


@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_known_filled_where_needed_and_not_of_the_future(
    full: Tables, name: str
) -> None:
    for column in contract(name).columns:
        if column.pflicht and column.leer is None:
            assert full[name][column.name].null_count == 0, column.name
        if column.typ == "code":
            known = code_list(str(column.codes)).values()
            listed = ", ".join(f"'{code}'" for code in known)
            assert count(full, f"{name} where {column.name} not in ({listed})") == 0, column.name
        if column.nicht_nach_datenstand:
            late = f"{name} where {column.name} > date '{DATENSTAND}'"
            assert count(full, late) == 0, column.name


@pytest.mark.parametrize(
    ("name", "copies"), [("bestand", 5), ("beschaeftigungen", 2), ("teilnahmen", 0)]
)
def test_keys_are_unique_but_for_the_documented_exact_copies(
    full: Tables, name: str, copies: int
) -> None:
    key = ", ".join(contract(name).schluessel)
    rows = full[name].num_rows
    assert count(full, f"(select distinct * from {name})") == rows - copies
    assert count(full, f"(select distinct {key} from {name})") == rows - copies


@pytest.mark.parametrize("name", ["beschaeftigungen", "teilnahmen"])
def test_nobody_is_missing_from_the_stock(full: Tables, name: str) -> None:
    assert count(full, f"{name} where person_id not in (select person_id from bestand)") == 0


@pytest.mark.parametrize(
    "contradiction",
    [
        "beschaeftigungen where ende < beginn",
        "beschaeftigungen where art = 'sv' and foerderung in ('agh16d', 'taam16i', 'fav16e_alt')",
        "beschaeftigungen where art = 'oeffentlich_gefoerdert' and foerderung = 'keine'",
        "beschaeftigungen where wochenstunden <= 0 or wochenstunden > 48",
        "teilnahmen where austritt < eintritt or austritt_geplant < eintritt",
        "teilnahmen where (austritt is null) <> (austrittsgrund is null)",
        "teilnahmen where kosten_eur < 0",
        "teilnahmen where instrument in ('EVL', 'TAAM', 'P16K', 'P16H', 'BOP')",
        "teilnahmen where instrument = 'FAV' and eintritt < date '2012-03-15'",
        "teilnahmen where instrument = 'VB' and austritt <> eintritt",
        "bestand where leistungsbezug_seit > stichtag or leistungsbezug_seit < date '2005-01-01'",
        "bestand where year(stichtag) - geburtsjahr not between 15 and 67",
        "bestand where juengstes_kind_alter not between 0 and 17",
        """bestand where bg_typ in ('alleinerziehend', 'paar_mit_kind')
           and juengstes_kind_alter is null""",
        """bestand where bg_typ in ('alleinstehend', 'paar_ohne_kind')
           and juengstes_kind_alter is not null""",
        """(select person_id from bestand group by 1 having count(distinct geschlecht) > 1
           or count(distinct geburtsjahr) > 1)""",
    ],
)
def test_no_contradiction(full: Tables, contradiction: str) -> None:
    assert count(full, contradiction) == 0


def test_stichtage_are_weekdays_in_the_middle_of_60_successive_months(full: Tables) -> None:
    days = full["bestand"]["stichtag"].unique().to_pylist()
    assert len(days) == 60
    assert (min(days), max(days)) == (date(2011, 4, 15), date(2016, 3, 15))
    assert all(13 <= day.day <= 15 and day.weekday() < 5 for day in days)


def test_long_receipt_without_a_gap_is_long_term_and_short_receipt_without_history_is_not(
    full: Tables,
) -> None:
    assert count(full, "bestand where stichtag - leistungsbezug_seit >= 760 and not lzb") == 0
    sure = "bestand where stichtag - leistungsbezug_seit between 638 and 729 and not lzb"
    gaps = count(full, sure)
    assert gaps < 0.02 * count(full, sure.replace("and not lzb", ""))


def test_csv_and_parquet_hold_the_same_rows_and_the_toml_says_synthetic(tmp_path: Path) -> None:
    forms: tuple[Form, ...] = ("csv", "parquet")
    for form in forms:
        info = write_demo(tmp_path / form, bestand=200, seed=3, monate=14, form=form)
        assert info.datenstand == date(2012, 5, 31)
        assert "synthetisch = true" in (tmp_path / form / "lieferung.toml").read_text()
    con = duckdb.connect()
    for name in NAMES:
        csv, parquet = tmp_path / "csv" / f"{name}.csv", tmp_path / "parquet" / f"{name}.parquet"
        con.execute(f"create table p as select * from '{parquet}'")
        types = {row[0]: row[1] for row in con.execute("describe p").fetchall()}
        con.execute(
            f"create table c as select * from read_csv('{csv}', delim = ';', header = true, "
            f"auto_detect = false, columns = {types})"
        )
        difference = "(from c except all from p) union all (from p except all from c)"
        assert con.execute(f"select count(*) from ({difference})").fetchone() == (0,)
        con.execute("drop table p; drop table c")


def test_the_stock_told_in_spells_is_the_same_stock(tmp_path: Path) -> None:
    found = []
    for form in ("csv", "bezug"):
        write_demo(tmp_path / form / "demo", bestand=200, seed=3, monate=14, form=form)
        [delivery] = discover(tmp_path / form)
        out = tmp_path / f"{form}-stg"
        out.mkdir()
        staged = stage_delivery(delivery, out, threads=1, memory_limit="500MB")
        assert not any(table.abgewiesen for table in staged.tabellen.values())
        names = ", ".join(contract("bestand").names())
        sql = f"select {names} from '{out / 'stg_bestand.parquet'}' order by all"
        found.append(duckdb.execute(sql).fetchall())
    assert found[0] == found[1]
    assert len(found[0]) > 2000
