"""Where the library's stored bytes live: the files as they were imported, and the logs of what went out.

Without a passphrase they are files in the library's folder. With one they are within `files.db`, and whoever needs a path gets
one in a private folder of this computer (`desktop.archive.private`). Nothing else in the program knows the difference.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Final, Protocol

from db import snapshots, vault
from db.database import BACKUPS
from db.errors import StorageError
from db.opening import Secret
from db.vault import Vault
from desktop.archive import naming, storing, telling
from desktop.archive.naming import FILES
from desktop.archive.private import PrivateFolder

EXPORTS: Final = "exports.log"
PRINTS: Final = "prints.log"
LOGS: Final = (EXPORTS, PRINTS)
_DAY: Final = 24 * 3600


class Shelf(Protocol):
    """The stored bytes of one library. Files go by names such as `<sha256>.pdf`. Methods raise known errors."""

    def take_in(self, source: Path, sha256: str) -> str:
        """Copy a file in, whole and durable, under a passing name, which is returned.

        Raises `UnreadableFile` when it no longer has the bytes that `sha256` names, `StorageFull` when there is no room.
        """

    def settle(self, incoming: str, name: str) -> None:
        """Give a copy its name. A file of that name holds the same bytes, so replacing it alters nothing, or heals it."""

    def drop(self, name: str) -> None:
        """Remove a file, if it is there."""

    def sweep(self) -> None:
        """Remove copies that an import killed long ago left half made."""

    def names(self) -> list[str]:
        """The names of all files."""

    def sha256(self, name: str) -> str | None:
        """The SHA-256 of a file as it is now, in hex; None when it is not there or cannot be read."""

    def path(self, name: str) -> Path:
        """Where the bytes of a file can be read until the library is closed. There is no file when none is stored."""

    def workshop(self, size: int) -> Path:
        """A folder for `size` bytes that come in and are not stored yet."""

    def note(self, log: str, line: str) -> None:
        """Add a line to one of the `LOGS`."""

    def notes(self, log: str) -> list[str]:
        """The lines of a log, oldest first."""

    def parts(self, names: list[str]) -> AbstractContextManager[dict[str, Path]]:
        """These files and the logs as parts of a backup: their names in it, and where they lie meanwhile."""

    def close(self) -> None:
        """Remove what lies outside the library."""


class OpenShelf:
    """The files of a library without a passphrase: `files/` and the logs in its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take_in(self, source: Path, sha256: str) -> str:
        """A copy in, under a passing name."""
        return storing.bring_in(source, self._folder / FILES, sha256).name

    def settle(self, incoming: str, name: str) -> None:
        """The copy gets its name."""
        storing.settle(self.path(incoming), self.path(name))

    def drop(self, name: str) -> None:
        """A file less."""
        self.path(name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """What was left half made, removed."""
        storing.sweep(self._folder / FILES)

    def names(self) -> list[str]:
        """All names."""
        return [path.name for path in (self._folder / FILES).iterdir()]

    def sha256(self, name: str) -> str | None:
        """What a file's bytes are now."""
        try:
            return naming.sha256_of(self.path(name))
        except OSError:
            return None

    def path(self, name: str) -> Path:
        """Where a file can be read."""
        return self._folder / FILES / name

    def workshop(self, size: int) -> Path:  # noqa: ARG002 - there is but one
        """Where what comes in may lie."""
        return self._folder

    def note(self, log: str, line: str) -> None:
        """A line more in the log."""
        path = self._folder / log
        with telling.explained(path), path.open("a", encoding="utf-8") as lines:
            lines.write(f"{line}\n")

    def notes(self, log: str) -> list[str]:
        """The lines of the log."""
        path = self._folder / log
        if not path.exists():
            return []
        with telling.explained(path):
            return path.read_text(encoding="utf-8").splitlines()

    def parts(self, names: list[str]) -> AbstractContextManager[dict[str, Path]]:
        """What goes into a backup."""
        paths = {f"{FILES}/{name}": self.path(name) for name in names} | {log: self._folder / log for log in LOGS}
        return nullcontext({name: path for name, path in paths.items() if path.is_file()})

    def close(self) -> None:
        """Nothing lies outside."""


class SealedShelf:
    """The files of a library with a passphrase, within its `files.db`."""

    def __init__(self, folder: Path, secret: Secret) -> None:
        self._folder = folder
        self._secret = secret
        self._vault = Vault(folder / vault.FILE_NAME, secret)
        self._private = PrivateFolder()
        self._lending = threading.Lock()

    @contextmanager
    def _told(self) -> Iterator[None]:
        with telling.explained(self._folder):
            try:
                yield
            except StorageError as error:
                raise telling.explain(self._folder, self._secret)(error) from error

    def take_in(self, source: Path, sha256: str) -> str:
        """A copy in, under a passing name."""
        incoming = f"{storing.INCOMING}{int(time.time())}-{uuid.uuid4().hex}"
        with self._told():
            same = self._vault.put(f"{FILES}/{incoming}", storing.blocks(source)) == sha256
        if not same:
            self.drop(incoming)
            raise storing.altered(source)
        return incoming

    def settle(self, incoming: str, name: str) -> None:
        """The copy gets its name."""
        with self._told():
            self._vault.rename(f"{FILES}/{incoming}", f"{FILES}/{name}")

    def drop(self, name: str) -> None:
        """A file less."""
        with self._told():
            self._vault.drop(f"{FILES}/{name}")

    def sweep(self) -> None:
        """What was left half made, removed."""
        for name in self.names():
            if name.startswith(storing.INCOMING) and time.time() - int(name.removeprefix(storing.INCOMING).split("-")[0]) > _DAY:
                self.drop(name)

    def names(self) -> list[str]:
        """All names."""
        with self._told():
            return [name.removeprefix(f"{FILES}/") for name in self._vault.names() if name.startswith(f"{FILES}/")]

    def sha256(self, name: str) -> str | None:
        """What a file's bytes are now."""
        try:
            return storing.sha256_of_blocks(self._vault.blocks(f"{FILES}/{name}"))
        except StorageError:
            return None

    def path(self, name: str) -> Path:
        """Where a file can be read."""
        with self._told(), self._lending:
            lent = self._private.find(name)
            if lent is None:
                size = self._vault.size(f"{FILES}/{name}")
                lent = self._private.room(size or 0) / name
                if size is not None:
                    self._lend(name, lent)
            return lent

    def _lend(self, name: str, lent: Path) -> None:
        partial = lent.with_name(f".{name}")
        try:
            storing.write(partial, self._vault.blocks(f"{FILES}/{name}"))
            partial.replace(lent)
        finally:
            partial.unlink(missing_ok=True)

    def workshop(self, size: int) -> Path:
        """Where what comes in may lie."""
        with self._told(), self._lending:
            return self._private.room(size)

    def note(self, log: str, line: str) -> None:
        """A line more in the log."""
        with self._told():
            self._vault.add(log, f"{line}\n".encode())

    def notes(self, log: str) -> list[str]:
        """The lines of the log."""
        with self._told():
            return b"".join(self._vault.blocks(log)).decode("utf-8").splitlines()

    @contextmanager
    def parts(self, names: list[str]) -> Iterator[dict[str, Path]]:
        """What goes into a backup."""
        del names  # all files go together
        copy = snapshots.place(self._folder / BACKUPS, "packing-files")
        try:
            with self._told():
                self._vault.copy_to(copy)
            yield {vault.FILE_NAME: copy}
        finally:
            copy.unlink(missing_ok=True)

    def close(self) -> None:
        """What lies outside, removed."""
        self._private.close()
