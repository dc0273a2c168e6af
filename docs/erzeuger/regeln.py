"""regeln.md: why rows are rejected, and the rules on tables and marts."""

from collections.abc import Iterator

from docs.erzeuger.markdown import code, table
from pipeline.ingest.rules import UNREADABLE, rejections, rule_id, rules
from pipeline.quality.derived import derived_rules
from pipeline.quality.rules import Rule, load_rules
from pipeline.quality.verdict import SEVERITY_DE
from pipeline.registries import DELIVERED_TABLES, contract, table_meant


def rule_page() -> Iterator[str]:
    """Rejections, written rules, derived rules."""
    yield from ("# Regeln", "", "## Warum eine gelieferte Zeile abgewiesen wird", "")
    yield "Die Kennung ist das Kürzel der Tabelle und die Nummer. Treffen mehrere Regeln zu, gilt"
    yield from ("die erste in dieser Reihenfolge.", "")
    reasons = [
        (
            rule.nummer,
            ", ".join(
                rule_id(contract(name), rule.nummer)
                for name in DELIVERED_TABLES
                if _applies(name, rule.nummer)
            ),
            rule.titel_de,
            rule.abhilfe_de,
        )
        for rule in rejections()
    ]
    yield from table(("Nummer", "Kennungen", "Grund", "Abhilfe"), reasons)
    unreadable = next(rule for rule in rules() if rule.nummer == UNREADABLE)
    yield f"Übernommen wird die Zeile in diesem Fall ({unreadable.nummer}): {unreadable.titel_de}"
    yield from (unreadable.abhilfe_de, "")
    yield from ("## Geschriebene Regeln", "")
    yield "Eine verletzte kritische Regel beendet den Lauf mit Rückgabewert 12, ohne Bericht. Eine"
    yield "Warnung hält ihn nicht auf; sie steht in der Ausgabe und in"
    yield from ("`data/curated/pruefung.json`.", "")
    by_table: dict[str, list[Rule]] = {}
    for rule in load_rules():
        by_table.setdefault(rule.table, []).append(rule)
    for name, group in by_table.items():
        yield from (f"### {name}", "")
        written = [(r.id, r.ebene, SEVERITY_DE[r.severity], r.titel_de, r.why) for r in group]
        yield from table(("Regel", "Ebene", "Schwere", "Was gelten muss", "Warum"), written)
    yield from ("## Abgeleitete Regeln", "")
    yield "Sie folgen aus Verträgen, Codelisten und Gliederungen und sind alle kritisch."
    yield ""
    derived = [(r.id, code(r.table), r.titel_de, code(r.origin)) for r in derived_rules()]
    yield from table(("Regel", "Tabelle", "Was gelten muss", "folgt aus"), derived)


def _applies(name: str, nummer: str) -> bool:
    """Whether a table can break a rejection rule."""
    columns = contract(name).columns
    if nummer == "05":
        return set(contract(name).schluessel) < set(contract(name).names())
    if nummer == "03":
        return any(c.ablehnen_wenn_unlesbar for c in columns)
    if nummer == "06":
        return table_meant(name) != "bestand"
    return nummer != "07" or any(c.name == "art" for c in columns)
