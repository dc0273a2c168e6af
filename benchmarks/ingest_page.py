"""The page of what reading took: one row per form, a month more, the aims."""

import os
from dataclasses import dataclass

from benchmarks.table import grouped, number

# Seconds for the full stock in CSV; rows a second of the slow forms; megabytes of all processes
# of one staging together; seconds of a month more, of those the marts, and of a run without work.
CSV_SECONDS, ROWS_A_SECOND, MEGABYTES = 8.0, 20_000, 1500.0
MONTH_SECONDS, MARTS_SECONDS, UNCHANGED_SECONDS = 45.0, 8.0, 3.0
FULL_STOCK, FULL_MONTHS = 30_000, 60
SLOW_FORMS = ("excel", "xml")
METHOD = (
    "«Einlesen» ist die Stufe von der Datei bis zu typisierten, beurteilten Zeilen, mit dem Start "
    "des Leseprozesses. Jede Form läuft dreimal in einem eigenen Prozess; es zählt der Lauf mit "
    "den wenigsten CPU-Sekunden, beim Speicher der größte. Die Spitze ist der aller Prozesse "
    "zugleich, alle 20 ms gemessen, geteilte Seiten einmal gezählt. Daneben stehen die Spitzen der "
    "Prozesse für sich, die das Betriebssystem führt; sie treten nicht zugleich auf.",
    "",
    "Der weitere Monat ist eine Nachlieferung mit einem Stichtag und allem, was sich seither "
    "geändert hat, zu einer vollen Lieferung der Monate davor. Gemessen wird `python -m pipeline "
    "report` von außen; die Sekunden bis zu den Marts stehen in `lauf.json`.",
)
TITLES = {
    "csv": "CSV",
    "parquet": "Parquet",
    "bezug": "CSV, Bezug als Zeiträume",
    "deutsch": "CSV aus Excel (Profil)",
    "excel": "XLSX (Profil)",
    "xml": "XML (Profil)",
}


@dataclass(frozen=True)
class Reading:
    """One form read. rows: of all its tables. seconds: wall. cpu: of all processes.

    together_mb: largest memory of all processes at one time. stage_mb: largest resident memory of
    the process that stages; reader_mb: of the largest that reads.
    """

    form: str
    bestand: int
    megabytes: float
    rows: int
    seconds: float
    cpu: float
    together_mb: float
    stage_mb: float
    reader_mb: float

    @property
    def rate(self) -> float:
        """Rows a second."""
        return self.rows / self.seconds


@dataclass(frozen=True)
class Month:
    """Seconds of the main job with one month more, of those to the marts, and with none."""

    bestand: int
    monate: int
    seconds: float
    to_the_marts: float
    unchanged: float


def page(readings: list[Reading], month: Month) -> str:
    """The whole page as Markdown."""
    lines = [
        "# Einlesen: Messergebnisse",
        "",
        f"{os.cpu_count()} Kerne. Demodaten über {month.monate} Monate.",
        "",
        "| Form | Personen | MB | Zeilen | Sekunden | CPU-Sekunden | Zeilen je Sekunde "
        "| Spitze MB | Einlesen für sich | Leser für sich |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
        *(_row(reading) for reading in readings),
        "",
        "| Ziel | | erreicht | |",
        "|---|---|---:|---|",
        *(goal for reading in readings for goal in _goals(reading)),
        *_month_goals(month),
        "",
        *METHOD,
        "",
    ]
    return "\n".join(lines)


def _row(r: Reading) -> str:
    cells = [
        TITLES[r.form], grouped(r.bestand), number(r.megabytes), grouped(r.rows),
        number(r.seconds, 2), number(r.cpu, 2), grouped(round(r.rate)),
        number(r.together_mb, 0), number(r.stage_mb, 0), number(r.reader_mb, 0),
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def _goals(r: Reading) -> list[str]:
    what = TITLES[r.form]
    goals = []
    if r.form == "csv" and r.bestand >= FULL_STOCK:
        reached = r.seconds < CSV_SECONDS
        goals.append(_goal(f"unter {CSV_SECONDS:g} s", what, f"{number(r.seconds)} s", reached))
    if r.form in SLOW_FORMS:
        aim = f"mindestens {grouped(ROWS_A_SECOND)} Zeilen je Sekunde"
        goals.append(_goal(aim, what, grouped(round(r.rate)), r.rate >= ROWS_A_SECOND))
    aim = f"unter {MEGABYTES:g} MB"
    return [*goals, _goal(aim, what, f"{number(r.together_mb, 0)} MB", r.together_mb < MEGABYTES)]


def _month_goals(m: Month) -> list[str]:
    if (m.bestand, m.monate) != (FULL_STOCK, FULL_MONTHS):
        return []
    measured = (
        (MONTH_SECONDS, f"ein Monat zu {m.monate}: Bericht", m.seconds),
        (MARTS_SECONDS, f"ein Monat zu {m.monate}: bis zu den Marts", m.to_the_marts),
        (UNCHANGED_SECONDS, "nichts geändert", m.unchanged),
    )
    return [
        _goal(f"höchstens {aim:g} s", what, f"{number(seconds)} s", seconds <= aim)
        for aim, what, seconds in measured
    ]


def _goal(aim: str, what: str, figure: str, reached: bool) -> str:
    return f"| {aim} | {what} | {figure} | {'erreicht' if reached else 'verfehlt'} |"
