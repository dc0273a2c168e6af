"""The draft of a profile for the German demo runs when two of its lines are edited."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.demo import demo_history
from pipeline.demo.foreign_form import GERMAN, files_of
from pipeline.demo.write import write_delivery
from pipeline.ingest.profiles.profile_commands import check, suggest
from tests.ingest.forms import use_profiles
from tests.property.product import build_marts

MARTS = ("mart_quote.parquet", "mart_veroeffentlichung.parquet")


def marts(root: Path) -> list[bytes]:
    curated = root / "curated"
    curated.mkdir()
    build_marts(root / "raw", curated)
    return [(curated / name).read_bytes() for name in MARTS]


def test_the_draft_for_the_german_demo_needs_two_edits_and_comes_to_the_same_marts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = demo_history(bestand=300, seed=5, von=date(2012, 4, 1), monate=30)
    known, folder = tmp_path / "bekannt", tmp_path / "fremd" / "raw" / "demo"
    write_delivery(history, known / "raw" / "demo", form="csv")
    write_delivery(history, folder, form="deutsch")
    expected = marts(known)

    files = [folder / name for name in sorted(files_of(GERMAN))]
    out = tmp_path / "entwurf.toml"
    suggest(files, None, None, out, lambda _: None)
    drafted = out.read_text(encoding="utf-8").splitlines()
    edited = [line.replace("# ignoriert = ", "ignoriert = ") for line in drafted]
    changed = [new for old, new in zip(drafted, edited, strict=True) if old != new]
    assert changed == ['ignoriert = ["Sachgebiet"]', 'ignoriert = ["Bewilligungsstand"]']

    use_profiles(tmp_path / "profile", monkeypatch, eigenes="\n".join(edited))
    note = folder / "lieferung.toml"
    text = note.read_text(encoding="utf-8")
    note.write_text(text.replace(f'"{GERMAN}"', '"eigenes"'), encoding="utf-8")
    said: list[str] = []
    for file in files:
        check(file, "eigenes", None, said.append)
    assert said.count("  Nicht zugeordnet: keine") == 3
    assert said.count("  Unbekannte Codes: keine") == 3
    assert marts(tmp_path / "fremd") == expected
