"""The page that tells what the rules found: for auditors, in both languages, in every run."""

import json
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from markupsafe import Markup

from pipeline.ingest.naming import printable
from pipeline.quality.history import broken_since, load
from pipeline.quality.verdict import BROKEN, PASSED, SEVERITIES
from pipeline.quality.wellformed import LAYERS
from pipeline.report.blocks import Row, Table
from pipeline.report.check_history import chart
from pipeline.report.frame import digest, environment, style
from pipeline.report.numbers import Numbers
from pipeline.report.sentences import Voice
from pipeline.report.small_counts import masked
from pipeline.report.texts import LANGUAGES, texts

BALANCE = ("geliefert", "uebernommen", "abgewiesen", "zusammengefuehrt")


@dataclass(frozen=True)
class Found:
    """What there is to tell.

    rules: entries of pruefung.json. lieferungen, bilanz: rows of core_lieferung and
    core_zeilenbilanz. verlauf: lines of the history. lauf: the row of core_lauf.
    """

    rules: list[dict[str, Any]]
    urteil: str
    lieferungen: list[dict[str, Any]]
    bilanz: list[dict[str, Any]]
    verlauf: list[dict[str, Any]]
    lauf: dict[str, Any]

    def broken(self, severity: str) -> list[dict[str, Any]]:
        return [r for r in self.rules if r["urteil"] == BROKEN and r["severity"] == severity]


def pages(curated: Path) -> dict[str, str]:
    """The whole pages by file name, from the tables in `curated`."""
    verdict = json.loads((curated / "pruefung.json").read_text(encoding="utf-8"))
    tables = {
        name: pq.read_table(curated / f"{name}.parquet").to_pylist()
        for name in ("core_lieferung", "core_zeilenbilanz", "core_lauf")
    }
    found = Found(
        verdict["regeln"],
        verdict["urteil"],
        tables["core_lieferung"],
        tables["core_zeilenbilanz"],
        load(curated),
        tables["core_lauf"][0],
    )
    return {texts(lang)("pruefbericht.datei"): render(found, lang) for lang in LANGUAGES}


def render(found: Found, lang: str) -> str:
    """One page as HTML."""
    voice = Voice(texts(lang), Numbers(lang))
    t = voice.t
    stand = voice.n.day(found.lauf["datenstand"].isoformat())
    facts = {
        "jobcenter": printable(found.lauf["traeger"]) or t("stand.unbekannt"),
        "stand": t("pruefbericht.stand_zeile", datenstand=stand),
    }
    synthetic = bool(found.lauf["synthetisch"])
    css = style(voice, t("pruefbericht.druck_fuss", datenstand=stand), synthetic)
    other = next(name for name in LANGUAGES if name != lang)
    context = {
        "t": t,
        "n": voice.n,
        "facts": facts,
        "state_line": facts["stand"],
        "synthetic": synthetic,
        "refused": found.urteil != PASSED,
        "verdict": verdict_sentence(found, voice),
        "other": {"lang": other, "href": texts(other)("pruefbericht.datei")},
        "coverage": coverage(found, voice),
        "layers": layers(found, voice),
        "broken": broken(found, voice),
        "groups": [(layer, rules_of(found, voice, layer)) for layer in LAYERS],
        "balance": balance(found, voice),
        "chart": chart(found.verlauf, found.rules, voice),
        "history": history(found, voice),
    }
    template = environment().get_template("pruefbericht.html.j2")
    return template.render(**context, style=Markup(css), style_hash=digest(css))


def verdict_sentence(found: Found, voice: Voice) -> str:
    """The verdict in a sentence or two."""
    t, counts = voice.t, {s: len(found.broken(s)) for s in SEVERITIES}
    total = voice.n.count(len(found.rules))
    if counts["critical"]:
        return _counted(voice, "pruefbericht.urteil_kritisch", counts["critical"], total)
    if counts["warning"]:
        return _counted(voice, "pruefbericht.urteil_warnung", counts["warning"], total)
    return t("pruefbericht.urteil_gut", alle=total)


def _counted(voice: Voice, key: str, count: int, total: str) -> str:
    """The sentence for one broken rule, or for several."""
    if count == 1:
        return voice.t(f"{key}_eine", alle=total)
    return voice.t(key, n=voice.n.count(count), alle=total)


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
    head = t.lines("pruefbericht.lieferungen_spalten")
    return Table("tabelle-lieferungen", t("pruefbericht.lieferungen"), head, tuple(rows))


def layers(found: Found, voice: Voice) -> Table:
    """Rules and broken ones by layer and severity."""
    t = voice.t
    rows = []
    for layer in LAYERS:
        own = [rule for rule in found.rules if rule["ebene"] == layer]
        counts = [
            sum(r["severity"] == s and r["urteil"] == BROKEN for r in own) for s in SEVERITIES
        ]
        cells = (voice.n.count(len(own)), *map(voice.n.count, counts))
        rows.append(Row((t(f"pruefbericht.ebene.{layer}"), *cells)))
    head = t.lines("pruefbericht.ebenen_spalten")
    return Table("tabelle-ebenen", t("pruefbericht.ebenen"), head, tuple(rows))


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
    since = broken_since(found.verlauf, rule["regel"])
    kept = rule["urteil"] == PASSED
    cells = (
        f"{rule['regel']} {rule[f'titel_{lang}']}",
        t(f"pruefbericht.schwere.{rule['severity']}"),
        rule["tabelle"],
        voice.n.count(rule["geprueft"]),
        _count(rule["verletzt"], voice),
        t("pruefbericht.eingehalten" if kept else "pruefbericht.verletzt"),
        voice.n.day(since) if since and not kept else t("pruefbericht.nie"),
    )
    return Row(cells, rule[f"warum_{lang}"])


def balance(found: Found, voice: Voice) -> Table:
    """The row balance of every file."""
    t = voice.t
    rows = []
    for row in found.bilanz:
        parts = masked([row[key] for key in BALANCE[1:]])
        cells = (
            f"{printable(row['lieferung'])} / {printable(row['datei'])}",
            voice.n.count(row["geliefert"]),
            *(t(f"pruefbericht.{p}") if isinstance(p, str) else voice.n.count(p) for p in parts),
        )
        rows.append(Row(cells))
    head = t.lines("pruefbericht.bilanz_spalten")
    legend = t("pruefbericht.bilanz_legende")
    caption = t("pruefbericht.bilanz_tabelle")
    return Table("tabelle-bilanz", caption, head, tuple(rows), legend=legend)


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
    head = t.lines("pruefbericht.verlauf_spalten")
    return Table("tabelle-verlauf", t("pruefbericht.verlauf_tabelle"), head, tuple(rows))


def _count(count: int, voice: Voice) -> str:
    """A number of findings; 1 and 2 are not told apart."""
    part = masked([count])[0]
    return voice.t(f"pruefbericht.{part}") if isinstance(part, str) else voice.n.count(part)
