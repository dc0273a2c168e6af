"""The worked examples of docs/methodik/, read from the pages and computed."""

import re
from collections.abc import Sequence
from datetime import datetime

import pytest

from pipeline.breakdowns import breakdowns
from pipeline.quotas.cube import monthly_sums
from pipeline.quotas.units import participants
from tests.docs.pages import table_below, text_of
from tests.sql.running import Spec, persons

EXAMPLE = "Rechenbeispiel"
MONTHS = {name: number for number, name in enumerate(
    ("Januar", "Februar", "März", "April", "Mai", "Juni"), start=1
)}  # fmt: skip
INTEGRATION = ("core_start", "core_personenmonat", "core_integration")


def rows_of(page: str) -> list[list[str]]:
    return table_below(f"docs/methodik/{page}.md", EXAMPLE)


def text_below(page: str) -> str:
    """The section with the example, its line breaks as blanks."""
    section = text_of(f"docs/methodik/{page}.md").partition(f"\n## {EXAMPLE}\n")[2]
    return re.sub(r"\s+", " ", section.partition("\n## ")[0])


def iso(day: str) -> str:
    """A German date as ISO; `offen` and nothing are empty."""
    return "" if day in ("", "offen") else f"{datetime.strptime(day, '%d.%m.%Y'):%Y-%m-%d}"


def drawn(header: str, rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join([header, *(" | ".join(row) for row in rows)])


def person(name: str) -> str:
    return str("ABCDEFG".index(name) + 1)


def jobs(rows: Sequence[tuple[str, str]]) -> str:
    """A drawing of core_beschaeftigung from persons and cells like `sv 01.02.2024 bis offen`."""
    found = [
        (person(name), art, iso(beginn), iso(ende))
        for name, cell in rows
        for art, beginn, ende in re.findall(r"(\w+) ([\d.]+) bis ([\d.]+|offen)", cell)
    ]
    return drawn("person_nr | art | beginn | ende", sorted(set(found)))


def booked(cell: str) -> dict[str, int]:
    """What `1 im Februar, 1 im März` says, by Berichtsmonat."""
    return {f"2024-{MONTHS[name]:02d}": int(n) for n, name in re.findall(r"(\d) im (\w+)", cell)}


@pytest.mark.parametrize(
    ("page", "art", "flag"),
    [
        ("k2e1", "geringfuegig", "eintritt_geringfuegig"),
        ("k2e2", "oeffentlich_gefoerdert", "eintritt_gefoerdert"),
    ],
)
def test_the_examples_of_entries(spec: Spec, page: str, art: str, flag: str) -> None:
    days = [f"2024-{month:02d}-15" for month in (1, 2, 3, 4)]
    rows = rows_of(page)
    stock = [(person(r[0]), days[int(s[1])]) for r in rows for s in r[1].split(", ")]
    starts = [(person(r[0]), iso(day), iso(r[3]), art) for r in rows for day in r[2].split(", ")]
    found = spec.run(
        "core_start", "core_personenmonat",
        select=["person_nr", "berichtsmonat", flag],
        stichtage=" ".join(days),
        core_person=persons(*range(1, 8)),
        core_bestand=drawn("person_nr | stichtag", stock),
        core_beschaeftigung=drawn("person_nr | beginn | erfasst_am | art", starts),
    )  # fmt: skip
    for row in rows:
        entries = {month: n for nr, month, n in found if str(nr) == person(row[0]) and n}
        assert entries == booked(row[4]), row[0]
    total, months = sum(n for _, _, n in found if n), len(found)
    assert f"zaehler = {total} und bestand_monate = " in text_below(page)
    assert f" = {months}." in text_below(page)


def test_the_example_of_k2e3(spec: Spec) -> None:
    rows = rows_of("k2e3")
    found = spec.run(
        *INTEGRATION,
        select=["person_nr", "kontinuierlich"],
        stichtage="2024-01-15 2024-02-15",
        core_person=persons(*range(1, 8)),
        core_bestand=drawn("person_nr | stichtag", [(person(r[0]), "2024-01-15") for r in rows]),
        core_beschaeftigung=jobs([(r[0], r[1]) for r in rows]),
    )
    words = {None: ("nein", ""), 1: ("ja", "ja"), 0: ("ja", "nein")}
    assert {str(nr): words[flag] for nr, flag in found} == {
        person(r[0]): (r[2], r[3]) for r in rows
    }
    entered = [flag for _, flag in found if flag is not None]
    assert _share(sum(entered), len(entered)) in text_below("k2e3")


def test_the_example_of_m1(spec: Spec) -> None:
    rows = rows_of("m1")
    stock = [
        (person(r[0]), f"2024-{MONTHS[name]:02d}-15") for r in rows for name in r[1].split(", ")
    ]
    starts = [(person(r[0]), iso(day)) for r in rows for day in r[2].split(", ")]
    found = spec.run(
        *INTEGRATION,
        select=["person_nr", "berichtsmonat", "bestand_verlassen"],
        stichtage=" ".join(f"2024-{number:02d}-15" for number in MONTHS.values()),
        core_person=persons(*range(1, 8)),
        core_bestand=drawn("person_nr | stichtag", stock),
        core_beschaeftigung=drawn("person_nr | beginn", starts),
    )
    expected = {
        (person(r[0]), f"2024-{MONTHS[name]:02d}"): int(word == "ja")
        for r in rows
        for name, word in re.findall(r"(\w+): (ja|nein)", r[3])
    }
    assert {(str(nr), month): left for nr, month, left in found} == expected
    assert _share(sum(expected.values()), len(expected)) in text_below("m1")


@pytest.mark.parametrize(
    ("page", "kennzahl", "column"), [("k2e4", "K2E4", "bg_typ"), ("k3e1", "K3E1", "lzb")]
)
def test_the_examples_of_groups(spec: Spec, page: str, kennzahl: str, column: str) -> None:
    rows = rows_of(page)
    months = [(person(r[0]), iso(r[1]), r[2], str(int(r[3] == "ja"))) for r in rows]
    chosen = tuple(b for b in breakdowns() if b.id in ("insgesamt", column))
    found = spec.run(
        ("mart_monatssumme", monthly_sums(chosen)), "mart_summe",
        ("chosen", f"select sum(zaehler) as z, sum(einheiten) as b from mart_summe "
         f"where kennzahl = '{kennzahl}'"),
        select=["z", "b"],
        stichtage="2024-01-15 2024-02-15 2024-03-15",
        core_personenmonat=drawn(f"person_nr | stichtag | {column} | integriert", months),
    )  # fmt: skip
    counted = (sum("Integration" in r[4] for r in rows), sum("Bestand" in r[4] for r in rows))
    assert found == [counted]
    assert f"zaehler = {counted[0]} und bestand_monate = {counted[1]}." in text_below(page)


def test_the_example_of_eq(spec: Spec) -> None:
    rows = rows_of("eq")
    inputs = {
        "core_bestand": drawn(
            "person_nr | stichtag", sorted({(person(r[1]), "2023-12-15") for r in rows})
        ),
        "core_person": persons(*range(1, 8)),
        "core_teilnahme": drawn(
            "teilnahme_id | person_nr | instrument | eintritt | austritt",
            [(r[0], person(r[1]), r[2], iso(r[3]), iso(r[4])) for r in rows],
        ),
        "core_beschaeftigung": jobs([(r[1], r[7]) for r in rows]),
    }
    exits = ("core_massnahmenteilnahme", "core_austritt")
    lengths = spec.run(*exits, select=["teilnahme_id", "massnahmedauer"], **inputs)
    assert dict(lengths) == {r[0]: r[5] for r in rows if r[5]}
    employed = spec.run(
        *exits, "core_austritt_beschaeftigt",
        ("year", """
            select teilnahme_id, 1 as beschaeftigt from core_austritt_beschaeftigt
            inner join core_austritt using (teilnahme_id)
            where kennzahl = 'EQ_6' and year(austritt) = 2024
         """),
        select=["teilnahme_id"],
        **inputs,
    )  # fmt: skip
    assert {key for (key,) in employed} == {r[0] for r in rows if r[8] == "ja"}
    left = [r for r in rows if r[5] and r[4].endswith("2024")]
    assert f"({', '.join(r[0] for r in left[:-1])} und {left[-1][0]})" in text_below("eq")
    assert _share(len(employed), len(left)) in text_below("eq")
    days = spec.run(
        *exits,
        ("days", "select teilnahme_id, cast(austritt + to_months(6) as date) as tag "
         "from core_austritt"),
        select=["teilnahme_id", "strftime(tag, '%d.%m.%Y')"],
        **inputs,
    )  # fmt: skip
    assert dict(days) == {r[0]: r[6] for r in rows if r[6]}


def test_the_example_of_fq(spec: Spec) -> None:
    rows = rows_of("fq")
    stays = [(r[0], person(r[1]), r[2], r[3], iso(r[4]), iso(r[5])) for r in rows]
    inputs = {
        "stichtage": "2024-01-15 2024-02-15 2024-03-15",
        "core_massnahmenteilnahme": drawn(
            "teilnahme_id | person_nr | geschlecht | massnahme | eintritt | austritt", stays
        ),
    }
    running = spec.run("core_teilnahmetag", select=["teilnahme_id", "monat_nr"], **inputs)
    for number, row in enumerate(rows):
        days = ["ja" if (row[0], 24288 + day) in running else "nein" for day in range(3)]
        assert days == row[6:], number
    chosen = tuple(b for b in breakdowns() if b.id in ("insgesamt", "massnahme"))
    sums = spec.run(
        "core_teilnahmetag",
        ("mart_foerdersumme", participants(chosen)),
        ("year", "select auspraegung_1, geschlecht, sum(personen) as n from mart_foerdersumme "
         "group by all"),
        select=["auspraegung_1", "geschlecht", "n"],
        **inputs,
    )  # fmt: skip
    figures = {(group, sex): int(n) for group, sex, n in sums}
    text = text_below("fq")
    women, men = figures["insgesamt", "w"], figures["insgesamt", "m"]
    everybody = figures["insgesamt", "insgesamt"]
    assert f"= {women}, denn" in text and f"= {men}. Der Nenner ist {everybody}" in text
    assert f"{100 * women / everybody:.1f} Prozent".replace(".", ",") in text
    for group in ("aktivierung", "weiterbildung"):
        share = f"{figures[group, 'w']} von {figures[group, 'insgesamt']}"
        assert re.search(rf"`{group}` (sind es )?{share}\b", text), group


def _share(part: int, whole: int) -> str:
    quote = f"{100 * part / whole:.1f}".replace(".", ",")
    return f"zaehler = {part}, nenner = {whole}, quote = {quote}."
