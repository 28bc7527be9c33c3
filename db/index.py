"""The search index: which texts of the library hold which runs of characters.

A file beside the library that can be lost at any time (`db.index_file`), entries in it (`db.index_view`), and what is known in
memory of the items behind them (`db.index_register`).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from db.errors import StorageError
from db.index_file import IndexFile
from db.index_register import Register
from db.index_view import IndexBatch, IndexView
from db.opening import Secret

_STEPS: Final = 20_000  # of SQLite's machine between two questions whether to go on: a few milliseconds


class SearchIndex:
    """The index in the file `path`, made when it is first needed. For any number of threads; `claim` it before use."""

    def __init__(self, path: Path, secret: Secret | None = None) -> None:
        self.register = Register()
        self._file = IndexFile(path, secret)
        self._writing = threading.Lock()

    @property
    def is_claimed(self) -> bool:
        """Whether the index was claimed."""
        return self._file.is_claimed

    def claim(self, identity: str) -> None:
        """Say whose texts the index must hold and by which rules they are folded; an index of anything else is `Damaged`."""
        self._file.claim(identity)

    @contextmanager
    def reading(self, cancelled: Callable[[], bool] | None = None) -> Iterator[IndexView]:
        """One unchanging view. Raises `StorageError`; after `Damaged`, `discard` helps.

        `cancelled` is asked now and then while the view is at work; once it says yes, that work ends with `Interrupted`.
        """
        with self._file.connection() as connection, _transaction(connection, "BEGIN"), _stopping(connection, cancelled):
            yield IndexView(connection)

    @contextmanager
    def writing(self) -> Iterator[IndexBatch]:
        """One batch of changes; threads and processes wait for each other. Raises `StorageError`, and nothing is kept."""
        with self._writing, self._file.connection() as connection, _transaction(connection, "BEGIN IMMEDIATE"):
            yield IndexBatch(connection)

    def problems(self) -> list[str]:
        """Damages that SQLite's own checks find; empty when all holds."""
        try:
            with self._file.connection() as connection:
                connection.execute("INSERT INTO passage (passage) VALUES ('integrity-check')")
                return [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        except StorageError as failure:
            return [str(failure)]

    def discard(self) -> None:
        """Throw the index away; the next use makes an empty one."""
        self._file.discard()

    def close(self) -> None:
        """Close all connections."""
        self._file.close()


@contextmanager
def _stopping(connection: sqlite3.Connection, cancelled: Callable[[], bool] | None) -> Iterator[None]:
    connection.set_progress_handler(cancelled, _STEPS if cancelled else 0)
    try:
        yield
    finally:
        connection.set_progress_handler(None, 0)


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
