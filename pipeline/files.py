"""Hashes and crash-safe writing: a file or folder appears whole or not at all."""

import errno
import hashlib
import json
import os
import shutil
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import UsageError

# A folder that a link leads back into itself is found at this depth.
DEEPEST = 20


def hash_bytes(*parts: bytes) -> str:
    """SHA-256 over length-prefixed parts, hex."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def hash_json(value: Any) -> str:
    """SHA-256 of a value's canonical JSON, hex."""
    return hash_bytes(json.dumps(value, sort_keys=True, ensure_ascii=False).encode())


def hash_path(path: Path, depth: int = 0) -> str:
    """SHA-256 of a file, or of a folder's names and contents through links, hex."""
    if path.is_dir():
        if depth > DEEPEST:
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        parts = []
        for inner in sorted(path.iterdir()):
            parts += [os.fsencode(inner.name), bytes.fromhex(hash_path(inner, depth + 1))]
        return hash_bytes(*parts)
    state = path.stat()
    return _hash_file(path, state.st_ino, state.st_size, state.st_mtime_ns)


@cache
def _hash_file(path: Path, inode: int, size: int, written: int) -> str:
    """SHA-256 of a file, read once per process as long as it is the same file unchanged."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Flush a file or directory, and everything below it, to the disk."""
    targets = [*path.rglob("*"), path] if path.is_dir() else [path]
    for target in targets:
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def publish(staged: Path, final: Path) -> None:
    """Move a staged file or folder to its final name: fsync, rename, fsync the parent."""
    sync(staged)
    final.parent.mkdir(parents=True, exist_ok=True)
    if final.is_dir():
        aside = staged.with_name(f"{staged.name}.alt")
        os.replace(final, aside)
        os.replace(staged, final)
        shutil.rmtree(aside)
    else:
        os.replace(staged, final)
    sync_directory(final.parent)


def sync_directory(path: Path) -> None:
    """Flush a directory's entries only."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_json(path: Path, value: Any) -> None:
    """Write readable JSON like `write_text`."""
    write_text(path, json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text so that a killed process leaves the old file or the new one.

    Enter it holding the lock of the folder: the next one writes over what a killed process left.
    """
    staged = path.with_name(f".{path.name}.neu")
    staged.write_text(text, encoding="utf-8")
    publish(staged, path)


def link_or_copy(source: str | Path, target: str | Path) -> None:
    """A hard link, or a copy on file systems that have none."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def point_to(link: Path, target: Path) -> None:
    """Let the symbolic link `link` point to `target` (relative), replacing it in one step."""
    if link.exists() and not link.is_symlink():
        raise UsageError(f"{link} ist kein Verweis. Bitte umbenennen, dann den Lauf wiederholen.")
    staged = link.with_name(f".{link.name}.neu")
    staged.unlink(missing_ok=True)
    staged.symlink_to(os.path.relpath(target, link.parent))
    os.replace(staged, link)
    sync_directory(link.parent)
