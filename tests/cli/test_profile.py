"""The commands on profiles from outside: output, exit codes, no content of a person."""

from pathlib import Path

from tests.cli.small import PERSONS, Place, write_delivery


def test_a_draft_goes_to_the_output_and_a_check_says_what_is_open(tmp_path: Path) -> None:
    place = Place(tmp_path)
    folder = write_delivery(place.raw)
    (folder / "bestand.csv").rename(folder / "deutsch.csv")
    text = (folder / "deutsch.csv").read_text(encoding="utf-8")
    header = text.partition("\n")[0]
    german = "Personen-ID;Stichtag;Geschlecht;Geburtsjahr;Seit"
    (folder / "deutsch.csv").write_text(text.replace(header, german), encoding="utf-8")

    done = place.call("profile", "suggest", "raw/klein/deutsch.csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"Personen-ID" = "person_id"' in done.stdout
    assert '# ignoriert = ["Seit"]' in done.stdout

    arguments = ["raw/klein/deutsch.csv", "--profil", "deutsch", "--tabelle", "bestand"]
    checked = place.call("profile", "check", *arguments)
    assert checked.returncode == 11
    assert "  Nicht zugeordnet: Seit\n" in checked.stdout
    assert checked.stderr.startswith("Fehler: klein/deutsch.csv: Nicht zugeordnete Spalten: Seit. ")
    shown = done.stdout + checked.stdout + checked.stderr
    assert not [person for person in PERSONS if person in shown]


def test_a_profile_that_does_not_exist_is_a_wrong_call(tmp_path: Path) -> None:
    place = Place(tmp_path)
    write_delivery(place.raw)
    done = place.call("profile", "check", "raw/klein/bestand.csv", "--profil", "keines")
    assert done.returncode == 10
    assert done.stderr.startswith("Fehler: Das Profil keines gibt es nicht. Es gibt: ")
