"""The minimum share of women in measures, where the settings give the labour force of the area."""

from decimal import Decimal

from pipeline.errors import UsageError
from pipeline.report.blocks import Block, Numbering, Row, Table
from pipeline.report.numbers import tenth
from pipeline.report.pub import Pair, Pub
from pipeline.report.sentences import Voice

STICHTAGE = 12
SETTINGS = ("erwerbspersonen_frauen", "erwerbspersonen_maenner")


def minimum_share(
    unemployed_women: Decimal, unemployed_men: Decimal, labour_women: int, labour_men: int
) -> Decimal:
    """The Mindestbeteiligung of women in percent, unrounded.

    a_F q_F / (a_F q_F + a_M q_M) × 100 with a: share of a sex among the unemployed, q: unemployed
    of a sex per person of it in the labour force. unemployed_*: average numbers, labour_*: persons.
    Errors: ZeroDivisionError without any unemployed. Source: § 1 Abs. 2 Nr. 4 SGB III with § 16
    Abs. 1 Satz 3 SGB II; Statistik der BA, Kennzahlensteckbrief „Mindestbeteiligung von Frauen“.
    """
    women = unemployed_women * unemployed_women / labour_women
    men = unemployed_men * unemployed_men / labour_men
    return 100 * women / (women + men)


def given(pub: Pub) -> bool:
    """The settings give the labour force of women and men."""
    return all(pub.angaben.get(name) for name in SETTINGS)


def minimum(pub: Pub, voice: Voice, numbering: Numbering, month: str) -> tuple[Block, ...]:
    """The block of the minimum share over the twelve Stichtage up to `month`.

    None without the settings or the published figures. Errors: UsageError when a setting names
    fewer persons than are unemployed.
    """
    unemployed, access = pub.pair("FA_ALO", month), pub.pair("FQ", month)
    if not given(pub) or not (unemployed.comparable and access.comparable):
        return ()
    women, men = (int(pub.angaben[name]) for name in SETTINGS)
    labour = (women, men)
    averages = (_average(unemployed.w.zaehler), _average(unemployed.m.zaehler))
    for name, persons, average in zip(SETTINGS, labour, averages, strict=True):
        if persons < average:
            raise UsageError(
                f"Einstellung {name} = {persons}: so wenige Erwerbspersonen können es nicht sein, "
                f"im Durchschnitt sind {voice.n.count(average)} arbeitslos. Bitte in pipeline.toml "
                "berichtigen."
            )
    if not sum(averages):
        return ()
    return (_block(voice, numbering, month, unemployed, access, averages, labour),)


def _average(total: int | None) -> Decimal:
    return Decimal(total or 0) / STICHTAGE


def _block(
    voice: Voice,
    numbering: Numbering,
    month: str,
    unemployed: Pair,
    access: Pair,
    averages: tuple[Decimal, Decimal],
    labour: tuple[int, int],
) -> Block:
    t, n = voice.t, voice.n
    least = tenth(minimum_share(*averages, *labour))
    reached = access.w.quote or Decimal(0)
    met = reached - least
    side = "unter" if met < 0 else "ueber" if met > 0 else "gleich"
    none = t("status.entfaellt")
    rows = (
        (t("mindest.arbeitslose"), *(n.count(a) for a in averages)),
        (t("mindest.anteil"), voice.cell(unemployed.w), voice.cell(unemployed.m)),
        (t("mindest.erwerbspersonen"), *(n.count(persons) for persons in labour)),
        (
            t("mindest.quote"),
            *(n.rate(100 * a / persons) for a, persons in zip(averages, labour, strict=True)),
        ),
        (t("mindest.mindestens"), n.rate(least), none),
        (t("mindest.erreicht"), voice.cell(access.w), voice.cell(access.m)),
        (t("mindest.erfuellung"), n.difference(met), none),
    )
    about = {"monat": n.month(month)}
    return Block(
        id="mindestbeteiligung",
        number=numbering.next(voice, "block.tabelle_nur"),
        headline=t("mindest.kopf", mindestens=n.rate(least), erreicht=n.rate(reached)),
        subtitle=t("mindest.untertitel", **about),
        reading=(t(f"mindest.lesen_{side}", punkte=n.rate(abs(met))),),
        table=Table(
            id="tabelle-mindestbeteiligung",
            caption=t("mindest.tabelle", **about),
            head=(t("wichtig.zeile"), t("wort.frauen"), t("wort.maenner")),
            rows=tuple(Row(row) for row in rows),
        ),
        kennzahl="FA_ALO, FQ",
        schnitt="insgesamt",
        schnitt_title=t("wort.insgesamt_gross"),
        formula=t.lines("mindest.formel"),
        not_said=t("nicht_gesagt.mindest"),
    )
