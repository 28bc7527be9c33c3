"""Files into the library: each recognised, copied in untouched and stored in one transaction, or refused with a reason.

A refused file changes nothing. The copy gets its name just before the commit and loses it again if the commit fails; should
the program be killed between the two, the next import of the same file takes the copy over.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from db import issues as store
from db.records import FileRecord, IssueRecord, NewIssue, NewItem
from desktop.archive import storing, telling
from desktop.archive.library import FILES, Library
from desktop.archive.regions import Regions
from desktop.bulletin.jsonform import bulletin_to_json, passages_to_json
from desktop.bulletin.model import Bulletin, Doubt, Issue, Section
from desktop.bulletin.pages import Pages
from desktop.bulletin.parsing import PARSER_VERSION, parse
from desktop.errors import KnownError, LibraryUnavailable, StorageFull, UnreadableFile
from desktop.readers import READER_VERSION
from desktop.readers.isolated import read_isolated

Status = Literal["new", "duplicate", "revision", "refused"]
Progress = Callable[[int, int, str], None]

TEXT_VERSION: Final = f"parser {PARSER_VERSION}, reader {READER_VERSION}"
_EXTENSIONS: Final = {"pdf": "pdf", "text": "txt"}
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
    initiator: object | None = None,
) -> list[ImportOutcome]:
    """Import files and, recursively, the PDF and text files of folders; one outcome a file, in that order.

    `progress(done, total, name)` is called before each file and once at the end; `cancelled()` is asked between files, and
    what was finished stays. Never raises for a file: what is wrong with it is its outcome's reason.
    """
    try:
        return _import_all(library, list(_candidates(library, paths)), progress, cancelled, initiator)
    finally:
        library.leave()


def store_bulletin(
    library: Library, bulletin: Bulletin, pages: Pages, path: Path, sha256: str, initiator: object | None = None
) -> ImportOutcome:
    """Copy the file at `path`, whose bytes are `sha256`, into the library and store the bulletin that was read from it."""
    new = new_issue(bulletin, pages, path, sha256)
    final = library.folder / FILES / f"{sha256}.{new.extension}"
    with ExitStack() as cleaning:
        incoming = storing.bring_in(path, final.parent, sha256)
        cleaning.callback(incoming.unlink, missing_ok=True)
        with library.database.operation(f"收入{_called(new)}", initiator=initiator, undoable=False) as operation:
            former = store.issue_of_file(library.database, sha256)
            if former is not None:
                return _duplicate(path, former)
            former = store.issue_of_identity(library.database, new)
            storing.settle(incoming, final)
            cleaning.callback(_forget_copy, library, final, sha256)
            if former is not None:
                store.add_file(operation, FileRecord(former.id, sha256, new.extension, path.name))
            else:
                store.add(operation, new, new_items(bulletin))
        cleaning.pop_all()
    if former is not None:
        return _revision(path, former, bulletin.doubts)
    return ImportOutcome(path, "new", store.issue_of_file(library.database, sha256), bulletin.doubts)


def _forget_copy(library: Library, copy: Path, sha256: str) -> None:
    """Take back a copy whose rows did not come to stay."""
    if store.issue_of_file(library.database, sha256) is None:
        copy.unlink(missing_ok=True)


def _import_all(
    library: Library,
    found: list[Path],
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
    initiator: object | None,
) -> list[ImportOutcome]:
    outcomes: list[ImportOutcome] = []
    storing.sweep(library.folder / FILES)
    halted = ""
    for path in found:
        if cancelled and cancelled():
            return outcomes
        if progress:
            progress(len(outcomes), len(found), path.name)
        outcome, halted = (_refused(path, halted), halted) if halted else _import(library, path, initiator)
        outcomes.append(outcome)
    if progress:
        progress(len(found), len(found), "")
    return outcomes


def _import(library: Library, path: Path, initiator: object | None) -> tuple[ImportOutcome, str]:
    """The outcome of one file, and why no further file needs to be tried ("" when they should)."""
    try:
        sha256 = _hash(path)
        former = store.issue_of_file(library.database, sha256)
        if former is not None:
            return _duplicate(path, former), ""
        pages = read_isolated(path)
        return store_bulletin(library, parse(pages), pages, path, sha256, initiator), ""
    except (StorageFull, LibraryUnavailable) as error:
        return _refused(path, str(error)), str(error)
    except KnownError as error:
        return _refused(path, str(error)), ""


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
        return storing.sha256_of(path)
    except FileNotFoundError as error:
        raise UnreadableFile(f"找不到文件“{path}”，请检查路径。") from error
    except OSError as error:
        raise UnreadableFile(f"“{path.name}”不能读取（{telling.cause(error)}），请检查权限或介质。") from error


def new_issue(bulletin: Bulletin, pages: Pages, path: Path, sha256: str) -> NewIssue:
    """What the library keeps of a paper as a whole."""
    shared: dict[str, Any] = {
        "kind": bulletin.kind,
        "sha256": sha256,
        "extension": _EXTENSIONS[pages.source],
        "file_name": path.name,
        "pages": len(pages.pages),
        "structure": json.dumps(_structure(bulletin), ensure_ascii=False),
        "text_version": TEXT_VERSION,
    }
    if isinstance(bulletin, Issue):
        head = bulletin.masthead
        number = "" if head.number is None else str(head.number)
        date = head.date or bulletin.printed_date
        return NewIssue(
            title=head.title, number=number, issuers=head.issuers, classification=head.classification, **_dated(date), **shared
        )
    issuers = (bulletin.issuer,) if bulletin.issuer else ()
    return NewIssue(
        title=bulletin.title,
        number="",
        issuers=issuers,
        classification=bulletin.classification,
        **_dated(bulletin.date),
        **shared,
    )


def _dated(date: str) -> dict[str, Any]:
    return {"date": date, "year": int(date[:4]) if date[:4].isdigit() else 0}


def _structure(bulletin: Bulletin) -> dict[str, Any]:
    """What the paper says besides its items, with the keys of `parse --json`; of the sections only names and pages."""
    said = {key: value for key, value in bulletin_to_json(bulletin).items() if key not in ("outline", "front")}
    return said | {"sections": [{"name": section.name, "page": section.page} for section in bulletin.sections]}


def new_items(bulletin: Bulletin) -> list[NewItem]:
    """What the library keeps of its items, in printed order."""
    regions = Regions.load() if bulletin.kind == "issue" else None
    return [item for section in bulletin.sections for item in _items_of(section, regions)]


def _items_of(section: Section, regions: Regions | None) -> Iterator[NewItem]:
    for item in section.items:
        level, region = regions.locate(section.name, item) if regions else ("", "")
        passages = passages_to_json(item.passages)
        yield NewItem(section.name, item.depth, item.title, item.page, level, region, item.text, passages)


def _called(issue: NewIssue | IssueRecord) -> str:
    if not issue.number:
        return f"《{issue.title}》"
    return f"《{issue.title}》{f'{issue.year}年' if issue.year else ''}第{issue.number}期"


def _refused(path: Path, reason: str) -> ImportOutcome:
    return ImportOutcome(path, "refused", reason=reason)


def _duplicate(path: Path, former: IssueRecord) -> ImportOutcome:
    return ImportOutcome(path, "duplicate", former, reason=f"资料库中已有{_called(former)}的这份文件，没有重复收入。")


def _revision(path: Path, former: IssueRecord, doubts: tuple[Doubt, ...]) -> ImportOutcome:
    reason = f"资料库中已有{_called(former)}，这份文件与原来的不同；新文件已另存，原有文字、划线和标注不变。"
    return ImportOutcome(path, "revision", former, doubts, reason)
