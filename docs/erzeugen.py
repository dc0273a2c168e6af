"""Writes the generated pages of docs/ from the registries, the rules and the command line.

.venv/bin/python docs/erzeugen.py             write them
.venv/bin/python docs/erzeugen.py --pruefen   change nothing, exit 1 when one is out of date
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent))

from docs.erzeuger.befehle import command_page  # noqa: E402
from docs.erzeuger.kennungen import identifier_page  # noqa: E402
from docs.erzeuger.listen import breakdown_page, parameter_page  # noqa: E402
from docs.erzeuger.regeln import rule_page  # noqa: E402
from docs.erzeuger.woerterbuch import dictionary  # noqa: E402

HEAD = (
    "<!-- Erzeugt von docs/erzeugen.py (make docs). Änderungen von Hand gehen verloren. -->\n\n"
)
PAGES: dict[str, Callable[[], Iterable[str]]] = {
    "woerterbuch.md": dictionary,
    "parameter.md": parameter_page,
    "gliederungen_liste.md": breakdown_page,
    "regeln.md": rule_page,
    "identifikatoren.md": identifier_page,
    "befehle.md": command_page,
}


def page_text(name: str) -> str:
    """The page as it should be on disk."""
    return HEAD + "\n".join(PAGES[name]()).rstrip("\n") + "\n"


def outdated() -> list[str]:
    """The pages that are missing or differ from what the code says now."""
    return [
        name
        for name in PAGES
        if not (DOCS / name).exists()
        or (DOCS / name).read_text(encoding="utf-8") != page_text(name)
    ]


def main(arguments: list[str]) -> int:
    """Write or check; returns the exit code."""
    if arguments not in ([], ["--pruefen"]):
        sys.stderr.write("Aufruf: docs/erzeugen.py [--pruefen]\n")
        return 10
    stale = outdated()
    if arguments:
        for name in stale:
            sys.stderr.write(f"docs/{name} ist veraltet. Mit `make docs` neu schreiben.\n")
        return 1 if stale else 0
    for name in stale:
        (DOCS / name).write_text(page_text(name), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
