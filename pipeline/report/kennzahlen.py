"""What the registry of Kennzahlen says about one of them, in words."""

from functools import cache

from pipeline.registries import Code, code_list
from pipeline.report.sentences import Voice


@cache
def kennzahl(code: str) -> Code:
    """The entry of codes/kennzahl.csv."""
    return next(c for c in code_list("kennzahl").codes if c.code == code)


def family(code: str) -> str:
    """The family a Kennzahl belongs to: EQ for EQ_6. What is no Kennzahl is its own family."""
    families = {c.code: c.extra["familie"] for c in code_list("kennzahl").codes}
    return families.get(code, code)


def members(of: str) -> tuple[Code, ...]:
    """All Kennzahlen of a family, in registry order."""
    return tuple(c for c in code_list("kennzahl").codes if c.extra["familie"] == of)


def has_average(code: str) -> bool:
    """Whether the denominator is an average of Stichtage and may have decimals."""
    return kennzahl(code).extra["art"] == "bestand"


def name(voice: Voice, code: str) -> str:
    """The label of a Kennzahl, with a capital letter."""
    return _capital(kennzahl(code).label(voice.n.lang))


def unit(voice: Voice, code: str) -> str:
    """What its quotas are measured in, with a capital letter."""
    return _capital(voice.t(f"einheit.kennzahl.{kennzahl(code).extra['einheit']}"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
