"""The generated pages say what the code says now."""

import subprocess
import sys

from docs.erzeugen import PAGES, outdated
from tests.docs.pages import DOCS, GENERATED, ROOT


def test_every_generated_page_is_current() -> None:
    assert outdated() == [], "Mit `make docs` neu schreiben."


def test_the_pages_are_the_agreed_ones() -> None:
    assert sorted(PAGES) == sorted(GENERATED)


def test_checking_ends_with_zero_and_changes_nothing() -> None:
    before = {name: (DOCS / name).stat().st_mtime_ns for name in GENERATED}
    command = [sys.executable, "docs/erzeugen.py", "--pruefen"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert before == {name: (DOCS / name).stat().st_mtime_ns for name in GENERATED}


def test_a_wrong_argument_is_refused() -> None:
    command = [sys.executable, "docs/erzeugen.py", "--falsch"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (10, "Aufruf: docs/erzeugen.py [--pruefen]\n")
