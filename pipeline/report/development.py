"""How the quotas develop: all published months of both sexes, and the gap between them."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.report import blocks, sentences
from pipeline.report.blocks import Block, Mark, Numbering, Table
from pipeline.report.cells import words
from pipeline.report.chart import Break, Chart, Point
from pipeline.report.drawing import full_width
from pipeline.report.pub import Pair, Pub
from pipeline.report.sentences import Voice

BREAKS = Path(__file__).parent / "breaks.toml"


@dataclass(frozen=True)
class Series:
    """The published months of K2, oldest first, with their figures."""

    months: tuple[str, ...]
    pairs: tuple[Pair, ...]

    @property
    def base(self) -> int:
        """The oldest month comparable with the newest: the same month of an earlier year.

        Without one it is the newest month itself.
        """
        newest = self.months[-1]
        return next(i for i, month in enumerate(self.months) if month[5:] == newest[5:])

    @property
    def has_base(self) -> bool:
        """There is such an earlier month, and both quotas of both months are published."""
        earlier = self.base < len(self.months) - 1
        return earlier and self.pairs[self.base].comparable and self.pairs[-1].comparable

    @property
    def has_holes(self) -> bool:
        """A month in between is not published or lacks one of the quotas."""
        shown = [m for m, p in zip(self.months, self.pairs, strict=True) if p.comparable]
        places = [int(m[:4]) * 12 + int(m[5:]) for m in shown]
        missing = len(shown) < len(self.months)
        return missing or (bool(places) and places[-1] - places[0] + 1 != len(places))


@cache
def breaks(lang: str) -> tuple[tuple[str, str, str, str], ...]:
    """The registry of breaks: month, text, title and address of the source, oldest first."""
    raw = tomllib.loads(BREAKS.read_text(encoding="utf-8"))["bruch"]
    return tuple(
        (b["monat"], b[f"text_{lang}"], b["quelle_titel"], b["quelle_url"])
        for b in sorted(raw, key=lambda b: str(b["monat"]))
    )


def trend(pub: Pub, voice: Voice, numbering: Numbering) -> Block:
    """The block of the trend; needs at least one published month."""
    t, n = voice.t, voice.n
    months = pub.months("K2")
    series = Series(months, tuple(pub.pair("K2", month) for month in months))
    inside = [b for b in breaks(n.lang) if months[0] < b[0] <= months[-1]]
    letters = [chr(ord("A") + i) for i in range(len(inside))]
    return Block(
        id="verlauf",
        number=numbering.next(voice, "block.abbildung"),
        headline=_headline(voice, series),
        subtitle=t("verlauf.untertitel", **_span(voice, series)),
        reading=(" ".join(_reading(voice, series)),) if len(months) > 1 else (),
        table=_table(voice, series),
        kennzahl="K2",
        schnitt="insgesamt",
        schnitt_title=t("wort.insgesamt_gross"),
        formula=t.lines("formel.k2"),
        not_said=t("nicht_gesagt.verlauf"),
        drawings=(full_width(_chart(voice, series, inside, letters)),),
        marks=tuple(Mark(letter, *b[1:]) for b, letter in zip(inside, letters, strict=True)),
    )


def _headline(voice: Voice, series: Series) -> str:
    if len(series.months) == 1:
        return voice.t("verlauf.kopf_ein_monat")
    if not series.has_base:
        return voice.t("verlauf.kopf_ohne")
    base = series.base
    month = voice.n.month(series.months[base])
    return sentences.trend_headline(voice, series.pairs[base], series.pairs[-1], month)


def _span(voice: Voice, series: Series) -> dict[str, str]:
    return {
        "erster": voice.n.month(series.months[0]),
        "letzter": voice.n.month(series.months[-1]),
    }


def _ends(voice: Voice, series: Series) -> dict[str, str]:
    first, last = series.pairs[series.base], series.pairs[-1]
    return {
        "erster": voice.n.month(series.months[series.base]),
        "letzter": voice.n.month(series.months[-1]),
        "w0": voice.cell(first.w),
        "w1": voice.cell(last.w),
        "m0": voice.cell(first.m),
        "m1": voice.cell(last.m),
    }


def _chart(
    voice: Voice, series: Series, inside: list[tuple[str, str, str, str]], letters: list[str]
) -> Chart:
    if series.has_base:
        alt = voice.t("verlauf.alt", **_ends(voice, series))
    else:
        alt = voice.t("verlauf.alt_ohne", **_span(voice, series))
    return Chart(
        id="bild-verlauf",
        kind="trend",
        lang=voice.n.lang,
        alt=alt,
        words=words(voice, "K2"),
        points=tuple(
            Point(month, p.w.quote, p.m.quote, p.gap)
            for month, p in zip(series.months, series.pairs, strict=True)
        ),
        breaks=tuple(Break(b[0], letter) for b, letter in zip(inside, letters, strict=True)),
    )


def _reading(voice: Voice, series: Series) -> tuple[str, ...]:
    t, found = voice.t, []
    if series.has_base:
        found.append(t("verlauf.lesen_enden", **_ends(voice, series)))
    gaps = [p.gap for p in series.pairs if p.gap is not None]
    if len(gaps) > 1:
        low, high = voice.n.rate(min(gaps)), voice.n.rate(max(gaps))
        found.append(t("verlauf.lesen_spanne", min=low, max=high, **_span(voice, series)))
    if len(series.months) > 1:
        found.append(t("verlauf.lesen_gleitend"))
    if series.has_holes:
        found.append(t("verlauf.lesen_luecke"))
    return tuple(found)


def _table(voice: Voice, series: Series) -> Table:
    newest_first = list(zip(series.months, series.pairs, strict=True))[::-1]
    return Table(
        id="tabelle-verlauf",
        caption=voice.t("verlauf.tabelle"),
        legend=voice.t("gliederung.K2.legende"),
        head=blocks.quota_head(voice, "K2", (voice.t("wort.monat"),)),
        rows=tuple(
            blocks.quota_row(voice, "K2", (voice.n.month(month),), pair)
            for month, pair in newest_first
        ),
    )
