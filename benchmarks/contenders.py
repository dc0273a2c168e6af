"""Who is measured at what: tasks in order, contenders by name, each with its module and limits."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from benchmarks.peers import Job


@dataclass(frozen=True)
class Task:
    """What is computed. result: the table it writes; title: what the table of results calls it."""

    name: str
    title: str
    result: str
    reads_person_months: bool


@dataclass(frozen=True)
class Contender:
    """Who computes it. functions: "module:dictionary" of the functions by task.

    has_result: whether there is a table to compare.
    """

    name: str
    title: str
    functions: str
    has_result: bool = True

    def load(self, task: str) -> Callable[[Job], None]:
        module, _, name = self.functions.partition(":")
        function: Callable[[Job], None] = getattr(import_module(module), name)[task]
        return function


TASKS = (
    Task("personenmonat", "Personenmonate bilden", "core_personenmonat", False),
    Task("wuerfel", "Würfel Geschlecht × Maßnahme × Dauer × Monat", "wuerfel", True),
    Task("gliederungen", "alle Gliederungen, alle Monate", "gliederungen", True),
)
SCAN = Contender("scan", "Scan (max je Spalte)", "benchmarks.scan:TASKS", has_result=False)
DECODE = Contender("dekodieren", "Scan (nur dekodieren)", "benchmarks.scan:DECODING", False)
PRODUCT = Contender("projekt", "dieses Projekt", "benchmarks.product:TASKS")
POLARS = Contender("polars", "Polars", "benchmarks.peer_polars:TASKS")
PANDAS = Contender("pandas", "pandas", "benchmarks.peer_pandas:TASKS")
CONTENDERS = (SCAN, DECODE, PRODUCT, POLARS, PANDAS)


def task(name: str) -> Task:
    return next(t for t in TASKS if t.name == name)


def contender(name: str) -> Contender:
    return next(c for c in CONTENDERS if c.name == name)
