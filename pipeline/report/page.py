"""The page: context for the templates, style sheet with its hash, rendered HTML."""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.registries import breakdowns
from pipeline.report import groups, overview, summary
from pipeline.report.blocks import Numbering, Table
from pipeline.report.numbers import Numbers
from pipeline.report.pub import Pub
from pipeline.report.sentences import Voice
from pipeline.report.texts import texts
from pipeline.report.tokens import tokens

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Download:
    """A file beside the page: relative address and size in words."""

    href: str
    size: str


@dataclass(frozen=True)
class Downloads:
    """The two CSV files and the checksum of the machine-readable one."""

    excel: Download
    machine: Download
    sha256: str


def render(pub: Pub, downloads: Downloads, lang: str) -> str:
    """The whole page as HTML."""
    voice = Voice(texts(lang), Numbers(lang))
    months = pub.months("K2")
    numbering = Numbering()
    facts = _facts(pub, voice, months)
    context = {
        "t": voice.t,
        "n": voice.n,
        "facts": facts,
        "summary": summary.summary(pub, voice, months[-1]) if months else None,
        "trend": overview.trend(pub, voice, numbering) if months else None,
        "sections": groups.sections(pub, voice, numbering) if months else (),
        "year": overview.year_to_date(pub, voice, numbering),
        "synthetic": pub.angaben.get("synthetisch", "") == "true",
        "assigned": pub.angaben.get("geschlecht_zugeordnet", ""),
        "missing": _missing(pub, voice),
        "unpublishable": _listed(pub, "nicht_veroeffentlichbar", ";"),
        "state": _state_table(pub, voice, facts),
        "example": _example(voice),
        "glossary": [entry.split("|", 1) for entry in voice.t.lines("glossar.begriffe")],
        "downloads": downloads,
    }
    style = _style(voice, facts)
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["svg"] = Markup
    environment.tests["numeric"] = _is_number
    template = environment.get_template("index.html.j2")
    return template.render(**context, style=Markup(style), style_hash=digest)


def _is_number(text: str) -> bool:
    """Whether a cell holds a number, to be set flush right."""
    return bool(text) and all(c.isdigit() or c in "+\u2212.,'" for c in text)


def _style(voice: Voice, facts: dict[str, str]) -> str:
    """style.css with the tokens, and the words of the printed page margins."""
    css = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    foot = voice.t("seite.druck_fuss", lauf=facts["lauf"], monat=facts["berichtsmonat"])
    margins = {
        "druck_kopf": voice.t("seite.banner_geheim"),
        "druck_art": voice.t("seite.banner_amtlich"),
        "druck_fuss": foot,
    }
    for name, words in margins.items():
        css = css.replace(f'"{name}"', _css_string(words))
    return "\n" + tokens().css() + css


def _css_string(words: str) -> str:
    """A CSS string: everything but letters, digits and harmless signs escaped."""
    escaped = "".join(c if c.isalnum() or c in " .-·–:§" else f"\\{ord(c):06x}" for c in words)
    return f'"{escaped}"'


def _facts(pub: Pub, voice: Voice, months: tuple[str, ...]) -> dict[str, str]:
    """The facts of the run as words; what is not given says so."""
    unknown = voice.t("stand.unbekannt")
    given = pub.angaben
    month = voice.n.month(months[-1]) if months else voice.t("seite.ohne_monat")
    return {
        "jobcenter": given.get("jobcenter") or unknown,
        "traeger": given.get("traeger") or unknown,
        "lauf": given.get("lauf") or unknown,
        "version": given.get("version") or unknown,
        "datenstand": voice.n.day(given.get("datenstand", "")) or unknown,
        "berichtsmonat": month,
    }


def _state_table(pub: Pub, voice: Voice, facts: dict[str, str]) -> Table:
    t, months = voice.t, pub.months("K2")
    span = t("stand.unbekannt")
    if months:
        first, last = voice.n.month(months[0]), voice.n.month(months[-1])
        span = first if first == last else t("stand.von_bis", von=first, bis=last)
    synthetic = t("wort.ja" if pub.angaben.get("synthetisch") == "true" else "wort.nein")
    rows = [
        (t("stand.jobcenter"), facts["jobcenter"]),
        (t("stand.traeger"), facts["traeger"]),
        (t("stand.berichtsmonat"), facts["berichtsmonat"]),
        (t("stand.berichtsmonate"), span),
        (t("stand.datenstand"), facts["datenstand"]),
        (t("stand.synthetisch"), synthetic),
        (t("stand.lauf"), facts["lauf"]),
        (t("stand.version"), facts["version"]),
    ]
    head = (t("stand.spalte_angabe"), t("stand.spalte_wert"))
    return Table("tabelle-stand", t("stand.tabelle"), head, tuple(rows))


def _example(voice: Voice) -> Table:
    rows = tuple(tuple(line.split("|")) for line in voice.t.lines("gezaehlt.beispiel_zeilen"))
    return Table(
        "tabelle-beispiel",
        voice.t("gezaehlt.beispiel_tabelle"),
        voice.t.lines("gezaehlt.beispiel_kopf"),
        rows,
        emphasized=True,
    )


def _listed(pub: Pub, key: str, separator: str) -> list[str]:
    parts = pub.angaben.get(key, "").split(separator)
    return [part.strip() for part in parts if part.strip()]


def _missing(pub: Pub, voice: Voice) -> list[str]:
    """Titles of the breakdowns that the delivery does not allow."""
    titles = {b.id: b.titel(voice.n.lang) for b in breakdowns()}
    return [titles.get(i, i) for i in _listed(pub, "fehlende_merkmale", ",")]
