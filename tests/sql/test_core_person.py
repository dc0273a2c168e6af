"""Persons, and the sex under which d, o and u are published (docs/methodik/geschlecht.md)."""

from hashlib import sha256

from tests.sql.running import Spec


def test_a_person_has_one_row_however_many_months(spec: Spec) -> None:
    spec.check(
        "core_person",
        core_bestand="""
            person_nr | person_id | stichtag
            2         | B         | 2024-01-15
            1         | A         | 2024-01-15
            1         | A         | 2024-02-15
        """,
        ordered=True,
        expected="""
            person_nr | person_id
            1         | A
            2         | B
        """,
    )


def test_the_pseudonyms_of_the_next_spec_hash_as_its_comment_says() -> None:
    first_bytes = {name: sha256(name.encode()).hexdigest()[:2] for name in ("A", "F", "ö", "ü")}
    assert first_bytes == {"A": "55", "F": "f6", "ö": "6d", "ü": "60"}


def test_an_even_first_byte_of_the_hash_is_published_as_w_and_an_odd_one_as_m(spec: Spec) -> None:
    # First bytes of SHA-256 over the UTF-8: A 55, F f6, ö 6d, ü 60.
    spec.check(
        "core_person",
        core_bestand="""
            person_nr | person_id | stichtag
            1         | A         | 2024-01-15
            2         | F         | 2024-01-15
            3         | ö         | 2024-01-15
            4         | ü         | 2024-01-15
        """,
        expected="""
            person_id | geschlecht_zugeordnet
            A         | m
            F         | w
            ö         | m
            ü         | w
        """,
    )


def test_hundreds_of_persons_are_assigned_as_a_second_implementation_says(spec: Spec) -> None:
    pseudonyms = [f"{n:05d}" for n in range(600)]
    expected = {p: "mw"[sha256(p.encode()).digest()[0] % 2 == 0] for p in pseudonyms}
    lines = [f"{n} | {p} | 2024-01-15" for n, p in enumerate(pseudonyms)]
    found = spec.run(
        "core_person",
        select=["person_id", "geschlecht_zugeordnet"],
        core_bestand="\n".join(["person_nr | person_id | stichtag", *lines]),
    )
    assert dict(found) == expected
    assert len({sha256(p.encode()).digest()[0] for p in pseudonyms}) > 200
