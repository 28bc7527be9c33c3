"""The one way to the database file: settings of every connection, transactions, and foreseen failures by name.

peewee keeps one SQLite connection a thread, opened at first use; a thread that ends its work should call `release`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import peewee

from db import opening, statements
from db.errors import NoSharedMemory, StorageError, foreseen
from db.models import Table, columns
from db.opening import Secret

_PRAGMAS: Final = {
    "synchronous": "FULL",  # a power cut must not cost what was reported as saved
    "foreign_keys": 1,
    "secure_delete": 1,  # deleting means deleting
    "temp_store": "MEMORY",  # no traces in temporary folders
}
_WAIT_SECONDS: Final = 10.0

Row = dict[str, Any]
Explain = Callable[[StorageError], Exception]


def _failures() -> tuple[type[Exception], ...]:
    return (StorageError, peewee.PeeweeException, *opening.errors())


class _PeeweeDatabase(peewee.SqliteDatabase):
    """peewee's database, whose connections are opened where all others are."""

    def __init__(self, file: Path, secret: Secret | None) -> None:
        super().__init__(str(file), pragmas=_PRAGMAS)
        self._place = file, secret

    def _connect(self) -> sqlite3.Connection:
        connection = opening.connect(*self._place, timeout=_WAIT_SECONDS)
        try:
            self._add_conn_hooks(connection)  # type: ignore[attr-defined]  # peewee's own
        except BaseException:
            connection.close()
            raise
        return connection


class Connection:
    """Runs queries on one database file. `explain` turns a foreseen failure into the exception that callers shall meet."""

    def __init__(self, file: Path, explain: Explain, secret: Secret | None = None) -> None:
        self._explain = explain
        self._peewee = _PeeweeDatabase(file, secret)

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Within, a foreseen failure of SQLite (or of a snapshot or migration) is raised as `explain` words it."""
        try:
            yield
        except _failures() as error:
            failure = error if isinstance(error, StorageError) else foreseen(error)
            told = failure and self._explain(failure)
            if told is None or told is error:
                raise
            raise told from error

    def use_write_ahead_log(self) -> None:
        """Switch the file to WAL, so that readers never wait for a writer. Raises `NoSharedMemory` where that cannot be."""
        with self.explained():
            if self._peewee.execute_sql("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
                raise NoSharedMemory("no write-ahead log")

    def rows(self, query: peewee.BaseQuery) -> list[Row]:
        """All rows of a peewee SELECT."""
        with self.explained():
            return list(query.dicts().execute(self._peewee))

    def tuples(self, wording: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """All rows of one SELECT that is already worded, as SQLite has them: for what is asked at every key."""
        with self.explained():
            found: list[tuple[Any, ...]] = self.run(wording, parameters).fetchall()
            return found

    def write(self, query: peewee.Query) -> int:
        """Run a peewee INSERT (returns the new row id), UPDATE or DELETE (returns the number of rows)."""
        result: int = query.execute(self._peewee)
        return result

    def run(self, wording: str, parameters: Sequence[Any]) -> sqlite3.Cursor:
        """Run one statement that is already worded."""
        cursor: sqlite3.Cursor = self._peewee.execute_sql(wording, parameters)
        return cursor

    def found(self, table: type[Table], equal: Row, read: tuple[str, ...] = ()) -> list[Row]:
        """Rows whose columns equal these values, none of which is None: the columns to `read`, by default all."""
        read = read or tuple(columns(table))
        with self.explained():
            cursor = self.run(statements.select(table, read, tuple(equal)), statements.stored(table, equal))
            readers = statements.readers(table, read)
            return [
                {column: as_ours(value) for (column, as_ours), value in zip(readers, row, strict=True)}
                for row in cursor.fetchall()
            ]

    def insert(self, table: type[Table], values: Row) -> int:
        """Make a row; returns its id."""
        row_id = self.run(statements.insert(table, tuple(values)), statements.stored(table, values)).lastrowid
        assert row_id is not None  # SQLite always has one after an INSERT
        return row_id

    def update(self, table: type[Table], row_id: int, values: Row) -> None:
        """Alter columns of a row."""
        self.run(statements.update(table, tuple(values)), [*statements.stored(table, values), row_id])

    def delete(self, table: type[Table], row_id: int) -> None:
        """Delete a row."""
        self.run(statements.delete(table), [row_id])

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, holding the write lock from the start. Not to be nested.

        After some failures (a full disk) SQLite has already rolled back by itself, hence the look before the ROLLBACK.
        """
        with self.explained():
            self._peewee.execute_sql("BEGIN IMMEDIATE")
            try:
                yield
                self._peewee.execute_sql("COMMIT")
            finally:
                raw = self.raw()
                if raw.in_transaction:
                    raw.execute("ROLLBACK")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Within, all that this thread reads is of one moment, whatever others write meanwhile. Within a transaction it is so anyway."""
        with self.explained():
            raw = self.raw()
            if raw.in_transaction:
                yield
                return
            raw.execute("BEGIN")
            try:
                yield
            finally:
                raw.execute("ROLLBACK")  # nothing was written

    def raw(self) -> sqlite3.Connection:
        """The calling thread's SQLite connection, for the backup API and for checks."""
        connection: sqlite3.Connection = self._peewee.connection()
        return connection

    def release(self) -> None:
        """Close the calling thread's connection; the next use opens it again."""
        self._peewee.close()
