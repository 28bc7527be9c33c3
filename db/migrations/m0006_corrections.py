"""Corrections: the reader's annotations on where paragraphs begin and which characters are wrong. The text itself stays."""

from __future__ import annotations

import sqlite3


def apply(connection: sqlite3.Connection) -> None:
    """Lay the table."""
    connection.execute("""
        CREATE TABLE correction (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid TEXT NOT NULL UNIQUE,
            item INTEGER NOT NULL REFERENCES item (id),
            kind TEXT NOT NULL CHECK (kind IN ('merge', 'split', 'title', 'erratum')),
            start INTEGER NOT NULL CHECK (start >= 0),
            quote TEXT NOT NULL CHECK (quote <> ''),
            prefix TEXT NOT NULL,
            suffix TEXT NOT NULL,
            replacement TEXT NOT NULL,
            author TEXT NOT NULL,
            created_at TEXT NOT NULL
        )""")
    connection.execute("CREATE INDEX correction_item ON correction (item)")
