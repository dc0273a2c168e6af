"""The graph: what is computed, by which function, from which tables, at which level of protection.

A stage is called with a `Work` and sees only the tables it reads. Names are files under
data/curated: `x` is x.parquet, `x/` a folder, `x.json` as it stands. The last stage writes under
reports/.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal

import duckdb

from pipeline.database import connect
from pipeline.settings import Settings

Level = Literal["personenbezogen", "intern", "frei"]
RAW = "raw/"


@dataclass(frozen=True)
class Work:
    """What a stage gets: paths of its inputs by name, an empty folder for its outputs, settings.

    previous: the stage's outputs of the last run, where they are still as recorded.
    temp: a folder for spilling, emptied afterwards. lauf: the id of the run, for the report only.
    """

    inputs: dict[str, Path]
    previous: dict[str, Path]
    out: Path
    temp: Path
    settings: Settings
    lauf: str = ""

    def database(self) -> duckdb.DuckDBPyConnection:
        """A hardened connection that reaches the inputs and the output folder only."""
        folders = {p if p.is_dir() else p.parent for p in self.inputs.values()}
        return connect(
            read_from=[*sorted(folders), self.out],
            temp=self.temp,
            threads=self.settings.threads,
            memory_limit=self.settings.memory_limit,
        )


@dataclass(frozen=True)
class Stage:
    """One step: `function` is "module:name"; reads and writes are names of tables.

    declarations: folders of the package, beside its own, whose files the function runs.
    """

    name: str
    function: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    level: Level
    declarations: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        return self.function.partition(":")[0]

    def load(self) -> Callable[[Work], None]:
        module, _, name = self.function.partition(":")
        function: Callable[[Work], None] = getattr(import_module(module), name)
        return function


def file_name(table: str) -> str:
    """The file or folder under data/curated that holds a table."""
    return table.rstrip("/") if "." in table or table.endswith("/") else f"{table}.parquet"


CORE = (
    "core_lieferung", "core_lauf", "core_bestand", "core_person", "core_stichtag", "core_verbleib",
    "core_beschaeftigung", "core_teilnahme", "core_start", "core_massnahme", "core_personenmonat",
    "core_zeilenbilanz",
    "stg_bestand_abgewiesen", "stg_beschaeftigungen_abgewiesen", "stg_teilnahmen_abgewiesen",
)  # fmt: skip
MARTS = (
    "mart_berichtsmonat", "mart_fenster", "mart_gliederung", "mart_monatssumme", "mart_personen",
    "mart_quote",
    "mart_veroeffentlichung", "mart_monatssumme.sql", "core_personenschnitt.sql",
)  # fmt: skip

STAGES = (
    Stage("einlesen", "pipeline.ingest.stage:run", (RAW,), ("stg/",), "personenbezogen"),
    Stage("zusammenfuehren", "pipeline.quotas.core:run", ("stg/",), CORE, "personenbezogen", ("sql",)),
    Stage(
        "rechnen",
        "pipeline.quotas.marts:run",
        ("core_lieferung", "core_lauf", "core_bestand", "core_stichtag", "core_personenmonat"),
        MARTS,
        "intern",
        ("sql",),
    ),
    Stage(
        "pruefen",
        "pipeline.quality.stage:run",
        (
            "core_bestand", "core_beschaeftigung", "core_teilnahme", "core_personenmonat",
            "core_zeilenbilanz", "mart_quote",
        ),  # fmt: skip
        ("pruefung.json",),
        "intern",
    ),
    Stage(
        "schuetzen",
        "pipeline.disclosure.stage:run",
        (
            "core_lieferung", "core_lauf", "core_personenmonat", "mart_berichtsmonat",
            "mart_veroeffentlichung",
        ),  # fmt: skip
        ("pub_quote", "pub_angaben"),
        "frei",
    ),
    Stage("berichten", "pipeline.report.stage:run", ("pub_quote", "pub_angaben"), ("reports/",), "frei"),
)
