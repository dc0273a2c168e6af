"""The order of a benchmark: data, measurements, comparison of the results."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.contenders import PANDAS, PRODUCT, TASKS, Contender, Task
from benchmarks.data import ScaleData, generate
from benchmarks.measure import Measurement, Place, measure, output, result_fingerprint
from pipeline.errors import VerificationError

MILLION = 1_000_000
STAND_IN = 10.0


@dataclass(frozen=True)
class Plan:
    """What to measure: sizes in million person-months, tasks, contenders, folder and limits.

    repeats: how often a short task is measured; the long ones run once.
    """

    sizes: tuple[float, ...]
    tasks: tuple[Task, ...]
    contenders: tuple[Contender, ...]
    folder: Path
    memory_limit: str
    address_limit: int
    repeats: int = 3


@dataclass(frozen=True)
class Outcome:
    """All measurements in the order they were made, and the data of each size."""

    measurements: tuple[Measurement, ...]
    data: dict[float, ScaleData]


def run(plan: Plan, say: Callable[[str], None]) -> Outcome:
    """Measure everything.

    Raises VerificationError when two contenders disagree about a result.
    """
    measured: list[Measurement] = []
    data: dict[float, ScaleData] = {}
    for size in plan.sizes:
        data[size] = _data(plan, size, say)
        for task in plan.tasks:
            place = _place(plan, data[size], size, task, say)
            found = [_one(plan, place, task, c, say) for c in plan.contenders]
            measured += found
            _compare(place, task, plan.contenders, found, say)
    return Outcome(tuple(measured), data)


def _data(plan: Plan, size: float, say: Callable[[str], None]) -> ScaleData:
    say(f"{size:g} Mio. Personenmonate: Daten bereitstellen …")
    return generate(plan.folder / f"{size:g}" / "daten", round(size * MILLION))


def _place(
    plan: Plan, data: ScaleData, size: float, task: Task, say: Callable[[str], None]
) -> Place:
    """Where a task is measured. Person-months that it reads are built by this project."""
    core = Place(
        size, data.folder, plan.folder / f"{size:g}", plan.memory_limit, plan.address_limit
    )
    if not task.reads_person_months:
        return core
    built = output(core, PRODUCT)
    if not (built / "core_personenmonat.parquet").exists() or TASKS[0] not in plan.tasks:
        say(f"{size:g} Mio.: Personenmonate bilden …")
        measure(core, TASKS[0], PRODUCT, 1)
    return replace(core, inputs=built)


def _one(
    plan: Plan, place: Place, task: Task, contender: Contender, say: Callable[[str], None]
) -> Measurement:
    """One measurement, or its extrapolation where pandas does not fit into memory."""
    repeats = plan.repeats if task.reads_person_months or not contender.has_result else 1
    found = measure(place, task, contender, 1 if contender == PANDAS else repeats)
    say(_line(found, task, contender))
    if not found.state or contender != PANDAS or place.size <= STAND_IN:
        return found
    data = _data(plan, STAND_IN, say)
    smaller = _place(plan, data, STAND_IN, task, say)
    stand_in = measure(smaller, task, contender, 1)
    say(_line(stand_in, task, contender))
    factor = place.size / STAND_IN
    return replace(
        found,
        seconds=stand_in.seconds * factor,
        cpu=stand_in.cpu * factor,
        peak_mb=stand_in.peak_mb * factor,
        measured_at=STAND_IN if not stand_in.state else None,
    )


def _line(found: Measurement, task: Task, contender: Contender) -> str:
    result = found.state or (
        f"{found.seconds:.1f} s, {found.cpu:.1f} CPU-s, Spitze {found.peak_mb:.0f} MB"
    )
    return f"{found.size:g} Mio., {task.title}, {contender.title}: {result}"


def _compare(
    place: Place,
    task: Task,
    contenders: tuple[Contender, ...],
    found: list[Measurement],
    say: Callable[[str], None],
) -> None:
    """Refuse results that differ from those of this project."""
    finished = [c for c, m in zip(contenders, found, strict=True) if c.has_result and not m.state]
    prints = {c.title: result_fingerprint(place, task, c) for c in finished}
    if len(set(prints.values())) > 1:
        listed = ", ".join(f"{title} {value}" for title, value in prints.items())
        raise VerificationError(
            f"{place.size:g} Mio., {task.title}: Ergebnisse weichen ab: {listed}."
        )
    if len(prints) > 1:
        say(f"{place.size:g} Mio., {task.title}: {', '.join(prints)} stimmen überein.")
