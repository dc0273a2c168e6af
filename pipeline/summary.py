"""What a run says, in German or English: deliveries, row balance, rejections, months, rules."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from pipeline.ingest.naming import printable
from pipeline.registries import DELIVERED_TABLES, contract
from pipeline.runner import Run


def summarise(run: Run) -> dict[str, Any]:
    """The facts of a run as plain JSON: those of pub_angaben, deliveries and row balance.

    abgewiesen: rejected rows by delivery, table and rule. unbekannt: cells of optional columns that
    could not be read or are in no code list, by delivery, table and column. anonymitaet: the
    k-anonymity of each delivery with a stock. berichtigungen: what corrections.toml changed.
    profile: with which profile a file was read.
    """
    import pyarrow.parquet as pq

    facts = pq.read_table(run.path("pub_angaben")).to_pylist()
    chosen = json.loads((run.path("stg/") / "auswahl.json").read_text(encoding="utf-8"))
    return {
        **{row["schluessel"]: row["wert"] for row in facts},
        "lieferungen": [d["id"] for d in chosen["lieferungen"]],
        "hinweise": chosen["hinweise"],
        "zeilenbilanz": pq.read_table(run.path("core_zeilenbilanz")).to_pylist(),
        "abgewiesen": [
            {"lieferung": delivery, "tabelle": table, "regel": rule, "zeilen": rows}
            for table in DELIVERED_TABLES
            for (delivery, rule), rows in _rejected(run.path(f"stg_{table}_abgewiesen"))
        ],
        "unbekannt": [
            {"lieferung": d["id"], "tabelle": table, "spalte": column, "zellen": cells}
            for d in chosen["lieferungen"]
            for table, t in d["tabellen"].items()
            for column, cells in t["unbekannt"].items()
            if cells
        ],
        "berichtigungen": [
            {"lieferung": d["id"], **one}
            for d in chosen["lieferungen"]
            for one in d["berichtigungen"]
        ],
        "profile": [
            {"lieferung": d["id"], "datei": t["datei"], "profil": t["profil"]}
            for d in chosen["lieferungen"]
            for t in d["tabellen"].values()
            if t["profil"]
        ],
        "anonymitaet": [
            {"lieferung": d["id"], **d["anonymitaet"]}
            for d in chosen["lieferungen"]
            if d["anonymitaet"]
        ],
    }


def _rejected(path: Path) -> list[tuple[tuple[str, str], int]]:
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=["lieferung", "regel"])
    counted = Counter(zip(*(table[c].to_pylist() for c in table.column_names), strict=True))
    return sorted(counted.items())


def summary_lines(run: Run, summary: dict[str, Any]) -> list[str]:
    """The summary in the run's language, a line each."""
    from pipeline.report.numbers import Numbers
    from pipeline.report.pub import read
    from pipeline.report.sentences import Voice
    from pipeline.report.state import missing_codes, unpublishable
    from pipeline.report.texts import texts

    lang = run.settings.sprache
    t = texts(lang)
    lines = [t("lauf.lieferungen", lieferungen=", ".join(summary["lieferungen"]))]
    lines += [t("lauf.hinweis", hinweis=note) for note in summary["hinweise"]]
    lines += [
        t("lauf.bilanz", **{key: str(value) for key, value in row.items()})
        for row in summary["zeilenbilanz"]
    ]
    lines += [_rejection_line(row, lang) for row in summary["abgewiesen"]]
    lines += [
        t("lauf.unbekannt", **{key: str(value) for key, value in row.items()})
        for row in summary["unbekannt"]
    ]
    lines += [
        t("lauf.berichtigung", **{key: printable(str(value)) for key, value in row.items()})
        for row in summary["berichtigungen"]
    ]
    months = summary["berichtsmonate"] or t("seite.ohne_monat")
    lines.append(t("lauf.stand", datenstand=summary["datenstand"], monate=months))
    pub, voice = read(run.path("pub_quote"), run.path("pub_angaben")), Voice(t, Numbers(lang))
    lines += [
        t("lauf.nicht_veroeffentlichbar", satz=sentence) for sentence in unpublishable(pub, voice)
    ]
    if absent := missing_codes(pub, voice):
        lines.append(t("lauf.ohne_kennzahl", kennzahlen=", ".join(absent)))
    if summary["fehlende_merkmale"]:
        lines.append(t("lauf.ohne_merkmal", merkmale=summary["fehlende_merkmale"]))
    return lines


def _rejection_line(row: dict[str, Any], lang: str) -> str:
    from pipeline.ingest.rules import rule_id, rules
    from pipeline.report.texts import texts

    table = contract(row["tabelle"])
    rule = next(r for r in rules() if rule_id(table, r.nummer) == row["regel"])
    return texts(lang)(
        "lauf.abgewiesen",
        lieferung=row["lieferung"],
        tabelle=row["tabelle"],
        zeilen=str(row["zeilen"]),
        regel=row["regel"],
        titel=rule.titel(lang),
        abhilfe=rule.abhilfe(lang),
    )


def rule_lines(run: Run) -> list[str]:
    """What the rules found, from pruefung.json."""
    from pipeline.quality.suite import suite
    from pipeline.quality.verdict import Verdict

    found = json.loads(run.path("pruefung.json").read_text(encoding="utf-8"))
    return Verdict.from_json(found, suite()).lines(run.settings.sprache)
