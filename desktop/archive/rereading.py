"""After an upgrade: issues whose text an earlier parser or reader made are read again from their stored files, and all marks
are brought to where their words are now.

Each issue is one operation: its new text with all its marks, or nothing. A mark whose words are gone stays with its quotation,
listed as 失锚. A checked copy of the database is made before the first text that comes out differently; undoing ends there, as
former steps would speak of a former text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from db import issues as issue_store
from db import marks as mark_store
from db import rereading as store
from db import snapshots
from db.database import BACKUPS
from db.journal import Operation
from db.records import IssueRecord, ItemRecord, MarkRecord, NewItem
from desktop.archive import catalogue, entries, marking, protected, telling
from desktop.archive.library import Library
from desktop.bulletin import anchors
from desktop.bulletin.folding import fold
from desktop.bulletin.pages import Pages
from desktop.bulletin.parsing import parse
from desktop.bulletin.refinding import shared
from desktop.errors import KnownError, LibraryUnavailable, PasswordNeeded, StorageFull
from desktop.readers.isolated import read_isolated

Progress = Callable[[int, int, str], None]
_LABEL: Final = "before-reading"
_COPIES: Final = 3
_ALIKE: Final = 0.5  # of an item's text, the share that makes it the same item under another title


@dataclass
class Report:
    """What reading again did. `moved` and `lost` are marks as they were before; `failed` says why a file was left as it is."""

    issues: int = 0
    changed: list[IssueRecord] = field(default_factory=list)
    marks: int = 0
    moved: list[MarkRecord] = field(default_factory=list)
    lost: list[MarkRecord] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """The whole in one Chinese sentence."""
        if not self.issues and not self.failed:
            return "各期的文字都由现在的程序读出，没有需要重新核对的。"
        said = f"程序更新后重新核对了 {self.issues} 期，其中 {len(self.changed)} 期的文字有变化；核对划线 {self.marks} 处"
        said += f"，移动 {len(self.moved)} 处，失锚 {len(self.lost)} 处" if self.moved or self.lost else "，全部在原处"
        return said + (f"；{len(self.failed)} 期未能重读，仍用原来的文字。" if self.failed else "。")


def outdated(library: Library) -> list[IssueRecord]:
    """Issues whose text was not made by the present parser and reader."""
    return issue_store.issues_read_otherwise(library.database, entries.TEXT_VERSION)


def read_again(
    library: Library,
    issues: Sequence[IssueRecord] | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    initiator: object | None = None,
) -> Report:
    """Read the outdated issues (or those given) again. `cancelled()` is asked between issues; what was finished stays.

    Raises `LibraryUnavailable` and `StorageFull`; the issue under work is then as before.
    """
    report = Report()
    wanted = outdated(library) if issues is None else issues
    for done, issue in enumerate(wanted):
        if cancelled and cancelled():
            break
        if progress:
            progress(done, len(wanted), issue.title)
        try:
            _read_again(library, issue, report, initiator)
        except (LibraryUnavailable, StorageFull):
            raise
        except KnownError as error:
            report.failed.append(str(error))
    return report


def _read_again(library: Library, issue: IssueRecord, report: Report, initiator: object | None) -> None:
    path = catalogue.stored_file(library, issue)
    pages = _pages(library, issue, path)
    bulletin = parse(pages)
    new, items = entries.new_issue(bulletin, pages, path, issue.sha256), entries.new_items(bulletin)
    former = catalogue.items(library, issue.id)
    marks = mark_store.marks(library.database, issue=issue.id)
    same = [(item.text, item.passages) for item in former] == [(item.text, item.passages) for item in items]
    if not same and not report.changed:
        copy_first(library)
    twin = issue_store.issue_of_identity(library.database, new)
    with library.database.operation(f"重读《{issue.title}》", initiator=initiator, undoable=False) as operation:
        store.put_issue(operation, issue.id, new, with_identity=twin is None or twin.id == issue.id)
        if not same:
            operation.forget_history()
            put_items(library, operation, issue, items, former)
        moved, lost = settle(library, operation, issue, marks)
    report.issues += 1
    report.marks += len(marks)
    report.changed += [] if same else [issue]
    report.moved += moved
    report.lost += lost


def _pages(library: Library, issue: IssueRecord, path: Path) -> Pages:
    """The pages of the stored file. Nobody is asked for a password: this work is done unasked."""
    try:
        return protected.opened(library.passwords, issue.sha256, issue.file_name, partial(read_isolated, path))
    except PasswordNeeded as error:
        name = f"《{issue.title}》" + (f"第{issue.number}期" if issue.number else "")
        raise PasswordNeeded(
            f"{name}的原件设有打开密码，没有重读，仍用原来的文字；打开这一期的页面并输入密码后会再读。"
        ) from error


def copy_first(library: Library) -> None:
    """A checked copy of the database before a text comes out differently; the last few are kept."""
    folder = library.folder / BACKUPS
    with telling.explained(folder):
        library.database.copy_to(snapshots.place(folder, _LABEL))
        for old in sorted(folder.glob(f"{_LABEL}-*.db"))[:-_COPIES]:
            old.unlink(missing_ok=True)


def put_items(
    library: Library, operation: Operation, issue: IssueRecord, items: Sequence[NewItem], former: Sequence[ItemRecord]
) -> None:
    """Put an issue's new items in the place of the former ones that they are; what hangs on others keeps them."""
    paired = pairs(items, former)
    taken = {item.id for item in paired if item}
    left = [item.id for item in former if item.id not in taken]
    store.put_items(operation, issue.id, [(old.id if old else None, new) for old, new in zip(paired, items, strict=True)], left)
    for item in left:
        for mark in mark_store.marks(library.database, item=item):
            _elsewhere(library, operation, issue, mark)
        store.drop_if_bare(operation, item)


def pairs(items: Sequence[NewItem], former: Sequence[ItemRecord]) -> list[ItemRecord | None]:
    """For each new item the former one that it is: by its title, else by its text."""
    free = list(former)
    found: list[ItemRecord | None] = []
    for item in items:
        same = next((old for old in free if fold(old.title) == fold(item.title)), None)
        found.append(same)
        if same:
            free.remove(same)
    for at, item in enumerate(items):
        if found[at] is None:
            alike = next((old for old in free if _are_alike(old.text, item.text)), None)
            found[at] = alike
            if alike:
                free.remove(alike)
    return found


def _are_alike(one: str, other: str) -> bool:
    one, other = fold(one), fold(other)
    agreeing, total = shared(one, other, max(len(one), len(other)))
    return bool(total) and agreeing >= total * _ALIKE and len(other) >= len(one) * _ALIKE


def settle(
    library: Library, operation: Operation, issue: IssueRecord, marks: Sequence[MarkRecord]
) -> tuple[list[MarkRecord], list[MarkRecord]]:
    """Bring the issue's marks to where their words are; those that moved and those that are lost now, as they were."""
    moved, lost = [], []
    for old in marks:
        here = marking.mark(library, old.uid)
        marking.resettle(operation, catalogue.item(library, here.item), here)
        if not marking.mark(library, old.uid).anchored:
            _elsewhere(library, operation, issue, here)
        now = marking.mark(library, old.uid)
        if not now.anchored and old.anchored:
            lost.append(old)
        elif now.anchored and (now.item, now.start, now.end) != (old.item, old.start, old.end):
            moved.append(old)
    return moved, lost


def _elsewhere(library: Library, operation: Operation, issue: IssueRecord, mark: MarkRecord) -> None:
    """Look for a mark's words in the other items of its issue, and bring it there."""
    for item in catalogue.items(library, issue.id):
        place = item.id != mark.item and anchors.find(item.text, mark.quote, mark.prefix, mark.suffix, mark.start)
        if place:
            store.move_mark(operation, mark.uid, item.id)
            mark_store.replace(operation, mark.uid, anchored=True, **marking.place_of(item, *place))
            return
