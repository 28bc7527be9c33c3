"""The file of the search index: made, recognised, thrown away and made again.

It holds nothing that the library does not know better, so whatever is wrong with it (another library's, another version's,
damaged, missing) ends in a new, empty file. Connections are lent, one to a user at a time; throwing away waits until none is in use.
"""

from __future__ import annotations

import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from db import opening
from db.errors import Damaged, Locked
from db.opening import Secret

LAYOUT: Final = 3
_WAIT_SECONDS: Final = 5.0
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",  # a power cut may cost the last changes, which the journal's position then tells
    "PRAGMA secure_delete = 1",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA mmap_size = 1073741824",
)
_CACHE: Final = "PRAGMA cache_size = -8192"  # what is mapped is read without a copy; written pages stay until pushed out
_CIPHER_CACHE: Final = "PRAGMA cache_size = -65536"  # an encrypted file cannot be mapped
_TABLES: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE entry (
        key INTEGER PRIMARY KEY, item INTEGER NOT NULL, place TEXT NOT NULL, mark TEXT NOT NULL, day INTEGER NOT NULL,
        stamp BLOB NOT NULL, UNIQUE (item, place, mark))""",
    "CREATE INDEX entry_day ON entry (day, key)",
    "CREATE TABLE spent (key INTEGER PRIMARY KEY)",
    "CREATE TABLE todo (turn INTEGER PRIMARY KEY, item INTEGER NOT NULL UNIQUE)",
    # The body first: FTS5 writes the number of any other column before its positions, a quarter of the index when it was the body's.
    "CREATE VIRTUAL TABLE passage USING fts5 (body, title, head, content = '', columnsize = 0, tokenize = 'ascii')",
)


class IndexFile:
    """`index.db` at `path`, opened at first use. Until it is claimed, whatever it holds is taken as it is."""

    def __init__(self, path: Path, secret: Secret | None = None) -> None:
        self._path = path
        self._secret = secret
        self._identity: str | None = None
        self._idle = threading.Condition()
        self._users = 0
        self._spare: list[sqlite3.Connection] = []

    @property
    def is_claimed(self) -> bool:
        """Whether it is known what the file must hold."""
        return self._identity is not None

    def claim(self, identity: str) -> None:
        """From now on a file made for another `identity` (whose texts, folded how) is `Damaged`."""
        if identity != self._identity:
            self.close()
            self._identity = identity

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection. Foreseen failures are raised as `StorageError`, a file beyond use as `Damaged`.

        The one given back last is lent first: what it has read is still in its memory.
        """
        with self._idle:
            self._users += 1
            lent = self._spare.pop() if self._spare else None
        try:
            with opening.by_name():
                lent = lent or self._opened()
                yield lent
        finally:
            with self._idle:
                if lent:
                    self._spare.append(lent)
                self._users -= 1
                self._idle.notify_all()

    def discard(self) -> None:
        """Throw the file away; the next use makes it anew. Raises `Locked` where another program keeps hold of it."""
        with self._idle:
            self._idle.wait_for(lambda: self._users == 0)
            self._close_all()
            self._unlink()

    def close(self) -> None:
        """Close all connections, waiting for those in use."""
        with self._idle:
            self._idle.wait_for(lambda: self._users == 0)
            self._close_all()

    def _close_all(self) -> None:
        while self._spare:
            self._spare.pop().close()

    def _unlink(self) -> None:
        try:
            for ending in ("-wal", "-shm", ""):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        except OSError as error:
            raise Locked(str(error)) from error

    def _opened(self) -> sqlite3.Connection:
        connection = opening.connect(self._path, self._secret, timeout=_WAIT_SECONDS, any_thread=True)
        try:
            for pragma in (*_PRAGMAS, _CIPHER_CACHE if self._secret else _CACHE):
                connection.execute(pragma)
            self._lay_tables(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _lay_tables(self, connection: sqlite3.Connection) -> None:
        """Make an empty file ours. Raises `Damaged` for a file that is not."""
        if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:  # no other process was quicker
                for statement in _TABLES:
                    connection.execute(statement)
                made = {"identity": self._identity or "", "made": uuid.uuid4().hex}
                connection.executemany("INSERT INTO meta VALUES (?, ?)", made.items())
                connection.execute(f"PRAGMA user_version = {LAYOUT}")
            connection.execute("COMMIT")
        if connection.execute("PRAGMA user_version").fetchone()[0] != LAYOUT:
            raise Damaged("another layout")
        found = connection.execute("SELECT value FROM meta WHERE name = 'identity'").fetchone()
        if self._identity is not None and found != (self._identity,):
            raise Damaged("another library or another folding")
