"""The one place that knows how a file of the library is opened: plainly by Python's SQLite, with a passphrase by SQLCipher.

An encrypted file carries the salt of its key in its first 16 bytes, so it needs nothing but the passphrase and any program
that knows SQLCipher 4 opens it. The package `sqlcipher3` is an extra, imported when the first encrypted file is opened.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Final

from db.errors import NoCipher, foreseen

_SALT: Final = 16
_ROUNDS: Final = 256_000  # of SQLCipher 4's own derivation, PBKDF2 with HMAC-SHA-512
_KEY: Final = 32
_MODULE: Final = "sqlcipher3.dbapi2"


class Secret:
    """A passphrase, and the keys made of it: one for each salt. For any number of threads.

    Making a key takes about a tenth of a second, so each is made once. New files take the salt that was used first.
    """

    def __init__(self, passphrase: str) -> None:
        self._passphrase = unicodedata.normalize("NFC", passphrase).encode()  # the same signs, however they were typed
        self._keys: dict[bytes, str] = {}
        self._making = threading.Lock()

    def key(self, file: Path) -> str:
        """The key of an existing file, or of one that is about to be made, in SQLCipher's wording. Raises OSError."""
        salt = _salt(file)
        with self._making:
            salt = salt or next(iter(self._keys), b"") or os.urandom(_SALT)
            if salt not in self._keys:
                made = hashlib.pbkdf2_hmac("sha512", self._passphrase, salt, _ROUNDS, _KEY)
                self._keys[salt] = f"x'{made.hex()}{salt.hex()}'"
            return self._keys[salt]

    def opens(self, file: Path) -> bool:
        """Whether this is the passphrase of an encrypted file; not so for one that is damaged. Raises `NoCipher`."""
        try:
            with closing(connect(file, self, read_only=True)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master")
        except errors():
            return False
        return True


def connect(
    file: Path,
    secret: Secret | None = None,
    *,
    timeout: float = 5.0,
    read_only: bool = False,
    any_thread: bool = False,
    cipher: bool = False,
) -> sqlite3.Connection:
    """A connection that begins no transactions by itself. Raises SQLite's errors (`errors`), `NoCipher` without the extra.

    `read_only`: as a file that nobody alters, and nothing is written beside it. `cipher`: by SQLCipher also without a passphrase,
    so that encrypted files can be attached.
    """
    module = _cipher() if secret or cipher else sqlite3
    place = f"{file.absolute().as_uri()}?mode=ro&immutable=1" if read_only else str(file)
    connection: sqlite3.Connection = module.connect(
        place, timeout=timeout, isolation_level=None, check_same_thread=not any_thread, uri=read_only
    )
    if secret:
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong passphrase is told by us, not by lines on stderr
            connection.execute(f'PRAGMA key = "{secret.key(file)}"')
        except BaseException:
            connection.close()
            raise
    return connection


def errors() -> tuple[type[Exception], ...]:
    """What connections raise: sqlite3's errors, SQLCipher's of the same names once it is in use, and text that is damaged."""
    cipher = sys.modules.get(_MODULE)
    return (sqlite3.Error, UnicodeDecodeError, cipher.Error) if cipher else (sqlite3.Error, UnicodeDecodeError)


@contextmanager
def by_name() -> Iterator[None]:
    """Within, a foreseen failure of a connection is raised as its `StorageError`."""
    try:
        yield
    except errors() as error:
        failure = foreseen(error)
        if failure is None:
            raise
        raise failure from error


def require_cipher() -> None:
    """Raise `NoCipher` where the package that opens encrypted files is not installed."""
    _cipher()


def _salt(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(_SALT)
    except FileNotFoundError:
        return b""


def _cipher() -> ModuleType:
    try:
        from sqlcipher3 import dbapi2  # late, and only where there is a passphrase: it is an extra
    except ImportError as error:
        raise NoCipher("sqlcipher3 is not installed") from error
    module: ModuleType = dbapi2
    return module
