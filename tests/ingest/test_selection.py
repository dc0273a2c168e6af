"""Which deliveries a run uses, in which order, and as of when its figures are known."""

from datetime import date

import pytest

from pipeline.errors import DeliveryError
from pipeline.ingest.note import PER_DELIVERY, STABLE
from pipeline.ingest.selection import select
from pipeline.ingest.staged import StagedDelivery, StagedTable

BOTH = ("bestand", "beschaeftigungen")


def delivery(
    name: str,
    datenstand: str,
    tables: tuple[str, ...] = BOTH,
    *,
    traeger: str | None = "jc-1",
    synthetisch: bool = False,
    stichtage: tuple[str, ...] = (),
    pseudonym: str = STABLE,
) -> StagedDelivery:
    def table(tabelle: str) -> StagedTable:
        name = f"{tabelle}.csv"
        days = {
            date.fromisoformat(d): f"{name}, Zeile {line}"
            for line, d in enumerate(stichtage, start=2)
        }
        return StagedTable(
            tabelle,
            name,
            "csv",
            "",
            (),
            0,
            0,
            {},
            0,
            {},
            (),
            days if tabelle in ("bestand", "bezug") else {},
        )

    return StagedDelivery(
        name,
        name,
        date.fromisoformat(datenstand),
        traeger,
        "voll",
        None,
        synthetisch,
        (f"Warnung {name}",),
        {t: table(t) for t in tables},
        pseudonym=pseudonym,
    )


def refusal(*staged: StagedDelivery, as_of: str | None = None) -> list[str]:
    with pytest.raises(DeliveryError) as caught:
        select(list(staged), None if as_of is None else date.fromisoformat(as_of))
    assert caught.value.exit_code == 11
    return caught.value.problems


def test_deliveries_are_ordered_by_datenstand_then_by_the_bytes_of_their_id() -> None:
    staged = [
        delivery("ä", "2024-02-29"),
        delivery("b", "2024-01-31"),
        delivery("Z", "2024-02-29"),
        delivery("a", "2024-02-29"),
    ]
    assert [d.id for d in select(staged, None).deliveries] == ["b", "Z", "a", "ä"]


@pytest.mark.parametrize(
    ("as_of", "expected"), [("2024-01-30", []), ("2024-01-31", ["a"]), ("2024-02-01", ["a"])]
)
def test_as_of_takes_deliveries_up_to_that_day(as_of: str, expected: list[str]) -> None:
    staged = [delivery("a", "2024-01-31"), delivery("b", "2024-02-29")]
    if expected:
        chosen = select(staged, date.fromisoformat(as_of))
        assert [d.id for d in chosen.deliveries] == expected
        assert chosen.warnings[-1].startswith("Lieferung b nicht verwendet: Datenstand nach dem ")
    else:
        assert refusal(*staged, as_of=as_of) == [
            "Keine Lieferung hat einen Datenstand bis zum gewählten Tag. Späteren Tag wählen oder "
            "Lieferung ablegen."
        ]


def test_synthetic_deliveries_are_left_out_when_a_real_one_is_present() -> None:
    chosen = select(
        [delivery("demo", "2024-03-31", synthetisch=True), delivery("echt", "2024-01-31")], None
    )
    assert [d.id for d in chosen.deliveries] == ["echt"]
    assert [(d.id, d.reason) for d in chosen.dropped] == [
        ("demo", "synthetisch, und es gibt eine echte Lieferung")
    ]
    assert chosen.warnings == (
        "Warnung echt",
        "Lieferung demo nicht verwendet: synthetisch, und es gibt eine echte Lieferung.",
    )


def test_synthetic_deliveries_do_not_return_when_the_real_ones_are_too_new() -> None:
    staged = [delivery("demo", "2024-01-31", synthetisch=True), delivery("echt", "2024-03-31")]
    assert len(refusal(*staged, as_of="2024-02-01")) == 1


def test_a_purely_synthetic_run_says_so() -> None:
    chosen = select([delivery("demo", "2024-03-31", synthetisch=True)], None)
    assert chosen.warnings[0] == "Alle Lieferungen sind synthetisch: Die Zahlen sind erfunden."


def test_two_traeger_are_refused_and_an_unknown_one_is_no_second() -> None:
    real = delivery("a", "2024-01-31")
    assert refusal(real, delivery("b", "2024-02-29", traeger="jc-2")) == [
        "Die Lieferungen stammen von mehreren Trägern (jc-1, jc-2). Nur Lieferungen eines Trägers "
        "zusammen auswerten."
    ]
    select([real, delivery("b", "2024-02-29", traeger=None)], None)
    select([real, delivery("d", "2024-02-29", traeger="demo", synthetisch=True)], None)


def test_another_traeger_that_as_of_leaves_out_is_not_in_the_run() -> None:
    staged = [delivery("a", "2024-01-31"), delivery("b", "2024-02-29", traeger="jc-2")]
    assert [d.id for d in select(staged, date(2024, 1, 31)).deliveries] == ["a"]
    assert len(refusal(*staged, as_of="2024-02-29")) == 1


@pytest.mark.parametrize(
    ("staged", "expected"),
    [
        ([delivery("a", "2024-01-31"), delivery("b", "2024-03-31")], "2024-03-31"),
        ([delivery("a", "2024-01-31"), delivery("b", "2024-03-31", ("bestand",))], "2024-01-31"),
        (
            [
                delivery("a", "2024-01-31", ("bestand",)),
                delivery("b", "2024-02-29", ("beschaeftigungen",)),
                delivery("c", "2024-03-31", ("teilnahmen",)),
            ],
            "2024-01-31",
        ),
        (
            [
                delivery("a", "2024-01-31", ("bestand",)),
                delivery("b", "2024-02-29", ("bezug",)),
                delivery("c", "2024-03-31", ("beschaeftigungen",)),
            ],
            "2024-02-29",
        ),
    ],
)
def test_the_datenstand_of_the_run_is_that_of_the_older_of_the_two_needed_tables(
    staged: list[StagedDelivery], expected: str
) -> None:
    assert select(staged, None).datenstand == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("tables", "missing"),
    [
        (("bestand",), "beschaeftigungen"),
        (("beschaeftigungen", "teilnahmen"), "bestand"),
        (("teilnahmen",), "bestand und beschaeftigungen"),
    ],
)
def test_a_run_needs_stock_and_take_ups(tables: tuple[str, ...], missing: str) -> None:
    assert refusal(delivery("a", "2024-01-31", tables)) == [
        f"Keine Lieferung enthält {missing}. Fehlende Tabelle liefern lassen."
    ]


def test_two_stichtage_in_one_month_are_refused_within_and_between_deliveries() -> None:
    within = delivery("a", "2024-03-31", stichtage=("2024-01-15", "2024-02-14", "2024-01-16"))
    assert refusal(within) == [
        "Im Monat 01/2024 gibt es mehrere Stichtage (a/bestand.csv, Zeile 2; a/bestand.csv, Zeile "
        "4). Jeder Monat hat genau einen: Lieferung klären."
    ]
    first = delivery("a", "2024-03-31", stichtage=("2024-01-15", "2023-02-15"))
    second = delivery("b", "2024-04-30", stichtage=("2024-01-15", "2024-02-16"))
    third = delivery("c", "2024-05-31", stichtage=("2024-02-15",))
    assert len(select([first, second], None).deliveries) == 2
    assert refusal(first, second, third) == [
        "Im Monat 02/2024 gibt es mehrere Stichtage (b/bestand.csv, Zeile 3; c/bestand.csv, Zeile "
        "2). Jeder Monat hat genau einen: Lieferung klären."
    ]


def test_the_stichtage_of_spells_are_held_against_those_of_a_delivered_stock() -> None:
    stock = delivery("a", "2024-03-31", stichtage=("2024-01-15", "2024-02-15"))
    spells = delivery(
        "b", "2024-04-30", ("bezug", "beschaeftigungen"), stichtage=("2024-02-14", "2024-03-15")
    )
    assert refusal(stock, spells) == [
        "Im Monat 02/2024 gibt es mehrere Stichtage (a/bestand.csv, Zeile 3; b/bezug.csv, Zeile "
        "2). Jeder Monat hat genau einen: Lieferung klären."
    ]


def alone(name: str, datenstand: str, tables: tuple[str, ...] = BOTH) -> StagedDelivery:
    """A delivery whose pseudonyms hold within it only."""
    return delivery(name, datenstand, tables, pseudonym=PER_DELIVERY)


@pytest.mark.parametrize(
    ("staged", "used"),
    [
        ([alone("a", "2024-06-30"), alone("b", "2024-07-31")], ["b"]),
        ([alone("a", "2024-06-30"), alone("b", "2024-06-30")], ["b"]),
        ([delivery("a", "2024-06-30"), alone("b", "2024-07-31")], ["b"]),
        (
            [delivery("a", "2024-06-30"), delivery("c", "2024-08-31"), alone("b", "2024-07-31")],
            ["a", "c"],
        ),
        ([alone("a", "2024-06-30"), alone("b", "2024-07-31", ("bestand",))], ["a"]),
        (
            [
                delivery("a", "2024-06-30", ("bestand",)),
                delivery("c", "2024-06-30", ("beschaeftigungen",)),
                alone("b", "2024-07-31", ("bestand",)),
            ],
            ["a", "c"],
        ),
    ],
)
def test_no_person_is_linked_across_deliveries_whose_pseudonyms_hold_in_one_only(
    staged: list[StagedDelivery], used: list[str]
) -> None:
    chosen = select(staged, None)
    assert [d.id for d in chosen.deliveries] == used
    assert {d.id for d in chosen.dropped} == {d.id for d in staged} - set(used)
    assert all("Pseudonyme gelten nur innerhalb" in dropped.reason for dropped in chosen.dropped)
    assert chosen.pseudonym == PER_DELIVERY


def test_a_delivery_that_stands_alone_anyway_loses_nothing_by_its_pseudonyms() -> None:
    chosen = select([alone("a", "2024-06-30")], None)
    assert (len(chosen.deliveries), chosen.dropped) == (1, ())
    assert chosen.pseudonym == STABLE


def test_deliveries_that_cannot_be_linked_and_lack_a_table_each_are_refused() -> None:
    stock = alone("a", "2024-06-30", ("bestand",))
    work = alone("b", "2024-07-31", ("beschaeftigungen",))
    assert refusal(stock, work) == [
        "Keine Lieferung enthält bestand zusammen mit den übrigen Tabellen (Pseudonyme gelten je "
        "Lieferung). Fehlende Tabelle liefern lassen."
    ]
