"""Design tokens: the colours and shapes of tokens.toml, for CSS and charts alike."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).parent / "tokens.toml"


@dataclass(frozen=True)
class Shape:
    """How one sex is drawn. `color` and `text` are hex colours, `dash` an on-off pattern."""

    color: str
    text: str
    marker: str
    filled: bool
    dash: tuple[float, ...]


@dataclass(frozen=True)
class Tokens:
    """colors: name to hex. shapes: w and m."""

    colors: dict[str, str]
    shapes: dict[str, Shape]

    def css(self) -> str:
        """The colours as CSS custom properties, one per line, in registry order."""
        lines = [f"  --{name.replace('_', '-')}: {value};" for name, value in self.colors.items()]
        return ":root {\n" + "\n".join(lines) + "\n}\n"


@cache
def tokens() -> Tokens:
    """The tokens of tokens.toml."""
    raw = tomllib.loads(PATH.read_text(encoding="utf-8"))
    colors = raw["farbe"]
    shapes = {
        sex: Shape(
            color=colors[entry["farbe"]],
            text=colors[entry["text"]],
            marker=entry["zeichen"],
            filled=entry["gefuellt"],
            dash=tuple(entry["strich"]),
        )
        for sex, entry in raw["form"].items()
    }
    return Tokens(colors, shapes)
