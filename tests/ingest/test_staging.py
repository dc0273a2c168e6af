"""A whole delivery: what is written, what is checked against the note, what never leaves data/."""

import hashlib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import DeliveryError
from pipeline.ingest.delivery import discover
from pipeline.ingest.staging import load_staged, stage_delivery
from pipeline.registries import contract
from tests.ingest.building import EMPTY_TABLES, bestand, stage, stage_files, write

A = "A;2024-01-15;w"
CANARY = "Kanarienvogel"
FILES = {
    "bestand.csv": bestand(A, "B;2024-01-15;m", "B;2024-01-15;q"),
    "beschaeftigungen.csv": "beschaeftigung_id,person_id,beginn,art\n1,A,2024-02-01,sv\n",
    "teilnahmen.csv": (
        "teilnahme_id;person_id;instrument;eintritt;kosten_eur\n"
        "1;A;MAT;01.02.2024;12,50\n2;A;FBW;01.01.2025;1\n"
    ),
}


def refusal(tmp_path: Path, files: dict[str, str | bytes], **note: Any) -> list[str]:
    with pytest.raises(DeliveryError) as caught:
        stage_files(tmp_path, files, **note)
    assert caught.value.exit_code == 11
    return caught.value.problems


def test_each_table_gives_accepted_and_rejected_rows_and_the_delivery_its_facts(
    tmp_path: Path,
) -> None:
    result = stage_files(tmp_path, FILES, note="synthetisch = true\n")
    assert sorted(path.name for path in result.out.iterdir()) == [
        "lieferung.json",
        "stg_beschaeftigungen.parquet",
        "stg_beschaeftigungen_abgewiesen.parquet",
        "stg_beschaeftigungen_unlesbar.parquet",
        "stg_bestand.parquet",
        "stg_bestand_abgewiesen.parquet",
        "stg_bestand_unlesbar.parquet",
        "stg_teilnahmen.parquet",
        "stg_teilnahmen_abgewiesen.parquet",
        "stg_teilnahmen_unlesbar.parquet",
    ]
    assert result.accepted(
        "lieferung", "datei", "zeile", "instrument", "kosten_eur", table="teilnahmen"
    ) == [("l1", "teilnahmen.csv", 2, "MAT", Decimal("12.5000"))]
    assert result.rejected(table="teilnahmen") == [(3, "TEI-04")]
    assert result.staged.datenstand == date(2024, 12, 31)
    assert result.staged.synthetisch
    table = result.table("bestand")
    assert (table.geliefert, table.angenommen, table.abgewiesen) == (3, 2, {"BES-02": 1})
    assert table.sha256 == hashlib.sha256(str(FILES["bestand.csv"]).encode()).hexdigest()


@pytest.mark.parametrize("table", ["bestand", "beschaeftigungen", "teilnahmen"])
def test_columns_and_types_are_those_of_the_contract(tmp_path: Path, table: str) -> None:
    """Also for a file without rows; the rejected rows are all text."""
    result = stage_files(tmp_path, {f"{table}.csv": EMPTY_TABLES[table]})
    types = {"datum": pa.date32(), "ganzzahl": pa.int32(), "dezimal": pa.decimal128(18, 4)}
    columns = contract(table).columns
    accepted = pq.read_schema(result.out / f"stg_{table}.parquet")
    origin = [("lieferung", pa.string()), ("datei", pa.string()), ("zeile", pa.int32())]
    assert [(f.name, f.type) for f in accepted] == [
        *origin,
        *((c.name, types.get(c.typ, pa.string())) for c in columns),
    ]
    rejected = pq.read_schema(result.out / f"stg_{table}_abgewiesen.parquet")
    assert [(f.name, f.type) for f in rejected] == [
        *origin,
        ("regel", pa.string()),
        ("spalte", pa.string()),
        *((c.name, pa.string()) for c in columns),
        ("rohzeile", pa.string()),
    ]


def test_the_facts_are_read_back_as_written(tmp_path: Path) -> None:
    result = stage_files(tmp_path, FILES, note="zeitraum_von = 2024-01-01\n")
    assert load_staged(result.out) == result.staged
    assert load_staged(result.out / "lieferung.json") == result.staged


def test_the_same_rows_give_the_same_bytes_whatever_the_threads(tmp_path: Path) -> None:
    lines = [f"P{i % 3000};2024-{1 + i // 3000:02}-15;w;{1950 + i % 50}" for i in range(36_000)]
    content = bestand(*lines, header="person_id;stichtag;geschlecht;geburtsjahr")
    digests = []
    for threads in (1, 2, 4):
        write(tmp_path / str(threads), {"bestand.csv": content})
        out = stage(tmp_path / str(threads), threads=threads).out
        digests.append([hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(out.iterdir())])
    assert digests[0] == digests[1] == digests[2]


def test_csv_and_parquet_of_the_same_rows_are_staged_alike(tmp_path: Path) -> None:
    text = stage_files(tmp_path / "csv", {"bestand.csv": bestand(A, "B;2024-02-15;m")})
    folder = write(tmp_path / "parquet" / "raw", {})
    pq.write_table(
        pa.table(
            {
                "person_id": ["A", "B"],
                "stichtag": [date(2024, 1, 15), date(2024, 2, 15)],
                "geschlecht": ["w", "m"],
            }
        ),
        folder / "bestand.parquet",
    )
    binary = stage(tmp_path / "parquet" / "raw")
    names = contract("bestand").names()
    assert text.accepted(*names) == binary.accepted(*names)
    assert [text.accepted("zeile"), binary.accepted("zeile")] == [[(2,), (3,)], [(1,), (2,)]]


def test_without_a_note_the_datenstand_is_the_newest_readable_day_of_all_tables(
    tmp_path: Path,
) -> None:
    files: dict[str, str | bytes] = {
        "bestand.csv": bestand(A, "B;15.03.2024;q", "C;99.99.2024;w"),
        "beschaeftigungen.csv": (
            "beschaeftigung_id;person_id;beginn;ende;art;erfasst_am\n"
            "1;A;2024-02-01;2030-01-01;sv;2024-04-02\n"
        ),
    }
    result = stage_files(tmp_path, files, datenstand=None)
    assert result.staged.datenstand == date(2024, 4, 2)
    assert result.table("beschaeftigungen").angenommen == 1


def test_without_a_note_and_without_a_readable_day_the_delivery_is_refused(
    tmp_path: Path,
) -> None:
    assert refusal(tmp_path, {"bestand.csv": bestand("A;;w")}, datenstand=None) == [
        "l1: Ohne lieferung.toml und ohne lesbares Datum ist der Datenstand unbekannt. "
        "lieferung.toml mit datenstand ergänzen."
    ]


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        ("zeilen = 2", None),
        (
            "zeilen = 3",
            "l1/bestand.csv: Die Datei hat 2 Zeilen, lieferung.toml nennt 3. Datei neu anfordern.",
        ),
        (f'sha256 = "{hashlib.sha256(bestand(A, "", "B;x").encode()).hexdigest().upper()}"', None),
        (
            f'sha256 = "{"0" * 64}"',
            "l1/bestand.csv: Die Prüfsumme stimmt nicht mit lieferung.toml überein. Datei neu "
            "anfordern.",
        ),
    ],
)
def test_rows_and_hash_are_held_against_the_note(
    tmp_path: Path, stated: str, sentence: str | None
) -> None:
    note = f'[[datei]]\nname = "bestand.csv"\ntabelle = "bestand"\n{stated}\n'
    files: dict[str, str | bytes] = {"bestand.csv": bestand(A, "", "B;x")}
    if sentence is None:
        assert stage_files(tmp_path, files, note=note).table().geliefert == 2
    else:
        assert refusal(tmp_path, files, note=note) == [sentence]


def test_problems_of_all_files_are_shown_together(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"bestand.csv": b"", "teilnahmen.csv": "teilnahme_id;x y\n"}
    assert [sentence.split(":")[0] for sentence in refusal(tmp_path, files)] == [
        "l1/bestand.csv",
        "l1/teilnahmen.csv",
        "l1/teilnahmen.csv",
    ]


def test_hostile_names_are_only_text(tmp_path: Path) -> None:
    name = "x'); drop table beurteilt; --"
    write(
        tmp_path / "raw's",
        {f"{name}.csv": bestand(f'"{name}";2024-01-15;w')},
        folder=name,
        note=f'[[datei]]\nname = "{name}.csv"\ntabelle = "bestand"\n',
    )
    result = stage(tmp_path / "raw's")
    assert result.accepted("lieferung", "datei", "person_id") == [(name, f"{name}.csv", name)]


DAMAGE = {
    "unknown code": f"A;2024-01-15;{CANARY}\n",
    "unreadable day": f"A;{CANARY};w\n",
    "too many fields": f"A;2024-01-15;w;{CANARY}\n",
    "conflict": f"{CANARY};2024-01-15;w\n{CANARY};2024-01-15;m\n",
    "open quote": f'A;2024-01-15;"{CANARY}\n',
    "quoted newline": f'A;2024-01-15;"{CANARY}\n{CANARY}"\n',
    "no utf8": f"{CANARY};2024-01-15;\x81\n",
    "nul": f"{CANARY};2024-01-15;\0\n",
    "lone return": f"{CANARY};2024-01-15;w\r{CANARY};2024-01-15;m\n",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_no_message_and_no_fact_shows_what_a_cell_holds(tmp_path: Path, damage: str) -> None:
    content = (bestand(A) + DAMAGE[damage]).encode("latin-1")
    write(tmp_path / "raw", {"bestand.csv": content})
    try:
        result = stage(tmp_path / "raw")
    except DeliveryError as error:
        assert CANARY not in str(error)
        assert error.__cause__ is None
        assert error.__suppress_context__ or error.__context__ is None
    else:
        assert CANARY not in (result.out / "lieferung.json").read_text(encoding="utf-8")
        assert CANARY not in repr(result.staged)


def test_a_first_line_that_is_a_row_is_not_shown(tmp_path: Path) -> None:
    for content in (f"{CANARY};2024-01-15;w\n", f"person_id;stichtag;1{CANARY}\n"):
        write(tmp_path / content[:1], {"bestand.csv": content})
        with pytest.raises(DeliveryError) as caught:
            stage(tmp_path / content[:1])
        assert CANARY not in str(caught.value)


def test_an_engine_failure_leaves_no_spill_behind(tmp_path: Path) -> None:
    write(tmp_path / "raw", {"bestand.csv": bestand(A)})
    [delivery] = discover(tmp_path / "raw")
    out = tmp_path / "stg"
    out.mkdir()
    (out / "stg_bestand.parquet").mkdir()  # the target cannot be written
    with pytest.raises(duckdb.Error):
        stage_delivery(delivery, out, threads=1, memory_limit="500MB")
    assert [path.name for path in out.iterdir()] == ["stg_bestand.parquet"]
