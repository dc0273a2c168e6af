"""The finding of the newest month: key figures, sentences and one small table."""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.report import sentences
from pipeline.report.blocks import Row, Table
from pipeline.report.pub import Figure, Pair, Pub
from pipeline.report.sentences import Voice, year_earlier


@dataclass(frozen=True)
class Card:
    """A key figure: what, the number, its unit, and for the gap the ratio beside it."""

    css_class: str
    title: str
    number: str
    unit: str
    more: str = ""


@dataclass(frozen=True)
class Summary:
    """The finding in key figures, sentences and one small table."""

    subtitle: str
    cards: tuple[Card, ...]
    sentences: tuple[str, ...]
    table: Table
    formula: tuple[str, ...]


def summary(pub: Pub, voice: Voice, month: str) -> Summary:
    """The headline figures of the newest month beside those of a year earlier."""
    t = voice.t
    before_month = year_earlier(month)
    now, before = pub.pair("K2", month), pub.pair("K2", before_month)
    people = pub.pair("P1", month)
    found = sentences.quota_sentences(voice, now)
    found += sentences.change_sentences(voice, now, before, before_month)
    if people.comparable:
        w, m = voice.cell(people.w), voice.cell(people.m)
        found += [t("wichtig.p1", w=w, m=m), t("wichtig.p1_warum")]
    else:
        found.append(t("wichtig.p1_fehlt"))
    if "unsicher" in (now.w.status, now.m.status, before.w.status, before.m.status):
        found.append(t("wichtig.warnung_klein"))
    subtitle = t("wichtig.untertitel", monat=voice.n.month(month))
    return Summary(
        subtitle,
        _cards(voice, now),
        tuple(found),
        _summary_table(pub, voice, month, before_month),
        (*t.lines("formel.k2"), t("formel.p1")),
    )


def _cards(voice: Voice, now: Pair) -> tuple[Card, ...]:
    t = voice.t
    unit = t("wichtig.karte_einheit")
    cards = [
        Card("frauen", t("wort.frauen"), voice.cell(now.w), unit if now.w.shown else ""),
        Card("maenner", t("wort.maenner"), voice.cell(now.m), unit if now.m.shown else ""),
    ]
    if now.gap is not None:
        number = voice.n.rate(abs(now.gap))
        more = ""
        if now.ratio is not None:
            more = t("wichtig.karte_verhaeltnis", verhaeltnis=voice.n.rate(now.ratio))
        unit = t("wichtig.karte_punkte")
        cards.append(Card("abstand", t("wort.abstand"), number, unit, more))
    return tuple(cards)


def _summary_table(pub: Pub, voice: Voice, month: str, before_month: str) -> Table:
    """Rows: K2 now, a year before and its change, counts, P1; columns: the sexes and the gap."""
    t = voice.t
    now, before = pub.pair("K2", month), pub.pair("K2", before_month)
    has_before = before_month in pub.months("K2")
    rows = [_quota_line(voice, "wichtig.zeile_k2", month, now)]
    if has_before:
        rows += [
            _quota_line(voice, "wichtig.zeile_k2", before_month, before),
            _change_line(voice, now, before),
        ]
    rows += [_count_line(voice, "wichtig.zeile_zaehler", month, now, "zaehler")]
    rows += [_count_line(voice, "wichtig.zeile_nenner", month, now, "nenner")]
    # The ratio counts integrations; a ratio of persons would stand under the wrong title.
    persons = _quota_line(voice, "wichtig.zeile_p1", month, pub.pair("P1", month))
    rows += [(*persons[:-1], t("status.entfaellt"))]
    caption = "wichtig.tabelle" if has_before else "wichtig.tabelle_ohne_vorjahr"
    return Table(
        id="tabelle-wichtig",
        caption=t(caption, monat=voice.n.month(month)),
        head=(
            t("wichtig.zeile"),
            t("wort.frauen"),
            t("wort.maenner"),
            t("wort.insgesamt"),
            t("einheit.abstand_lang"),
            t("einheit.verhaeltnis"),
        ),
        rows=tuple(Row(row) for row in rows),
    )


def _quota_line(voice: Voice, key: str, month: str, pair: Pair) -> tuple[str, ...]:
    none = voice.t("status.entfaellt")
    return (
        voice.t(key, monat=voice.n.month(month)),
        *(voice.cell(f) for f in (pair.w, pair.m, pair.insgesamt)),
        none if pair.gap is None else voice.n.rate(pair.gap),
        none if pair.ratio is None else voice.n.rate(pair.ratio),
    )


def _change_line(voice: Voice, now: Pair, before: Pair) -> tuple[str, ...]:
    def change(new: Decimal | None, old: Decimal | None) -> str:
        if new is None or old is None:
            return voice.t("status.entfaellt")
        return voice.n.difference(new - old)

    pairs: list[tuple[Figure, Figure]] = [
        (now.w, before.w),
        (now.m, before.m),
        (now.insgesamt, before.insgesamt),
    ]
    return (
        voice.t("wichtig.zeile_aenderung"),
        *(change(new.quote, old.quote) for new, old in pairs),
        change(now.gap, before.gap),
        voice.t("status.entfaellt"),
    )


def _count_line(voice: Voice, key: str, month: str, pair: Pair, field: str) -> tuple[str, ...]:
    figures = (pair.w, pair.m, pair.insgesamt)
    return (
        voice.t(key, monat=voice.n.month(month)),
        *(voice.count(f) if field == "zaehler" else voice.base(f, average=True) for f in figures),
        voice.t("status.entfaellt"),
        voice.t("status.entfaellt"),
    )
