"""Searches that the reader saved, with what they were narrowed to."""

from __future__ import annotations

import sqlite3


def apply(connection: sqlite3.Connection) -> None:
    """Lay the table."""
    connection.execute("""
        CREATE TABLE saved_search (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uid TEXT NOT NULL UNIQUE,
            query TEXT NOT NULL,
            narrowing TEXT NOT NULL,
            created_at TEXT NOT NULL
        )""")
