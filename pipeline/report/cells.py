"""The cells of a breakdown in one month, and the charts they become."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.breakdowns import Breakdown
from pipeline.report import blocks, kennzahlen
from pipeline.report.chart import Chart, Point, Words
from pipeline.report.pub import Pair, Pub
from pipeline.report.sentences import Comparison, Voice

UNKNOWN = "unbekannt"


@dataclass(frozen=True)
class Cell:
    """One cell of a breakdown: its codes, their labels and the figures."""

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    pair: Pair

    @property
    def known(self) -> bool:
        """No category of the cell is "unknown"."""
        return UNKNOWN not in self.codes

    @property
    def nobody(self) -> bool:
        """The published table says that nobody at all belongs to it."""
        figures = (self.pair.w, self.pair.m, self.pair.insgesamt)
        return all(f.status == "keine_faelle" for f in figures)


def cells(pub: Pub, kennzahl: str, breakdown: Breakdown, month: str, lang: str) -> tuple[Cell, ...]:
    """All cells of a breakdown in one month, in table order."""
    names = [{c.code: c.label(lang) for c in codes} for codes in breakdown.codes]
    return tuple(
        Cell(
            value,
            tuple(n.get(code, code) for n, code in zip(names, value, strict=True)),
            pub.pair(kennzahl, month, breakdown.id, *value),
        )
        for value in pub.values(kennzahl, breakdown, month)
    )


def comparison(rows: Iterable[Cell]) -> Comparison:
    """The gaps of the cells that can be compared, under their joined labels."""
    return Comparison(
        tuple(
            (", ".join(c.labels), c.pair.gap)
            for c in rows
            if c.known and c.pair.firm and c.pair.gap is not None
        )
    )


def words(voice: Voice, kennzahl: str) -> Words:
    """The words written into charts of a Kennzahl."""
    return Words(
        voice.t("wort.frauen"),
        voice.t("wort.maenner"),
        kennzahlen.unit(voice, kennzahl),
        voice.t("einheit.abstand"),
    )


def point(voice: Voice, label: str, pair: Pair) -> Point:
    """A row of a dumbbell chart."""
    w = pair.w.quote if pair.w.shown else None
    m = pair.m.quote if pair.m.shown else None
    return Point(label, w, m, pair.gap, blocks.chart_note(voice, pair))


def dumbbell(
    voice: Voice,
    kennzahl: str,
    name: str,
    rows: Iterable[Cell],
    alt: str,
    top: Decimal | None = None,
) -> Chart:
    """The dumbbell chart of cells; those that nobody belongs to are left out."""
    points = tuple(point(voice, c.labels[-1], c.pair) for c in rows if not c.pair.empty)
    return Chart(f"bild-{name}", "hantel", voice.n.lang, alt, words(voice, kennzahl), points, top)
