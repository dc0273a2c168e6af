"""What a rule says and where it is broken: files, lines and months, never a value."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from pipeline.database import connect
from pipeline.errors import CannotJudgeError, UsageError
from pipeline.quality.places import places_sql
from pipeline.quality.rules import Rule
from pipeline.quality.suite import folders
from pipeline.quality.verdict import SEVERITY_DE
from pipeline.quality.views import Part, batch_of, parquet, show

FILE = ("lieferung", "datei")
ROW = ("zeile", "spalte")
MOST_LINES = 20


def find(rules: tuple[Rule, ...], name: str) -> Rule:
    """The rule with this id. UsageError when there is none."""
    by_id = {rule.id: rule for rule in rules}
    if name not in by_id:
        raise UsageError(f"Die Regel «{name}» gibt es nicht. Alle Regeln stehen in docs/regeln.md.")
    return by_id[name]


def explain(rule: Rule, lang: str = "de") -> Iterator[str]:
    """The rule itself, a line each."""
    english = lang == "en"
    severity = rule.severity if english else SEVERITY_DE[rule.severity]
    yield f"{rule.id} · {rule.table} · {rule.ebene} · {severity}"
    yield rule.titel_en if english else rule.titel_de
    yield rule.why_en if english else rule.why
    yield f"{'From' if english else 'Aus'}: {rule.origin}"
    if rule.type is not None:
        arguments = ", ".join(f"{key} = {value}" for key, value in rule.kwargs.items())
        yield f"Great Expectations: {rule.type} ({arguments})"
    yield ""
    yield from places_sql(rule).strip().splitlines()
    yield ""


def findings(
    rule: Rule,
    tables: Mapping[str, Path],
    temp: Path,
    part: Part | None = None,
    lang: str = "de",
) -> Iterator[str]:
    """Where the rule is broken: how many rows per file or month, and the first lines of each.

    temp: a folder for what does not fit into memory. CannotJudgeError when the rule does not fit
    the data.
    """
    con = connect(read_from=folders(tables), temp=temp)
    try:
        for table in rule.reads:
            show(con, table, parquet(tables[table]), part)
        con.execute(f"create temp table treffer as {places_sql(rule, batch_of(rule.table))}")
    except duckdb.Error as error:
        # Its text may quote a cell.
        raise CannotJudgeError(
            f"Regel {rule.id} ({rule.table}) ließ sich nicht auswerten ({type(error).__name__}). "
            f"Prüfen, ob Regel und Tabelle zusammenpassen (siehe {rule.origin})."
        ) from None
    names = [row[0] for row in con.execute("describe treffer").fetchall()]
    total = con.execute("select count(*) from treffer").fetchall()[0][0]
    checked = con.execute(f"select count(*) from {batch_of(rule.table)}").fetchall()[0][0]
    if lang == "en":
        yield f"{total} findings in {checked} rows of {rule.table}."
    else:
        yield f"{total} Treffer in {checked} Zeilen von {rule.table}."
    files = [name for name in names if name in FILE and "zeile" in names]
    groups = files or [name for name in names if name not in ROW]
    if groups:
        keys = ", ".join(groups)
        lines = "list(zeile order by zeile)" if "zeile" in names else "null"
        about = "list_sort(list(distinct spalte) filter (where spalte is not null))"
        columns = about if "spalte" in names else "null"
        found = con.execute(
            f"select {keys}, count(*), {lines}, {columns}\n"
            f"from treffer group by {keys} order by {keys}"
        ).fetchall()
        for *place, count, rows, named in found:
            where = [str(part) for part in place if part is not None]
            column = named or ([rule.about] if rule.about else [])
            yield _line(where, count, rows, column, english=lang == "en")
    con.close()


def _line(
    place: list[str], count: int, rows: list[int] | None, columns: list[str], *, english: bool
) -> str:
    """One file or month with its number of findings, and its first lines."""
    where = " / ".join(place) or ("no place" if english else "ohne Ort")
    text = f"  {where}: {count}"
    if columns:
        text += f", {'column' if english else 'Spalte'} {', '.join(columns)}"
    if rows:
        shown = ", ".join(map(str, rows[:MOST_LINES])) + (" …" if len(rows) > MOST_LINES else "")
        word = ("line" if english else "Zeile") + ("s" if english and len(rows) > 1 else "")
        text += f", {word if english or len(rows) == 1 else 'Zeilen'} {shown}"
    return text
