"""The parts of the page: tables and figure blocks, always built in the same order."""

from dataclasses import dataclass, field
from itertools import groupby

from pipeline.report import kennzahlen
from pipeline.report.drawing import Drawing
from pipeline.report.pub import Figure, Pair
from pipeline.report.sentences import Voice


@dataclass(frozen=True)
class Row:
    """Cells as text, the first of which name the row; `note` stands in small type below them."""

    cells: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class RowGroup:
    """Rows of a table under a common title; a table that is not grouped has one without a title."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A table with one header row; the first cell of each row names the row.

    With two `row_heads` the first one becomes the title over the rows that share it.
    legend: what the short column titles mean, read out with the caption.
    """

    id: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    row_heads: int = 1
    legend: str = ""
    emphasized: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The column titles as shown."""
        return self.head[self.row_heads - 1 :]

    @property
    def groups(self) -> tuple[RowGroup, ...]:
        """The rows in groups, in table order."""
        if self.row_heads == 1:
            return (RowGroup("", self.rows),)
        return tuple(
            RowGroup(title, tuple(Row(row.cells[1:], row.note) for row in rows))
            for title, rows in groupby(self.rows, key=lambda row: row.cells[0])
        )


@dataclass(frozen=True)
class Mark:
    """A break marked in a trend: its letter, what changed and the source."""

    letter: str
    text: str
    source: str
    url: str


@dataclass(frozen=True)
class Block:
    """A figure block: headline, subtitle, charts, reading, table, download, formula, limits.

    reading: paragraphs. kennzahl: the codes under which its figures stand in the downloads.
    """

    id: str
    number: str
    headline: str
    subtitle: str
    reading: tuple[str, ...]
    table: Table
    kennzahl: str
    schnitt: str
    schnitt_title: str
    formula: tuple[str, ...]
    not_said: str
    drawings: tuple[Drawing, ...] = ()
    hints: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    guide: str = ""


@dataclass(frozen=True)
class Section:
    """A section of figure blocks with a lead sentence."""

    id: str
    title: str
    lead: str
    blocks: tuple[Block, ...]


@dataclass
class Numbering:
    """Counts figures and tables through the page; the first dumbbell explains how to read it."""

    counts: dict[str, int] = field(default_factory=dict)
    guided: bool = False

    def guide(self, voice: Voice) -> str:
        """The reading aid, once."""
        if self.guided:
            return ""
        self.guided = True
        return voice.t("block.lesehilfe")

    def next(self, voice: Voice, key: str) -> str:
        """ "Abbildung 3" for the key `block.abbildung`."""
        self.counts[key] = self.counts.get(key, 0) + 1
        return voice.t(key, nummer=str(self.counts[key]))


def quota_head(voice: Voice, code: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The header cells of a table of quotas of a Kennzahl: names of the rows, then the figures."""
    return (*names, *voice.t.lines(f"gliederung.{kennzahlen.family(code)}.spalten"))


def quota_row(voice: Voice, code: str, names: tuple[str, ...], pair: Pair, note: str = "") -> Row:
    """One row of such a table; a figure that is not shown is words, never a sign."""
    none = voice.t("status.entfaellt")
    gap, ratio, average = pair.gap, pair.ratio, kennzahlen.has_average(code)
    cells = (
        *names,
        *(voice.cell(f) for f in (pair.w, pair.m, pair.insgesamt)),
        none if gap is None else voice.n.rate(gap),
        none if ratio is None else voice.n.rate(ratio),
        *(voice.count(f) for f in (pair.w, pair.m)),
        *(voice.base(f, average=average) for f in (pair.w, pair.m)),
    )
    few = uncertainty(voice, pair)
    return Row(cells, f"{note}; {few}" if note and few else note or few)


def uncertainty(voice: Voice, pair: Pair) -> str:
    """Which figures of a pair rest on few cases, in words; empty when none does."""
    few = [key for key, f in (("frauen", pair.w), ("maenner", pair.m)) if f.status == "unsicher"]
    if len(few) == 2:
        return voice.t("status.hinweis_beide")
    return voice.t("status.hinweis_eine", wer=voice.t(f"wort.{few[0]}")) if few else ""


def chart_note(voice: Voice, pair: Pair) -> str:
    """The words a chart shows in place of missing marks, or about uncertain ones."""
    hidden = [(key, f) for key, f in (("frauen", pair.w), ("maenner", pair.m)) if not f.shown]
    if len(hidden) == 2 and _same_reason(pair):
        return voice.cell(pair.w)
    if hidden:
        return ", ".join(f"{voice.t(f'wort.{key}')}: {voice.cell(f)}" for key, f in hidden)
    return voice.t("status.unsicher") if uncertainty(voice, pair) else ""


def _same_reason(pair: Pair) -> bool:
    reasons: tuple[Figure, Figure] = (pair.w, pair.m)
    return reasons[0].status == reasons[1].status
