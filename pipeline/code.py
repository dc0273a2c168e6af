"""Which code a stage runs: its module, what that imports of this package, and the registries."""

import ast
import os
from functools import cache
from pathlib import Path

from pipeline.files import hash_bytes

PACKAGE = Path(__file__).parent


def _module_file(name: str) -> Path | None:
    parts = name.split(".")[1:]
    base = PACKAGE.joinpath(*parts)
    if base.with_suffix(".py").is_file() and parts:
        return base.with_suffix(".py")
    return base / "__init__.py" if (base / "__init__.py").is_file() else None


@cache
def imported_files(module: str) -> frozenset[Path]:
    """The files of `module` and of all pipeline modules it imports, however deep."""
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        file = _module_file(name)
        if file is None or file in found:
            continue
        found.add(file)
        package = name if file.name == "__init__.py" else name.rpartition(".")[0]
        waiting.append(package)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                waiting += [a.name for a in node.names if a.name.startswith("pipeline.")]
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipeline"):
                waiting.append(node.module or "")
                waiting += [f"{node.module}.{a.name}" for a in node.names]
    return frozenset(found)


def code_hash(module: str, *extra_folders: str) -> str:
    """SHA-256 over the code a stage depends on and over the declarations it reads.

    Declarations are the TOML and CSV registries of the package and every non-Python file in the
    module's own folder and in `extra_folders` (relative to the package). The lock file stands for
    the libraries.
    """
    files = set(imported_files(module)) | set(PACKAGE.parent.glob("requirements.lock"))
    files |= set(PACKAGE.glob("*.toml")) | set(PACKAGE.glob("contracts/*")) | set(
        PACKAGE.glob("codes/*")
    )
    own = {f.parent for f in files if f.suffix == ".py" and f.parent != PACKAGE}
    for folder in own | {PACKAGE / name for name in extra_folders}:
        files |= {f for f in folder.rglob("*") if f.is_file() and f.suffix not in (".py", ".pyc")}
    parts = []
    for file in sorted(files):
        parts += [os.path.relpath(file, PACKAGE).encode(), file.read_bytes()]
    return hash_bytes(*parts)
