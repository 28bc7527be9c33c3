"""A corrected file of an issue that is there already: compared item by item, its text put in force, and every mark carried over.

All files stay. The newer one gives text and pages from now on, unless it is plain text and the former a print: then only the
comparison is told, as the pages would be lost. The reader can put any file of the issue in force again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from db import issues as store
from db import marks as mark_store
from db import rereading as text_store
from db import revisions as revision_store
from db.journal import Operation
from db.records import FileRecord, IssueRecord, MarkRecord, NewIssue, NewItem, NewRevision
from desktop.archive import catalogue, comparing, entries, protected, rereading
from desktop.archive.comparing import CarriedMark, Fate, Revision
from desktop.archive.library import Library
from desktop.archive.protected import Ask
from desktop.bulletin.folding import squash
from desktop.bulletin.parsing import parse
from desktop.errors import NotFound, WrongUsage
from desktop.readers.isolated import read_isolated


def files(library: Library, issue: IssueRecord) -> list[FileRecord]:
    """The files of an issue: first the one in force, then the others as they came."""
    return store.files(library.database, issue.id)


def comparisons(library: Library, issue: IssueRecord) -> list[Revision]:
    """What was found whenever a further file of the issue came or was put in force, the latest first."""
    return [comparing.from_record(issue, record) for record in revision_store.revisions(library.database, issue.id)]


def take_over(
    library: Library, issue: IssueRecord, new: NewIssue, items: Sequence[NewItem], initiator: object | None = None
) -> Revision:
    """Let a further file that was just stored give the issue its text and pages, if it is worth more than the one in force."""
    if issue.extension == "pdf" and new.extension != "pdf":
        changes = comparing.compare(catalogue.items(library, issue.id), items)
        revision = Revision(issue, issue.sha256, new.sha256, False, changes, ())
        with library.database.operation(f"对照《{issue.title}》的另一份文件", initiator=initiator, undoable=False) as operation:
            return _keep(operation, revision)
    return _put(library, issue, new, items, initiator)


def use_file(
    library: Library, issue: IssueRecord, sha256: str, initiator: object | None = None, ask: Ask | None = None
) -> Revision:
    """Put another file of the issue in force; `ask` gives its password where it has one.

    Raises `NotFound`, `WrongUsage` for the one that is in force, and `UnreadableFile`.
    """
    file = next((one for one in files(library, issue) if one.sha256 == sha256), None)
    if file is None:
        raise NotFound("这一期没有这份文件，可能已被移除。")
    if sha256 == issue.sha256:
        raise WrongUsage("现在使用的就是这份文件，没有作任何改动。")
    path = library.shelf.path(f"{file.sha256}.{file.extension}")
    pages = protected.opened(library.passwords, sha256, file.file_name, partial(read_isolated, path), ask)
    bulletin = parse(pages)
    new = entries.new_issue(bulletin, pages, path, sha256)
    return _put(library, issue, new, entries.new_items(bulletin), initiator)


def _put(library: Library, issue: IssueRecord, new: NewIssue, items: Sequence[NewItem], initiator: object | None) -> Revision:
    former = catalogue.items(library, issue.id)
    before = mark_store.marks(library.database, issue=issue.id)
    changes = comparing.compare(former, items)
    if any(change.kind != "same" for change in changes):
        rereading.copy_first(library)
    with library.database.operation(f"换用《{issue.title}》的另一份文件", initiator=initiator, undoable=False) as operation:
        store.put_in_force(operation, issue, new.sha256)
        text_store.put_issue(operation, issue.id, new, with_identity=False)
        operation.forget_history()
        rereading.put_items(library, operation, issue, items, former)
        rereading.settle(library, operation, issue, before)
        carried = _carried(library, issue, before)
        return _keep(operation, Revision(catalogue.issue(library, issue.id), issue.sha256, new.sha256, True, changes, carried))


def _keep(operation: Operation, revision: Revision) -> Revision:
    new = NewRevision(revision.issue.id, revision.former, revision.file, comparing.to_json(revision))
    return replace(revision, made_at=revision_store.add(operation, new).made_at)


def _carried(library: Library, issue: IssueRecord, before: Sequence[MarkRecord]) -> tuple[CarriedMark, ...]:
    now = {mark.uid: mark for mark in mark_store.marks(library.database, issue=issue.id)}
    titles = {item.id: item.title for item in catalogue.items(library, issue.id)}
    return tuple(_carried_mark(mark, now[mark.uid], titles[now[mark.uid].item]) for mark in before)


def _carried_mark(before: MarkRecord, now: MarkRecord, title: str) -> CarriedMark:
    return CarriedMark(_fate(before, now), before.uid, title, before.quote, now.quote if now.anchored else "")


def _fate(before: MarkRecord, now: MarkRecord) -> Fate:
    if not now.anchored:
        return "lost"
    if squash(before.quote) != squash(now.quote):
        return "changed"
    return "exact" if (before.item, before.start, before.end) == (now.item, now.start, now.end) else "moved"
