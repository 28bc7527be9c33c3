"""From which tag and refusal on the suggestions learn: a row for each time the reader had them start over."""

from __future__ import annotations

import sqlite3


def apply(connection: sqlite3.Connection) -> None:
    """Lay the table."""
    connection.execute("""
        CREATE TABLE learning_start (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            last_tag INTEGER NOT NULL,
            last_refusal INTEGER NOT NULL
        )""")
