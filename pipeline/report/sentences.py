"""Sentences from figures: every direction word is chosen from the data, never written in advance.

All amounts come from the published, rounded quotas, so that a reader can recompute them.
"""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.report.numbers import Numbers
from pipeline.report.pub import Figure, Pair
from pipeline.report.texts import Texts

PARITY = Decimal(10)
SMALL_STOCK = 10


@dataclass(frozen=True)
class Voice:
    """Texts and number formats of one language."""

    t: Texts
    n: Numbers

    def cell(self, figure: Figure) -> str:
        """A quota as shown in a cell: the number, or the words for why there is none."""
        if figure.quote is not None and figure.shown:
            return self.n.rate(figure.quote)
        return self.t(f"status.{figure.status if not figure.shown else 'fehlt'}")

    def count(self, figure: Figure) -> str:
        """The numerator as shown in a cell, or the words for why there is none."""
        return self._missing(figure) if figure.zaehler is None else self.n.count(figure.zaehler)

    def base(self, figure: Figure, *, average: bool) -> str:
        """The denominator as shown in a cell, or the words for why there is none.

        An average stock below 10 has a decimal, so that 0.4 is not 0.
        """
        base = figure.nenner
        if base is None:
            return self._missing(figure)
        small = average and 0 < base < SMALL_STOCK
        return self.n.rate(base) if small else self.n.count(base)

    def _missing(self, figure: Figure) -> str:
        return self.t(f"status.{'fehlt' if figure.shown else figure.status}")


def quota_sentences(voice: Voice, pair: Pair) -> list[str]:
    """What the quotas of women and men are, their gap and their ratio."""
    t, n = voice.t, voice.n
    gap, ratio = pair.gap, pair.ratio
    if gap is None:
        return [_one_sided(voice, pair)]
    found = [t("wichtig.quoten", w=voice.cell(pair.w), m=voice.cell(pair.m))]
    where = "unter" if gap > 0 else "ueber" if gap < 0 else "gleich"
    found.append(t(f"wichtig.abstand_{where}", abstand=n.rate(abs(gap))))
    if ratio is not None:
        found.append(t("wichtig.verhaeltnis", verhaeltnis=n.rate(ratio)))
    return found


def _one_sided(voice: Voice, pair: Pair) -> str:
    for mine, other, who in ((pair.w, pair.m, "frauen"), (pair.m, pair.w, "maenner")):
        if mine.shown:
            return voice.t(
                "wichtig.nur_eine",
                wer=voice.t(f"wort.{who}"),
                quote=voice.cell(mine),
                grund=voice.cell(other),
            )
    return voice.t("wichtig.keine")


def change_words(voice: Voice, now: Decimal, before: Decimal) -> str:
    """ "um 0,8 Prozentpunkte höher", "… niedriger" or "unverändert"."""
    if now == before:
        return voice.t("wichtig.unveraendert")
    key = "hoeher" if now > before else "niedriger"
    return voice.t(f"wichtig.{key}", betrag=voice.n.rate(abs(now - before)))


def change_sentences(voice: Voice, now: Pair, before: Pair, month_before: str) -> list[str]:
    """The change of both quotas, then of gap and ratio, which may move in opposite directions."""
    t, month = voice.t, voice.n.month(month_before)
    quotes = (now.w.quote, now.m.quote, before.w.quote, before.m.quote)
    w, m, w_before, m_before = quotes
    if w is None or m is None or w_before is None or m_before is None:
        return [t("wichtig.kein_vorjahr")]
    quotas = t(
        "wichtig.aenderung",
        monat=month,
        w=change_words(voice, w, w_before),
        m=change_words(voice, m, m_before),
    )
    return [quotas, *gap_change(voice, now, before, month)]


def gap_change(voice: Voice, now: Pair, before: Pair, month: str) -> list[str]:
    """How the gap changed, in percentage points and as a ratio."""
    gap, old = now.gap, before.gap
    if gap is None or old is None:
        return []
    amounts = {
        "monat": month,
        "jetzt": voice.n.rate(abs(gap)),
        "vorher": voice.n.rate(abs(old)),
    }
    if gap * old < 0:
        side = "ueber" if gap < 0 else "unter"
        return [voice.t(f"wandel.vorzeichen_{side}", **amounts)]
    if now.ratio is None or before.ratio is None:
        return []
    sizes = _compare(abs(gap), abs(old), "kleiner", "groesser")
    parity = _compare(abs(now.ratio - PARITY), abs(before.ratio - PARITY), "naeher", "ferner")
    return [
        voice.t(
            f"wandel.{sizes}_{parity}",
            **amounts,
            verhaeltnis=voice.n.rate(now.ratio),
            verhaeltnis_vorher=voice.n.rate(before.ratio),
        )
    ]


def _compare(now: Decimal, before: Decimal, less: str, more: str) -> str:
    return less if now < before else more if now > before else "gleich"


def year_earlier(month: str) -> str:
    """ "2015-12" becomes "2014-12"."""
    return f"{int(month[:4]) - 1:04d}{month[4:]}"


def trend_headline(voice: Voice, first: Pair, last: Pair, month: str) -> str:
    """The headline of the trend: is the gap smaller, larger or as large as in `month`?"""
    gap, old = last.gap, first.gap
    if gap is None or old is None:
        return voice.t("verlauf.kopf_ohne")
    if gap * old < 0:
        side = "ueber" if gap < 0 else "unter"
        return voice.t(f"verlauf.kopf_wechsel_{side}", monat=month)
    direction = _compare(abs(gap), abs(old), "kleiner", "groesser")
    return voice.t(
        f"verlauf.kopf_{direction}",
        monat=month,
        jetzt=voice.n.rate(abs(gap)),
        vorher=voice.n.rate(abs(old)),
    )


@dataclass(frozen=True)
class Comparison:
    """The groups of a breakdown whose quotas are firm: (label, gap), in table order."""

    gaps: tuple[tuple[str, Decimal], ...]

    @property
    def lower(self) -> int:
        """Groups in which the quota of women is lower."""
        return sum(gap > 0 for _, gap in self.gaps)

    @property
    def higher(self) -> int:
        """Groups in which the quota of women is higher."""
        return sum(gap < 0 for _, gap in self.gaps)

    @property
    def smallest(self) -> tuple[str, Decimal]:
        return min(self.gaps, key=lambda entry: entry[1])

    @property
    def largest(self) -> tuple[str, Decimal]:
        return max(self.gaps, key=lambda entry: entry[1])


def group_headline(voice: Voice, title: str, seen: Comparison, prefix: str = "kopf") -> str:
    """The headline of a breakdown, from the number of groups with a lower quota of women."""
    n = len(seen.gaps)
    if n < 2:
        return voice.t(f"gruppe.{prefix}_{'eine' if n else 'keine'}", titel=title)
    all_of_them = "beide" if n == 2 else "alle"
    if seen.lower == n:
        return voice.t(f"gruppe.{prefix}_{all_of_them}_unter", titel=title, n=str(n))
    if seen.higher == n:
        return voice.t(f"gruppe.{prefix}_{all_of_them}_ueber", titel=title, n=str(n))
    return voice.t(f"gruppe.{prefix}_teils", titel=title, n=str(n), k=str(seen.lower))


def group_reading(voice: Voice, seen: Comparison) -> list[str]:
    """One or two sentences on the range of the gap; none of them names a cause."""
    if not seen.gaps:
        return []
    (low_group, low), (high_group, high) = seen.smallest, seen.largest
    if len(seen.gaps) == 1:
        found = [voice.t("gruppe.lesen_eine", gruppe=low_group, abstand=voice.n.rate(low))]
    elif low == high:
        found = [voice.t("gruppe.lesen_gleich", min=voice.n.rate(low))]
    else:
        found = [
            voice.t(
                "gruppe.lesen_spanne",
                min=voice.n.rate(low),
                min_gruppe=low_group,
                max=voice.n.rate(high),
                max_gruppe=high_group,
            )
        ]
    if low < 0:
        found.append(voice.t("gruppe.lesen_ueber"))
    return found


def group_alt(voice: Voice, title: str, seen: Comparison) -> str:
    """The accessible name of a group chart."""
    if not seen.gaps:
        return voice.t("gruppe.alt_keine", titel=title)
    low, high = voice.n.rate(seen.smallest[1]), voice.n.rate(seen.largest[1])
    if len(seen.gaps) == 1:
        return voice.t("gruppe.alt_eine", titel=title, min=low)
    return voice.t(
        "gruppe.alt",
        titel=title,
        k=str(seen.lower),
        n=str(len(seen.gaps)),
        min=low,
        max=high,
    )
