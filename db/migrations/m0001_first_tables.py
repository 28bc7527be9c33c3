"""The first shape of the library.

Small columns stand before large texts, so that lists and counts do not walk overflow pages. References never cascade:
whatever disappears must be deleted by name, or the undo step would not know of it. Row ids are never used twice, so an
undone deletion can always put its row back.
"""

from __future__ import annotations

import sqlite3
import uuid
from datetime import UTC, datetime

_TABLES = """
CREATE TABLE library (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    uid TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE TABLE issue (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('issue', 'document')),
    title TEXT NOT NULL,
    year INTEGER NOT NULL,
    number TEXT NOT NULL,
    date TEXT NOT NULL,
    issuers TEXT NOT NULL,
    classification TEXT,
    sha256 TEXT NOT NULL UNIQUE,
    extension TEXT NOT NULL,
    file_name TEXT NOT NULL,
    pages INTEGER NOT NULL,
    text_version TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    structure TEXT NOT NULL
);
CREATE UNIQUE INDEX issue_identity ON issue (title, year, number) WHERE kind = 'issue' AND number <> '' AND year > 0;
CREATE INDEX issue_date ON issue (date);
CREATE TABLE issue_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    issue INTEGER NOT NULL REFERENCES issue (id),
    sha256 TEXT NOT NULL UNIQUE,
    extension TEXT NOT NULL,
    file_name TEXT NOT NULL,
    imported_at TEXT NOT NULL
);
CREATE INDEX issue_file_issue ON issue_file (issue);
CREATE TABLE item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    issue INTEGER NOT NULL REFERENCES issue (id),
    ordinal INTEGER NOT NULL CHECK (ordinal > 0),
    section TEXT NOT NULL,
    depth INTEGER NOT NULL,
    title TEXT NOT NULL,
    page INTEGER,
    level TEXT NOT NULL,
    region TEXT NOT NULL,
    read_at TEXT,
    starred INTEGER NOT NULL CHECK (starred IN (0, 1)),
    text TEXT NOT NULL,
    passages TEXT NOT NULL,
    UNIQUE (issue, ordinal)
);
CREATE INDEX item_unread ON item (issue) WHERE read_at IS NULL;
CREATE TABLE mark (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    item INTEGER NOT NULL REFERENCES item (id),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" > start),
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    color TEXT NOT NULL CHECK (color IN ('yellow', 'green', 'blue', 'red')),
    style TEXT NOT NULL CHECK (style IN ('highlight', 'underline')),
    note TEXT NOT NULL,
    text_version TEXT NOT NULL,
    anchored INTEGER NOT NULL CHECK (anchored IN (0, 1)),
    author TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX mark_item ON mark (item, start);
CREATE TABLE tag (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    item INTEGER NOT NULL REFERENCES item (id),
    point INTEGER,
    mark TEXT REFERENCES mark (uid),
    field TEXT NOT NULL,
    subfield TEXT NOT NULL,
    vocabulary TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CHECK (point IS NULL OR mark IS NULL)
);
CREATE UNIQUE INDEX tag_target ON tag (item, ifnull(point, 0), ifnull(mark, ''), field, subfield);
CREATE INDEX tag_field ON tag (field);
CREATE INDEX tag_mark ON tag (mark) WHERE mark IS NOT NULL;
CREATE TABLE refusal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    item INTEGER NOT NULL REFERENCES item (id),
    point INTEGER,
    field TEXT NOT NULL,
    created_at TEXT NOT NULL
);
CREATE UNIQUE INDEX refusal_target ON refusal (item, ifnull(point, 0), field);
CREATE TABLE memo (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    options TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE TABLE memo_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    memo TEXT NOT NULL REFERENCES memo (uid),
    position INTEGER NOT NULL,
    item INTEGER NOT NULL REFERENCES item (id),
    point INTEGER,
    mark TEXT REFERENCES mark (uid),
    comment TEXT NOT NULL
);
CREATE INDEX memo_entry_memo ON memo_entry (memo, position);
CREATE INDEX memo_entry_item ON memo_entry (item);
CREATE INDEX memo_entry_mark ON memo_entry (mark) WHERE mark IS NOT NULL;
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('do', 'undo', 'redo')),
    name TEXT NOT NULL,
    kinds TEXT NOT NULL,
    items TEXT NOT NULL
);
CREATE TABLE undo_step (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    session TEXT NOT NULL,
    merge_key TEXT NOT NULL,
    undone INTEGER NOT NULL CHECK (undone IN (0, 1)),
    images TEXT NOT NULL
);
"""


def apply(connection: sqlite3.Connection) -> None:
    """Lay all tables and give the library its identity."""
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)
    made_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    connection.execute("INSERT INTO library (id, uid, created_at) VALUES (1, ?, ?)", (str(uuid.uuid4()), made_at))
