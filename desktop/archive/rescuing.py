"""Before a library opens: a restore that was cut short is finished, and for a damaged database the best copy is named.

A restore moves the present library aside and the new one into its place. Should the program be killed between the two, there is
no library of that name, and the one that arrived whole lies beside it under a name that only this module gives.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from db import snapshots
from db.database import BACKUPS, FILE_NAME
from db.errors import Damaged, Foreign, Newer, StorageError
from db.opening import Secret
from db.times import stamp
from desktop.archive.shredding import shred
from desktop.errors import LibraryUnavailable

AUTOMATIC: Final = "auto"
SUPERSEDED: Final = ".superseded"
_ARRIVED: Final = "arrived"
_CONVERTING: Final = "converting"
_DAMAGED: Final = "damaged"


def arrived(folder: Path) -> Path:
    """The name under which a checked library waits beside `folder` for its place."""
    return folder.with_name(f".{folder.name}.{_ARRIVED}-{stamp()}")


def converting(folder: Path) -> Path:
    """A new name beside `folder` for a library that is being made under another passphrase."""
    return folder.with_name(f".{folder.name}.{_CONVERTING}-{stamp()}")


def clear_superseded(folder: Path) -> None:
    """Overwrite and remove what a change of the passphrase that was cut short has left beside a library that opens.

    Not to be called before it is open: whoever changes the passphrase keeps everyone else out.
    """
    for label in (SUPERSEDED, f".{_CONVERTING}"):
        for left in folder.parent.glob(f".{folder.name}{label}-*"):
            shred(left)


def finish_restore(folder: Path) -> bool:
    """Put a library that had arrived into its place, if that place is empty; whether there was one."""
    if (folder / FILE_NAME).exists():
        return False
    waiting = sorted(folder.parent.glob(f".{folder.name}.{_ARRIVED}-*")) if folder.parent.is_dir() else []
    if not waiting or (folder.exists() and any(folder.iterdir())):
        return False
    if folder.exists():
        folder.rmdir()
    waiting[-1].rename(folder)
    return True


def clear_waiting(folder: Path) -> None:
    """Remove what former restores left waiting beside a library that is in its place."""
    if (folder / FILE_NAME).exists():
        for left in folder.parent.glob(f".{folder.name}.{_ARRIVED}-*"):
            shutil.rmtree(left, ignore_errors=True)


def best_copy(folder: Path, secret: Secret | None = None) -> Path | None:
    """The latest automatic copy of the database in `folder` that opens and holds; None when there is none."""
    for copy in sorted((folder / BACKUPS).glob(f"{AUTOMATIC}-*.db"), reverse=True):
        try:
            snapshots.verify(copy, secret)
        except (Damaged, Foreign, Newer, StorageError):
            continue
        return copy
    return None


def put_back(folder: Path, copy: Path, secret: Secret | None = None) -> Path:
    """Put an automatic copy in the place of a damaged database; where the damaged one is kept, with its log.

    The folder's files stay: they are the issues' originals, which the copy knows. Raises `LibraryUnavailable` for a copy that
    does not hold.
    """
    try:
        snapshots.verify(copy, secret)
    except StorageError as error:
        raise LibraryUnavailable(f"备份“{copy.name}”也已损坏，没有作任何改动；请改用另一份备份。") from error
    partial = folder / f"{FILE_NAME}.partial"
    shutil.copyfile(copy, partial)
    kept = folder / f"{FILE_NAME}.{_DAMAGED}-{stamp()}"
    for ending in ("-wal", "-shm", ""):  # the log first: it must never meet another database
        former = folder / f"{FILE_NAME}{ending}"
        if former.exists():
            former.rename(f"{kept}{ending}")
    partial.replace(folder / FILE_NAME)
    return kept
