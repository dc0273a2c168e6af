"""The same stock delivered by Stichtag and in spells of receipt comes to the same figures."""

from pathlib import Path

from tests.cli.small import MONTHS, NOTE, PERSONS, Place, write_delivery

SINCE = "2012-03-01"


def write_both(root: Path) -> tuple[Place, Place]:
    """Everybody in stock for sixteen months, a third with a gap and another district after it."""
    by_day, by_spell = Place(root / "je_stichtag"), Place(root / "zeitraeume")
    stock, spells = [], []
    for number, (person, sex) in enumerate(PERSONS.items()):
        parts = [(0, 5, "Mitte"), (8, 15, "Süd")] if number % 3 else [(0, 15, "Mitte")]
        for first, last, district in parts:
            spells.append(
                f"{person};{MONTHS[first].replace(day=3)};{MONTHS[last]};{sex};{SINCE};{district}"
            )
            stock += [
                f"{person};{day};{sex};{SINCE};{district}" for day in MONTHS[first : last + 1]
            ]
    attributes = "geschlecht;leistungsbezug_seit;stadtbezirk"
    folder = write_delivery(by_day.raw)
    (folder / "bestand.csv").write_text(
        "\n".join([f"person_id;stichtag;{attributes}", *stock]) + "\n", encoding="utf-8"
    )
    folder = write_delivery(by_spell.raw, note=f"zeitraum_von = {MONTHS[0]}\n{NOTE}")
    (folder / "bestand.csv").unlink()
    (folder / "bezug.csv").write_text(
        "\n".join([f"person_id;von;bis;{attributes}", *spells]) + "\n", encoding="utf-8"
    )
    # The datenstand lies after the last of the Stichtage; without a list there were four more.
    (folder / "stichtage.csv").write_text(
        "\n".join(["stichtag", *map(str, MONTHS)]) + "\n", encoding="utf-8"
    )
    return by_day, by_spell


def test_a_stock_in_spells_gives_the_figures_of_the_stock_by_stichtag(tmp_path: Path) -> None:
    published = []
    for place in write_both(tmp_path):
        done = place.report()
        assert done.returncode == 0, done.stdout + done.stderr
        (page,) = (place.reports / "aktuell").glob("index.html")
        assert page.is_file()
        names = ("pub_quote.parquet", "pub_angaben.parquet", "mart_quote.parquet")
        published.append([(place.curated / name).read_bytes() for name in names])
    assert published[0] == published[1]
    assert (
        "klein/bezug.csv: 20 Zeilen geliefert = 20 übernommen + 0 abgewiesen + 0 zusammengeführt"
    ) in done.stdout
    assert "KANARIE" not in done.stdout + done.stderr


def test_a_broken_list_of_stichtage_is_refused_with_exit_11(tmp_path: Path) -> None:
    _, place = write_both(tmp_path)
    (place.raw / "klein" / "stichtage.csv").write_text("stichtag\nKANARIE\n", encoding="utf-8")
    done = place.report()
    assert done.returncode == 11
    assert done.stderr == (
        "Fehler: klein/stichtage.csv, Zeile 2: Das ist kein Stichtag. Genau ein Datum je Zeile "
        "liefern, als JJJJ-MM-TT oder TT.MM.JJJJ.\n"
    )
