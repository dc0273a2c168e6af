"""A malformed rule is refused with a sentence, before any data is read."""

from pathlib import Path

import pytest

from pipeline.errors import UsageError
from pipeline.quality.rules import load_rules

GOOD = {
    "id": '"BES-90"',
    "ebene": '"spalte"',
    "titel_de": '"Titel"',
    "titel_en": '"Title"',
    "severity": '"warning"',
    "why": '"Weil."',
    "why_en": '"Because."',
    "sql": '"select monat from {batch} where geburtsjahr < 0"',
}
TYPED = {k: v for k, v in GOOD.items() if k != "sql"} | {
    "type": '"expect_column_values_to_be_between"',
    "kwargs": '{ column = "geburtsjahr", min_value = 1900 }',
}


def _write(folder: Path, *entries: dict[str, str], name: str = "core_bestand") -> None:
    text = ""
    for entry in entries:
        text += "[[regel]]\n" + "".join(f"{k} = {v}\n" for k, v in entry.items())
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def _without(entry: dict[str, str], key: str) -> dict[str, str]:
    return {k: v for k, v in entry.items() if k != key}


@pytest.mark.parametrize("entry", [GOOD, TYPED])
def test_a_well_formed_rule_is_loaded(tmp_path: Path, entry: dict[str, str]) -> None:
    _write(tmp_path, entry)
    assert [(r.id, r.table, r.severity) for r in load_rules(tmp_path)] == [
        ("BES-90", "core_bestand", "warning")
    ]


MALFORMED = [
    (GOOD | {"schwere": '"hoch"'}, "Regel BES-90: Unbekannter Schlüssel schwere."),
    (_without(GOOD, "why"), "Regel BES-90: «why» fehlt oder ist leer."),
    (GOOD | {"why": '"  "'}, "Regel BES-90: «why» fehlt oder ist leer."),
    (_without(GOOD, "titel_en"), "Regel BES-90: «titel_en» fehlt oder ist leer."),
    (_without(GOOD, "id"), "Regel Nummer 1: «id» fehlt oder ist leer."),
    (GOOD | {"id": "90"}, "Regel Nummer 1: «id» fehlt oder ist leer."),
    (GOOD | {"id": '"BES-19"'}, "Die Kennung muss BES-NN heißen, ab 20"),
    (GOOD | {"id": '"MQ-90"'}, "Die Kennung muss BES-NN heißen, ab 20"),
    (GOOD | {"severity": '"hoch"'}, "«severity» muss eines von critical, warning, info sein."),
    (GOOD | {"ebene": '"oben"'}, "«ebene» muss eines von datei, spalte, zeilen, tabellen,"),
    (GOOD | {"spalte": '"alter"'}, "Die Spalte unter «spalte» gibt es in core_bestand nicht."),
    (GOOD | {"sql": '"select zeile from {batch}"'}, "Das SQL nennt Zeilen; «spalte» muss sagen,"),
    (GOOD | {"sql": '"select person_id from {batch}"'}, "Das SQL wählt person_id. Es darf nur"),
    (GOOD | {"sql": '"select monat as person from {batch}"'}, "Das SQL wählt person. Es darf nur"),
    (GOOD | {"spalte": "[1]"}, "Die Spalte unter «spalte» gibt es in core_bestand nicht."),
    (TYPED | {"kwargs": "{ column = [1], min_value = 1 }"}, "Die Spalte [1] gibt es in"),
    (_without(GOOD, "why_en"), "Regel BES-90: «why_en» fehlt oder ist leer."),
    (_without(GOOD, "sql"), "Genau eines von «type» und «sql» angeben."),
    (GOOD | {"type": '"x"'}, "Genau eines von «type» und «sql» angeben."),
    (GOOD | {"kwargs": "{}"}, "«sql» ist ein Text und steht ohne «kwargs»."),
    (GOOD | {"sql": "1"}, "«sql» ist ein Text und steht ohne «kwargs»."),
    (TYPED | {"type": '"expect_magic"'}, "Den Typ «expect_magic» gibt es hier nicht."),
    (TYPED | {"type": "[1]"}, "«type» ist ein Text und «kwargs» eine Tabelle."),
    (TYPED | {"kwargs": "1"}, "«type» ist ein Text und «kwargs» eine Tabelle."),
    (TYPED | {"kwargs": "{ min_value = 1 }"}, "In «kwargs» fehlt column."),
    (TYPED | {"kwargs": '{ column = "monat" }'}, "In «kwargs» fehlt min_value oder max_value."),
    (
        TYPED | {"kwargs": '{ column = "geburtsjahr", min_value = "1900" }'},
        "In «kwargs» passt der Wert von min_value nicht.",
    ),
    (
        TYPED
        | {
            "type": '"expect_column_values_to_match_regex"',
            "kwargs": '{ column = "person_id", regex = "(" }',
        },
        "In «kwargs» passt der Wert von regex nicht.",
    ),
    (TYPED | {"kwargs": '{ column = "monat", mostly = 0.9 }'}, "Unbekanntes in «kwargs»: mostly."),
    (
        TYPED | {"kwargs": '{ column = "alter", min_value = 0 }'},
        "Die Spalte alter gibt es in core_bestand nicht.",
    ),
    (
        GOOD | {"sql": '"select alter as monat from {batch}"'},
        "Das SQL lässt sich nicht binden: Binder Error",
    ),
    (GOOD | {"sql": '"select 1 from core_x"'}, "Das SQL lässt sich nicht binden: Catalog Error"),
    (GOOD | {"sql": '"selec 1"'}, "Das SQL lässt sich nicht binden: Parser Error"),
    (GOOD | {"sql": '"drop table core_bestand"'}, "muss genau eine SELECT-Anweisung sein."),
    (GOOD | {"sql": '"select 1; select 2"'}, "muss genau eine SELECT-Anweisung sein."),
    (GOOD | {"sql": '"select {x} from {batch}"'}, "Geschweifte Klammern sind in «sql» nur als"),
    (
        GOOD | {"sql": "\"from read_csv('/etc/passwd')\""},
        "Das SQL lässt sich nicht binden: Permission Error",
    ),
]


@pytest.mark.parametrize(("entry", "sentence"), MALFORMED)
def test_a_malformed_rule_is_a_usage_error(
    tmp_path: Path, entry: dict[str, str], sentence: str
) -> None:
    _write(tmp_path, entry)
    with pytest.raises(UsageError) as caught:
        load_rules(tmp_path)
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith("expectations/core_bestand.toml, ")
    assert sentence in caught.value.problems[0]
    assert caught.value.exit_code == 10


def test_an_id_used_twice_is_refused_and_all_problems_are_shown_together(tmp_path: Path) -> None:
    _write(tmp_path, GOOD, GOOD, GOOD | {"id": '"BES-91"', "severity": '"hoch"'})
    with pytest.raises(UsageError) as caught:
        load_rules(tmp_path)
    assert [problem.partition(": ")[2] for problem in caught.value.problems] == [
        "Die Kennung steht schon in expectations/core_bestand.toml. Eine freie Nummer vergeben.",
        "«severity» muss eines von critical, warning, info sein.",
    ]


def test_a_file_of_an_unknown_table_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, GOOD, name="core_bestnad")
    with pytest.raises(UsageError, match="Eine geprüfte Tabelle «core_bestnad» gibt es nicht"):
        load_rules(tmp_path)


@pytest.mark.parametrize(
    "text", ["[[regel]\n", "[regel]\nid = 1\n", "regel = [1]\n", "[[regeln]]\nid = 1\n"]
)
def test_a_file_that_is_no_list_of_rules_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "core_bestand.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"expectations/core_bestand\.toml: "):
        load_rules(tmp_path)
