"""A place on this computer for what must be a file for a moment: readable by its owner only, and gone when the program ends.

Pages are drawn and files read in processes of their own, which are given a path. Of an encrypted library that path must not lie
on the medium of the library: it is in memory where the system offers that, else in the system's temporary folder.
A program that was killed leaves its folder behind; the next one that needs such a place removes it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a private folder is made inside it
_NAME: Final = "yaocan-private-"
_HELD: Final = ".held"


class PrivateFolder:
    """A folder made at its first use. The file beside it is kept locked as long as the program lives, whatever ends it."""

    def __init__(self) -> None:
        self._folders: dict[Path, Path] = {}
        self._locks: list[sqlite3.Connection] = []

    def room(self, size: int) -> Path:
        """The folder, at a place that has room for `size` bytes with as much again to spare. Raises OSError."""
        place = _place(size)
        if place not in self._folders:
            _sweep(place)
            folder = place / f"{_NAME}{uuid.uuid4().hex}"
            self._locks.append(_lock(folder))
            folder.mkdir(mode=0o700)
            self._folders[place] = folder
        return self._folders[place]

    def find(self, name: str) -> Path | None:
        """A file of that name that is there already."""
        return next((folder / name for folder in self._folders.values() if (folder / name).is_file()), None)

    def close(self) -> None:
        """Remove all of it."""
        for folder in self._folders.values():
            shutil.rmtree(folder, ignore_errors=True)
        while self._locks:
            self._locks.pop().close()
        for folder in self._folders.values():
            _held(folder).unlink(missing_ok=True)
        self._folders.clear()


def _places() -> Iterator[Path]:
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK):
        yield _MEMORY
    yield Path(tempfile.gettempdir())


def _place(size: int) -> Path:
    places = list(_places())
    return next((place for place in places if shutil.disk_usage(place).free > 2 * size), places[-1])


def _held(folder: Path) -> Path:
    return folder.with_name(folder.name + _HELD)


def _lock(folder: Path) -> sqlite3.Connection:
    """Lock the file beside a folder, by the one lock that is the same on every system. Raises sqlite3.OperationalError."""
    connection = sqlite3.connect(_held(folder), timeout=0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        connection.close()
        raise
    return connection


def _sweep(place: Path) -> None:
    """Remove the folders of programs that are no more. A folder is made after its lock, so what is not locked is left behind."""
    for folder in place.glob(f"{_NAME}*"):
        if folder.is_symlink() or not folder.is_dir() or not os.access(folder, os.W_OK):
            continue
        with suppress(sqlite3.OperationalError), closing(_lock(folder)):
            shutil.rmtree(folder, ignore_errors=True)
            _held(folder).unlink(missing_ok=True)
