"""The last run whose report was published: what a new run is compared with.

Its tables lie under data/curated/vorlauf, in a folder named after their content; the link `aktuell`
tells which folder holds.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb

from pipeline.changes import CORE, PUB, Changes, compare
from pipeline.database import connect
from pipeline.errors import DisclosureError, UsageError
from pipeline.files import hash_json, hash_path, link_or_copy, point_to, publish
from pipeline.runner import STAGING, Run
from pipeline.stages import file_name

FOLDER = "vorlauf"
CURRENT = "aktuell"
REMEMBERED = (*CORE, *PUB)


def find_changes(run: Run) -> Changes | None:
    """Compare the tables of a run with those of the last one.

    None when there is nothing to say: the run computed nothing and its tables are those of the last
    one, or it looks back to an earlier day (as_of). A last run that cannot be read is no error.
    """
    if run.settings.as_of is not None:
        return None
    link = run.curated / FOLDER / CURRENT
    if not link.is_symlink():
        return Changes("erster") if run.seconds else None
    folder = link.resolve()
    if not run.seconds and folder.name == _digest(run.hash):
        return None
    if not _whole(folder):
        return Changes("unlesbar")
    temp = run.curated / STAGING / FOLDER
    try:
        with connect(
            read_from=[run.curated],
            temp=temp,
            threads=run.settings.threads,
            memory_limit=run.settings.memory_limit,
        ) as con:
            return compare(con, folder, run.curated)
    except (OSError, duckdb.Error, UsageError, DisclosureError):
        return Changes("unlesbar")
    finally:
        shutil.rmtree(temp, ignore_errors=True)


def remember(run: Run) -> None:
    """Keep the tables of this run for the comparison of the next one, unless it looks back.

    They are links to the same files, which later runs replace and never write into. A killed
    process leaves the tables of the last run or these, never a part.
    """
    if run.settings.as_of is not None:
        return
    place = run.curated / FOLDER
    folder, link = place / _digest(run.hash), place / CURRENT
    if not _whole(folder):
        staged = run.curated / STAGING / FOLDER
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        for table in REMEMBERED:
            link_or_copy(run.path(table), staged / file_name(table))
        publish(staged, folder)
    if link.resolve() != folder.resolve():
        if not link.is_symlink():
            _remove(link)
        point_to(link, folder)
    for other in set(place.iterdir()) - {link, folder}:
        _remove(other)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _whole(folder: Path) -> bool:
    """Whether the tables in a folder are those it is named after."""
    try:
        return folder.name == _digest(lambda table: hash_path(folder / file_name(table)))
    except OSError:
        return False


def _digest(hash_of: Callable[[str], str]) -> str:
    """The name of the folder for the tables with these hashes."""
    return hash_json([hash_of(table) for table in REMEMBERED])[:16]
