"""The passphrase of a whole library: set, changed, taken away.

Each is the same work: the library is written anew beside the present one, under the new passphrase or none, and compared with
it; then the two change places, and the former is overwritten and removed. So a kill at any moment leaves one of them whole,
and nothing readable is left behind when a passphrase was set.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from db import opening, snapshots, vault
from db.database import BACKUPS, FILE_NAME
from db.errors import Damaged, Locked, StorageError
from db.opening import Secret
from db.vault import Vault
from desktop.archive import naming, placing, rescuing, storing, telling
from desktop.archive.library import INDEX
from desktop.archive.naming import FILES
from desktop.archive.shelf import LOGS
from desktop.archive.shredding import shred
from desktop.errors import LibraryUnavailable, StorageFull, WrongUsage

Progress = Callable[[int, int, str], None]

_THEN: Final = "再设置或更改口令"
_ROOM: Final = 1.1  # of the present size
_DATABASES: Final = frozenset(map(Path, (FILE_NAME, INDEX, vault.FILE_NAME)))


@dataclass(frozen=True, slots=True)
class Beside:
    """What was left as it is: files in the library's folder that are not the program's own, and former libraries beside it."""

    foreign: tuple[Path, ...]
    former: tuple[Path, ...]


def change(folder: Path, present: Secret | None, wanted: Secret | None, progress: Progress | None = None) -> Beside:
    """Give the closed library in `folder` the passphrase `wanted`, or none; `present` is the one it has.

    `progress(done, total, name)` is called before each file and once at the end. Raises `PassphraseNeeded` when `present` is
    wrong, `WrongUsage` where there is nothing to change, `StorageFull`, `LibraryUnavailable` (open elsewhere, damaged, altered
    meanwhile, extra not installed); the library is then as it was.
    """
    folder = folder.absolute()
    try:
        opening.require_cipher()
        with telling.explained(folder):
            present = placing.require_closed(folder, [present] if present else [], _THEN)
            if not (present or wanted) or not (folder / FILE_NAME).is_file():
                raise WrongUsage(f"资料库“{folder}”没有设口令，不需要取消。")
            _require_room(folder)
            return _replace(folder, present, wanted, progress)
    except Locked as error:
        raise LibraryUnavailable(f"资料库“{folder}”正在另一个窗口中打开，请先关闭，{_THEN}。") from error
    except StorageError as error:
        raise telling.explain(folder, present)(error) from error


def _require_room(folder: Path) -> None:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if size * _ROOM > shutil.disk_usage(folder.parent).free:
        raise StorageFull("磁盘空间不足：设置、更改或取消口令要先另写一份资料库；没有作任何改动，请腾出空间后再试。")


def _replace(folder: Path, present: Secret | None, wanted: Secret | None, progress: Progress | None) -> Beside:
    ready = rescuing.converting(folder)
    try:
        with snapshots.held(folder / FILE_NAME, present) as connection:
            position = snapshots.position_of(connection)
            foreign = _Rewriting(folder, ready, present, wanted, progress).run(connection)
        kept = placing.change_places(folder, ready, rescuing.SUPERSEDED)
    finally:
        shred(ready)
    if kept:
        _require_unaltered(folder, kept, present, position)
        shred(kept)
    former = sorted(path for path in folder.parent.glob(f"{folder.name}.before-*") if path.is_dir())
    return Beside(tuple(folder / path for path in foreign), tuple(former))


def _require_unaltered(folder: Path, kept: Path, present: Secret | None, position: tuple[int, str]) -> None:
    """Put the former library back if another program has come in and written to it in the very moment of the exchange."""
    try:
        snapshots.fold_log(kept / FILE_NAME, present)
        altered = snapshots.position(kept / FILE_NAME, present) != position
    except Locked:
        altered = True
    except StorageError:  # whoever has opened the new one since is removing this one already
        altered = False
    if altered and _put_back(folder, kept):
        raise LibraryUnavailable(f"资料库“{folder}”刚被另一个程序改动，口令没有改变；请关闭其他程序后再试。")


def _put_back(folder: Path, kept: Path) -> bool:
    """Give the former library its place again; False where whoever opened the new one since has removed it.

    It waits under the name that the next opening looks for, should a kill come between.
    """
    aside = rescuing.converting(folder)
    try:
        waiting = kept.rename(rescuing.arrived(folder))
        folder.rename(aside)
        waiting.rename(folder)
    except FileNotFoundError:
        if aside.exists():
            aside.rename(folder)
        return False
    shred(aside)
    return True


class _Rewriting:
    """One library written anew into another folder; all that is written is compared with what it was made of."""

    def __init__(
        self, folder: Path, ready: Path, present: Secret | None, wanted: Secret | None, progress: Progress | None
    ) -> None:
        self._folder, self._ready = folder, ready
        self._present, self._wanted = present, wanted
        self._source = Vault(folder / vault.FILE_NAME, present) if present else None
        self._target = Vault(ready / vault.FILE_NAME, wanted) if wanted else None
        self._progress = progress

    def run(self, connection: sqlite3.Connection) -> list[Path]:
        """Write it, from the open database and the files; which files are not the library's own, relative to its folder.

        Raises `StorageError`, KnownError, OSError.
        """
        (self._ready / BACKUPS).mkdir(parents=True)
        if self._target:
            self._target.make()
        else:
            (self._ready / FILES).mkdir()
        snapshots.transcribe(connection, self._ready / FILE_NAME, self._wanted)
        foreign = []
        for path in self._told(list(_paths(self._folder))):
            if path.parts[0] == BACKUPS and path.suffix == ".db" and self._transcribed(path):
                continue
            own = path.parts[0] in (FILES, BACKUPS, *LOGS) or path.name.startswith(f"{FILE_NAME}.")
            foreign += [] if own else [path]
            self._write(path.as_posix(), partial(storing.blocks, self._folder / path), outside=not own or bool(self._present))
        if self._source:
            for stored in self._told([Path(name) for name in self._source.names()]):
                self._write(stored.as_posix(), partial(self._source.blocks, stored.as_posix()))
        return foreign

    def _told(self, paths: list[Path]) -> Iterator[Path]:
        for done, path in enumerate(paths):
            if self._progress:
                self._progress(done, len(paths), path.name)
            yield path
        if self._progress:
            self._progress(len(paths), len(paths), "")

    def _transcribed(self, path: Path) -> bool:
        """Write a copy of the database anew; False where it does not hold, and is kept as a file like any other."""
        target = self._ready / path
        try:
            with (
                opening.by_name(),
                closing(opening.connect(self._folder / path, self._present, read_only=True, cipher=True)) as copy,
            ):
                snapshots.transcribe(copy, target, self._wanted)
        except Damaged:
            target.unlink(missing_ok=True)
            return False
        return True

    def _write(self, name: str, content: Callable[[], Iterator[bytes]], *, outside: bool = False) -> None:
        """A file as it is: into the new `files.db`, or into the folder where there is none or it is to be `outside` of it."""
        if self._target and not outside:
            self._target.put(name, content())
            written = storing.sha256_of_blocks(self._target.blocks(name))
        else:
            place = self._ready / name
            place.parent.mkdir(parents=True, exist_ok=True)
            storing.write(place, content())
            written = naming.sha256_of(place)
        if written != storing.sha256_of_blocks(content()):
            raise Damaged(name)


def _paths(folder: Path) -> Iterator[Path]:
    """Files that are written anew as such, relative to the folder. Left out is what can be made again or was left half made."""
    for path in sorted(folder.rglob("*")):
        short = path.relative_to(folder)
        left_half = path.suffix == ".partial" or short.parts[0].startswith(".arriving-") or path.name.startswith(storing.INCOMING)
        database = path.name.removesuffix("-wal").removesuffix("-shm").removesuffix("-journal")
        if path.is_file() and not left_half and short.parent.joinpath(database) not in _DATABASES:
            yield short
