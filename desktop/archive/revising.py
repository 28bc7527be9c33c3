"""A corrected file of an issue that is there already: compared item by item, its text put in force, and every mark carried over.

All files stay. The newer one gives text and pages from now on, unless it is plain text and the former a print: then only the
comparison is told, as the pages would be lost. The reader can put any file of the issue in force again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from db import issues as store
from db import marks as mark_store
from db import rereading as text_store
from db.records import FileRecord, IssueRecord, ItemRecord, MarkRecord, NewIssue, NewItem
from desktop.archive import catalogue, entries, rereading
from desktop.archive.library import FILES, Library
from desktop.bulletin.folding import fold, squash
from desktop.bulletin.parsing import parse
from desktop.errors import NotFound
from desktop.readers.isolated import read_isolated

Fate = Literal["exact", "moved", "changed", "lost"]
Kind = Literal["same", "changed", "added", "dropped"]
_FATES: Final[dict[Fate, str]] = {"exact": "原位", "moved": "移动", "changed": "文字有改动", "lost": "失锚"}
_KINDS: Final[dict[Kind, str]] = {"changed": "有改动", "added": "新增", "dropped": "新文件中已无"}


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What became of one item; `title` is the one in force now, or the former one of a dropped item."""

    kind: Kind
    title: str


@dataclass(frozen=True, slots=True)
class CarriedMark:
    """A mark before and after. exact: same words, same place; moved: same words elsewhere; changed: its words were altered."""

    fate: Fate
    before: MarkRecord
    now: MarkRecord


@dataclass(frozen=True, slots=True)
class Revision:
    """The comparison of two files of an issue. `in_force`: whether the newer one gives the text now."""

    issue: IssueRecord
    in_force: bool
    changes: tuple[ItemChange, ...]
    marks: tuple[CarriedMark, ...]

    @property
    def sentence(self) -> str:
        """The whole in one or two Chinese sentences."""
        counts = Counter(change.kind for change in self.changes)
        told = [f"{word} {counts[kind]} 条" for kind, word in _KINDS.items() if counts[kind]]
        said = "两份文件的文字相同" if not told else f"比较各条：{'，'.join(told)}"
        if not self.in_force:
            return f"{said}；原来的文件带有版面，仍以它为准，新文件已另存。"
        fates = Counter(carried.fate for carried in self.marks)
        kept = "，".join(f"{word} {fates[fate]} 处" for fate, word in _FATES.items() if fates[fate])
        return f"{said}；已换用新文件，原文件保留。" + (f"划线：{kept}。" if kept else "")


def files(library: Library, issue: IssueRecord) -> list[FileRecord]:
    """The files of an issue: first the one in force, then the others as they came."""
    return store.files(library.database, issue.id)


def compare(former: Sequence[ItemRecord], items: Sequence[NewItem]) -> tuple[ItemChange, ...]:
    """Item by item, in the order of the new file; white space and widths aside. Dropped items come last."""
    paired = rereading.pairs(items, former)
    found = [ItemChange(_kind(old, new), new.title) for old, new in zip(paired, items, strict=True)]
    kept = {old.id for old in paired if old}
    return (*found, *(ItemChange("dropped", old.title) for old in former if old.id not in kept))


def _kind(old: ItemRecord | None, new: NewItem) -> Kind:
    if old is None:
        return "added"
    return "same" if fold(old.text) == fold(new.text) else "changed"


def take_over(
    library: Library, issue: IssueRecord, new: NewIssue, items: Sequence[NewItem], initiator: object | None = None
) -> Revision:
    """Let a further file that was just stored give the issue its text and pages, if it is worth more than the one in force."""
    if issue.extension == "pdf" and new.extension != "pdf":
        return Revision(issue, False, compare(catalogue.items(library, issue.id), items), ())
    return _put(library, issue, new, items, initiator)


def use_file(library: Library, issue: IssueRecord, sha256: str, initiator: object | None = None) -> Revision:
    """Put another file of the issue in force. Raises `NotFound`, and `UnreadableFile` when it no longer reads."""
    file = next((one for one in files(library, issue) if one.sha256 == sha256), None)
    if file is None:
        raise NotFound("这一期没有这份文件，可能已被移除。")
    path = library.folder / FILES / f"{file.sha256}.{file.extension}"
    pages = read_isolated(path)
    bulletin = parse(pages)
    new = entries.new_issue(bulletin, pages, path, sha256)
    return _put(library, issue, new, entries.new_items(bulletin), initiator)


def _put(library: Library, issue: IssueRecord, new: NewIssue, items: Sequence[NewItem], initiator: object | None) -> Revision:
    former = catalogue.items(library, issue.id)
    before = mark_store.marks(library.database, issue=issue.id)
    changes = compare(former, items)
    if any(change.kind != "same" for change in changes):
        rereading.copy_first(library)
    with library.database.operation(f"换用《{issue.title}》的另一份文件", initiator=initiator, undoable=False) as operation:
        store.put_in_force(operation, issue, new.sha256)
        text_store.put_issue(operation, issue.id, new, with_identity=False)
        operation.forget_history()
        rereading.put_items(library, operation, issue, items, former)
        rereading.settle(library, operation, issue, before)
    now = {mark.uid: mark for mark in mark_store.marks(library.database, issue=issue.id)}
    carried = tuple(CarriedMark(_fate(mark, now[mark.uid]), mark, now[mark.uid]) for mark in before)
    return Revision(catalogue.issue(library, issue.id), True, changes, carried)


def _fate(before: MarkRecord, now: MarkRecord) -> Fate:
    if not now.anchored:
        return "lost"
    if squash(before.quote) != squash(now.quote):
        return "changed"
    return "exact" if (before.item, before.start, before.end) == (now.item, now.start, now.end) else "moved"
