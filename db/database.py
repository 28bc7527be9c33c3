"""A library's database: opened at its newest shape, written only through journalled operations.

The file may be used from several threads and processes at once: each thread has its own connection, readers never wait, and
writers wait for each other. The listener given to `open` is called on whichever thread made the change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any, Final, Self

import peewee

from db import migrations, models, opening, snapshots
from db.changes import Changes
from db.connection import Connection, Explain, Row
from db.errors import StorageError
from db.journal import Journal, Operation
from db.opening import Secret

FILE_NAME: Final = "library.db"
BACKUPS: Final = "backups"


def _as_it_is(failure: StorageError) -> Exception:
    return failure


def _nobody(changes: Changes) -> None:
    """Nobody listens."""
    del changes


class Database:
    """An open library database. Rows come out as plain dictionaries; the modules beside this one turn them into records."""

    def __init__(self, connection: Connection, report: Callable[[Changes], None], secret: Secret | None) -> None:
        self._connection = connection
        self._secret = secret
        self._journal = Journal(connection, report)

    @classmethod
    def open(
        cls,
        folder: Path,
        report: Callable[[Changes], None] = _nobody,
        explain: Explain = _as_it_is,
        secret: Secret | None = None,
    ) -> Self:
        """Open `library.db` in an existing `folder`, making it or bringing it to the newest shape as needed.

        `secret` is the passphrase of an encrypted library. `report` is called after each commit. A foreseen failure, now or
        later, is raised as `explain` turns it: by default a `StorageError` (`Newer`, `Foreign`, `Damaged`, `ReadOnly`,
        `Unopenable`, `NoSharedMemory`, `NoCipher`, `Locked`, `Full`). Raises OSError where a copy before climbing cannot be written.
        """
        connection = Connection(folder / FILE_NAME, explain, secret)
        with connection.explained():
            migrations.climb(folder / FILE_NAME, folder / BACKUPS, secret=secret)
        connection.use_write_ahead_log()
        return cls(connection, report, secret)

    def rows(self, query: peewee.BaseQuery) -> list[Row]:
        """All rows of a SELECT."""
        return self._connection.rows(query)

    def found(self, table: type[models.Table], equal: Row, read: tuple[str, ...] = ()) -> list[Row]:
        """Rows whose columns equal these values, none of which is None: the columns to `read`, by default all."""
        return self._connection.found(table, equal, read)

    def tuples(self, wording: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of one SELECT that is already worded, as SQLite has them: for what is asked at every key."""
        return self._connection.tuples(wording, parameters)

    def snapshot(self) -> AbstractContextManager[None]:
        """Within, all that this thread reads is of one moment, whatever others write meanwhile."""
        return self._connection.snapshot()

    def operation(
        self, name: str, *, initiator: object | None = None, undoable: bool = True, merge: str = ""
    ) -> AbstractContextManager[Operation]:
        """One change to data under its Chinese name: see `Journal.operation`."""
        return self._journal.operation(name, initiator=initiator, undoable=undoable, merge=merge)

    def undo(self, initiator: object | None = None) -> str | None:
        """Take the latest undoable operation back; its name, or None."""
        return self._journal.undo(initiator)

    def redo(self, initiator: object | None = None) -> str | None:
        """Do the latest undone operation again; its name, or None."""
        return self._journal.redo(initiator)

    @property
    def undo_name(self) -> str | None:
        """What `undo` would take back."""
        return self._journal.next_name("undo")

    @property
    def redo_name(self) -> str | None:
        """What `redo` would do again."""
        return self._journal.next_name("redo")

    @property
    def position(self) -> tuple[int, str]:
        """How far the journal has come: equal positions of one library mean equal data."""
        return self._journal.position()

    @property
    def uid(self) -> str:
        """The library's identity; it stays through backup and restore."""
        uid: str = self.rows(models.Library.select())[0]["uid"]
        return uid

    def problems(self) -> list[str]:
        """What SQLite's integrity and reference checks find; empty when all holds."""
        with self._connection.explained():
            return snapshots.problems(self._connection.raw())

    def copy_to(self, file: Path) -> None:
        """A checked copy of the database as of now, whole or not at all."""
        with self._connection.explained():
            snapshots.take(self._connection.raw(), file, self._secret)

    def release(self) -> None:
        """Close the calling thread's connection. A worker thread does so when its work ends."""
        self._connection.release()

    def close(self) -> None:
        """Move the write-ahead log into the file, so that nothing deleted lingers in it, and close this thread's connection."""
        with suppress(*opening.errors()):  # another process reads, or the medium is gone: the log stays, which is safe
            self._connection.raw().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.release()
