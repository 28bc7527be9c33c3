"""Copies of the database that can be trusted: taken through SQLite's backup API, opened and checked before they count.

Copying the file itself may miss pages that are still in the write-ahead log.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path

from db import opening
from db.errors import Damaged
from db.opening import Secret
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


def verify(file: Path, secret: Secret | None = None) -> None:
    """Raise `Damaged` unless `file` opens as a database without problems. Nothing is written beside it."""
    try:
        with closing(opening.connect(file, secret, read_only=True)) as connection:
            found = problems(connection)
    except opening.errors() as error:
        raise Damaged(str(error)) from error
    if found:
        raise Damaged("; ".join(found))


def take(source: sqlite3.Connection, file: Path, secret: Secret | None = None) -> None:
    """Copy the database of `source` to `file`, under the same passphrase: whole, checked and on the disk, or not at all.

    Raises `Damaged` when the copy does not hold, and sqlite3's errors (no room, no rights).
    """
    partial = file.with_name(file.name + ".partial")
    try:
        with closing(opening.connect(partial, secret)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
        verify(partial, secret)
        with partial.open("rb+") as written:
            os.fsync(written.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def position(file: Path, secret: Secret | None = None) -> tuple[int, str] | None:
    """How far the journal in a copy has come (see `Database.position`); None for what cannot be read as a library."""
    try:
        with closing(opening.connect(file, secret, read_only=True)) as connection:
            return position_of(connection)
    except opening.errors():
        return None


def position_of(connection: sqlite3.Connection) -> tuple[int, str]:
    """How far the journal of an open library has come. Raises SQLite's errors."""
    last: tuple[int, str] | None = connection.execute("SELECT id, uid FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    return last or (0, "")


def fold_log(file: Path, secret: Secret | None = None) -> None:
    """Move the write-ahead log of a database into its file, which then stands alone.

    Raises `Locked` while anyone else has it open, and the other foreseen failures.
    """
    with opening.by_name(), closing(opening.connect(file, secret, timeout=1.0)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


@contextmanager
def held(file: Path, secret: Secret | None = None) -> Iterator[sqlite3.Connection]:
    """The database, with its log folded in, for ourselves alone: a connection by SQLCipher that no other is let in beside.

    Raises `Locked` while anyone else has it open, and the other foreseen failures.
    """
    with opening.by_name(), closing(opening.connect(file, secret, timeout=1.0, cipher=True)) as connection:
        for statement in ("PRAGMA journal_mode = DELETE", "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "COMMIT"):
            connection.execute(statement)
        yield connection


def transcribe(source: sqlite3.Connection, file: Path, secret: Secret | None) -> None:
    """Copy an open database to the new `file`, under another passphrase or none; compared row by row, checked, and on the disk.

    `source` must be a connection by SQLCipher. Raises `Damaged` when the copy does not hold, and SQLite's errors.
    """
    source.execute("ATTACH ? AS copy KEY ?", (str(file), secret.key(file) if secret else ""))
    try:
        source.execute("PRAGMA copy.synchronous = OFF")  # it is made durable as a whole, below
        source.execute("SELECT sqlcipher_export('copy')")
        for number in ("user_version", "application_id"):
            source.execute(f"PRAGMA copy.{number} = {source.execute(f'PRAGMA main.{number}').fetchone()[0]}")
        _compare(source)
    finally:
        source.execute("DETACH copy")
    verify(file, secret)
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def _compare(connection: sqlite3.Connection) -> None:
    """Raise `Damaged` unless both attached databases have the same tables and, by their first columns, the same rows."""
    tables = "SELECT name, sql FROM {}.sqlite_master ORDER BY name"
    main, copy = (connection.execute(tables.format(name)).fetchall() for name in ("main", "copy"))
    if main != copy:
        raise Damaged("the copy has other tables")
    for (name,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
        rows = (connection.execute(f'SELECT * FROM {place}."{name}" ORDER BY 1') for place in ("main", "copy"))  # noqa: S608
        if any(one != other for one, other in zip_longest(*rows)):
            raise Damaged(f"the copy has other rows in {name}")
