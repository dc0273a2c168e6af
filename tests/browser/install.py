"""Install what the browser tests need through the system's package manager, where it is missing.

Does nothing when it is there. Without the right to install it names the packages and goes on: the
tests then say what is missing.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.browser.find import browser, pdf_reader


def missing() -> list[str]:
    """Debian's names of the packages that are needed and not there."""
    found = {"chromium": browser(), "poppler-utils": pdf_reader()}
    return [package for package, path in found.items() if path is None]


def main() -> int:
    packages = missing()
    if not packages:
        return 0
    names = " ".join(packages)
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        print(f"Für die Browsertests fehlen: {names}. Bitte mit der Paketverwaltung installieren.")  # noqa: T201
        return 0
    print(f"==> Installing {names}")  # noqa: T201
    quiet = {
        "stdout": subprocess.DEVNULL,
        "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
    }
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-qq", *command], check=False, **quiet)
        if done.returncode:
            print(f"apt-get {command[0]} ist gescheitert. Bitte von Hand installieren: {names}.")  # noqa: T201
            return 0
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
