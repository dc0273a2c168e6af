"""The look at every cell, heading and file name of a delivered file for direct identifiers.

A finding says kind, file, line and column; what was found is nowhere kept.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.ingest.cells import encoded
from pipeline.ingest.identifiers.chance import chance_matches
from pipeline.ingest.identifiers.kinds import (
    Kind,
    Pattern,
    heading_words,
    kinds,
    named_by,
    named_in,
    plain,
)
from pipeline.ingest.naming import printable
from pipeline.ingest.reading.readers import RawTable

# Shorter contents name nobody; of these forms are most cells, and only `nur` patterns look at them.
SHORTEST = 6
HARMLESS = (
    r"^\s*(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}\.[0-9]{2}\.[0-9]{4}"
    r"|-?[0-9]{1,9}(?:[.,][0-9]{1,4})?)\s*$"
)
YEAR_OF_BIRTH = {"geburtsjahr", "gebjahr", "jahrgang"}
PSEUDONYM = {"id", "kennung", "pseudonym", "schluessel"}


@dataclass(frozen=True)
class Finding:
    """Where identifiers of one kind are.

    spalte: number of the column, first = 1, or None in a line that is no row. zeile: first line (1
    for a heading). zellen: number of cells; 0 for a heading.
    """

    art: Kind
    spalte: int | None
    zeile: int
    zellen: int


def findings(raw: RawTable, canonical: dict[str, str]) -> list[Finding]:
    """All findings in the headings and cells of a file and in its lines that are no rows.

    canonical: columns of a contract by delivered name. A heading among them is taken for what it
    stands for there.
    """
    found: list[Finding] = []
    lines = raw.table.column(raw.table.num_columns - 1)
    for number, name in enumerate(raw.columns, start=1):
        column = canonical.get(name) or _meant(name)
        kind = named_in(name) or (None if name == column else named_by(name))
        if kind is not None:
            found.append(Finding(kind, number, 1, 0))
        cells = encoded(raw.table.column(number - 1))
        for art, values in _in_column(cells.dictionary, column):
            rows = pc.indices_nonzero(pc.is_in(cells.indices, value_set=values))
            if len(rows):
                found.append(Finding(art, number, lines[rows[0].as_py()].as_py(), len(rows)))
    return [*found, *_in_bad_lines(raw)]


def _meant(heading: str) -> str:
    """What a heading that no contract or profile knows seems to stand for, as a column name."""
    words = heading_words(heading)
    if "".join(words) in YEAR_OF_BIRTH:
        return "geburtsjahr"
    return "fremde_id" if words and words[-1] in PSEUDONYM else ""


def _in_column(contents: pa.Array, column: str) -> Iterator[tuple[Kind, pa.Array]]:
    """Each kind with the positions of the contents that hold an identifier of it.

    A content counts for the first kind only.
    """
    if not len(contents):
        return
    patterns = [(k, p) for k in kinds() for p in k.muster if p.fits(column)]
    looked_at = pc.greater_equal(pc.utf8_length(contents), SHORTEST)
    if not any(p.nur for _, p in patterns):
        looked_at = pc.and_(looked_at, pc.invert(pc.match_substring_regex(contents, HARMLESS)))
    positions = pc.indices_nonzero(looked_at)
    texts = _plain(contents.take(positions))
    any_of_them = "|".join(f"(?:{p.first_look})" for _, p in patterns)
    suspect = pc.match_substring_regex(texts, any_of_them)
    positions, texts = positions.filter(suspect), texts.filter(suspect)
    claimed: set[int] = set()
    for kind in kinds():
        held: set[int] = set()
        for pattern in (p for k, p in patterns if k is kind):
            likely = pc.indices_nonzero(pc.match_substring_regex(texts, pattern.first_look))
            held |= _held(pattern, likely.to_pylist(), texts.take(likely).to_pylist(), contents)
        held -= claimed
        claimed |= held
        if held:
            yield kind, positions.take(pa.array(sorted(held), pa.uint64()))


def _held(
    pattern: Pattern, likely: list[int], texts: list[str], contents: pa.Array
) -> set[int]:
    """Which of the likely texts hold a match that is no chance."""
    found = [(i, text, pattern.found(text)) for i, text in zip(likely, texts, strict=True)]
    matches = [(i, text, match.span()) for i, text, match in found if match]
    chance = chance_matches([(t, span) for _, t, span in matches], contents, pattern.zufall)
    return {i for i, text, _ in matches if text not in chance}


def _plain(texts: pa.Array) -> pa.Array:
    """The texts as the patterns expect them."""
    foreign = pc.invert(pc.string_is_ascii(texts))
    changed = [plain(text) for text in texts.filter(foreign).to_pylist()]
    return pc.replace_with_mask(texts, foreign, pa.array(changed, pa.string()))


def _in_bad_lines(raw: RawTable) -> Iterator[Finding]:
    """Findings in the lines that are no rows: they are kept as they were delivered."""
    texts = pa.array([line.text for line in raw.bad_lines], pa.string())
    for kind, positions in _in_column(texts, ""):
        first = raw.bad_lines[positions[0].as_py()]
        yield Finding(kind, None, first.zeile, len(positions))


def sentences(
    found: list[Finding], columns: tuple[str, ...], shown: Iterable[str], where: str
) -> list[str]:
    """One sentence per finding. A heading is written out only where it is among `shown`."""
    names = set(shown)
    return [_sentence(finding, columns, names, where) for finding in found]


def _sentence(finding: Finding, columns: tuple[str, ...], shown: set[str], where: str) -> str:
    advice = finding.art.abhilfe
    if finding.spalte is None:
        return (
            f"{where}, Zeile {finding.zeile}: Die Zeile enthält {finding.art.titel_de} (Zeilen mit "
            f"falscher Zahl von Feldern: {finding.zellen}). Datei ohne diese Angaben neu liefern."
        )
    name = columns[finding.spalte - 1]
    place = f"{where}, Zeile {finding.zeile}, Spalte {name if name in shown else finding.spalte}"
    what = finding.art.titel_de
    if not finding.zellen:
        return f"{place}: Die Überschrift nennt {what}. {advice}"
    return f"{place}: Die Spalte enthält {what} (Zellen: {finding.zellen}). {advice}"


def name_problems(folder: str, name: str, tabelle: str) -> list[str]:
    """A sentence when the name of a delivery folder or of a file in it holds an identifier."""
    kind = named_in(folder)
    if kind is not None:
        return [f"Der Name eines Ordners enthält {kind.titel_de}. Ordner umbenennen."]
    kind = named_in(name)
    if kind is None:
        return []
    return [
        f"{printable(folder)}: Der Name der Datei mit der Tabelle {tabelle} enthält "
        f"{kind.titel_de}. Datei umbenennen."
    ]
