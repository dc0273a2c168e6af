"""The value since January (Jahresfortschrittswert) as a small table."""

from pipeline.report import blocks
from pipeline.report.blocks import Block, Numbering, Table
from pipeline.report.pub import Pub
from pipeline.report.sentences import Voice


def block(pub: Pub, voice: Voice, numbering: Numbering) -> Block | None:
    """K2_JFW of the newest month and of the same month in earlier years."""
    months = pub.months("K2_JFW")
    if not months:
        return None
    t, n = voice.t, voice.n
    same = [m for m in months if m[5:] == months[-1][5:]][::-1]
    pairs = [pub.pair("K2_JFW", m) for m in same]
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
            head=blocks.quota_head(voice, "K2", (t("wort.monat"),)),
            rows=tuple(
                blocks.quota_row(voice, "K2_JFW", (n.month(m),), p)
                for m, p in zip(same, pairs, strict=True)
            ),
        ),
        kennzahl="K2_JFW",
        schnitt="insgesamt",
        schnitt_title=t("wort.insgesamt_gross"),
        formula=t.lines("formel.k2_jfw"),
        not_said=t("nicht_gesagt.k2_jfw"),
    )
