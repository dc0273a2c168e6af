"""The one table of results, and the aims beside what was reached, as Markdown."""

import os
import platform
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.bench import Outcome
from benchmarks.contenders import DECODE, PANDAS, POLARS, PRODUCT, SCAN, contender, task
from benchmarks.measure import Measurement

LIBRARIES = ("duckdb", "polars", "pandas", "pyarrow", "numpy")
AIM_CUBE, AIM_ALL, AIM_PANDAS, AIM_PEAK_MB = 3.0, 6.0, 10.0, 1500.0
LARGE = 50.0


def markdown(outcome: Outcome, memory_limit: str) -> str:
    """The whole page: machine, data, table, aims, how it was measured."""
    lines = ["# Messergebnisse", "", *_machine(memory_limit), "", *_data(outcome), ""]
    lines += [
        "| Mio. | Aufgabe | Teilnehmer | Sekunden | CPU-Sekunden | Spitze MB "
        "| × Scan | × Dekodieren | × dieses Projekt |",
        "|---:|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [_row(m, outcome) for m in outcome.measurements]
    lines += ["", *_aims(outcome), "", *_method(), ""]
    return "\n".join(lines)


def number(value: float, digits: int = 1) -> str:
    return f"{value:.{digits}f}".replace(".", ",")


def _machine(memory_limit: str) -> list[str]:
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return [
        f"Stand {date.today():%d.%m.%Y}. {os.cpu_count()} Kerne ({_processor()}), "
        f"{number(pages, 0)} GB Speicher, Python {platform.python_version()}, {libraries}. "
        f"Speichergrenze der Datenbank dieses Projekts: {memory_limit}."
    ]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _data(outcome: Outcome) -> list[str]:
    parts = [
        f"{size:g} Mio.: {grouped(data.rows['core_bestand'])} Personenmonate, "
        f"{grouped(data.rows['core_beschaeftigung'])} Aufnahmen, "
        f"{grouped(data.rows['core_teilnahme'])} Teilnahmen, "
        f"{grouped(data.rows['core_person'])} Personen."
        for size, data in outcome.data.items()
    ]
    return ["Erfundene Daten über 60 Monate (benchmarks/sql). " + " ".join(parts)]


def grouped(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _find(outcome: Outcome, like: Measurement, name: str) -> Measurement | None:
    for m in outcome.measurements:
        if (m.size, m.task, m.contender) == (like.size, like.task, name) and m.cpu:
            return m
    return None


def _ratio(outcome: Outcome, m: Measurement, name: str) -> float | None:
    """CPU seconds of a measurement in those of another contender at the same task and size."""
    other = _find(outcome, m, name)
    return m.cpu / other.cpu if other and m.cpu else None


def _row(m: Measurement, outcome: Outcome) -> str:
    who = contender(m.contender).title
    if m.measured_at:
        who += f" ({m.state}; hochgerechnet von {m.measured_at:g} Mio.)"
    elif m.state:
        return f"| {m.size:g} | {task(m.task).title} | {who} | {m.state} | | | | | |"
    ratios = [_ratio(outcome, m, c.name) for c in (SCAN, DECODE, PRODUCT)]
    cells = [
        f"{m.size:g}", task(m.task).title, who,
        number(m.seconds, 2), number(m.cpu, 2), number(m.peak_mb, 0),
        *("" if r is None else number(r) for r in ratios),
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _aims(outcome: Outcome) -> list[str]:
    """Every aim with the figure reached."""
    lines = ["| Ziel | Mio. | Aufgabe | erreicht | |", "|---|---:|---|---:|---|"]
    for m in outcome.measurements:
        if m.contender != PRODUCT.name or m.state:
            continue
        limit = {"wuerfel": AIM_CUBE, "gliederungen": AIM_ALL}.get(m.task)
        for baseline, name in ((SCAN, "Scan"), (DECODE, "Dekodieren")):
            ratio = _ratio(outcome, m, baseline.name)
            if limit and ratio:
                aim = f"höchstens {limit:g} × {name}"
                lines.append(_aim(aim, m, f"{number(ratio)} ×", ratio <= limit))
        polars, pandas = (_find(outcome, m, c.name) for c in (POLARS, PANDAS))
        if polars:
            lead = polars.cpu / m.cpu
            lines.append(_aim("vor Polars", m, f"{number(lead)} ×", lead > 1))
        if pandas:
            lead = pandas.cpu / m.cpu
            reached = lead >= AIM_PANDAS
            lines.append(_aim(f"{AIM_PANDAS:g} × vor pandas", m, f"{number(lead)} ×", reached))
        if m.size >= LARGE:
            reached = m.peak_mb < AIM_PEAK_MB
            lines.append(_aim("unter 1500 MB", m, f"{number(m.peak_mb, 0)} MB", reached))
    return lines


def _aim(aim: str, m: Measurement, figure: str, reached: bool) -> str:
    verdict = "erreicht" if reached else "verfehlt"
    return f"| {aim} | {m.size:g} | {task(m.task).title} | {figure} | {verdict} |"


def _method() -> list[str]:
    return [
        "Alle lesen dieselben Parquet-Dateien und schreiben ihr Ergebnis als Parquet. Die "
        "Prüfsummen über alle Zeilen stimmen überein, sonst bricht die Messung ab. Jede Messung "
        "läuft in einem eigenen Prozess, kurze Aufgaben dreimal, pandas einmal. Es zählt der Lauf "
        "mit den wenigsten CPU-Sekunden (Benutzer und System, alle Threads); die Spitze ist die "
        "größte aller Läufe.",
        "",
        "Verhältnisse sind solche von CPU-Sekunden. «Scan» liest genau die Spalten der Aufgabe und "
        "bildet je Spalte das Maximum. «Dekodieren» bildet Streuwerte, was DuckDB je Eintrag des "
        "Wörterbuchs nur einmal tut, und ist die untere Grenze des Lesens. Die Spitze zählt auch "
        "eingeblendete Dateien mit. Polars rechnet verzögert mit der Streaming-Maschine, pandas "
        "vektorisiert mit Kategorien. Das Ziel beim Lesen gilt gegen «Scan»; das strengere steht "
        "daneben. `core_person` (Zuordnung des Geschlechts über SHA-256) ist "
        "für alle Eingabe.",
    ]
