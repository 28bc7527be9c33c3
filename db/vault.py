"""Files kept within one encrypted database, `files.db`: what the folder `files/` is to a library without a passphrase.

Each is stored in the pieces in which it comes, so that a large one needs little memory. A connection is opened for each use, which
costs little: the key is made once.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from db import opening, snapshots
from db.opening import Secret

FILE_NAME: Final = "files.db"
_WAIT_SECONDS: Final = 10.0
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS file (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    """CREATE TABLE IF NOT EXISTS piece (
        id INTEGER PRIMARY KEY, file INTEGER NOT NULL REFERENCES file (id) ON DELETE CASCADE, content BLOB NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS piece_file ON piece (file, id)",
)
_PIECES: Final = "SELECT piece.content FROM piece JOIN file ON file.id = piece.file WHERE file.name = ? ORDER BY piece.id"

_SIZE: Final = "SELECT (SELECT coalesce(sum(length(content)), 0) FROM piece WHERE file = file.id) FROM file WHERE name = ?"


class Vault:
    """The files in `files.db` at `path`, by name. Every method raises `StorageError`. For any number of threads and processes."""

    def __init__(self, path: Path, secret: Secret) -> None:
        self._path = path
        self._secret = secret

    def make(self) -> None:
        """Make an empty one."""
        with self._writing() as connection:
            for statement in _TABLES:
                connection.execute(statement)

    def put(self, name: str, blocks: Iterable[bytes]) -> str:
        """Keep these bytes under `name`, in the place of what bore it; returns their SHA-256 in hex. All or nothing."""
        digest = hashlib.sha256()
        with self._writing() as connection:
            connection.execute("DELETE FROM file WHERE name = ?", (name,))
            row = connection.execute("INSERT INTO file (name) VALUES (?)", (name,)).lastrowid
            for block in blocks:
                digest.update(block)
                connection.execute("INSERT INTO piece (file, content) VALUES (?, ?)", (row, block))
        return digest.hexdigest()

    def add(self, name: str, content: bytes) -> None:
        """Write further bytes at the end of a file, made if need be."""
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO file (name) VALUES (?)", (name,))
            connection.execute("INSERT INTO piece (file, content) SELECT id, ? FROM file WHERE name = ?", (content, name))

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, piece by piece; none when there is no such file."""
        with opening.by_name(), closing(self._opened()) as connection:
            for (content,) in connection.execute(_PIECES, (name,)):
                yield content

    def names(self) -> list[str]:
        """The names of all files."""
        with opening.by_name(), closing(self._opened()) as connection:
            return [name for (name,) in connection.execute("SELECT name FROM file ORDER BY name")]

    def size(self, name: str) -> int | None:
        """The size of a file in bytes; None when there is no such file."""
        with opening.by_name(), closing(self._opened()) as connection:
            found = connection.execute(_SIZE, (name,)).fetchone()
            return found[0] if found else None

    def rename(self, old: str, new: str) -> None:
        """Give a file another name, in the place of what bore it."""
        with self._writing() as connection:
            connection.execute("DELETE FROM file WHERE name = ?", (new,))
            connection.execute("UPDATE file SET name = ? WHERE name = ?", (new, old))

    def drop(self, name: str) -> None:
        """Delete a file, if it is there."""
        with self._writing() as connection:
            connection.execute("DELETE FROM file WHERE name = ?", (name,))

    def copy_to(self, file: Path) -> None:
        """A checked copy of all of it as of now, under the same passphrase."""
        with opening.by_name(), closing(self._opened()) as connection:
            snapshots.take(connection, file, self._secret)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with opening.by_name(), closing(self._opened()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def _opened(self) -> sqlite3.Connection:
        connection = opening.connect(self._path, self._secret, timeout=_WAIT_SECONDS, any_thread=True)
        try:
            for pragma in (
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = 1",
                "secure_delete = 1",
                "temp_store = MEMORY",
            ):
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection
