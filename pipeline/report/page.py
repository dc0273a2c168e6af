"""The page: context for the templates, rendered HTML."""

from dataclasses import dataclass

from markupsafe import Markup

from pipeline.report import development, state, summary, year_to_date
from pipeline.report.blocks import Numbering, Row, Table
from pipeline.report.frame import digest, environment, figures_style, state_line
from pipeline.report.numbers import Numbers
from pipeline.report.pub import Pub
from pipeline.report.sections import sections
from pipeline.report.sentences import Voice
from pipeline.report.texts import texts


@dataclass(frozen=True)
class Download:
    """A file beside the page: relative address and size in words."""

    href: str
    size: str


@dataclass(frozen=True)
class Downloads:
    """The workbook, the two CSV files and the checksum of the machine-readable one."""

    workbook: Download
    excel: Download
    machine: Download
    sha256: str


def render(pub: Pub, downloads: Downloads, lang: str) -> str:
    """The whole page as HTML."""
    voice = Voice(texts(lang), Numbers(lang))
    months = pub.months("K2")
    numbering = Numbering()
    synthetic = pub.angaben.get("synthetisch", "") == "true"
    facts = state.facts(pub, voice)
    context = {
        "t": voice.t,
        "n": voice.n,
        "facts": facts,
        "state_line": state_line(voice, facts),
        "summary": summary.summary(pub, voice, months[-1]) if months else None,
        "trend": development.trend(pub, voice, numbering) if months else None,
        "sections": sections(pub, voice, numbering) if months else (),
        "details": bool(pub.detail_months("K2")),
        "year": year_to_date.block(pub, voice, numbering),
        "synthetic": synthetic,
        "assigned": pub.angaben.get("geschlecht_zugeordnet", ""),
        "missing": state.missing(pub, voice),
        "missing_kennzahlen": state.missing_kennzahlen(pub, voice),
        "unpublishable": state.unpublishable(pub, voice),
        "state": state.table(pub, voice, facts),
        "example": _example(voice),
        "glossary": [entry.split("|", 1) for entry in voice.t.lines("glossar.begriffe")],
        "downloads": downloads,
    }
    css = figures_style(voice, facts, synthetic)
    template = environment().get_template("index.html.j2")
    return template.render(**context, style=Markup(css), style_hash=digest(css))


def _example(voice: Voice) -> Table:
    rows = tuple(Row(tuple(line.split("|"))) for line in voice.t.lines("gezaehlt.beispiel_zeilen"))
    return Table(
        "tabelle-beispiel",
        voice.t("gezaehlt.beispiel_tabelle"),
        voice.t.lines("gezaehlt.beispiel_kopf"),
        rows,
        emphasized=True,
    )
