"""The field vocabularies that the reader brought in; the newest is in force, without any the built-in one."""

from __future__ import annotations

import sqlite3


def apply(connection: sqlite3.Connection) -> None:
    """Lay the table."""
    connection.execute(
        "CREATE TABLE vocabulary (id INTEGER PRIMARY KEY AUTOINCREMENT, version TEXT NOT NULL, content TEXT NOT NULL, imported_at TEXT NOT NULL)"
    )
