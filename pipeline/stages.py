"""The graph: what is computed, by which function, from which tables, at which level of protection.

A stage is called with a `Work` and sees only the tables it reads. Names are files under
data/curated: `x` is x.parquet, `x/` a folder, `x.json` as it stands. The last stage writes under
reports/.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Literal

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

    declarations: folders, relative to the package, beside its own, whose files the function reads.
    settings: names of the settings that can change the outputs.
    warm_up: "module:name" of a function that takes the settings and prepares the stage early; its
    result is the second argument of the stage's function, which then runs beside later stages, and
    its method `add` is offered the tables that the stage reads as they become ready.
    refuse: "module:name" of a function that takes the folder of the curated tables and the settings
    and raises when what the stage wrote forbids a report; called in every run.
    """

    name: str
    function: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    level: Level
    declarations: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    warm_up: str = ""
    refuse: str = ""

    @property
    def module(self) -> str:
        return self.function.partition(":")[0]

    def load(self) -> Callable[..., None]:
        """The stage's function, imported now."""
        return load_function(self.function)


def load_function(reference: str) -> Callable[..., Any]:
    """The function that "module:name" refers to."""
    module, _, name = reference.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


def file_name(table: str) -> str:
    """The file or folder under data/curated that holds a table."""
    return table.rstrip("/") if "." in table or table.endswith("/") else f"{table}.parquet"


REJECTED = (
    "stg_bestand_abgewiesen",
    "stg_bezug_abgewiesen",
    "stg_beschaeftigungen_abgewiesen",
    "stg_teilnahmen_abgewiesen",
)
CORE = (
    "core_lieferung",
    "core_lauf",
    "core_bestand",
    "core_person",
    "core_stichtag",
    "core_verbleib",
    "core_beschaeftigung",
    "core_teilnahme",
    "core_start",
    "core_massnahme",
    "core_personenmonat",
    "core_integration",
    "core_massnahmenteilnahme",
    "core_austritt",
    "core_austritt_beschaeftigt",
    "core_teilnahmetag",
    "core_zeilenbilanz",
    *REJECTED,
)
MARTS = (
    "mart_berichtsmonat",
    "mart_fenster",
    "mart_gliederung",
    "mart_monatssumme",
    "mart_austrittssumme",
    "mart_foerdersumme",
    "mart_personen",
    "mart_quote",
    "mart_monatssumme.sql",
    "mart_austrittssumme.sql",
    "mart_foerdersumme.sql",
)

STAGES = (
    Stage(
        name="einlesen",
        function="pipeline.ingest.stage:run",
        reads=(RAW,),
        writes=("stg/",),
        level="personenbezogen",
        declarations=("../profile",),
        settings=("as_of", "monatsgenau"),
    ),
    Stage(
        name="zusammenfuehren",
        function="pipeline.quotas.core:run",
        reads=("stg/",),
        writes=CORE,
        level="personenbezogen",
        declarations=("sql",),
    ),
    Stage(
        name="rechnen",
        function="pipeline.quotas.marts:run",
        reads=(
            "core_lieferung",
            "core_lauf",
            "core_bestand",
            "core_stichtag",
            "core_teilnahme",
            "core_personenmonat",
            "core_integration",
            "core_austritt",
            "core_austritt_beschaeftigt",
            "core_teilnahmetag",
        ),
        writes=MARTS,
        level="intern",
        declarations=("sql",),
        settings=("veroeffentlichte_schnitte",),
    ),
    Stage(
        name="auswaehlen",
        function="pipeline.quotas.publication:run",
        reads=(
            "core_lieferung",
            "core_stichtag",
            "core_personenmonat",
            "core_integration",
            "core_austritt",
            "core_austritt_beschaeftigt",
            "core_teilnahmetag",
            "mart_fenster",
            "mart_gliederung",
            "mart_personen",
        ),
        writes=(
            "mart_veroeffentlichung",
            "mart_anteil",
            "core_personenschnitt.sql",
            "core_einheitenschnitt.sql",
        ),
        level="intern",
        declarations=("sql",),
        settings=("veroeffentlichte_schnitte",),
    ),
    Stage(
        name="vergleichen",
        function="pipeline.quotas.comparison:run",
        reads=(
            "stg/",
            "core_lieferung",
            "core_bestand",
            "core_beschaeftigung",
            "core_teilnahme",
            "core_stichtag",
            *REJECTED,
        ),
        writes=(
            "core_befund",
            "core_monatsbild",
            "core_monatswechsel",
            "core_bestandsvergleich",
            "core_ereignisvergleich",
        ),
        level="personenbezogen",
        declarations=("sql",),
    ),
    Stage(
        name="pruefen",
        function="pipeline.quality.stage:run",
        reads=(
            "core_bestand",
            "core_beschaeftigung",
            "core_teilnahme",
            "core_personenmonat",
            "core_integration",
            "core_austritt",
            "core_zeilenbilanz",
            "core_lieferung",
            "core_befund",
            "core_monatsbild",
            "core_monatswechsel",
            "core_bestandsvergleich",
            "core_ereignisvergleich",
            "mart_quote",
        ),
        writes=("pruefung.json",),
        level="intern",
        declarations=("../expectations",),
        warm_up="pipeline.quality.stage:warm_up",
        refuse="pipeline.quality.stage:refuse",
    ),
    Stage(
        name="schuetzen",
        function="pipeline.disclosure.stage:run",
        reads=(
            "core_lieferung",
            "core_lauf",
            "core_personenmonat",
            "mart_berichtsmonat",
            "mart_veroeffentlichung",
            "mart_anteil",
        ),
        writes=("pub_quote", "pub_angaben"),
        level="frei",
        settings=("jobcenter",),
    ),
    Stage(
        name="berichten",
        function="pipeline.report.stage:run",
        reads=("pub_quote", "pub_angaben"),
        writes=("reports/",),
        level="frei",
        settings=("sprache", "erwerbspersonen_frauen", "erwerbspersonen_maenner"),
    ),
)
