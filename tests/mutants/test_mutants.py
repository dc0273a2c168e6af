"""The tests hold the SQL: small wrong changes to it make at least one of them fail.

A normal run takes eight mutants; `KAMPAGNE=voll` takes all of the sample. What survives is listed
with its reason in survivors.toml, and nothing else is.
"""

import os
import subprocess
import sys

from tests.mutants.campaign import FEW, ROOT, listed, sample
from tests.mutants.page import PAGE, page

FULL = os.environ.get("KAMPAGNE") == "voll"


def test_exactly_the_listed_mutants_survive() -> None:
    # A process of its own: it forks, and must not do so among threads of other tests.
    command = [sys.executable, "-m", "tests.mutants", *([] if FULL else ["--few"])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    lines = [line.partition(": ")[0].split(" ", 1) for line in done.stdout.splitlines()]
    survived = {name for verdict, name in lines if verdict == "survived"}
    assert survived == (set(listed()) if FULL else set()), done.stdout + done.stderr
    assert [verdict for verdict, _ in lines].count("killed") == (
        len(sample()) - len(listed()) if FULL else FEW
    )
    assert done.returncode == 0


def test_the_sample_is_large_and_at_least_95_percent_of_it_are_killed() -> None:
    mutants = {one.id for one in sample()}
    assert len(mutants) == len(sample()) >= 150
    assert len(listed()) <= 0.05 * len(mutants)


def test_every_listed_mutant_is_in_the_sample_and_has_a_reason() -> None:
    assert set(listed()) - {one.id for one in sample()} == set()
    assert all(len(reason) > 20 for reason in listed().values())


def test_the_page_tells_what_is_listed() -> None:
    assert PAGE.read_text("utf-8") == page(sample(), listed())
