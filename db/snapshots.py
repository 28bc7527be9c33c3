"""Copies of the database that can be trusted: taken through SQLite's backup API, opened and checked before they count.

Copying the file itself may miss pages that are still in the write-ahead log.
"""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from db.errors import Damaged


def place(folder: Path, label: str) -> Path:
    """A free path in `folder` (made if need be) for a copy: "<label>-20250919T070211Z.db"."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    path = folder / f"{label}-{stamp}.db"
    attempt = 1
    while path.exists():
        attempt += 1
        path = folder / f"{label}-{stamp}-{attempt}.db"
    return path


def problems(connection: sqlite3.Connection) -> list[str]:
    """What SQLite's own checks find: damaged pages and indexes, broken references. Empty when all holds."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    found += [f"{row[0]} {row[1]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
    return found


def verify(file: Path) -> None:
    """Raise `Damaged` unless `file` opens as a database without problems. Nothing is written beside it."""
    try:
        connection = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            found = problems(connection)
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise Damaged(str(error)) from error
    if found:
        raise Damaged("; ".join(found))


def take(source: sqlite3.Connection, file: Path) -> None:
    """Copy the database of `source` to `file`: whole, checked and on the disk, or not at all.

    Raises `Damaged` when the copy does not hold, and sqlite3's errors (no room, no rights).
    """
    partial = file.with_name(file.name + ".partial")
    try:
        target = sqlite3.connect(partial, isolation_level=None)
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        finally:
            target.close()
        verify(partial)
        with partial.open("rb+") as written:
            os.fsync(written.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
