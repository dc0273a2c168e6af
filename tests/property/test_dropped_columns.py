"""Dropping an optional column removes its breakdown and nothing else.

One delivery without mistakes, told with all its columns and once without each optional one.
"""

from pathlib import Path

import pytest

from tests.oracle import compute
from tests.oracle.catalogue import TABLES
from tests.oracle.quotas import Counts, Figure, Key
from tests.property import product
from tests.property.generator import make_whole_case
from tests.property.test_mart_equals_oracle import oracle_differences

SEED = 9
DELIVERED = ("bestand", "beschaeftigungen", "teilnahmen")
COLUMNS = [
    (table, column.name) for table in DELIVERED for column in TABLES[table] if not column.required
]
# What is gone without a column: ids of breakdowns, and Kennzahlen.
GONE = {
    ("bestand", "geburtsjahr"): {"alter", "bg_typ_x_alter"},
    ("bestand", "bg_typ"): {"bg_typ", "bg_typ_x_alter", "K2E4"},
    ("bestand", "juengstes_kind_alter"): {"kind_unter_3"},
    ("bestand", "staatsangehoerigkeit"): {"staatsangehoerigkeit"},
    ("bestand", "berufsabschluss"): {"berufsabschluss"},
    ("bestand", "arbeitsmarktstatus"): {"arbeitsmarktstatus", "FA_ALO"},
    ("bestand", "leistungsbezug_seit"): {"bezugsdauer", "massnahme_x_bezugsdauer"},
    ("bestand", "lzb"): {"lzb", "K3E1"},
    ("bestand", "hilfe_67"): {"hilfe_67"},
    ("bestand", "stadtbezirk"): {"stadtbezirk"},
    ("teilnahmen", "massnahme_id"): {"massnahme_id"},
    ("teilnahmen", "traeger_id"): {"traeger_id"},
}
# The rules ask these: their figures change, and the rows stay.
ASKED_BY_RULES = {
    ("beschaeftigungen", "ende"),
    ("beschaeftigungen", "arbeitgeber_id"),
    ("beschaeftigungen", "erfasst_am"),
    ("teilnahmen", "austritt"),
}
# Without an age of the youngest child the type of household decides.
DECIDED_WITH = {("bestand", "bg_typ"): "kind_unter_3"}

Marts = dict[tuple[str, Key], Figure | Counts]


def read_marts(curated: Path) -> Marts:
    """All figures by table and key."""
    marts: Marts = {("mart_quote", key): row for key, row in product.read_quotes(curated).items()}
    for table in ("mart_veroeffentlichung", "mart_anteil"):
        marts |= {(table, key): row for key, row in product.read_counts(curated, table).items()}
    return marts


@pytest.fixture(scope="module")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Marts:
    """The marts of the delivery with every column."""
    folder = tmp_path_factory.mktemp("complete")
    case = make_whole_case(SEED, folder / "raw")
    product.build_marts(case.raw, folder / "curated")
    return read_marts(folder / "curated")


def test_the_world_shows_every_breakdown_and_every_kennzahl(complete: Marts) -> None:
    named = {key.schnitt for _, key in complete} | {key.kennzahl for _, key in complete}
    assert named >= set().union(*GONE.values()) | {"K2E3", "M1", "EQ_6", "EQ_12", "FQ"}


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_dropping_a_column_removes_its_breakdown_and_nothing_else(
    complete: Marts, table: str, column: str, tmp_path: Path
) -> None:
    case = make_whole_case(SEED, tmp_path / "raw", without=(table, column))
    product.build_marts(case.raw, tmp_path / "curated")
    found = read_marts(tmp_path / "curated")
    gone = GONE.get((table, column), set())
    kept = {
        (mart, key): row
        for (mart, key), row in complete.items()
        if not {key.schnitt, key.kennzahl} & gone
    }
    assert found.keys() == kept.keys()
    changed = {key.schnitt for mart, key in kept if found[mart, key] != kept[mart, key]}
    if (table, column) not in ASKED_BY_RULES:
        assert changed <= {DECIDED_WITH.get((table, column))}
    assert not oracle_differences(compute(case.raw), tmp_path / "curated")


@pytest.mark.parametrize(("table", "column"), sorted(ASKED_BY_RULES))
def test_a_column_that_rules_ask_is_felt(table: str, column: str, tmp_path: Path) -> None:
    told = compute(make_whole_case(SEED, tmp_path / "1").raw)
    untold = compute(make_whole_case(SEED, tmp_path / "2", without=(table, column)).raw)
    assert told.mart_quote.keys() == untold.mart_quote.keys()
    assert told.mart_quote != untold.mart_quote
