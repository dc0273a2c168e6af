"""A small delivery of sixteen months and the command line called on it from outside."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
MONTHS = [date(2014 + (m // 12), m % 12 + 1, 15) for m in range(16)]
PERSONS = {f"KANARIE{n:03d}": ("w" if n % 2 else "m") for n in range(12)}
NOTE = 'lieferung = "klein"\ndatenstand = 2015-07-31\ntraeger = "jc-1"\nart = "voll"\n'


def write_delivery(raw: Path, name: str = "klein", note: str = NOTE) -> Path:
    """Twelve persons in stock for sixteen months; every third takes up work once a year."""
    folder = raw / name
    folder.mkdir(parents=True)
    (folder / "lieferung.toml").write_text(note, encoding="utf-8")
    stock = [
        f"{person};{day};{sex};1980;{day.replace(year=2012)}"
        for day in MONTHS
        for person, sex in PERSONS.items()
    ]
    header = "person_id;stichtag;geschlecht;geburtsjahr;leistungsbezug_seit"
    (folder / "bestand.csv").write_text("\n".join([header, *stock]) + "\n", encoding="utf-8")
    starts = [
        f"B{n};{person};2014-{3 + n:02d}-20;sv;GEHEIMARBEIT{n}"
        for n, person in enumerate(list(PERSONS)[::3])
    ]
    header = "beschaeftigung_id;person_id;beginn;art;arbeitgeber_id"
    (folder / "beschaeftigungen.csv").write_text(
        "\n".join([header, *starts]) + "\n", encoding="utf-8"
    )
    return folder


@dataclass(frozen=True)
class Place:
    """A folder that holds raw, curated and reports of one test."""

    root: Path

    @property
    def raw(self) -> Path:
        return self.root / "raw"

    @property
    def curated(self) -> Path:
        return self.root / "curated"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    def report(self, *more: str) -> subprocess.CompletedProcess[str]:
        folders = ["--raw", self.raw, "--curated", self.curated, "--out", self.reports]
        return self.call("report", *map(str, folders), *more)

    def call(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m pipeline` in the folder of the test."""
        return subprocess.run(
            [sys.executable, "-m", "pipeline", *arguments],
            cwd=self.root,
            env=os.environ | {"PYTHONPATH": str(PROJECT)},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
