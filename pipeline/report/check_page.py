"""The page that tells what the rules found: for auditors, in both languages, in every run."""

from pathlib import Path

from markupsafe import Markup

from pipeline.ingest.naming import printable
from pipeline.quality.verdict import PASSED, SEVERITIES
from pipeline.quality.wellformed import LAYERS
from pipeline.report import check_page_tables as tables
from pipeline.report.check_history import chart
from pipeline.report.check_page_facts import Found, read
from pipeline.report.frame import digest, environment, style
from pipeline.report.numbers import Numbers
from pipeline.report.sentences import Voice
from pipeline.report.texts import LANGUAGES, texts


def pages(curated: Path) -> dict[str, str]:
    """The whole pages by file name, from the tables in `curated`."""
    found = read(curated)
    return {texts(lang)("pruefbericht.datei"): render(found, lang) for lang in LANGUAGES}


def render(found: Found, lang: str) -> str:
    """One page as HTML."""
    voice = Voice(texts(lang), Numbers(lang))
    t = voice.t
    stand = voice.n.day(found.datenstand.isoformat())
    facts = {
        "jobcenter": printable(found.traeger) or t("stand.unbekannt"),
        "stand": t("pruefbericht.stand_zeile", datenstand=stand),
    }
    css = style(voice, t("pruefbericht.druck_fuss", datenstand=stand), found.synthetic)
    other = next(name for name in LANGUAGES if name != lang)
    context = {
        "t": t,
        "n": voice.n,
        "facts": facts,
        "state_line": facts["stand"],
        "synthetic": found.synthetic,
        "refused": found.urteil != PASSED,
        "verdict": verdict_sentence(found, voice),
        "other": {"lang": other, "href": texts(other)("pruefbericht.datei")},
        "coverage": tables.coverage(found, voice),
        "checked": tables.checked_tables(found, voice),
        "layers": tables.layers(found, voice),
        "broken": tables.broken(found, voice),
        "groups": [(layer, tables.rules_of(found, voice, layer)) for layer in LAYERS],
        "balance": tables.balance(found, voice),
        "chart": chart(found.verlauf, found.rules, voice),
        "history": tables.history(found, voice),
    }
    template = environment().get_template("pruefbericht.html.j2")
    return template.render(**context, style=Markup(css), style_hash=digest(css))


def verdict_sentence(found: Found, voice: Voice) -> str:
    """The verdict in a sentence: about the gravest rules that are broken."""
    total = voice.n.count(len(found.rules))
    for severity in SEVERITIES:
        count = len(found.broken(severity))
        if count == 1:
            return voice.t(f"pruefbericht.urteil_{severity}_eine", alle=total)
        if count:
            return voice.t(f"pruefbericht.urteil_{severity}", n=voice.n.count(count), alle=total)
    return voice.t("pruefbericht.urteil_gut", alle=total)
