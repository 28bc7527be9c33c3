"""Files into the library: each recognised, copied in untouched and stored in one transaction, or refused with a reason.

A refused file changes nothing. The copy gets its name just before the commit and loses it again if the commit fails; should
the program be killed between the two, the next import of the same file takes the copy over.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final, Literal

from db import issues as store
from db import removals
from db.records import FileRecord, IssueRecord, NewIssue
from desktop.archive import indexing, naming, protected, removing, telling
from desktop.archive.library import Library
from desktop.archive.papers import Paper
from desktop.archive.protected import Ask
from desktop.archive.reading_ahead import ReadingAhead, in_order, parsed, reading_ahead
from desktop.bulletin.model import Doubt
from desktop.errors import KnownError, LibraryUnavailable, PasswordNeeded, StorageFull, UnreadableFile
from desktop.readers.isolated import read_isolated

Status = Literal["new", "duplicate", "revision", "refused"]
Progress = Callable[[int, int, str], None]
Begun = tuple[str, IssueRecord | Future[Paper]] | KnownError

_INDEXED_EVERY: Final = 2  # files; what is not indexed yet slows every search
_TURN_SECONDS: Final = 0.0005  # for which one thread may keep Python from the others; a search needs many turns
_INDEXING_SECONDS: Final = 2.0  # between two files: an index that has much to catch up must not halt the import
_PDF_SIGN: Final = b"%PDF-"


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of one file. `issue` is the issue it is, or belongs to; `reason` a sentence unless the file is new."""

    path: Path
    status: Status
    issue: IssueRecord | None = None
    doubts: tuple[Doubt, ...] = ()
    reason: str = ""


def import_paths(
    library: Library,
    paths: Sequence[Path],
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    ask: Ask | None = None,
    initiator: object | None = None,
) -> list[ImportOutcome]:
    """Import files and, recursively, the PDF and text files of folders; one outcome a file, in that order.

    `progress(done, total, name)` is called before each file and once at the end; `cancelled()` is asked between files, and
    what was finished stays. `ask` gives the password of a protected file that no password of the session opens. Never raises
    for a file: what is wrong with it is its outcome's reason.
    """
    try:
        with _short_turns():
            bring_in = partial(_import, library, ask, initiator)
            return _import_all(library, list(_candidates(library, paths)), progress, cancelled, bring_in)
    finally:
        library.leave()


@contextmanager
def _short_turns() -> Iterator[None]:
    """Within, threads hand Python over to one another sooner: whoever searches is not kept waiting by the import."""
    former = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(former)


def store_paper(library: Library, paper: Paper, path: Path, sha256: str, initiator: object | None = None) -> ImportOutcome:
    """Copy the file at `path`, whose bytes are `sha256`, into the library and store the paper that was read from it."""
    new = replace(paper.issue, sha256=sha256)
    final = f"{sha256}.{new.extension}"
    held: frozenset[str] = frozenset()
    with ExitStack() as cleaning:
        incoming = library.shelf.take_in(path, sha256)
        cleaning.callback(library.shelf.drop, incoming)
        with library.database.operation(f"收入{_called(new)}", initiator=initiator, undoable=False) as operation:
            former = store.issue_of_file(library.database, sha256)
            if former is not None:
                return _duplicate(path, former)
            former = store.issue_of_identity(library.database, new)
            library.shelf.settle(incoming, final)
            cleaning.callback(_forget_copy, library, final, sha256)
            if former is not None:
                store.add_file(operation, FileRecord(former.id, sha256, new.extension, path.name))
            else:
                store.add(operation, new, paper.items)
                if removals.is_held(operation, new):
                    held = removals.held_files(operation)
                    operation.forget_history()  # a removal that could no longer be undone beside it
        cleaning.pop_all()
    removing.drop_originals(library, held)
    if former is not None:
        from desktop.archive import revising  # late: most files need none of it

        revision = revising.take_over(library, former, new, paper.items, initiator)
        said = f"资料库中已有{_called(former)}，这份文件与原来的不同。{revision.sentence}"
        return ImportOutcome(path, "revision", revision.issue, paper.doubts, said)
    return ImportOutcome(path, "new", store.issue_of_file(library.database, sha256), paper.doubts)


def _forget_copy(library: Library, copy: str, sha256: str) -> None:
    """Take back a copy whose rows did not come to stay."""
    if store.issue_of_file(library.database, sha256) is None:
        library.shelf.drop(copy)


def _import_all(
    library: Library,
    found: list[Path],
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
    bring_in: Callable[[Path, Begun], tuple[ImportOutcome, str]],
) -> list[ImportOutcome]:
    outcomes: list[ImportOutcome] = []
    library.shelf.sweep()
    halted = ""
    with reading_ahead(len(found)) as ahead:
        for path, begun in in_order(found, lambda path: _begun(library, path, ahead)):
            if cancelled and cancelled():
                return outcomes
            if progress:
                progress(len(outcomes), len(found), path.name)
            outcome, halted = (_refused(path, halted), halted) if halted else bring_in(path, begun)
            outcomes.append(outcome)
            if len(outcomes) % _INDEXED_EVERY == 0:
                indexing.catch_up(library, seconds=_INDEXING_SECONDS)
    if progress:
        progress(len(found), len(found), "")
    return outcomes


def _begun(library: Library, path: Path, ahead: ReadingAhead) -> Begun:
    """Look at a file, and begin to read it if it is not in the library: the hash with the issue or the reading, or the failure."""
    try:
        sha256 = _hash(path)
        return sha256, store.issue_of_file(library.database, sha256) or ahead.begin(path)
    except KnownError as error:
        return error


def _import(library: Library, ask: Ask | None, initiator: object | None, path: Path, begun: Begun) -> tuple[ImportOutcome, str]:
    """The outcome of one file, and why no further file needs to be tried ("" when they should)."""
    try:
        if isinstance(begun, KnownError):
            raise begun
        sha256, known = begun
        if isinstance(known, IssueRecord):
            return _duplicate(path, known), ""
        return store_paper(library, _read(library, path, sha256, known, ask), path, sha256, initiator), ""
    except (StorageFull, LibraryUnavailable) as error:
        return _refused(path, str(error)), str(error)
    except KnownError as error:
        return _refused(path, str(error)), ""


def _read(library: Library, path: Path, sha256: str, read: Future[Paper], ask: Ask | None) -> Paper:
    """What was read ahead, or what a password opens."""
    try:
        return read.result()
    except PasswordNeeded:
        return parsed(protected.opened(library.passwords, sha256, path.name, partial(read_isolated, path), ask), path)


def _candidates(library: Library, paths: Sequence[Path]) -> Iterator[Path]:
    """The named files as they are, and from folders, in order of name, what may be a bulletin; also folders that do not open."""
    closed: list[Path] = []
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path, onerror=lambda error: closed.append(Path(error.filename))):
            here = Path(folder)
            folders[:] = sorted(
                name for name in folders if not name.startswith(".") and (here / name).absolute() != library.folder
            )
            yield from (here / name for name in sorted(names) if not name.startswith(".") and _may_be_bulletin(here / name))
    yield from closed


def _may_be_bulletin(path: Path) -> bool:
    if not path.is_file():  # a pipe or device, whatever it is called
        return False
    if path.suffix.lower() in (".pdf", ".txt"):
        return True
    try:
        with path.open("rb") as stream:
            return _PDF_SIGN in stream.read(1024)
    except OSError:  # what cannot even be looked at is no candidate; a file named by the reader is refused with a reason instead
        return False


def _hash(path: Path) -> str:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFile(f"“{path}”不能作为文件打开，请检查路径和权限。")
        return naming.sha256_of(path)
    except FileNotFoundError as error:
        raise UnreadableFile(f"找不到文件“{path}”，请检查路径。") from error
    except OSError as error:
        raise UnreadableFile(f"“{path.name}”不能读取（{telling.cause(error)}），请检查权限或介质。") from error


def _called(issue: NewIssue | IssueRecord) -> str:
    if not issue.number:
        return f"《{issue.title}》"
    return f"《{issue.title}》{f'{issue.year}年' if issue.year else ''}第{issue.number}期"


def _refused(path: Path, reason: str) -> ImportOutcome:
    return ImportOutcome(path, "refused", reason=reason)


def _duplicate(path: Path, former: IssueRecord) -> ImportOutcome:
    return ImportOutcome(path, "duplicate", former, reason=f"资料库中已有{_called(former)}的这份文件，没有重复收入。")
