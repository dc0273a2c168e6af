"""What all pages share: templates, style sheet with its hash, the words of the printed margins."""

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.report.sentences import Voice
from pipeline.report.tokens import tokens

TEMPLATES = Path(__file__).parent / "templates"


def state_line(voice: Voice, facts: dict[str, str]) -> str:
    """The line that names month, datenstand and run, in the head and the foot of a page."""
    return voice.t(
        "seite.stand_zeile",
        monat=facts["berichtsmonat"],
        datenstand=facts["datenstand"],
        lauf=facts["lauf"],
    )


def environment(*folders: Path) -> Environment:
    """What renders the templates of all pages; `folders` hold those of one page."""
    made = Environment(
        loader=FileSystemLoader([TEMPLATES, *folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["svg"] = Markup
    made.tests["numeric"] = _is_number
    return made


def digest(content: str) -> str:
    """SHA-256 of inlined code or style, base64, as a page's policy names it."""
    return base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def _is_number(text: str) -> bool:
    """Whether a cell holds a number, to be set flush right."""
    return bool(text) and all(c.isdigit() or c in "+\u2212\u2013.,'" for c in text)


def figures_style(voice: Voice, facts: dict[str, str], synthetic: bool) -> str:
    """The style of a page of figures: its printed margins say what may be done with it."""
    foot = voice.t("seite.druck_fuss", lauf=facts["lauf"], monat=facts["berichtsmonat"])
    return style(voice, foot, synthetic, voice.t("seite.banner_geheim"))


def style(voice: Voice, foot: str, synthetic: bool, head: str = "") -> str:
    """style.css with the tokens, and the words of the printed page margins."""
    css = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    margins = {
        "druck_kopf": head,
        "druck_art": voice.t("seite.banner_amtlich"),
        "druck_daten": voice.t("seite.banner_synthetisch") if synthetic else "",
        "druck_fuss": foot,
    }
    for name, words in margins.items():
        css = css.replace(f'"{name}"', css_string(words))
    return "\n" + tokens().css() + css


def css_string(words: str) -> str:
    """A CSS string: everything but letters, digits and harmless signs escaped."""
    escaped = "".join(c if c.isalnum() or c in " .-·–:§" else f"\\{ord(c):06x}" for c in words)
    return f'"{escaped}"'
