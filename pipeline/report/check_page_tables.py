"""The tables of the page about the rules."""

from itertools import groupby
from typing import Any

from pipeline.ingest.naming import printable
from pipeline.quality.history import broken_since
from pipeline.quality.verdict import BROKEN, PASSED, SEVERITIES
from pipeline.quality.wellformed import LAYERS
from pipeline.report.blocks import Row, Table
from pipeline.report.check_page_facts import Found
from pipeline.report.sentences import Voice
from pipeline.report.small_counts import PARTS, Shown, balanced, shown

# Its rows are findings themselves: their number less one rule's findings are another's.
FINDINGS = "core_befund"


def coverage(found: Found, voice: Voice) -> Table:
    """Which deliveries were judged, and what they carry."""
    t = voice.t
    rows = []
    for name, group in groupby(found.lieferungen, key=lambda row: row["lieferung"]):
        tables = list(group)
        days = [
            row[key]
            for row in tables
            for key in ("erster_stichtag", "letzter_stichtag")
            if row[key]
        ]
        span = t("pruefbericht.ohne_stichtag")
        if days:
            first, last = (voice.n.day(day.isoformat()) for day in (min(days), max(days)))
            span = first if first == last else t("stand.von_bis", von=first, bis=last)
        cells = (
            printable(name),
            t(f"pruefbericht.art.{tables[0]['art']}"),
            voice.n.day(tables[0]["datenstand"].isoformat()),
            span,
            ", ".join(row["tabelle"] for row in tables),
        )
        rows.append(Row(cells))
    return _table("lieferungen", "lieferungen", rows, voice)


def checked_tables(found: Found, voice: Voice) -> Table:
    """How many rows and rules there are of each table, and how many rules are broken."""
    by_table = sorted(found.rules, key=lambda rule: rule["tabelle"])
    rows = []
    for table, group in groupby(by_table, key=lambda rule: rule["tabelle"]):
        rules = list(group)
        broken = sum(rule["urteil"] == BROKEN for rule in rules)
        counts = (voice.n.count(len(rules)), voice.n.count(broken))
        rows.append(Row((table, _words(_checked(rules[0], found), voice), *counts)))
    return _table("tabellen", "tabellen", rows, voice, legend="wenige")


def layers(found: Found, voice: Voice) -> Table:
    """Rules and broken ones by layer and severity."""
    rows = []
    for layer in LAYERS:
        own = [rule for rule in found.rules if rule["ebene"] == layer]
        counts = [
            sum(r["severity"] == s and r["urteil"] == BROKEN for r in own) for s in SEVERITIES
        ]
        cells = (voice.n.count(len(own)), *map(voice.n.count, counts))
        rows.append(Row((voice.t(f"pruefbericht.ebene.{layer}"), *cells)))
    return _table("ebenen", "ebenen", rows, voice)


def broken(found: Found, voice: Voice) -> Table | None:
    """The broken rules, the gravest first; None if every rule is kept."""
    rules = [rule for severity in SEVERITIES for rule in found.broken(severity)]
    if not rules:
        return None
    rows = tuple(_rule_row(rule, found, voice) for rule in rules)
    head = voice.t.lines("pruefbericht.regel_spalten")
    return Table("tabelle-verletzt", voice.t("pruefbericht.verletzt_tabelle"), head, rows)


def rules_of(found: Found, voice: Voice, layer: str) -> tuple[tuple[str, Table, bool], ...]:
    """The rules of a layer: title, table, and whether it is folded up.

    Written rules in one table; derived ones in one for each table they are about.
    """
    t = voice.t
    own = [rule for rule in found.rules if rule["ebene"] == layer]
    parts = []
    written = [rule for rule in own if _written(rule)]
    if written:
        parts.append((t("pruefbericht.geschrieben"), written, False))
    derived = sorted((r for r in own if r not in written), key=lambda r: (r["tabelle"], r["regel"]))
    for table, group in groupby(derived, key=lambda rule: rule["tabelle"]):
        rules = list(group)
        title = t("pruefbericht.abgeleitet", tabelle=table, n=voice.n.count(len(rules)))
        parts.append((title, rules, True))
    head = t.lines("pruefbericht.regel_spalten")
    return tuple(
        (
            title,
            Table(
                f"tabelle-{layer}-{number}",
                f"{t(f'pruefbericht.ebene.{layer}')}: {title}",
                head,
                tuple(_rule_row(rule, found, voice) for rule in rules),
            ),
            folded,
        )
        for number, (title, rules, folded) in enumerate(parts, start=1)
    )


def _written(rule: dict[str, Any]) -> bool:
    """Whether people wrote the rule: its id ends in a number."""
    return bool(rule["regel"].rpartition("-")[2].isdigit())


def _rule_row(rule: dict[str, Any], found: Found, voice: Voice) -> Row:
    t, lang = voice.t, voice.n.lang
    kept = rule["urteil"] == PASSED
    today = found.datenstand.isoformat()
    since = None if kept else broken_since(found.verlauf, rule["regel"]) or today
    cells = (
        f"{rule['regel']} {rule[f'titel_{lang}']}",
        t(f"pruefbericht.schwere.{rule['severity']}"),
        t("pruefbericht.eingehalten" if kept else "pruefbericht.verletzt"),
        _words(_findings(rule, found), voice),
        _words(_checked(rule, found), voice),
        voice.n.day(since) if since else t("pruefbericht.nie"),
        rule["tabelle"],
    )
    return Row(cells, rule[f"warum_{lang}"])


def balance(found: Found, voice: Voice) -> Table:
    """The row balance of every file."""
    rows = []
    for row in found.bilanz:
        name = f"{printable(row['lieferung'])} / {printable(row['datei'])}"
        counts = balanced(row["geliefert"], [row[part] for part in PARTS])
        rows.append(Row((name, *(_words(count, voice) for count in counts))))
    return _table("bilanz", "bilanz_tabelle", rows, voice, legend="bilanz_legende")


def history(found: Found, voice: Voice) -> Table:
    """The verdicts of all runs over these and earlier deliveries."""
    t = voice.t
    severity = {rule["regel"]: rule["severity"] for rule in found.rules}
    rows = []
    for line in found.verlauf:
        kinds = [severity.get(name) for name in line["verletzt"]]
        consequence = "mit_bericht" if line["urteil"] == PASSED else "ohne_bericht"
        cells = (
            voice.n.day(line["datenstand"]),
            voice.n.count(len(line["lieferungen"])),
            voice.n.count(line["regeln"]),
            *(voice.n.count(kinds.count(kind)) for kind in SEVERITIES),
            t(f"pruefbericht.{consequence}"),
        )
        rows.append(Row(cells))
    return _table("verlauf", "verlauf_tabelle", rows, voice)


def _checked(rule: dict[str, Any], found: Found) -> Shown:
    """How many rows a rule looked at, unless a small number would follow."""
    if rule["tabelle"] == FINDINGS and rule["geprueft"]:
        return "hidden"
    return shown(rule["geprueft"], found.exposed)


def _findings(rule: dict[str, Any], found: Found) -> Shown:
    """How many findings a rule has; only those of `FINDINGS` are rows that were rejected."""
    return shown(rule["verletzt"], found.exposed if rule["tabelle"] == FINDINGS else frozenset())


def _words(count: Shown, voice: Voice) -> str:
    return voice.t(f"pruefbericht.{count}") if isinstance(count, str) else voice.n.count(count)


def _table(name: str, caption: str, rows: list[Row], voice: Voice, legend: str = "") -> Table:
    t = voice.t
    return Table(
        f"tabelle-{name}",
        t(f"pruefbericht.{caption}"),
        t.lines(f"pruefbericht.{name}_spalten"),
        tuple(rows),
        legend=t(f"pruefbericht.{legend}") if legend else "",
    )
