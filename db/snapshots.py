"""Copies of the database that can be trusted: taken through SQLite's backup API, opened and checked before they count.

Copying the file itself may miss pages that are still in the write-ahead log.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from db.errors import Damaged, foreseen
from db.times import stamp


def place(folder: Path, label: str) -> Path:
    """A new path in `folder` (made if need be) for a copy: "<label>-20250919T070211123456Z.db"; later ones sort later."""
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{label}-{stamp()}.db"


def problems(connection: sqlite3.Connection) -> list[str]:
    """What SQLite's own checks find: damaged pages and indexes, broken references. Empty when all holds."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
    found += [f"{row[0]} {row[1]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
    return found


def verify(file: Path) -> None:
    """Raise `Damaged` unless `file` opens as a database without problems. Nothing is written beside it."""
    try:
        with closing(_read_only(file)) as connection:
            found = problems(connection)
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
        with closing(sqlite3.connect(partial, isolation_level=None)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        verify(partial)
        with partial.open("rb+") as written:
            os.fsync(written.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def position(file: Path) -> tuple[int, str] | None:
    """How far the journal in a copy has come (see `Database.position`); None for what cannot be read as a library."""
    try:
        with closing(_read_only(file)) as connection:
            last: tuple[int, str] | None = connection.execute("SELECT id, uid FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        return None
    return last or (0, "")


def fold_log(file: Path) -> None:
    """Move the write-ahead log of a database into its file, which then stands alone.

    Raises `Locked` while anyone else has it open, and the other foreseen failures.
    """
    try:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=1.0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        failure = foreseen(error)
        if failure is None:
            raise
        raise failure from error


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
