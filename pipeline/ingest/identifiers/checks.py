"""What a match of an identifier pattern must pass: check digits and the like."""

import re
from collections.abc import Callable

# Weights of the twelve digits of a Sozialversicherungsnummer (VKVV § 4), its letter written as two.
SVNR_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
# An unknown day or month is 00; where the numbers of a day are used up, 32 is added to it, twice at
# most.
GREATEST_DAY, GREATEST_MONTH = 31 + 2 * 32, 12
# Digits of a telephone number with its area code. Shorter ones look like numbers of files.
PHONE_DIGITS = range(9, 16)
# Words that end like a street and are none.
NO_STREETS = re.compile(
    r"(?i)(?:arbeits|ausbildungs|betreuungs|eltern|kita|praktikums|schul|studien|therapie)(?:platz|weg)"
    r"|(?:arbeits|aus|bildungs|dienst|fahrt|förder|rechts|umschulungs|um|zugangs)weg|bahndamm"
)


def is_phone(text: str) -> bool:
    """Whether text has as many digits as a telephone number."""
    return sum(c.isdigit() for c in text) in PHONE_DIGITS


def is_street(text: str) -> bool:
    """Whether text, a word and a number, may be an address."""
    return NO_STREETS.search(text) is None


def is_iban(text: str) -> bool:
    """Whether text begins with an IBAN: mod 97 and the form of its country.

    What follows the IBAN after a separator does not count: a pattern cannot tell where it ends.
    """
    from stdnum import iban

    compact, ends = "", []
    for i, c in enumerate(text):
        if c.isalnum():
            compact += c
            if i + 1 == len(text) or not text[i + 1].isalnum():
                ends.append(len(compact))
    return any(iban.is_valid(compact[:end], check_country=False) for end in ends)


def is_steuer_id(text: str) -> bool:
    """Whether text is a Steuer-Identifikationsnummer (§ 139b AO)."""
    from stdnum.de import idnr

    return bool(idnr.is_valid(text))


def is_svnr(text: str) -> bool:
    """Whether text is a Sozialversicherungsnummer: a possible birthday and the check digit."""
    compact = "".join(c for c in text.upper() if c.isalnum())
    if int(compact[2:4]) > GREATEST_DAY or int(compact[4:6]) > GREATEST_MONTH:
        return False
    return svnr_check_digit(compact[:11]) == compact[11]


def svnr_check_digit(start: str) -> str:
    """The last digit for the eleven characters before it: area, birthday, letter, serial number."""
    digits = f"{start[:8]}{ord(start[8]) - ord('A') + 1:02}{start[9:11]}"
    products = (int(d) * weight for d, weight in zip(digits, SVNR_WEIGHTS, strict=True))
    return str(sum(p // 10 + p % 10 for p in products) % 10)


CHECKS: dict[str, Callable[[str], bool]] = {
    "anschrift": is_street,
    "iban": is_iban,
    "steuer_id": is_steuer_id,
    "svnr": is_svnr,
    "telefon": is_phone,
}
