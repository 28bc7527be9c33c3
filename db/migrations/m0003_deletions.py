"""What was deleted: marks for the trash, and for marks and fields the time of it, so that merging does not bring them back."""

from __future__ import annotations

import sqlite3


def apply(connection: sqlite3.Connection) -> None:
    """Lay the table."""
    connection.execute("""
        CREATE TABLE deletion (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('mark', 'tag')),
            "key" TEXT NOT NULL,
            item INTEGER NOT NULL REFERENCES item (id),
            deleted_at TEXT NOT NULL,
            content TEXT NOT NULL,
            UNIQUE (kind, "key")
        )""")
    connection.execute("CREATE INDEX deletion_item ON deletion (item)")
