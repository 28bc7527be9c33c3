"""Climbing from any older shape of the library to the present one.

Each migration is a numbered module with `apply(connection)`: plain SQL, never the live models, which describe only the
newest shape. It runs in one transaction together with the record of itself, so a failed step leaves the library as it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db import opening, snapshots
from db.errors import Damaged, Foreign, Newer
from db.migrations import (
    m0001_first_tables,
    m0002_vocabulary,
    m0003_deletions,
    m0004_learning,
    m0005_searches,
    m0006_corrections,
    m0007_revisions,
)
from db.opening import Secret
from db.times import now

APPLICATION_ID: Final = 0x59435944  # "YCYD": how `file` and we recognise a library


@dataclass(frozen=True, slots=True)
class Migration:
    """One step to the shape `version`."""

    version: int
    name: str
    apply: Callable[[sqlite3.Connection], None]


ALL: Final = (
    Migration(1, "first tables", m0001_first_tables.apply),
    Migration(2, "vocabulary", m0002_vocabulary.apply),
    Migration(3, "deletions", m0003_deletions.apply),
    Migration(4, "learning", m0004_learning.apply),
    Migration(5, "searches", m0005_searches.apply),
    Migration(6, "corrections", m0006_corrections.apply),
    Migration(7, "revisions", m0007_revisions.apply),
)


def version_of(connection: sqlite3.Connection) -> int:
    """The shape of an open file: 0 when it is empty. Raises `Foreign` for a database that is not a library."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    if application == APPLICATION_ID:
        return version
    if version or application or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise Foreign("not a library")
    return 0


def _refuse_newer(version: int, newest: int) -> None:
    if version > newest:
        raise Newer(f"version {version}, this program knows {newest}")


def _run(connection: sqlite3.Connection, migration: Migration) -> None:
    """One step and its record, or nothing. Another process may have taken the same step while we waited for the lock."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version_of(connection) < migration.version:
            if migration.version == 1:
                connection.execute(
                    "CREATE TABLE migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL)"
                )
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            migration.apply(connection)
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise Damaged(f"migration {migration.version} breaks references")
            connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (migration.version, migration.name, now()))
            connection.execute(f"PRAGMA user_version = {migration.version}")
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def climb(file: Path, backups: Path, migrations: tuple[Migration, ...] = ALL, secret: Secret | None = None) -> None:
    """Bring `file` to the newest shape, making it when it does not exist.

    An existing library is first copied, checked, into `backups`. Raises `Newer`, `Foreign` or sqlite3's errors; the file
    is then at the last shape whose step was complete.
    """
    connection = opening.connect(file, secret, timeout=10.0)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        version = version_of(connection)
        _refuse_newer(version, migrations[-1].version)
        pending = [migration for migration in migrations if migration.version > version]
        if version and pending:
            snapshots.take(connection, snapshots.place(backups, f"before-v{pending[-1].version}"), secret)
        for migration in pending:
            _run(connection, migration)
    finally:
        connection.close()
