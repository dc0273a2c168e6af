"""A file of foreign shape → the draft of a profile for it, with a comment on every open question.

Contents are written out only where a registry knows the word; others appear with three characters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import UsageError
from pipeline.ingest.cells import encoded
from pipeline.ingest.identifiers.kinds import named_in
from pipeline.ingest.naming import HEADER_NAME
from pipeline.ingest.note import READ_TABLES, table_contract
from pipeline.ingest.profiles import guess
from pipeline.ingest.reading.readers import RawTable
from pipeline.registries import Column, Contract

SHOWN = 3
MOST_UNKNOWN = 20
HEAD = """\
# Entwurf, aus der Datei geraten: jede Zeile prüfen. Speichern als profile/<name>.toml, dann
#     python -m pipeline profile check DATEI --profil <name>
beschreibung = "Entwurf"
"""


@dataclass(frozen=True)
class Sample:
    """A file that was read: its name, its format, the sheet if one was named, its content."""

    name: str
    format: str
    sheet: str
    raw: RawTable


def draft(samples: list[Sample], tabelle: str | None) -> str:
    """The text of a profile for the files; tabelle: the table they are, guessed when not given.

    Raises UsageError when two files seem to be the same table.
    """
    found: dict[str, str] = {}
    for sample in samples:
        columns = delivered_columns(sample.raw)
        table = tabelle or best_table(columns, sample.name)
        if table in found:
            raise UsageError(
                f"Mehrere Dateien sehen nach der Tabelle {table} aus. Jede einzeln mit --tabelle "
                "entwerfen."
            )
        found[table] = _table(sample, columns, table_contract(table))
    return HEAD + "".join(f"\n{found[table]}" for table in READ_TABLES if table in found)


def beginning(text: str) -> str:
    """At most the first three characters of a content."""
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def delivered_columns(raw: RawTable) -> list[guess.Delivered]:
    """Every column with its distinct contents and how often each occurs, empty ones aside."""
    found = []
    for name, column in zip(raw.columns, raw.table.columns, strict=False):
        cells = encoded(column)
        counts = pc.value_counts(pc.utf8_trim_whitespace(cells.dictionary.take(cells.indices)))
        filled = counts.filter(pc.not_equal(counts.field("values"), ""))
        found.append(guess.Delivered(name, filled.field("values"), filled.field("counts")))
    return found


def best_table(columns: list[guess.Delivered], name: str) -> str:
    """The table whose columns the file shows most; required ones and the file name count more."""

    def score(table: str) -> float:
        contract = table_contract(table)
        found = guess.best_columns(columns, contract)
        names = {target for target, _ in found.values()}
        required = {c.name for c in contract.columns if c.pflicht}
        named = set(guess.words(table)) & set(guess.words(re.sub(r"\d", " ", name)))
        fill = sum(points for _, points in found.values())
        return fill + 2 * len(required & names) - 4 * len(required - names) + 2 * len(named)

    return max(READ_TABLES, key=score)


def _table(sample: Sample, columns: list[guess.Delivered], contract: Contract) -> str:
    found = guess.best_columns(columns, contract)
    return "\n".join(_lines(sample, contract, columns, found)) + "\n"


def _lines(
    sample: Sample,
    contract: Contract,
    columns: list[guess.Delivered],
    found: dict[int, tuple[str, float]],
) -> Iterator[str]:
    table = f"tabelle.{contract.tabelle}"
    by_name = {c.name: c for c in contract.columns}
    targets = {place: by_name[name] for place, (name, _) in found.items()}
    yield f"[{table}]"
    yield f"datei = {_quoted(_pattern(sample.name))}"
    if sample.sheet:
        yield f"blatt = {_quoted(sample.sheet)}"
    yield from _spellings(columns, targets, sample.format)
    open_names = [one.name for place, one in enumerate(columns) if place not in found]
    speakable = [n for n in open_names if HEADER_NAME.fullmatch(n) and named_in(n) is None]
    if speakable:
        yield "# Ohne erkanntes Ziel. Wird nichts davon gebraucht, gilt die nächste Zeile ohne #."
        yield f"# ignoriert = [{', '.join(map(_quoted, speakable))}]"
    if len(speakable) < len(open_names):
        yield f"# Ohne lesbare Überschrift: {len(open_names) - len(speakable)} Spalten."
    missing = [c.name for c in contract.columns if c.pflicht and c not in targets.values()]
    if missing:
        yield f"# Pflicht, aber nicht gefunden: {', '.join(missing)}"
    yield ""
    yield f"[{table}.spalten]"
    for place, column in sorted(targets.items()):
        sure = "" if found[place][1] >= guess.EQUAL else "  # unsicher"
        yield f"{_quoted(columns[place].name)} = {_quoted(column.name)}{sure}"
    for place, column in sorted(targets.items()):
        if column.codes is not None:
            yield from _codes(columns[place], column, f"{table}.codes.{column.name}")


def _spellings(
    columns: list[guess.Delivered], targets: dict[int, Column], form: str
) -> Iterator[str]:
    def of(kind: str) -> list[pa.Array]:
        return [columns[place].contents for place, c in targets.items() if c.typ == kind]

    nothing = [
        text
        for text in guess.NOTHING
        if any(pc.any(pc.equal(columns[place].contents, text)).as_py() for place in targets)
    ]
    if nothing:
        yield f"leer = [{', '.join(map(_quoted, nothing))}]"
    days = guess.day_formats(of("datum"))
    if days:
        yield f"datumsformat = [{', '.join(map(_quoted, days))}]"
        if any("/" in day for day in days):
            yield "# Bei Schrägstrichen prüfen, ob Tag oder Monat vorn steht."
    decimal, thousands = guess.separators(of("dezimal"))
    if decimal and form == "csv":
        yield f"dezimalzeichen = {_quoted(decimal)}"
    if thousands:
        yield f"tausenderzeichen = {_quoted(thousands)}"


def _codes(delivered: guess.Delivered, column: Column, heading: str) -> Iterator[str]:
    """The translations of a column's contents that are not read as they are."""
    pairs = zip(delivered.contents.to_pylist(), delivered.counts.to_pylist(), strict=True)
    foreign = sorted((text, n) for text, n in pairs if not guess.is_known(text, column))
    if not foreign:
        return
    yield ""
    yield f"[{heading}]"
    unknown = []
    for text, count in foreign:
        code = guess.meant(text, column.codes or "")
        if code is None:
            unknown.append((text, count))
        else:
            yield f"{_quoted(text)} = {_quoted(code)}"
    for text, count in sorted(unknown, key=lambda u: (-u[1], u[0]))[:MOST_UNKNOWN]:
        yield f'# Unbekannt, {count} Zeilen, beginnt mit: {_quoted(beginning(text))}'
    if len(unknown) > MOST_UNKNOWN:
        yield f"# und {len(unknown) - MOST_UNKNOWN} weitere unbekannte Inhalte"


def _pattern(name: str) -> str:
    """The file name with what changes from month to month left open."""
    stem, _, ending = name.rpartition(".")
    return re.sub(r"[0-9]+([-_. ][0-9]+)*", "*", stem) + f".{ending.lower()}"


def _quoted(text: str) -> str:
    """A TOML string."""
    escaped = "".join(
        c if c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" for c in text
    )
    return f'"{escaped}"'
