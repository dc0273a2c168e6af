"""The whole Jobcenter over time: the trend and the value since January."""

import tomllib
from functools import cache
from pathlib import Path

from pipeline.report import blocks, sentences
from pipeline.report.blocks import Block, Mark, Numbering, Table
from pipeline.report.chart import Break, Chart, Point
from pipeline.report.drawing import full_width
from pipeline.report.groups import words
from pipeline.report.pub import Pair, Pub
from pipeline.report.sentences import Voice

BREAKS = Path(__file__).parent / "breaks.toml"


@cache
def breaks(lang: str) -> tuple[tuple[str, str, str, str], ...]:
    """The registry of breaks: month, text, title and address of the source, oldest first."""
    raw = tomllib.loads(BREAKS.read_text(encoding="utf-8"))["bruch"]
    return tuple(
        (b["monat"], b[f"text_{lang}"], b["quelle_titel"], b["quelle_url"])
        for b in sorted(raw, key=lambda b: str(b["monat"]))
    )


def trend(pub: Pub, voice: Voice, numbering: Numbering) -> Block:
    """All published months: quotas of both sexes, and the gap."""
    t, n = voice.t, voice.n
    months = pub.months("K2")
    pairs = [pub.pair("K2", month) for month in months]
    shown = [(m, p) for m, p in zip(months, pairs, strict=True) if p.comparable]
    span = {"erster": n.month(months[0]), "letzter": n.month(months[-1])}
    inside = [b for b in breaks(n.lang) if months[0] < b[0] <= months[-1]]
    marks = tuple(
        Mark(chr(ord("A") + i), text, source, url)
        for i, (_, text, source, url) in enumerate(inside)
    )
    notes = any(blocks.uncertainty(voice, p) for p in pairs)
    if len(months) == 1:
        headline = t("verlauf.kopf_ein_monat")
    elif shown:
        headline = sentences.trend_headline(voice, pairs[0], pairs[-1])
    else:
        headline = t("verlauf.kopf_ohne")
    newest_first = list(zip(months, pairs, strict=True))[::-1]
    chart = Chart(
        id="bild-verlauf",
        kind="trend",
        lang=n.lang,
        alt=_trend_alt(voice, pairs, span),
        words=words(voice),
        points=tuple(
            Point(m, p.w.quote, p.m.quote, p.gap) for m, p in zip(months, pairs, strict=True)
        ),
        breaks=tuple(Break(b[0], m.letter) for b, m in zip(inside, marks, strict=True)),
    )
    return Block(
        id="verlauf",
        number=numbering.next(voice, "block.abbildung"),
        headline=headline,
        subtitle=t("verlauf.untertitel", **span),
        reading=_trend_reading(voice, pairs, shown, span, len(months) > 1),
        table=Table(
            id="tabelle-verlauf",
            caption=t("verlauf.tabelle"),
            legend=t("spalte.legende"),
            head=blocks.quota_head(voice, (t("wort.monat"),), notes),
            rows=tuple(blocks.quota_row(voice, (n.month(m),), p, notes) for m, p in newest_first),
        ),
        schnitt="insgesamt",
        schnitt_title=t("wort.insgesamt_gross"),
        formula=t.lines("formel.k2"),
        not_said=t("nicht_gesagt.verlauf"),
        drawings=(full_width(chart),),
        marks=marks,
    )


def _trend_alt(voice: Voice, pairs: list[Pair], span: dict[str, str]) -> str:
    if pairs[0].comparable and pairs[-1].comparable and len(pairs) > 1:
        return voice.t("verlauf.alt", **_ends(voice, pairs), **span)
    return voice.t("verlauf.alt_ohne", **span)


def _ends(voice: Voice, pairs: list[Pair]) -> dict[str, str]:
    first, last = pairs[0], pairs[-1]
    return {
        "w0": voice.cell(first.w),
        "w1": voice.cell(last.w),
        "m0": voice.cell(first.m),
        "m1": voice.cell(last.m),
    }


def _trend_reading(
    voice: Voice,
    pairs: list[Pair],
    shown: list[tuple[str, Pair]],
    span: dict[str, str],
    several: bool,
) -> tuple[str, ...]:
    t = voice.t
    found = []
    if several and pairs[0].comparable and pairs[-1].comparable:
        found.append(t("verlauf.lesen_enden", **_ends(voice, pairs), **span))
    gaps = [p.gap for _, p in shown if p.gap is not None]
    if len(gaps) > 1:
        low, high = voice.n.rate(min(gaps)), voice.n.rate(max(gaps))
        found.append(t("verlauf.lesen_spanne", min=low, max=high))
    if several:
        found.append(t("verlauf.lesen_gleitend"))
    if len(shown) < len(pairs) or _has_holes([m for m, _ in shown]):
        found.append(t("verlauf.lesen_luecke"))
    return tuple(found)


def _has_holes(months: list[str]) -> bool:
    places = [int(m[:4]) * 12 + int(m[5:]) for m in months]
    return bool(places) and places[-1] - places[0] + 1 != len(places)


def year_to_date(pub: Pub, voice: Voice, numbering: Numbering) -> Block | None:
    """K2_JFW of the newest month and of the same month in earlier years."""
    months = pub.months("K2_JFW")
    if not months:
        return None
    t, n = voice.t, voice.n
    same = [m for m in months if m[5:] == months[-1][5:]][::-1]
    pairs = [pub.pair("K2_JFW", m) for m in same]
    notes = any(blocks.uncertainty(voice, p) for p in pairs)
    newest = pairs[0]
    key = "jahr.kopf" if newest.comparable else "jahr.kopf_ohne"
    values = {"w": voice.cell(newest.w), "m": voice.cell(newest.m)} if newest.comparable else {}
    return Block(
        id="jahr",
        number=numbering.next(voice, "block.tabelle_nur"),
        headline=t(key, monat=n.month(months[-1]), **values),
        subtitle=t("jahr.untertitel"),
        reading=(t("jahr.lesen"),),
        table=Table(
            id="tabelle-jahr",
            caption=t("jahr.tabelle"),
            legend=t("spalte.legende_jahr"),
            head=blocks.quota_head(voice, (t("wort.monat"),), notes),
            rows=tuple(
                blocks.quota_row(voice, (n.month(m),), p, notes)
                for m, p in zip(same, pairs, strict=True)
            ),
        ),
        schnitt="insgesamt",
        schnitt_title=t("wort.insgesamt_gross"),
        formula=t.lines("formel.k2_jfw"),
        not_said=t("nicht_gesagt.k2_jfw"),
    )
