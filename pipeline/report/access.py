"""Access beside outcome: who is in a measure, and how many work half a year after leaving it."""

from dataclasses import dataclass
from decimal import Decimal

from pipeline.breakdowns import Breakdown
from pipeline.report.cells import Cell, comparison
from pipeline.report.kennzahlen import kennzahl
from pipeline.report.pub import Pair, Pub, category_order
from pipeline.report.sentences import Voice, group_reading

ACCESS, OUTCOME = "FQ", "EQ_6"
STOCK, UNEMPLOYED = "FA_ELB", "FA_ALO"


@dataclass(frozen=True)
class Line:
    """A category with its share of participants and its outcome."""

    cell: Cell
    access: Pair

    @property
    def nobody(self) -> bool:
        """Nobody took part at the Stichtage and nobody left."""
        return self.access.empty and self.cell.pair.empty

    @property
    def share(self) -> Decimal | None:
        """Women's share of the participants, percent; None where it is not published."""
        return self.access.w.quote if self.access.w.shown else None

    @property
    def label(self) -> str:
        return self.cell.labels[-1]


@dataclass(frozen=True)
class Facts:
    """What the blocks of the section share.

    month, exit_month: the last month of the participants and of the exits, `YYYY-MM`; the latter
    empty when there is none. stock, unemployed: the shares of women to compare with, percent, None
    where they are not published.
    """

    month: str
    exit_month: str
    total: Line
    stock: Decimal | None
    unemployed: Decimal | None

    def distance(self, line: Line) -> Decimal | None:
        """Women's share of the participants minus that of the unemployed, percentage points."""
        if line.share is None or self.unemployed is None:
            return None
        return line.share - self.unemployed


def facts(pub: Pub, voice: Voice) -> Facts | None:
    """The newest months with groups and their totals; None before there is one."""
    months, exit_months = pub.detail_months(ACCESS), pub.detail_months(OUTCOME)
    if not months:
        return None
    month, exit_month = months[-1], exit_months[-1] if exit_months else ""
    total = Cell((), (voice.t("wort.insgesamt_gross"),), pub.pair(OUTCOME, exit_month))
    return Facts(
        month=month,
        exit_month=exit_month,
        total=Line(total, pub.pair(ACCESS, month)),
        stock=pub.pair(STOCK, month).w.quote,
        unemployed=pub.pair(UNEMPLOYED, month).w.quote,
    )


def lines(pub: Pub, voice: Voice, about: Facts, breakdown: Breakdown) -> tuple[Line, ...]:
    """The categories that anybody took part in or left, in table order."""
    labels = {c.code: c.label(voice.n.lang) for c in breakdown.codes[0]}
    values = {
        *pub.values(ACCESS, breakdown, about.month),
        *pub.values(OUTCOME, breakdown, about.exit_month),
    }
    found = [
        Line(
            Cell(
                value,
                (labels.get(value[0], value[0]),),
                pub.pair(OUTCOME, about.exit_month, breakdown.id, *value),
            ),
            pub.pair(ACCESS, about.month, breakdown.id, *value),
        )
        for value in sorted(values, key=lambda value: category_order(breakdown, value))
    ]
    return tuple(line for line in found if not line.nobody)


def months_words(voice: Voice, about: Facts) -> dict[str, str]:
    """The months and the time after an exit that texts of the section name."""
    unknown = voice.t("stand.unbekannt")
    return {
        "monat": voice.n.month(about.month),
        "monat_austritt": voice.n.month(about.exit_month) if about.exit_month else unknown,
        "monate": kennzahl(OUTCOME).extra["monate"],
    }


def headline(voice: Voice, about: Facts) -> str:
    """Women's share of the participants beside that of the unemployed."""
    if about.total.share is None or about.unemployed is None:
        return voice.t("zugang.kopf_ohne")
    shares = {
        "teil": voice.n.rate(about.total.share),
        "arbeitslose": voice.n.rate(about.unemployed),
    }
    return voice.t("zugang.kopf", **shares)


def access_reading(voice: Voice, about: Facts, rows: tuple[Line, ...]) -> list[str]:
    """Women's share against the two to compare with, and its range over the groups."""
    t, n = voice.t, voice.n
    found = []
    distance = about.distance(about.total)
    if distance is not None:
        side = "unter" if distance < 0 else "ueber" if distance > 0 else "gleich"
        found.append(t(f"zugang.teil_{side}", punkte=n.rate(abs(distance))))
    if about.stock is not None:
        found.append(t("zugang.bestand", anteil=n.rate(about.stock)))
    distances = [d for line in rows if (d := about.distance(line)) is not None]
    if len(distances) > 1:
        below = sum(d < 0 for d in distances)
        found.append(_in_groups(voice, "gruppen", below, len(distances)))
    shares = [(line.share, line.label) for line in rows if line.share is not None]
    if len(shares) > 1 and min(shares)[0] < max(shares)[0]:
        (low, low_group), (high, high_group) = min(shares), max(shares)
        ends = {"min": n.rate(low), "max": n.rate(high)}
        found.append(t("zugang.spanne", **ends, min_gruppe=low_group, max_gruppe=high_group))
    return found


def outcome_reading(voice: Voice, rows: tuple[Line, ...]) -> list[str]:
    """In how many groups the outcome of women is lower, and the range of the gap."""
    seen = comparison(line.cell for line in rows)
    found = []
    if len(seen.gaps) > 1:
        found.append(_in_groups(voice, "ergebnis", seen.lower, len(seen.gaps)))
    left_out = voice.t("gliederung.EQ.ausgelassen")
    return [*found, *group_reading(voice, seen), left_out]


def _in_groups(voice: Voice, key: str, some: int, of: int) -> str:
    """In how many of the groups something holds; none has a sentence of its own."""
    if not some:
        return voice.t(f"zugang.{key}_keine", n=str(of))
    return voice.t(f"zugang.{key}", k=str(some), n=str(of))
