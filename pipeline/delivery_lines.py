"""What has arrived, in German or English: a table for a wide terminal, or lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipeline.ingest.naming import printable
from pipeline.report.numbers import Numbers
from pipeline.report.texts import Texts

# Narrower terminals break the cells of a table into too many lines.
NARROWEST_TABLE = 140
STATES = ("verwendet", "nicht_verwendet", "neu", "geaendert", "abgelehnt", "fehlt")


@dataclass(frozen=True)
class Rows:
    """The row balance of one file: geliefert = uebernommen + abgewiesen + zusammengefuehrt."""

    tabelle: str
    datei: str
    geliefert: int
    uebernommen: int
    abgewiesen: int
    zusammengefuehrt: int


@dataclass(frozen=True)
class Arrival:
    """A delivery folder and its status (one of STATES); what is None or empty is not known.

    id: None where the delivery note cannot be read. sentences: why, or what will happen.
    stichtage: the first and the last one. rows: as they were read.
    """

    status: str
    id: str | None
    folder: str
    sentences: tuple[str, ...]
    art: str | None = None
    datenstand: date | None = None
    traeger: str | None = None
    pseudonym: str | None = None
    profil: str | None = None
    synthetisch: bool | None = None
    stichtage: tuple[date, date] | None = None
    rows: tuple[Rows, ...] = ()

    @property
    def name(self) -> str:
        """How it is called: its id, or the folder where that is unknown."""
        return printable(self.folder if self.id is None else self.id)


def arrival_lines(arrivals: list[Arrival], t: Texts) -> list[str]:
    """A block of lines per delivery."""
    return [line for arrival in arrivals for line in _block(arrival, t)]


def arrival_table(arrivals: list[Arrival], t: Texts, width: int) -> list[str]:
    """A table, `width` characters wide, and the sentences below; empty when too narrow."""
    if width < NARROWEST_TABLE:
        return []
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    columns = ("lieferung", "status", "angaben", "stichtage", "zeilen")
    table = Table(*[t(f"lieferungen.spalte.{name}") for name in columns], show_lines=True)
    for arrival in arrivals:
        cells = (
            "\n".join([arrival.name, *_folder(arrival, t)]),
            t(f"lieferungen.status.{arrival.status}"),
            "\n".join(_facts(arrival, t)),
            _days(arrival, t),
            "\n".join(_short_rows(arrival, t)),
        )
        table.add_row(*map(Text, cells))
    paper = StringIO()
    Console(file=paper, width=width, color_system=None).print(table)
    lines = [line.rstrip() for line in paper.getvalue().splitlines()]
    return lines + [f"{a.name}: {sentence}" for a in arrivals for sentence in a.sentences]


def _block(arrival: Arrival, t: Texts) -> Iterator[str]:
    yield f"{arrival.name}: {t(f'lieferungen.status.{arrival.status}')}"
    yield from (f"  {sentence}" for sentence in arrival.sentences)
    known = [*_folder(arrival, t), *_facts(arrival, t)]
    if days := _days(arrival, t):
        known.append(f"{t('lieferungen.spalte.stichtage')}: {days}")
    if known:
        yield f"  {'; '.join(known)}"
    count = Numbers(t.lang).count
    for rows in arrival.rows:
        yield "  " + t(
            "lauf.bilanz",
            lieferung=arrival.name,
            datei=printable(rows.datei),
            geliefert=count(rows.geliefert),
            uebernommen=count(rows.uebernommen),
            abgewiesen=count(rows.abgewiesen),
            zusammengefuehrt=count(rows.zusammengefuehrt),
        )


def _folder(arrival: Arrival, t: Texts) -> list[str]:
    if arrival.id in (None, arrival.folder):
        return []
    return [f"{t('lieferungen.ordner')}: {printable(arrival.folder)}"]


def _facts(arrival: Arrival, t: Texts) -> list[str]:
    """What the delivery note says, each with its name."""
    day = Numbers(t.lang).day
    values = {
        "art": arrival.art,
        "datenstand": day(arrival.datenstand.isoformat()) if arrival.datenstand else None,
        "traeger": printable(arrival.traeger) if arrival.traeger else None,
        "pseudonym": arrival.pseudonym,
        "profil": printable(arrival.profil) if arrival.profil else None,
        "synthetisch": t("wort.ja") if arrival.synthetisch else None,
    }
    return [f"{t(f'lieferungen.{name}')}: {value}" for name, value in values.items() if value]


def _days(arrival: Arrival, t: Texts) -> str:
    if arrival.stichtage is None:
        return ""
    first, last = (Numbers(t.lang).day(one.isoformat()) for one in arrival.stichtage)
    return first if first == last else t("lieferungen.spanne", von=first, bis=last)


def _short_rows(arrival: Arrival, t: Texts) -> list[str]:
    count = Numbers(t.lang).count
    return [
        f"{one.tabelle}: {count(one.geliefert)} = {count(one.uebernommen)} + "
        f"{count(one.abgewiesen)} + {count(one.zusammengefuehrt)}"
        for one in arrival.rows
    ]
