"""validate: the verdict of the run again, one delivery, rules of one's own, one rule explained."""

import json
from pathlib import Path

import pytest

from pipeline.quality.suite import suite
from tests.cli.small import NOTE, Place, write_delivery

TOTAL = len(suite())
OWN = """
[[regel]]
tabelle = "core_bestand"
id = "REV-20"
ebene = "spalte"
titel_de = "Niemand ist vor 1981 geboren"
titel_en = "Nobody was born before 1981"
severity = "{severity}"
why = "Stichprobe der Revision."
why_en = "A sample of the auditors."
type = "expect_column_values_to_be_between"
kwargs = {{ column = "geburtsjahr", min_value = 1981 }}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "eigene.toml"
    path.write_text(OWN.format(severity="warning"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A run over two deliveries; the second names five people as born in 1899."""
    place = Place(tmp_path_factory.mktemp("zwei"))
    write_delivery(place.raw)
    folder = place.raw / "b"
    folder.mkdir()
    note = NOTE.replace('"klein"', '"b"').replace("2015-07-31", "2015-08-31")
    (folder / "lieferung.toml").write_text(note.replace("voll", "nachlieferung"), "utf-8")
    rows = [f"KANARIE{n:03d};2015-05-15;w;{1899 if n < 5 else 1980}" for n in range(12)]
    lines = ["person_id;stichtag;geschlecht;geburtsjahr", *rows]
    (folder / "bestand.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = place.report()
    assert done.returncode == 0, done.stdout + done.stderr
    return place


def validate(place: Place, *more: str) -> tuple[int, list[str], str]:
    """Exit code, lines of the output, and what went to standard error."""
    done = place.call("validate", "--curated", str(place.curated), *more)
    return done.returncode, done.stdout.splitlines(), done.stderr


def test_the_verdict_is_that_of_the_run_and_progress_goes_to_standard_error(two: Place) -> None:
    found = json.loads((two.curated / "pruefung.json").read_text("utf-8"))
    broken = [r for r in found["regeln"] if r["urteil"] == "verletzt"]
    code, lines, errors = validate(two)
    assert code == 0
    assert [line.split()[1] for line in lines[:-1]] == [
        r["regel"] for kind in ("warning", "info") for r in broken if r["severity"] == kind
    ]
    assert lines[-1] == f"{TOTAL - len(broken)} von {TOTAL} Regeln bestanden."
    assert f"{TOTAL} von {TOTAL} Regeln ausgewertet" in errors
    assert validate(two, "--all")[1] == lines


def test_of_one_delivery_only_its_own_rows_are_judged(two: Place) -> None:
    first, second = (validate(two, "--delivery", name)[1] for name in ("klein", "b"))
    assert not [line for line in first if "BES-21" in line]
    assert [line for line in second if "BES-21" in line] == [
        "Regel BES-21 verletzt (Warnung): Das Alter am Stichtag liegt zwischen 15 und 67 Jahren "
        "(core_bestand: 5 Treffer in 12 Zeilen)"
    ]


def test_a_delivery_that_is_not_there_is_a_usage_error(two: Place) -> None:
    code, _, errors = validate(two, "--delivery", "c")
    assert code == 10
    assert "Es gibt: b, klein." in errors
    assert validate(two, "--delivery", "b", "--all")[0] == 10


def test_rules_of_ones_own_are_judged_with_the_others(two: Place, own: Path) -> None:
    code, lines, _ = validate(two, "--rules", str(own))
    assert code == 0
    assert [line for line in lines if "REV-20" in line] == [
        "Regel REV-20 verletzt (Warnung): Niemand ist vor 1981 geboren "
        "(core_bestand: 204 Treffer in 204 Zeilen)"
    ]
    assert lines[-1].endswith(f"von {TOTAL + 1} Regeln bestanden.")
    own.write_text(OWN.format(severity="critical"), encoding="utf-8")
    code, _, errors = validate(two, "--rules", str(own))
    assert (code, "Regel REV-20 verletzt (kritisch)" in errors) == (12, True)


def test_a_file_of_rules_that_is_missing_or_malformed_is_a_usage_error(
    two: Place, own: Path
) -> None:
    code, _, errors = validate(two, "--rules", str(own.with_name("fehlt.toml")))
    assert (code, "fehlt.toml: Die Datei ist nicht lesbar" in errors) == (10, True)
    own.write_text(OWN.format(severity="hoch"), encoding="utf-8")
    code, _, errors = validate(two, "--rules", str(own))
    assert (code, "eigene.toml, Regel REV-20: «severity» muss" in errors) == (10, True)
    own.write_text(OWN.format(severity="info").replace("core_bestand", "bestand"), "utf-8")
    code, _, errors = validate(two, "--rules", str(own))
    assert (code, "eigene.toml, Regel REV-20: «tabelle» muss eine von" in errors) == (10, True)
    own.write_text(OWN.format(severity="info").replace("REV-20", "BES-21"), "utf-8")
    code, _, errors = validate(two, "--rules", str(own))
    assert (code, "Die Kennung steht schon in" in errors) == (10, True)


def test_a_rule_is_explained_with_the_places_of_its_findings(two: Place, own: Path) -> None:
    code, lines, _ = validate(two, "--explain", "BES-21")
    assert code == 0
    assert lines[0] == "BES-21 · core_bestand · spalte · Warnung"
    assert lines[-2:] == [
        "5 Treffer in 204 Zeilen von core_bestand.",
        "  b / bestand.csv: 5, Spalte geburtsjahr, Zeilen 2, 3, 4, 5, 6",
    ]
    code, lines, _ = validate(two, "--explain", "REV-20", "--rules", str(own), "--lang", "en")
    assert lines[0] == "REV-20 · core_bestand · spalte · warning"
    assert "Nobody was born before 1981" in lines
    code, _, errors = validate(two, "--explain", "REV-20")
    assert (code, "Die Regel «REV-20» gibt es nicht." in errors) == (10, True)


def test_the_page_about_the_rules_lies_beside_the_report_and_the_history_has_a_line(
    two: Place,
) -> None:
    report = two.reports / "aktuell"
    for name in ("pruefbericht.html", "pruefbericht.en.html"):
        assert (report / name).read_bytes() == (two.curated / name).read_bytes()
    assert "BES-21" in (report / "pruefbericht.html").read_text("utf-8")
    assert 'href="pruefbericht.html"' in (report / "index.html").read_text("utf-8")
    lines = (two.curated / "pruefungen.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["lieferungen"] for line in lines] == [["klein", "b"]]


def test_no_value_of_a_person_is_told_anywhere(two: Place) -> None:
    """Though five people break a rule, and every rule is explained that finds something."""
    found = json.loads((two.curated / "pruefung.json").read_text("utf-8"))
    broken = [r["regel"] for r in found["regeln"] if r["urteil"] == "verletzt"]
    assert "BES-21" in broken
    said = ["".join([*lines, errors]) for name in broken
            for _, lines, errors in [validate(two, "--explain", name)]]  # fmt: skip
    files = [*two.curated.glob("pruef*"), two.curated / "protokoll.jsonl"]
    said += [path.read_text("utf-8") for path in files]
    assert len(files) == 5
    for text in said:
        assert "KANARIE" not in text
        assert "GEHEIMARBEIT" not in text
        assert "1899" not in text


def test_new_pseudonyms_leave_no_report_but_a_page_that_says_why(tmp_path: Path) -> None:
    place = Place(tmp_path)
    first = write_delivery(place.raw) / "bestand.csv"
    header, *rows = first.read_text("utf-8").splitlines()
    more = [row.replace("KANARIE", "KANARIE1") for row in rows]
    first.write_text("\n".join([header, *rows, *more]) + "\n", encoding="utf-8")
    folder = place.raw / "b"
    folder.mkdir()
    note = NOTE.replace('"klein"', '"b"').replace("2015-07-31", "2015-08-31")
    (folder / "lieferung.toml").write_text(note.replace("voll", "nachlieferung"), "utf-8")
    renewed = [f"ANDERS{n};2015-05-15;w;1980;2012-01-01" for n in range(24)]
    (folder / "bestand.csv").write_text("\n".join([header, *renewed]) + "\n", encoding="utf-8")
    for _ in range(2):
        done = place.report()
        assert done.returncode == 12, done.stdout + done.stderr
        assert "Regel MW-21 verletzt (kritisch)" in done.stderr
        assert f"Prüfbericht: {place.curated / 'pruefbericht.html'}" in done.stderr
        assert not (place.reports / "aktuell").exists()
    page = (place.curated / "pruefbericht.html").read_text("utf-8")
    assert "Eine kritische von" in page
    assert "Zu diesem Lauf gibt es keinen Bericht." in page
    assert validate(place)[0] == 12
    assert validate(place, "--delivery", "klein")[0] == 0
    (folder / "bestand.csv").write_text(f"{header}\n", encoding="utf-8")
    assert place.report().returncode == 0
    assert "Zu diesem Lauf" not in (place.curated / "pruefbericht.html").read_text("utf-8")
