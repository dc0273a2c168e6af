"""python -m tests.mutants: run the tests against the mutants of all SQL files and write the page.

With names of SQL files only their mutants, with --few only some; then no page is written.
Prints a line per mutant: killed or survived, and its id. Exit code 1: others survived than listed;
2: the tests fail even on SQL that is only written anew.
"""

import os
import sys

from tests.mutants.campaign import few, listed, outcomes, round_trip_passes, sample, sample_of
from tests.mutants.page import PAGE, page


def main(arguments: list[str]) -> int:
    if arguments == ["--few"]:
        chosen = few()
    else:
        chosen = [one for table in arguments for one in sample_of(table)] or sample()
    if not round_trip_passes({one.table for one in chosen} if arguments else ()):
        _say("The tests fail on SQL that is only written anew: mend them first.")
        return 2
    survivors = set()
    for one, survived in outcomes(chosen):
        _say(f"{'survived' if survived else 'killed'} {one.id}: {one.before} → {one.after}")
        survivors |= {one.id} if survived else set()
    if survivors != {one.id for one in chosen} & set(listed()):
        return 1
    if not arguments:
        PAGE.write_text(page(chosen, listed()), encoding="utf-8")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    os.nice(10)
    sys.exit(main(sys.argv[1:]))
