"""What names a person directly: the kinds of identifiers.toml, in a text and in a heading."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.ingest.identifiers.checks import CHECKS

REGISTRY = Path(__file__).parent / "identifiers.toml"
LETTERS = "0-9A-Za-zÀ-ɏ"
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
WORD = re.compile(r"[A-ZÄÖÜ]?[a-zäöüß]+|[A-ZÄÖÜ]+(?![a-zäöüß])|[0-9]+")
# A heading names a kind in at most this many words, such as Nummer der Bedarfsgemeinschaft.
LONGEST_KOPF = 4


@dataclass(frozen=True)
class Pattern:
    """One pattern of a kind.

    first_look: the expression for RE2, exact: the same for Python; neither matches inside a longer
    word or number. pruefung: name of the check a match must pass, or empty. zufall: share of random
    strings of the same shape that match (0: none). nur: canonical columns it is limited to, or
    empty. kennungen: whether it is looked for in columns of pseudonyms.
    """

    first_look: str
    exact: re.Pattern[str]
    pruefung: str
    zufall: float
    nur: frozenset[str]
    kennungen: bool

    def fits(self, column: str) -> bool:
        """Whether it is looked for in a column, empty for headings, file names and whole lines."""
        if self.nur:
            return column in self.nur
        return self.kennungen or not is_pseudonym(column)

    def found(self, text: str) -> re.Match[str] | None:
        """The first match that passes the check."""
        check = CHECKS.get(self.pruefung)
        for match in self.exact.finditer(text):
            if check is None or check(match[0]):
                return match
        return None


@dataclass(frozen=True)
class Kind:
    """One kind of identifier.

    titel: with its article, as the object of a German sentence. abhilfe: what to do about it.
    """

    id: str
    titel_de: str
    titel_en: str
    warum: str
    abhilfe: str
    kopf: frozenset[str]
    muster: tuple[Pattern, ...]


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds in the order of the registry."""
    return tuple(
        Kind(
            id=entry["id"],
            titel_de=entry["titel_de"],
            titel_en=entry["titel_en"],
            warum=entry["warum"],
            abhilfe=entry.get("abhilfe", _registry()["abhilfe"]),
            kopf=frozenset(entry["kopf"]),
            muster=tuple(_pattern(**pattern) for pattern in entry["muster"]),
        )
        for entry in _registry()["art"]
    )


def is_pseudonym(column: str) -> bool:
    """Whether a canonical column holds pseudonyms."""
    return column.endswith("_id")


def plain(text: str) -> str:
    """The text as the patterns expect it: no invisible characters, one kind of space and dash."""
    if text.isascii():
        return text
    folded = unicodedata.normalize("NFKC", text).translate(DASHES)
    return "".join(c for c in folded if unicodedata.category(c) != "Cf")


def named_in(text: str) -> Kind | None:
    """The first kind that a heading's or file name's text holds an identifier of."""
    words = plain(text).replace("_", " ")
    for kind in kinds():
        if any(p.found(words) for p in kind.muster if p.fits("")):
            return kind
    return None


def named_by(heading: str) -> Kind | None:
    """The first kind whose name the heading of a column is."""
    words = heading_words(heading)
    if any(stem in word for word in words for stem in _registry()["andere"]):
        return None
    joined = {
        "".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, min(start + LONGEST_KOPF, len(words)) + 1)
    }
    return next((kind for kind in kinds() if kind.kopf & joined), None)


def heading_words(heading: str) -> list[str]:
    """The words of a heading: lower case, umlauts written out, digits left out."""
    words = WORD.findall(unicodedata.normalize("NFKC", heading))
    return [w.lower().translate(UMLAUTS) for w in words if not w.isdigit()]


@cache
def _registry() -> dict[str, Any]:
    return tomllib.loads(REGISTRY.read_text(encoding="utf-8"))


def _pattern(
    regex: str,
    pruefung: str = "",
    zufall: float = 0.0,
    nur: tuple[str, ...] = (),
    kennungen: bool = True,
) -> Pattern:
    exact = re.compile(f"(?<![{LETTERS}])(?:{regex})(?![{LETTERS}])")
    first_look = f"(?:^|[^{LETTERS}])(?:{regex})(?:$|[^{LETTERS}])"
    return Pattern(first_look, exact, pruefung, zufall, frozenset(nur), kennungen)
