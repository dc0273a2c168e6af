"""Employment after leaving a measure, one to eighteen months on: the same exits throughout."""

from pipeline.report import blocks
from pipeline.report.blocks import Block, Numbering, Table
from pipeline.report.cells import words
from pipeline.report.chart import Chart, Point
from pipeline.report.drawing import full_width
from pipeline.report.groups import layout
from pipeline.report.kennzahlen import kennzahl, members
from pipeline.report.pub import Pair, Pub
from pipeline.report.sentences import Voice

EQ = "EQ"
Course = tuple[tuple[int, Pair], ...]


def common_month(pub: Pub) -> str | None:
    """The newest month that every EQ has, with breakdowns if there is one, else without."""
    codes = [c.code for c in members(EQ)]
    for months_of in (pub.detail_months, pub.months):
        common = set.intersection(*(set(months_of(code)) for code in codes))
        if common:
            return max(common)
    return None


def after_exit(pub: Pub, voice: Voice, numbering: Numbering) -> tuple[Block, ...]:
    """The block of EQ by months after the exit; none before all of them have a common month."""
    month = common_month(pub)
    if month is None:
        return ()
    t = voice.t
    found: Course = tuple((_after(c.code), pub.pair(c.code, month)) for c in members(EQ))
    about = {
        "monat": voice.n.month(month),
        "erster": str(found[0][0]),
        "letzter": str(found[-1][0]),
    }
    block = Block(
        id="eq-verlauf",
        number=numbering.next(voice, "block.abbildung"),
        headline=_headline(voice, found),
        subtitle=t("kurs.untertitel", **about),
        reading=(" ".join(_reading(voice, found)),),
        table=_table(voice, found, month),
        kennzahl=", ".join(c.code for c in members(EQ)),
        schnitt="insgesamt",
        schnitt_title=t("wort.insgesamt_gross"),
        formula=t.lines("gliederung.EQ.formel"),
        not_said=t("nicht_gesagt.eq"),
        drawings=(full_width(_chart(voice, found, month)),),
        hints=tuple(t(f"hinweis.{key}") for key in layout()["hinweise"]["eq-verlauf"]),
    )
    return (block,)


def _after(code: str) -> int:
    return int(kennzahl(code).extra["monate"])


def _ends(voice: Voice, found: Course) -> dict[str, str] | None:
    """The first and the last quotas in words; None unless all four are published."""
    (first, start), (last, end) = found[0], found[-1]
    if not (start.comparable and end.comparable):
        return None
    return {
        "erster": str(first),
        "letzter": str(last),
        "w0": voice.cell(start.w),
        "w1": voice.cell(end.w),
        "m0": voice.cell(start.m),
        "m1": voice.cell(end.m),
    }


def _headline(voice: Voice, found: Course) -> str:
    gaps = [pair.gap for _, pair in found]
    shown = [gap for gap in gaps if gap is not None]
    if len(shown) < len(gaps):
        return voice.t("kurs.kopf_ohne")
    side = "unter" if min(shown) > 0 else "ueber" if max(shown) < 0 else "teils"
    return voice.t(f"kurs.kopf_{side}")


def _reading(voice: Voice, found: Course) -> list[str]:
    t = voice.t
    sentences = []
    if (ends := _ends(voice, found)) is not None:
        sentences += [t("kurs.frauen", **ends), t("kurs.maenner", **ends)]
    gaps = [pair.gap for _, pair in found if pair.gap is not None]
    if len(gaps) > 1:
        low, high = voice.n.rate(min(gaps)), voice.n.rate(max(gaps))
        sentences.append(t("kurs.spanne", min=low, max=high))
    return [*sentences, t("kurs.gleiche")]


def _chart(voice: Voice, found: Course, month: str) -> Chart:
    ends = _ends(voice, found)
    about = {"monat": voice.n.month(month)}
    return Chart(
        id="bild-eq-verlauf",
        kind="kurs",
        lang=voice.n.lang,
        alt=voice.t("kurs.alt", **ends) if ends else voice.t("kurs.alt_ohne", **about),
        words=words(voice, members(EQ)[0].code),
        points=tuple(
            Point(
                str(after),
                pair.w.quote if pair.w.shown else None,
                pair.m.quote if pair.m.shown else None,
                pair.gap,
            )
            for after, pair in found
        ),
        below=voice.t("kurs.achse"),
    )


def _table(voice: Voice, found: Course, month: str) -> Table:
    def label(after: int) -> str:
        return voice.t("kurs.zeile_eins" if after == 1 else "kurs.zeile", monate=str(after))

    code = members(EQ)[0].code
    return Table(
        id="tabelle-eq-verlauf",
        caption=voice.t("kurs.tabelle", monat=voice.n.month(month)),
        head=blocks.quota_head(voice, code, (voice.t("kurs.spalte"),)),
        rows=tuple(
            blocks.quota_row(voice, c.code, (label(after),), pair)
            for c, (after, pair) in zip(members(EQ), found, strict=True)
        ),
        legend=voice.t("gliederung.EQ.legende"),
    )
