"""Backups: the whole library in one verified file, putting it back, and rotating copies of the database.

A backup counts only after it has been read back; the present library is kept aside before another takes its place.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from db import issues as store
from db import removals, snapshots
from db.database import BACKUPS, FILE_NAME, Database
from db.errors import Damaged, Foreign, StorageError
from db.opening import Secret
from db.times import now
from desktop.archive import packing, placing, rescuing, storing, telling, unlocking
from desktop.archive.library import Library
from desktop.errors import StorageFull, UnreadableFile

KEPT: Final = 10
_PACKING: Final = "packing"
_BEFORE: Final = "再恢复备份"


def backup(library: Library, file: Path) -> None:
    """Write the library to `file` and read it back; an existing file of that name is replaced only then.

    Raises `StorageFull`, `LibraryUnavailable` (no rights, damaged database) or `UnreadableFile` (what was written does not
    read back); there is then no new file.
    """
    file = file.absolute()
    partial = file.with_name(f".{file.name}.{uuid.uuid4().hex}.partial")
    try:
        stored = [f"{one.sha256}.{one.extension}" for one in store.files(library.database)]
        stored += removals.held_files(library.database)  # or undoing a removal would miss them after a restore
        with telling.explained(file), _copy_of_database(library) as copy, library.shelf.parts(stored) as others:
            packing.pack(partial, {FILE_NAME: copy, **others}, now())
            storing.flush_file(partial)
            packing.unpack(partial, packing.read_manifest(partial), None)
            partial.replace(file)
            storing.flush_folder(file.parent)
    finally:
        partial.unlink(missing_ok=True)


def restore(folder: Path, file: Path, secrets: Sequence[Secret] = ()) -> Path | None:
    """Put the library of a backup, or one of its own automatic copies, into `folder`; where the former one was kept, or None when there was none.

    The backup is unpacked beside `folder` and checked whole first. `secrets` are the passphrases at hand, of the backup and of the
    present library. Raises `PassphraseNeeded` where one is missing, `UnreadableFile` for a file that is no sound backup,
    `LibraryUnavailable` while the library is open elsewhere, `StorageFull`; the present library is then untouched.
    """
    folder = folder.absolute()
    if file.absolute().parent == folder / BACKUPS and file.suffix == ".db":
        with telling.explained(folder):
            return rescuing.put_back(folder, file, placing.require_closed(folder, secrets, _BEFORE))
    parts = packing.read_manifest(file)
    with telling.explained(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        if not packing.room_for(parts, folder.parent):
            raise StorageFull("磁盘空间不足，不能恢复，现有资料库没有改动；请腾出空间后再试。")
        arriving = folder.with_name(f".{folder.name}.restoring-{uuid.uuid4().hex}")
        try:
            packing.unpack(file, parts, arriving)
            _check_arrived(arriving, file, secrets)
            if folder.exists():
                placing.require_closed(folder, secrets, _BEFORE)
            return placing.change_places(folder, arriving, "before-restore")
        finally:
            shutil.rmtree(arriving, ignore_errors=True)


def automatic(library: Library) -> Path | None:
    """A checked copy of the database in `backups/`, unless nothing has changed since the last; the oldest ones are dropped.

    Raises `LibraryUnavailable` when the database is damaged (the older copies stay) and `StorageFull`.
    """
    folder = library.folder / BACKUPS
    former = copies(library)
    if former and snapshots.position(former[-1], library.secret) == library.database.position:
        return None
    with telling.explained(folder):
        copy = snapshots.place(folder, rescuing.AUTOMATIC)
        library.database.copy_to(copy)
        for left in (*copies(library)[:-KEPT], *folder.glob(f"{_PACKING}-*"), *folder.glob("*.partial")):
            left.unlink(missing_ok=True)
    return copy


def copies(library: Library) -> list[Path]:
    """The automatic copies, oldest first."""
    return sorted((library.folder / BACKUPS).glob(f"{rescuing.AUTOMATIC}-*.db"))


@contextmanager
def _copy_of_database(library: Library) -> Iterator[Path]:
    """A copy of the database for as long as it is packed, kept within the library folder."""
    copy = snapshots.place(library.folder / BACKUPS, _PACKING)
    try:
        library.database.copy_to(copy)
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _check_arrived(arriving: Path, file: Path, secrets: Sequence[Secret]) -> None:
    """Whether the unpacked library opens and holds; it also climbs to the present shape here, not at the next start."""
    secret = unlocking.secret_of(arriving, secrets, f"备份文件“{file.name}”")
    try:
        snapshots.verify(arriving / FILE_NAME, secret)
        Database.open(arriving, secret=secret).close()
    except (Damaged, Foreign) as error:
        raise UnreadableFile(f"备份文件“{file.name}”中的资料库已损坏，没有作任何改动；请改用另一份备份。") from error
    except StorageError as error:
        raise telling.explain(arriving)(error) from error
