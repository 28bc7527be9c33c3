"""The foreseen ways in which the database fails, so that `desktop.archive` can say each in a plain sentence.

Anything else SQLite reports (a broken constraint, wrong SQL) is our bug and keeps its own type and traceback.
"""

from __future__ import annotations

import sqlite3
from typing import Final


class StorageError(Exception):
    """A foreseen failure of the database file; the transaction it met was rolled back."""


class Full(StorageError):
    """No room left for a write."""


class Locked(StorageError):
    """Another process kept the database locked for longer than the waiting time."""


class ReadOnly(StorageError):
    """The file, its folder or its medium cannot be written to."""


class Unopenable(StorageError):
    """The file or its folder cannot be opened or made."""


class NoSharedMemory(StorageError):
    """The file system cannot serve SQLite's write-ahead log; network shares typically."""


class Damaged(StorageError):
    """The file is not a database or its pages contradict each other."""


class NoCipher(StorageError):
    """The file is encrypted, and the package that opens such files is not installed."""


class Foreign(StorageError):
    """The file is a sound SQLite database, but not one of ours."""


class Newer(StorageError):
    """A newer version of the program has written the file."""


class DeviceFailed(StorageError):
    """The device reported an error on reading or writing."""


class Interrupted(StorageError):
    """Whoever asked no longer wants the answer."""


class HistoryMismatch(StorageError):
    """An undo step does not fit the rows as they are now; nothing was changed."""


_BY_CODE: Final[dict[int, type[StorageError]]] = {
    sqlite3.SQLITE_FULL: Full,
    sqlite3.SQLITE_BUSY: Locked,
    sqlite3.SQLITE_LOCKED: Locked,
    sqlite3.SQLITE_READONLY: ReadOnly,
    sqlite3.SQLITE_PERM: ReadOnly,
    sqlite3.SQLITE_CANTOPEN: Unopenable,
    sqlite3.SQLITE_PROTOCOL: NoSharedMemory,
    sqlite3.SQLITE_CORRUPT: Damaged,
    sqlite3.SQLITE_NOTADB: Damaged,
    sqlite3.SQLITE_IOERR: DeviceFailed,
    sqlite3.SQLITE_INTERRUPT: Interrupted,
}
_BY_SENTENCE: Final[dict[str, type[StorageError]]] = {
    "database or disk is full": Full,
    "database is locked": Locked,
    "attempt to write a readonly database": ReadOnly,
    "unable to open database file": Unopenable,
    "database disk image is malformed": Damaged,
    "file is not a database": Damaged,
    "disk I/O error": DeviceFailed,
}
"""SQLite's own words, which are all that SQLCipher's module gives where a copy fails."""
_SHARED_MEMORY: Final = frozenset({
    sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP, sqlite3.SQLITE_IOERR_SHMLOCK,
})  # fmt: skip


def foreseen(error: Exception) -> StorageError | None:
    """The foreseen failure that a sqlite3 (or wrapping peewee) exception stands for; None when it is none of them."""
    if isinstance(error, UnicodeDecodeError):  # a name or a text of the file, also when SQLite complains of it
        return Damaged(str(error))
    original = getattr(error, "orig", error)  # what peewee keeps of the exception it wraps
    code = getattr(original, "sqlite_errorcode", None)
    if code is None:
        told = _BY_SENTENCE.get(str(original))
        return told(str(original)) if told else None
    if code in _SHARED_MEMORY:
        return NoSharedMemory(str(original))
    kind = _BY_CODE.get(code & 0xFF)  # the low byte is the primary code
    return kind(str(original)) if kind else None
