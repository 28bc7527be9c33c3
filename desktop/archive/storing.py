"""The library's own copies of imported files: written beside their final place, checked, and only then given their name."""

from __future__ import annotations

import hashlib
import os
import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Final

from desktop.archive import telling
from desktop.archive.naming import sha256_of
from desktop.errors import UnreadableFile

_BLOCK: Final = 1 << 20
INCOMING: Final = ".incoming-"
"""How the passing names of copies begin."""
_STALE_SECONDS: Final = 24 * 3600


def sha256_of_blocks(content: Iterable[bytes]) -> str:
    """The SHA-256 of bytes that come in pieces, in hex."""
    digest = hashlib.sha256()
    for block in content:
        digest.update(block)
    return digest.hexdigest()


def bring_in(source: Path, folder: Path, sha256: str) -> Path:
    """Copy `source` into `folder` under a temporary name, whole and on the disk.

    Raises `UnreadableFile` when the file no longer has the bytes that `sha256` names, `StorageFull` when there is no room.
    """
    incoming = folder / f"{INCOMING}{uuid.uuid4().hex}"
    with ExitStack() as cleaning:
        cleaning.callback(incoming.unlink, missing_ok=True)
        with telling.explained(folder):
            write(incoming, blocks(source))
            same = sha256_of(incoming) == sha256
        if not same:
            raise altered(source)
        cleaning.pop_all()
    return incoming


def settle(incoming: Path, final: Path) -> None:
    """Give a copy its name. A file of that name holds the same bytes, so replacing it alters nothing, or heals it."""
    with telling.explained(final):
        incoming.replace(final)
        flush_folder(final.parent)


def sweep(folder: Path) -> None:
    """Remove copies that an import killed long ago left half made."""
    for left in folder.glob(f"{INCOMING}*"):
        with suppress(FileNotFoundError):  # another import has just finished with it
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink()


def flush_file(file: Path) -> None:
    """Make what was written to a file durable."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system needs telling."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def altered(source: Path) -> UnreadableFile:
    """What is said of a file that changed while it was copied."""
    return UnreadableFile(f"“{source.name}”在收入过程中被改动，没有收入；请稍候再试。")


def write(target: Path, content: Iterable[bytes]) -> None:
    """Write a new file, whole and on the disk. Raises OSError."""
    with target.open("xb") as writing:
        for block in content:
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())


def blocks(source: Path) -> Iterator[bytes]:
    """The bytes of a file to be imported. What goes wrong here lies with the file and its medium, not with the library."""
    try:
        with source.open("rb") as reading:
            while block := reading.read(_BLOCK):
                yield block
    except OSError as error:
        raise UnreadableFile(f"“{source.name}”不能读取（{telling.cause(error)}），没有收入。") from error
