"""What reading finds fault with, from rules.toml, each with its permanent id."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.registries import Contract


@dataclass(frozen=True)
class Rule:
    """Why a row is rejected, or taken without one of its values, and what to do about it."""

    nummer: str
    titel_de: str
    titel_en: str
    abhilfe_de: str
    abhilfe_en: str
    weist_ab: bool = True

    def titel(self, lang: str) -> str:
        return self.titel_en if lang == "en" else self.titel_de

    def abhilfe(self, lang: str) -> str:
        return self.abhilfe_en if lang == "en" else self.abhilfe_de


# A value that is taken as unknown.
UNREADABLE = "08"


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of rules.toml."""
    with (Path(__file__).parent / "rules.toml").open("rb") as file:
        return tuple(Rule(**entry) for entry in tomllib.load(file)["regel"])


def rejections() -> tuple[Rule, ...]:
    """The rules that reject a row, in the order in which they are applied."""
    return tuple(rule for rule in rules() if rule.weist_ab)


def rule_id(contract: Contract, nummer: str) -> str:
    """The permanent id of a rule for a table, such as BES-02."""
    return f"{contract.kuerzel}-{nummer}"
