"""Revisions: what became of texts and marks when another file of an issue was compared with the one in force; and deletions of
corrections, so that merging does not bring back what was withdrawn.
"""

from __future__ import annotations

import sqlite3


def apply(connection: sqlite3.Connection) -> None:
    """Lay the table of revisions, and let deletions speak of corrections too (a check is altered by a new table)."""
    connection.execute("""
        CREATE TABLE revision (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid TEXT NOT NULL UNIQUE,
            issue INTEGER NOT NULL REFERENCES issue (id),
            made_at TEXT NOT NULL,
            former TEXT NOT NULL,
            file TEXT NOT NULL,
            content TEXT NOT NULL
        )""")
    connection.execute("CREATE INDEX revision_issue ON revision (issue)")
    connection.execute("""
        CREATE TABLE deletion_too (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('mark', 'tag', 'correction')),
            "key" TEXT NOT NULL,
            item INTEGER NOT NULL REFERENCES item (id),
            deleted_at TEXT NOT NULL,
            content TEXT NOT NULL,
            UNIQUE (kind, "key")
        )""")
    connection.execute("INSERT INTO deletion_too SELECT * FROM deletion")
    connection.execute("""
        INSERT OR REPLACE INTO sqlite_sequence (rowid, name, seq)
        SELECT (SELECT rowid FROM sqlite_sequence WHERE name = 'deletion_too'), 'deletion_too', seq
        FROM sqlite_sequence WHERE name = 'deletion'""")
    connection.execute("DROP TABLE deletion")
    connection.execute("ALTER TABLE deletion_too RENAME TO deletion")
    connection.execute("CREATE INDEX deletion_item ON deletion (item)")
