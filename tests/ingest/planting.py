"""Direct identifiers of invented people, fifty of each kind, and deliveries to plant them in."""

import random
import string
from collections.abc import Callable

from stdnum.de import idnr
from stdnum.iso7064 import mod_11_10, mod_97_10

from pipeline.ingest.identifiers.checks import svnr_check_digit

EACH = 50
FIRST = ("Anna", "Jürgen", "Mehmet", "Zoë", "Karl-Heinz", "Oksana", "Łukasz", "Fatma", "Ute", "Jo")
LAST = ("Müller", "Schmidt", "Yılmaz", "Groß", "Öztürk", "Kowalska", "Nguyen", "Bär", "Huber", "Li")
STREETS = (
    "Königstraße", "Hauptstr.", "Lindenweg", "Am Marktplatz", "STUTTGARTER STRASSE", "Neckar-Ufer",
    "Bahnhofsallee", "Kirchgasse", "Obere Weinsteige", "Ringstrasse",
)  # fmt: skip


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices(string.digits, k=count))


def spaced(text: str, *sizes: int, sign: str = " ") -> str:
    parts, rest = [], text
    for size in sizes:
        parts.append(rest[:size])
        rest = rest[size:]
    return sign.join([*parts, rest] if rest else parts)


def day(rng: random.Random) -> tuple[int, int, int]:
    return rng.randint(1, 28), rng.randint(1, 12), rng.randint(1940, 2005)


def name(rng: random.Random) -> str:
    first, last = rng.choice(FIRST), rng.choice(LAST)
    return rng.choice(
        [f"Frau {last}", f"Herr Dr. {last}", f"Herrn {first} {last}", f"Name: {first} {last}",
         f"Nachname={last}", f"Gespräch mit Frau {last} am Montag"]
    )  # fmt: skip


def birthday(rng: random.Random) -> str:
    d, m, y = day(rng)
    return rng.choice(
        [f"geb. {d:02}.{m:02}.{y}", f"geboren am {d}.{m}.{y}", f"geb {y}-{m:02}-{d:02}",
         f"*{d:02}.{m:02}.{y}", f"Geburtsdatum: {d:02}/{m:02}/{y}"]
    )  # fmt: skip


def email(rng: random.Random) -> str:
    address = f"{rng.choice(['anna', 'k.huber', 'zoe+jc', 'u_bär'])}{digits(rng, 3)}@"
    address += rng.choice(["web.de", "mail.example.org", "bücher.example"])
    return rng.choice([address, address.upper(), f"Kontakt: {address}, abends", f"<{address}>"])


def phone(rng: random.Random) -> str:
    number = str(rng.randint(2, 9)) + digits(rng, 6)
    return rng.choice(
        [f"0711 {number}", f"0711/{number}", f"(0711) {number}", f"+49 711 {number}",
         f"0171-{number}", f"Tel. 0711 {number}", f"+49711{number}", f"+43 1 {number}"]
    )  # fmt: skip


def iban(rng: random.Random) -> str:
    account = digits(rng, 18)
    number = f"DE{mod_97_10.calc_check_digits(account + 'DE')}{account}"
    return rng.choice(
        [number, number.lower(), spaced(number, 4, 4, 4, 4, 4), f"Konto {number} (neu)",
         spaced(number, 4, 4, 4, 4, 4) + " bei der Bank"]
    )  # fmt: skip


def svnr(rng: random.Random) -> str:
    d, m, y = day(rng)
    start = f"{rng.randint(10, 89)}{d:02}{m:02}{y % 100:02}{rng.choice(string.ascii_uppercase)}"
    start += digits(rng, 2)
    number = start + svnr_check_digit(start)
    return rng.choice([number, number.lower(), spaced(number, 2, 6, 1), f"RV {number}."])


def steuer_id(rng: random.Random) -> str:
    while True:
        start = str(rng.randint(1, 9)) + digits(rng, 9)
        number = start + mod_11_10.calc_check_digit(start)
        if idnr.is_valid(number):
            return rng.choice([number, idnr.format(number), f"ID {number}"])


def kundennummer(rng: random.Random) -> str:
    number = digits(rng, 3) + rng.choice(string.ascii_uppercase) + digits(rng, 6)
    return rng.choice([number, number.lower(), f"Kd. {number}", f"Kundennummer {number}!"])


def bg_nummer(rng: random.Random) -> str:
    return digits(rng, 5) + rng.choice(["BG", "//", "bg"]) + digits(rng, 7)


def address(rng: random.Random) -> str:
    house = f"{rng.choice(STREETS)} {rng.randint(1, 199)}{rng.choice(['', 'a', ' b'])}"
    return rng.choice([house, f"{house}, 70173 Stuttgart", f"wohnt {house}"])


KINDS: dict[str, Callable[[random.Random], str]] = {
    "name": name,
    "geburtsdatum": birthday,
    "email": email,
    "telefon": phone,
    "iban": iban,
    "svnr": svnr,
    "steuer_id": steuer_id,
    "kundennummer": kundennummer,
    "bg_nummer": bg_nummer,
    "anschrift": address,
}


def planted(kind: str) -> list[str]:
    """Fifty identifiers of one kind, always the same."""
    rng = random.Random(kind)
    return [KINDS[kind](rng) for _ in range(EACH)]
