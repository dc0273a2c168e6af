"""corrections.toml: a wrong cell is put right on the way in, while the source still says it."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import DeliveryError
from pipeline.ingest.corrections import corrections_hash, read_corrections
from pipeline.ingest.delivery import discover
from pipeline.ingest.staging import stage_delivery
from tests.ingest.building import EMPTY_TABLES, Result, bestand, write

STOCK = bestand(
    "A;15.01.2024;w;1980",
    "B;15.01.2024;m;",
    "A;15.02.2024;w;1980",
    header="person_id;stichtag;geschlecht;geburtsjahr",
)
SEX_OF_A = {
    "lieferung": "l1",
    "tabelle": "bestand",
    "wo": {"person_id": "A", "stichtag": "2024-01-15"},
    "spalte": "geschlecht",
    "expect": "w",
    "wert": "m",
    "grund": "Schreibfehler.",
    "informiert": "Fachverfahren",
}


def toml(entry: dict[str, Any]) -> str:
    def said(value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{k} = {said(v)}" for k, v in value.items()) + "}"
        return json.dumps(value, ensure_ascii=False)

    return "[[korrektur]]\n" + "".join(f"{k} = {said(v)}\n" for k, v in entry.items())


def staged(tmp_path: Path, *entries: dict[str, Any], stock: str = STOCK) -> Result:
    raw = tmp_path / "raw"
    write(raw, {"bestand.csv": stock})
    (raw / "corrections.toml").write_text("\n".join(map(toml, entries)), encoding="utf-8")
    [delivery] = discover(raw)
    found = read_corrections(raw, [delivery.id])
    out = tmp_path / "stg"
    out.mkdir()
    numbered = found.get(delivery.id, ())
    return Result(
        stage_delivery(delivery, out, threads=1, memory_limit="500MB", corrections=numbered), out
    )


def refusal(tmp_path: Path, *entries: dict[str, Any], stock: str = STOCK) -> list[str]:
    with pytest.raises(DeliveryError) as caught:
        staged(tmp_path, *entries, stock=stock)
    return caught.value.problems


def test_the_cell_says_what_it_should_and_no_other_changes(tmp_path: Path) -> None:
    result = staged(tmp_path, SEX_OF_A)
    assert result.accepted("person_id", "zeile", "geschlecht", "geburtsjahr") == [
        ("A", 2, "m", 1980),
        ("B", 3, "m", None),
        ("A", 4, "w", 1980),
    ]


def test_what_was_done_and_why_stands_in_the_record_of_the_delivery(tmp_path: Path) -> None:
    [done] = staged(tmp_path, SEX_OF_A).staged.berichtigungen
    assert (done.nummer, done.tabelle, done.spalte, done.zeilen) == (1, "bestand", "geschlecht", 1)
    assert (done.grund, done.informiert) == ("Schreibfehler.", "Fachverfahren")


def test_an_empty_cell_is_filled_and_another_emptied(tmp_path: Path) -> None:
    year = SEX_OF_A | {"spalte": "geburtsjahr"}
    filled = year | {"wo": {"person_id": "B"}, "expect": "", "wert": "1975"}
    result = staged(tmp_path, year | {"expect": "1980", "wert": ""}, filled)
    assert result.accepted("zeile", "geburtsjahr") == [(2, None), (3, 1975), (4, 1980)]


def test_a_later_correction_sees_what_an_earlier_one_made(tmp_path: Path) -> None:
    result = staged(tmp_path, SEX_OF_A, SEX_OF_A | {"expect": "m", "wert": "u"})
    assert result.accepted("zeile", "geschlecht")[0] == (2, "u")


def test_several_rows_are_corrected_when_their_number_is_said(tmp_path: Path) -> None:
    both = SEX_OF_A | {"wo": {"person_id": "A"}, "zeilen": 2}
    result = staged(tmp_path, both)
    assert result.accepted("zeile", "geschlecht") == [(2, "m"), (3, "m"), (4, "m")]


@pytest.mark.parametrize("said", [1, 3])
def test_another_number_of_rows_than_said_is_refused(tmp_path: Path, said: int) -> None:
    [problem] = refusal(tmp_path, SEX_OF_A | {"wo": {"person_id": "A"}, "zeilen": said})
    assert problem == (
        f"corrections.toml, [[korrektur]] Nr. 1: wo trifft 2 Zeilen statt {said}. Eintrag "
        "berichtigen, oder streichen, wenn die Quelle berichtigt ist."
    )


def test_a_repaired_source_is_noticed(tmp_path: Path) -> None:
    repaired = STOCK.replace("A;15.01.2024;w", "A;15.01.2024;m")
    [problem] = refusal(tmp_path, SEX_OF_A, stock=repaired)
    assert problem == (
        "corrections.toml, [[korrektur]] Nr. 1: In geschlecht steht nicht mehr, was expect nennt: "
        "Die Quelle hat sich geändert. Ist sie berichtigt, den Eintrag streichen."
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"lieferung": "l9"}, "Die Lieferung l9 gibt es nicht."),
        ({"tabelle": "personen"}, "tabelle kennt nur bestand,"),
        ({"tabelle": "teilnahmen", "wo": {"person_id": "A"}, "spalte": "ort"}, "keine Spalte ort."),
        ({"spalte": "stadtbezirk"}, "Die Lieferung enthält stadtbezirk nicht."),
        ({"wert": "weiblich?"}, "wert ist für geschlecht nicht lesbar"),
        ({"wert": "a.b@stadt.example"}, "wert sieht aus wie ein direkter Identifikator."),
        ({"grund": ""}, "Fehlend, unbekannt oder ungültig: grund."),
        ({"zeilen": 0}, "Fehlend, unbekannt oder ungültig: zeilen."),
        ({"wo": {}}, "Fehlend, unbekannt oder ungültig: wo."),
        ({"alter": "1"}, "Fehlend, unbekannt oder ungültig: alter."),
        (
            {"tabelle": "teilnahmen", "spalte": "instrument"} | {"wo": {"teilnahme_id": "T"}},
            "Die Lieferung enthält teilnahmen nicht.",
        ),
    ],
)
def test_a_wrong_entry_is_named_by_its_number(
    tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    [problem] = refusal(tmp_path, SEX_OF_A | change)
    assert problem.startswith("corrections.toml, [[korrektur]] Nr. 1: ")
    assert told in problem


@pytest.mark.parametrize("text", ["[[korrektur", "korrektur = 1", "anderes = 1", "\udcff"])
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(DeliveryError, match=r"^corrections\.toml: "):
        read_corrections(tmp_path, [])


def test_messages_hold_no_content_of_a_cell(tmp_path: Path) -> None:
    secret = SEX_OF_A | {"wo": {"person_id": "KANARIE"}, "expect": "GEHEIM", "wert": "GEHEIM"}
    told = " ".join(refusal(tmp_path, secret))
    assert "KANARIE" not in told
    assert "GEHEIM" not in told


def test_only_the_delivery_that_is_corrected_is_read_again(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    files = {"bestand.csv": STOCK, "beschaeftigungen.csv": EMPTY_TABLES["beschaeftigungen"]}
    write(raw, files)
    (raw / "corrections.toml").write_text(toml(SEX_OF_A), encoding="utf-8")
    one, other = read_corrections(raw, ["l1"])["l1"], ()
    assert corrections_hash(one) != corrections_hash(other)
    assert corrections_hash(one) == corrections_hash(read_corrections(raw, ["l1"])["l1"])
