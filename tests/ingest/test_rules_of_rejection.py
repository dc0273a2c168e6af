"""Duplicates, conflicts and contradictions; the balance; the counts of lieferung.json."""

import random
import string
from datetime import date
from pathlib import Path

import pytest

from pipeline.ingest.rules import rule_id, rules
from pipeline.ingest.staged import OutsideValidity
from pipeline.registries import DELIVERED_TABLES, contract
from tests.ingest.building import BESTAND, bestand, stage_files

JOBS = "beschaeftigung_id;person_id;beginn;art;foerderung;wochenstunden"


def jobs(tmp_path: Path, *lines: str):
    content = "\n".join([JOBS, *lines]) + "\n"
    return stage_files(tmp_path, {"beschaeftigungen.csv": content})


def test_identical_rows_collapse_into_the_first_line(tmp_path: Path) -> None:
    result = stage_files(
        tmp_path,
        {"bestand.csv": bestand("A;2024-01-15;w", "A;15.01.2024;weiblich", "A;2024-01-15;w")},
    )
    assert result.accepted("zeile", "person_id") == [(2, "A")]
    assert result.rejected() == []
    assert result.table().zusammengefuehrt == 2


def test_of_rows_with_one_key_the_greatest_content_stays(tmp_path: Path) -> None:
    result = stage_files(
        tmp_path,
        {
            "bestand.csv": bestand(
                "A;2024-01-15;m",
                "A;2024-01-15;w",
                "A;2024-01-15;d",
                "A;2024-01-15;m",
                "A;2024-02-15;m",
                "B;2024-01-15;m",
            )
        },
    )
    assert result.accepted("zeile", "geschlecht") == [(3, "w"), (6, "m"), (7, "m")]
    assert result.rejected() == [(2, "BES-05"), (4, "BES-05")]
    assert result.table().zusammengefuehrt == 1


def test_the_key_of_the_stock_is_the_calendar_month(tmp_path: Path) -> None:
    result = stage_files(
        tmp_path, {"bestand.csv": bestand("A;2024-01-31;w", "A;2024-01-01;w", "A;2024-02-01;w")}
    )
    assert result.accepted("zeile") == [(2,), (4,)]
    assert result.rejected() == [(3, "BES-05")]


@pytest.mark.parametrize(
    ("column", "smaller", "greater"),
    [
        ("wochenstunden", "100", "39,5"),  # as text, not as a number
        ("wochenstunden", "", "0"),
        ("wochenstunden", "39.5", "39.50001"),  # equal at four decimals: collapses
        ("foerderung", "sonstige", ""),  # missing is the text unbekannt
        ("foerderung", "egz", "esg"),
        ("beginn", "31.12.2023", "01.01.2024"),  # ISO order, not as delivered
    ],
)
def test_contents_are_compared_as_canonical_text(
    tmp_path: Path, column: str, smaller: str, greater: str
) -> None:
    cells = {"beginn": "2024-01-15", "foerderung": "", "wochenstunden": ""}
    lines = [
        "1;A;{beginn};sv;{foerderung};{wochenstunden}".format(**{**cells, column: value})
        for value in (greater, smaller)
    ]
    result = jobs(tmp_path, *lines)
    assert result.accepted("zeile", table="beschaeftigungen") == [(2,)]
    merged = result.table("beschaeftigungen").zusammengefuehrt
    expected = [] if merged else [(3, "BSC-05")]
    assert result.rejected(table="beschaeftigungen") == expected
    assert merged == (1 if greater == "39.50001" else 0)


@pytest.mark.parametrize(
    ("art", "foerderung", "accepted"),
    [
        ("sv", "agh16d", False),
        ("sv", "taam16i", False),
        ("sv", "fav16e_alt", False),
        ("sv", "evl16e", True),
        ("sv", "", True),
        ("sv", "unsinn", True),
        ("oeffentlich_gefoerdert", "taam16i", True),
    ],
)
def test_a_subsidy_that_rules_out_social_insurance_rejects(
    tmp_path: Path, art: str, foerderung: str, accepted: bool
) -> None:
    result = jobs(tmp_path, f"1;A;2024-01-15;{art};{foerderung};")
    expected = [] if accepted else [(2, "BSC-07")]
    assert result.rejected(table="beschaeftigungen") == expected


def test_a_contradictory_row_never_displaces_a_good_one(tmp_path: Path) -> None:
    result = jobs(tmp_path, "1;A;2024-01-15;ausbildung;keine;", "1;A;2024-01-15;sv;taam16i;")
    assert result.accepted("zeile", table="beschaeftigungen") == [(2,)]
    assert result.rejected(table="beschaeftigungen") == [(3, "BSC-07")]


def test_a_row_with_an_unusable_cell_neither_collapses_nor_competes(tmp_path: Path) -> None:
    result = stage_files(
        tmp_path, {"bestand.csv": bestand("A;2024-01-15;x", "A;2024-01-15;x", "A;2024-01-15;d")}
    )
    assert result.accepted("zeile") == [(4,)]
    assert result.rejected() == [(2, "BES-02"), (3, "BES-02")]


def test_codes_outside_their_validity_are_counted_and_accepted(tmp_path: Path) -> None:
    result = jobs(
        tmp_path,
        "1;A;2018-12-31;sv;evl16e;",
        "2;A;2019-01-01;sv;evl16e;",
        "3;A;2018-12-31;oeffentlich_gefoerdert;fav16e_alt;",
        "4;A;2019-01-01;oeffentlich_gefoerdert;fav16e_alt;",
        "5;A;2012-03-31;oeffentlich_gefoerdert;fav16e_alt;",
    )
    table = result.table("beschaeftigungen")
    assert table.angenommen == 5
    assert table.ausserhalb_gueltigkeit == (
        OutsideValidity("foerderung", "evl16e", 1),
        OutsideValidity("foerderung", "fav16e_alt", 2),
    )
    assert result.staged.warnings == (
        "l1/beschaeftigungen.csv, Spalte foerderung: Code evl16e steht in Zeilen außerhalb seiner "
        "Gültigkeit. codes/foerderung.csv oder Lieferung prüfen.",
        "l1/beschaeftigungen.csv, Spalte foerderung: Code fav16e_alt steht in Zeilen außerhalb "
        "seiner Gültigkeit. codes/foerderung.csv oder Lieferung prüfen.",
    )


def test_stichtage_are_those_of_rows_that_break_no_rule_on_single_rows(tmp_path: Path) -> None:
    result = stage_files(
        tmp_path,
        {
            "bestand.csv": bestand(
                "A;2024-01-16;w", "A;2024-01-15;w", "B;2024-03-15;x", "C;2024-01-15;w"
            )
        },
    )
    assert result.table().stichtage == {
        date(2024, 1, 15): "bestand.csv, Zeile 3",
        date(2024, 1, 16): "bestand.csv, Zeile 2",
    }


def test_every_rule_has_a_text_and_an_id_of_its_own() -> None:
    numbers = [rule.nummer for rule in rules()]
    assert sorted(numbers) == ["01", "02", "03", "04", "05", "06", "07", "08"]
    ids = {rule_id(contract(table), n) for table in DELIVERED_TABLES for n in numbers}
    assert len(ids) == 32
    for rule in rules():
        texts = {rule.titel("de"), rule.titel("en"), rule.abhilfe("de"), rule.abhilfe("en")}
        assert len(texts) == 4
        assert all(text.endswith(".") for text in texts)


@pytest.mark.parametrize("seed", range(10))
def test_no_row_is_lost_whatever_is_delivered(tmp_path: Path, seed: int) -> None:
    """geliefert = angenommen + abgewiesen + zusammengefuehrt, and each line stands in one place."""
    rng = random.Random(seed)
    cells = [
        "A",
        "B",
        "",
        "2024-01-15",
        "15.02.2024",
        "2025-01-15",
        "w",
        "m",
        "x",
        "1985",
        "ä",
        " ",
    ]
    lines = [
        ";".join(rng.choice(cells) for _ in range(rng.choice([3, 4, 4, 4, 4, 5])))
        if rng.random() < 0.6
        else f"{rng.choice('AB')};2024-0{rng.randint(1, 3)}-15;{rng.choice('wm')};1985"
        for _ in range(200)
    ]
    lines += ["".join(rng.choice(string.printable[:94].replace('"', "")) for _ in range(40))]
    text = "\n".join([f"{BESTAND};juengstes_kind_alter", *lines, ""])
    result = stage_files(tmp_path, {"bestand.csv": text})
    table = result.table()
    rejected = result.rejected()
    taken = [zeile for (zeile,) in result.accepted("zeile")]
    assert table.geliefert == len(lines)
    assert table.angenommen == len(taken)
    assert sum(table.abgewiesen.values()) == len(rejected)
    places = [*taken, *(zeile for zeile, _ in rejected)]
    assert len(set(places)) == len(places) == len(lines) - table.zusammengefuehrt
    assert places == sorted(taken) + sorted(zeile for zeile, _ in rejected)
