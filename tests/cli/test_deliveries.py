"""What has arrived: every delivery folder with its status, without reading anything anew."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline import last_reading as module
from pipeline.deliveries import deliveries, judge
from pipeline.delivery_lines import NARROWEST_TABLE, Arrival, arrival_lines, arrival_table
from pipeline.errors import DeliveryError
from pipeline.ingest.delivery import survey
from pipeline.ingest.stage import run
from pipeline.ingest.staged import StagedDelivery, load_staged
from pipeline.last_reading import last_reading
from pipeline.report.texts import texts
from pipeline.settings import Settings
from pipeline.stages import Work
from tests.cli.small import Place
from tests.ingest.building import NOTE, bestand, write

STOCK = bestand("KANARIE;2024-01-15;w", "KANARIE;2024-01-15;w", "B;2024-02-15;m", "C;x;m")
STARTS = "beschaeftigung_id;person_id;beginn;art\n1;B;2024-01-20;sv\n"
FILES: dict[str, str | bytes] = {"bestand.csv": STOCK, "beschaeftigungen.csv": STARTS}
REAL, MADE_UP = "echt", "erfunden"


def read(raw: Path, curated: Path, as_of: date | None = None) -> None:
    """Read the deliveries as a run does, and nothing more."""
    curated.mkdir()
    settings = Settings(raw=raw, curated=curated, as_of=as_of, threads=1, memory_limit="500MB")
    run(Work({"raw/": raw}, {}, curated, curated, settings, "lauf"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """raw with a real delivery and a synthetic one, and curated as the run that read both left."""
    root = tmp_path_factory.mktemp("gelesen")
    write(root / "raw", FILES, folder=REAL)
    write(root / "raw", FILES, folder=MADE_UP, note="synthetisch = true\n")
    read(root / "raw", root / "curated")
    return root


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Place:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Place(tmp_path)


def arrivals(place: Place) -> list[Arrival]:
    settings, last = Settings(raw=place.raw), last_reading(place.curated)
    return judge(settings, survey(place.raw), last, texts("de"))[0]


def statuses(place: Place) -> dict[str, str]:
    return {arrival.folder: arrival.status for arrival in arrivals(place)}


def of(place: Place, folder: str) -> Arrival:
    [found] = [one for one in arrivals(place) if one.folder == folder]
    return found


def test_every_delivery_is_shown_with_what_the_last_run_made_of_it(place: Place) -> None:
    assert arrival_lines(arrivals(place), texts("de")) == [
        "echt: verwendet",
        "  Art: voll; Datenstand: 31.\u00a0Dezember\u00a02024; Träger: jc-1; Pseudonyme: stabil; "
        "Stichtage: 15.\u00a0Januar\u00a02024 bis 15.\u00a0Februar\u00a02024",
        "  echt/bestand.csv: 4 Zeilen geliefert = 2 übernommen + 1 abgewiesen + 1 zusammengeführt",
        "  echt/beschaeftigungen.csv: 1 Zeilen geliefert = 1 übernommen + 0 abgewiesen + 0 "
        "zusammengeführt",
        "erfunden: nicht verwendet",
        "  Nicht verwendet: synthetisch, und es gibt eine echte Lieferung.",
        "  Art: voll; Datenstand: 31.\u00a0Dezember\u00a02024; Träger: jc-1; Pseudonyme: stabil; "
        "synthetisch: ja; Stichtage: 15.\u00a0Januar\u00a02024 bis 15.\u00a0Februar\u00a02024",
        "  erfunden/bestand.csv: 4 Zeilen geliefert = 2 übernommen + 1 abgewiesen + 1 "
        "zusammengeführt",
        "  erfunden/beschaeftigungen.csv: 1 Zeilen geliefert = 1 übernommen + 0 abgewiesen + 0 "
        "zusammengeführt",
    ]


def test_before_the_first_run_every_delivery_is_new(place: Place) -> None:
    shutil.rmtree(place.curated)
    assert statuses(place) == {REAL: "neu", MADE_UP: "neu"}
    found = of(place, REAL)
    assert (found.id, found.datenstand, found.rows) == (REAL, date(2024, 12, 31), ())


def test_a_delivery_put_there_after_the_last_run_is_new(place: Place) -> None:
    write(place.raw, FILES, folder="spaeter")
    assert statuses(place) == {REAL: "verwendet", MADE_UP: "nicht_verwendet", "spaeter": "neu"}


def add_a_row(folder: Path) -> None:
    (folder / "bestand.csv").write_text(STOCK + "D;2024-02-15;w\n", encoding="utf-8")


def add_a_table(folder: Path) -> None:
    header = "teilnahme_id;person_id;instrument;eintritt\n"
    (folder / "teilnahmen.csv").write_text(header, encoding="utf-8")


def say_otherwise(before: str, after: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        note = folder / "lieferung.toml"
        text = note.read_text(encoding="utf-8")
        assert before in text
        note.write_text(text.replace(before, after), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    "change",
    [
        add_a_row,
        add_a_table,
        say_otherwise('art = "voll"', 'art = "korrektur"'),
        say_otherwise("2024-12-31", "2024-12-30"),
        say_otherwise("jc-1", "jc-2"),
        say_otherwise('lieferung = "echt"', 'lieferung = "anders"'),
        say_otherwise("traeger", 'pseudonym = "je_lieferung"\ntraeger'),
        say_otherwise("traeger", "zeitraum_von = 2024-01-01\ntraeger"),
        say_otherwise("traeger", "synthetisch = true\ntraeger"),
    ],
)
def test_a_delivery_read_with_other_content_has_changed(
    place: Place, change: Callable[[Path], None]
) -> None:
    change(place.raw / REAL)
    assert statuses(place) == {REAL: "geaendert", MADE_UP: "nicht_verwendet"}
    assert of(place, REAL).rows == ()


def add_a_letter(place: Place) -> str:
    (place.raw / REAL / "brief.txt").write_text("x", encoding="utf-8")
    return REAL


def rename_the_folder(place: Place) -> str:
    (place.raw / REAL).rename(place.raw / "neuer-name")
    return "neuer-name"


@pytest.mark.parametrize("change", [add_a_letter, rename_the_folder])
def test_other_surroundings_leave_a_delivery_used_and_say_it_is_read_again(
    place: Place, change: Callable[[Place], str]
) -> None:
    found = of(place, change(place))
    assert (found.status, found.id) == ("verwendet", REAL)
    assert found.sentences == (texts("de")("lieferungen.noch_einmal"),)
    assert len(found.rows) == 2


def test_where_a_profile_decided_what_was_read_other_surroundings_are_a_change(
    place: Place,
) -> None:
    [file] = place.curated.glob(f"stg/{REAL}-*/lieferung.json")
    content = json.loads(file.read_text(encoding="utf-8"))
    content["tabellen"]["bestand"]["profil"] = "verfahren"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert (of(place, REAL).status, of(place, REAL).profil) == ("verwendet", "verfahren")
    add_a_letter(place)
    assert of(place, REAL).status == "geaendert"


def test_a_folder_named_otherwise_than_its_delivery_is_named_too(place: Place) -> None:
    (place.raw / REAL).rename(place.raw / "neuer-name")
    lines = arrival_lines(arrivals(place), texts("de"))
    assert any(line.startswith("  Ordner: neuer-name; Art: voll;") for line in lines)


def test_a_refused_delivery_is_shown_with_its_sentences_among_the_others(place: Place) -> None:
    (place.raw / REAL / "lieferung.toml").write_text("art = \n", encoding="utf-8")
    assert statuses(place) == {REAL: "abgelehnt", MADE_UP: "nicht_verwendet"}
    assert arrival_lines([of(place, REAL)], texts("de")) == [
        "echt: abgelehnt",
        "  echt/lieferung.toml, Zeile 1: Das ist kein gültiges TOML. Datei prüfen.",
    ]


def test_two_folders_with_one_id_are_both_refused(place: Place) -> None:
    shutil.copytree(place.raw / REAL, place.raw / "kopie")
    assert statuses(place) == {
        REAL: "abgelehnt",
        "kopie": "abgelehnt",
        MADE_UP: "nicht_verwendet",
    }
    [sentence] = of(place, "kopie").sentences
    assert sentence.startswith("Die Lieferung echt gibt es mehrfach (Ordner echt, kopie).")


def test_a_file_that_cannot_be_read_refuses_its_delivery_only(place: Place) -> None:
    (place.raw / REAL / "verweis.csv").symlink_to("gibt-es-nicht")
    assert statuses(place) == {REAL: "abgelehnt", MADE_UP: "nicht_verwendet"}
    assert "lässt sich nicht lesen" in of(place, REAL).sentences[0]


def test_a_delivery_that_was_used_and_is_gone_is_missing(place: Place) -> None:
    shutil.rmtree(place.raw / REAL)
    assert statuses(place) == {MADE_UP: "nicht_verwendet", REAL: "fehlt"}
    assert len(of(place, REAL).rows) == 2


def test_one_that_was_not_used_and_is_gone_is_not_missed(place: Place) -> None:
    shutil.rmtree(place.raw / MADE_UP)
    assert statuses(place) == {REAL: "verwendet"}


def test_a_delivery_left_out_by_looking_back_is_not_used_for_that_reason(tmp_path: Path) -> None:
    place = Place(tmp_path)
    write(place.raw, FILES, folder="alt")
    write(place.raw, FILES, folder="neu", datenstand="2025-01-31")
    read(place.raw, place.curated, as_of=date(2025, 1, 30))
    record = {"einstellungen": {"as_of": "2025-01-30"}}
    (place.curated / "lauf.json").write_text(json.dumps(record), encoding="utf-8")
    assert statuses(place) == {"alt": "verwendet", "neu": "nicht_verwendet"}
    assert of(place, "neu").sentences == ("Nicht verwendet: Datenstand nach dem 30.01.2025.",)


@pytest.mark.parametrize("content", ["{}", "[]", "kein JSON"])
def test_what_another_version_of_the_program_read_counts_as_new(place: Place, content: str) -> None:
    for file in place.curated.glob("stg/*/lieferung.json"):
        file.write_text(content, encoding="utf-8")
    assert statuses(place) == {REAL: "neu", MADE_UP: "neu"}
    assert of(place, REAL).sentences == (texts("de")("lieferungen.andere_fassung"),)


@pytest.mark.parametrize("content", ["{}", "[]", "kein JSON", '{"lieferungen": [1]}'])
def test_with_a_damaged_choice_nothing_is_known_of_the_last_run(place: Place, content: str) -> None:
    (place.curated / "stg" / "auswahl.json").write_text(content, encoding="utf-8")
    assert statuses(place) == {REAL: "neu", MADE_UP: "neu"}


def test_a_run_that_replaces_the_files_meanwhile_is_waited_for(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def gone_at_first(folder: Path) -> StagedDelivery:
        calls.append(folder)
        if len(calls) == 1:
            raise FileNotFoundError(folder)
        return load_staged(folder)

    monkeypatch.setattr(module, "load_staged", gone_at_first)
    assert statuses(place) == {REAL: "verwendet", MADE_UP: "nicht_verwendet"}


def test_without_a_delivery_there_is_nothing_to_show(tmp_path: Path) -> None:
    for raw in (tmp_path, tmp_path / "gibt-es-nicht"):
        settings = Settings(raw=raw, curated=tmp_path.parent / "curated")
        with pytest.raises(DeliveryError, match="pipeline demo") as caught:
            deliveries(settings, print)
        assert caught.value.exit_code == 11


def test_corrections_that_would_stop_the_next_run_are_said(place: Place) -> None:
    (place.raw / "corrections.toml").write_text("x = ", encoding="utf-8")
    lines: list[str] = []
    deliveries(Settings(raw=place.raw, curated=place.curated), lines.append)
    assert lines[-1].startswith("Hinweis: corrections.toml")
    assert lines[0] == "echt: verwendet"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_wide_terminal_gets_a_table_a_narrow_one_lines(place: Place, lang: str) -> None:
    t = texts(lang)
    assert arrival_table(arrivals(place), t, NARROWEST_TABLE - 1) == []
    table = arrival_table(arrivals(place), t, NARROWEST_TABLE)
    assert max(map(len, table)) <= NARROWEST_TABLE
    text = "\n".join(table)
    for word in (REAL, MADE_UP, "jc-1", "bestand: 4 = 2 + 1 + 1"):
        assert word in text
    for status in ("verwendet", "nicht_verwendet"):
        assert t(f"lieferungen.status.{status}") in text
    assert "erfunden: " in table[-1]
    assert "2024" in text


def test_the_command_shows_them_reads_nothing_anew_and_no_cell(place: Place) -> None:
    before = {path: path.read_bytes() for path in place.root.rglob("*") if path.is_file()}
    folders = ("--raw", str(place.raw), "--curated", str(place.curated))
    done = place.call("deliveries", *folders, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("echt: used\n")
    assert "erfunden: not used\n" in done.stdout
    assert "KANARIE" not in done.stdout + done.stderr
    after = {path: path.read_bytes() for path in place.root.rglob("*") if path.is_file()}
    assert after == before


def test_a_delivery_without_a_note_says_what_was_assumed(place: Place) -> None:
    write(place.raw, FILES, folder="ohne", datenstand=None)
    found = of(place, "ohne")
    assert (found.status, found.datenstand, found.art) == ("neu", None, "voll")
    assert NOTE.splitlines()[2] not in "\n".join(arrival_lines([found], texts("de")))
