"""What the reader is told (one plain Chinese sentence) as opposed to our own bugs.

A `KnownError` is shown or printed as it is, never with a traceback; anything else that escapes is a bug. Each class carries
the exit code of the command line (`docs/data-format.md`).
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    PARTIAL = 1
    USAGE = 2
    REFUSED = 3


class KnownError(Exception):
    """A foreseen refusal. `str(error)` is one plain Chinese sentence that says what is wrong and what to do."""

    exit_code = ExitCode.REFUSED


class UnreadableFile(KnownError):
    """A file that cannot be opened as a document: missing, empty, damaged, locked, too large, of another kind."""


class PasswordNeeded(UnreadableFile):
    """A protected PDF, for which no password was given or another one."""


class LibraryUnavailable(KnownError):
    """The library folder cannot be opened: no rights, newer version, locked, damaged."""


class LibraryDamaged(LibraryUnavailable):
    """The database file is damaged. The library's folder and its best automatic copy are kept for whoever offers to put it back."""

    def __init__(self, sentence: str, folder: Path, copy: Path | None) -> None:
        super().__init__(sentence)
        self.folder = folder
        self.copy = copy


class PassphraseNeeded(LibraryUnavailable):
    """A library, or a backup of one, has a passphrase, and none was given or another one."""

    def __init__(self, sentence: str, folder: Path) -> None:
        super().__init__(sentence)
        self.folder = folder


class StorageFull(KnownError):
    """A write failed for lack of room; nothing was changed."""


class NotFound(KnownError):
    """An issue, item, point, mark or field that was named does not exist."""


class WrongUsage(KnownError):
    """The words of a command do not fit."""

    exit_code = ExitCode.USAGE


class Cancelled(KnownError):
    """The reader stopped a long job; what was finished stays."""

    exit_code = ExitCode.PARTIAL
